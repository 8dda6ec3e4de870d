internal import SocialInfluence

/// Arms that are the same at several points. An arm that does not depend on the swept keys is run once, at the first of
/// these points.
///
/// Points of one scenario share random-number addresses, so such arms would repeat the same cascades. With
/// `randomness: independent` they would not, and no arm is a copy.
struct ArmCopies: Sendable {
  /// By point, then arm: the place of the first equal arm; its own place where the arm is run.
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

  /// Arms that are not run because an earlier point has the same arm.
  var count: Int { origins.indices.count { Int(origins[$0]) != $0 } }

  /// The first point with the same arm; nil where the arm is run.
  func samePoint(as place: Int) -> Int? { Int(origins[place]) == place ? nil : Int(origins[place]) / armCount }

  /// The places of the runs behind the chosen arms: for a copy, its original.
  func chosen(_ choice: RequestedRows) -> Set<Int32> {
    Set(origins.indices.filter { choice.contains(point: $0 / armCount, arm: $0 % armCount) }.map { origins[$0] })
  }

  func isRun(_ place: Int) -> Bool { Int(origins[place]) == place }
}

/// Everything on which the cascades of an arm depend.
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
  /// Nil where roles change nothing and no table shows them.
  let roles: [Role: RoleSpecification]?

  /// - Parameter rolesCount: whether a table shows roles.
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
