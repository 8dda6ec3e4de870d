internal import SocialInfluence

/// Which arms are the same at several points: an arm that does not depend on what is swept is run once, at the first of them.
///
/// Points of one scenario draw from the same addresses, so that such arms would give the same cascades again. With
/// `randomness: independent` they would not, and none is a copy.
struct ArmCopies: Sendable {
  /// By point and arm, point after point, the place of the first arm like it; its own where it is run.
  let origins: [Int32]
  private let armCount: Int

  init(_ scenario: Scenario) {
    armCount = scenario.armNames.count
    guard scenario.head.isPaired else {
      origins = (0..<Int32(scenario.points.count * armCount)).map { $0 }
      return
    }
    let rolesCount = scenario.head.tables.contains { $0.needsTrace }
    var first: [ArmIdentity: Int32] = [:]
    var origins = [Int32]()
    origins.reserveCapacity(scenario.points.count * armCount)
    for point in scenario.points {
      for (arm, condition) in point.arms.enumerated() {
        let place = Int32(origins.count)
        let identity = ArmIdentity(condition, arm: arm, rolesCount: rolesCount)
        let known = first[identity]
        if known == nil { first[identity] = place }
        origins.append(known ?? place)
      }
    }
    self.origins = origins
  }

  /// How many arms are not run, because they are the same as one at another point.
  var count: Int { origins.indices.count { Int(origins[$0]) != $0 } }

  /// The first point at which the arm is the same; nil where it is this one.
  func samePoint(as place: Int) -> Int? { Int(origins[place]) == place ? nil : Int(origins[place]) / armCount }

  /// Which arms that are run are chosen: a copy that is chosen chooses the first like it.
  func chosen(_ choice: RequestedRows) -> Set<Int32> {
    Set(origins.indices.filter { choice.contains(point: $0 / armCount, arm: $0 % armCount) }.map { origins[$0] })
  }

  func isRun(_ place: Int) -> Bool { Int(origins[place]) == place }
}

/// All on which the cascades of an arm depend.
private struct ArmIdentity: Hashable {
  let arm: Int
  let network: Int32
  let traits: Int32
  let rule: Int32
  let seeding: Int32
  let seeds: Int
  let story: Double
  let equalMass: Bool
  let weighting: TieWeighting
  let isFewPresent: Bool
  /// Nil where no role does anything and nobody looks for one.
  let roles: [Role: RoleSpecification]?

  /// - Parameter rolesCount: whether tables show who has which role.
  init(_ condition: Condition, arm: Int, rolesCount: Bool) {
    self.arm = arm
    network = condition.keys.network
    traits = condition.keys.traits
    rule = condition.keys.rule
    seeding = condition.keys.seeding
    seeds = condition.seeds
    story = condition.story
    equalMass = condition.equalMass
    weighting = condition.weighting
    isFewPresent = condition.isFewPresent
    roles = !rolesCount && condition.rolesAreInert && condition.hasRandomSeeds ? nil : condition.roles
  }
}
