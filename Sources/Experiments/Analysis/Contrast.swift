internal import SocialInfluence
internal import Statistics

/// A paired difference, or the comparison of two of them.
struct Contrast: Sendable {
  enum Kind: String, Sendable {
    /// Present − absent, with random seeds.
    case presence
    /// Seeded − present: the effect of seeding the few on networks that have them.
    case aim
    /// Seeded − absent: presence and aim together.
    case few
    /// Any other two arms.
    case arms
    /// P(dose · z) − P(z).
    case density
    /// P(dose · s) − P(s).
    case story
    /// Δaim − Δdensity.
    case aimAgainstDensity = "aim_against_density"
    /// Δfew − Δdensity.
    case fewAgainstDensity = "few_against_density"

    /// Whether it compares two effects.
    var isComparison: Bool { self == .aimAgainstDensity || self == .fewAgainstDensity }

    /// Tested together: presence, few and arms; every other kind is its own family.
    var family: String {
      switch self {
      case .presence, .few, .arms: "arms"
      default: rawValue
      }
    }
  }

  let kind: Kind
  let outcome: Measure
  /// 32 bits, since a design may have very many contrasts, all of which are kept.
  private let places: SIMD4<Int32>
  /// The place of the first contrast of the same arms; nil for that contrast itself.
  var original: Int?

  /// - Parameters:
  ///   - arms: the arm that is subtracted, and the arm from which it is subtracted.
  ///   - toPoint: the point with the dose; nil where only arms differ.
  init(_ kind: Kind, _ outcome: Measure, point: Int, toPoint: Int? = nil, arms: (baseline: Int, other: Int)) {
    (self.kind, self.outcome) = (kind, outcome)
    places = SIMD4(Int32(point), Int32(toPoint ?? -1), Int32(arms.baseline), Int32(arms.other))
  }

  var point: Int { Int(places.x) }
  /// The point with the dose; nil where only arms differ.
  var toPoint: Int? { places.y < 0 ? nil : Int(places.y) }
  /// The arm that is subtracted.
  var baselineArm: Int { Int(places.z) }
  /// The arm from which it is subtracted; in a comparison, the seeded arm.
  var arm: Int { Int(places.w) }
}

/// Finds the contrasts of a design.
struct ContrastFinder {
  let plan: Plan
  let units: Units
  let roles: ArmRoles

  /// All contrasts, by outcome, then point.
  func contrasts() -> [Contrast] {
    let doses = plan.doses
    var found = [Contrast]()
    for outcome in units.kinds {
      for point in plan.scenario.points.indices {
        addArms(point, outcome, to: &found)
        for arm in plan.scenario.armNames.indices {
          for (kind, to) in [(Contrast.Kind.density, doses.density[point]), (.story, doses.story[point])] {
            guard let to else { continue }
            found.append(Contrast(kind, outcome, point: point, toPoint: to, arms: (arm, arm)))
          }
        }
        if let to = doses.density[point] { addComparisons(point, to, outcome, to: &found) }
      }
    }
    if plan.copies.count > 0 { markCopies(&found) }
    return found
  }

  /// A contrast of the same arms as an earlier one is a copy: its family of tests does not count it again.
  private func markCopies(_ contrasts: inout [Contrast]) {
    struct Identity: Hashable {
      let kind: Contrast.Kind
      let outcome: Measure
      let arms: [Int32]
    }
    var first = [Identity: Int]()
    for place in contrasts.indices {
      let own = contrasts[place]
      let identity = Identity(kind: own.kind, outcome: own.outcome, arms: origins(own))
      contrasts[place].original = first[identity]
      if first[identity] == nil { first[identity] = place }
    }
  }

  /// The arms that are compared, by point and arm; a copy as its original.
  private func origins(_ contrast: Contrast) -> [Int32] {
    func origin(_ point: Int, _ arm: Int) -> Int32 {
      plan.copies.origins[point * plan.scenario.armNames.count + arm]
    }
    let point = contrast.point
    guard contrast.kind.isComparison else {
      return [origin(point, contrast.baselineArm), origin(contrast.toPoint ?? point, contrast.arm)]
    }
    let absent = contrast.baselineArm
    return [absent, contrast.arm, roles.present ?? absent].map { origin(point, $0) }
      + [origin(contrast.toPoint ?? point, absent)]
  }

  private func addArms(_ point: Int, _ outcome: Measure, to found: inout [Contrast]) {
    for second in plan.scenario.armNames.indices {
      for first in 0..<second {
        // The absent arm is the baseline wherever it is in the scenario; the present arm is the baseline of the seeded
        // one.
        let isTurned = second == roles.absent || second == roles.present && first == roles.seeded
        let (baseline, arm) = isTurned ? (second, first) : (first, second)
        let kind: Contrast.Kind
        switch (baseline, arm) {
        case (roles.absent, roles.present): kind = .presence
        case (roles.absent, roles.seeded): kind = .few
        case (roles.present, roles.seeded): kind = .aim
        default: kind = .arms
        }
        found.append(Contrast(kind, outcome, point: point, arms: (baseline, arm)))
      }
    }
  }

  /// Adds Δaim − Δdensity and Δfew − Δdensity where some unit has all their arms.
  private func addComparisons(_ point: Int, _ to: Int, _ outcome: Measure, to found: inout [Contrast]) {
    guard let absent = roles.absent, let seeded = roles.seeded else { return }
    let kinds: [Contrast.Kind] = roles.present == nil ? [.fewAgainstDensity] : [.aimAgainstDensity, .fewAgainstDensity]
    for kind in kinds {
      let contrast = Contrast(kind, outcome, point: point, toPoint: to, arms: (absent, seeded))
      if !differences(contrast).values.isEmpty { found.append(contrast) }
    }
  }

  /// The paired differences of a contrast, by unit.
  func differences(_ contrast: Contrast) -> Differences {
    let arms = plan.scenario.armNames.count
    func means(_ point: Int, _ arm: Int) -> [Double?] { units.means(point * arms + arm, contrast.outcome) }
    let (point, to) = (contrast.point, contrast.toPoint ?? contrast.point)
    let base = means(point, contrast.baselineArm)
    var differences = Differences(baselineMean: Sample.mean(base.compactMap { $0 }))
    guard contrast.kind.isComparison else {
      for (treated, base) in zip(means(to, contrast.arm), base) {
        if let treated, let base { differences.values.append(treated - base) }
      }
      return differences
    }
    let (few, dense) = (means(point, contrast.arm), means(to, contrast.baselineArm))
    let before = contrast.kind == .aimAgainstDensity ? roles.present.map { means(point, $0) } ?? base : base
    var (effects, doses) = ([Double](), [Double]())
    for unit in base.indices {
      guard let base = base[unit], let few = few[unit], let dense = dense[unit], let before = before[unit] else {
        continue
      }
      effects.append(few - before)
      doses.append(dense - base)
    }
    differences.values = zip(effects, doses).map { $0 - $1 }
    differences.effects = (Sample.mean(effects), Sample.mean(doses))
    return differences
  }

  /// Whether theory rules out a rise.
  func isBounded(_ contrast: Contrast) -> Bool {
    contrast.kind == .presence && contrast.outcome == .global
      && BoundedByTheory.boundsPresence(condition(contrast))
  }

  /// Whether the few are ordinary agents.
  func isInert(_ contrast: Contrast) -> Bool {
    let condition = condition(contrast)
    return condition.isFewPresent && condition.fewAreOrdinary
  }

  /// s of the arm.
  func story(_ contrast: Contrast) -> Double { condition(contrast).story }

  private func condition(_ contrast: Contrast) -> Condition { plan.scenario.points[contrast.point].arms[contrast.arm] }
}

/// The paired differences of a contrast.
struct Differences {
  /// By unit.
  var values: [Double] = []
  /// Mean of the baseline, for the interval where no unit differs.
  let baselineMean: Double
  /// In a comparison, the two effects.
  var effects: (few: Double, density: Double)?

  init(baselineMean: Double) { self.baselineMean = baselineMean }
}
