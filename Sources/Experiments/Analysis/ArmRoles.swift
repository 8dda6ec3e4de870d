internal import SocialInfluence

/// What an arm stands for in the study of the few against density.
struct ArmRoles: Sendable {
  /// The few absent, seeds not aimed at them.
  let absent: Int?
  /// The few present, seeds not aimed at them.
  let present: Int?
  /// Seeds aimed at the few: the first such arm.
  let seeded: Int?

  /// Present and seeded arms must differ from the absent arm in the few alone: another story or rule in the same arm would
  /// be counted as the few's doing.
  init(_ scenario: Scenario) {
    let arms = scenario.points[0].arms
    let absent = arms.firstIndex { !$0.isFewPresent && $0.hasRandomSeeds }
    let base = arms[absent ?? 0].values
    func differsInTheFewAlone(_ condition: Condition) -> Bool {
      condition.values.equals(base, besides: "few", "roles", "seeding")
    }
    self.absent = absent
    present = arms.firstIndex {
      $0.isFewPresent && $0.seeding.isRandom && $0.eligibility.isEverything && !$0.roles.isEmpty
        && differsInTheFewAlone($0)
    }
    seeded = arms.firstIndex { $0.seeding.seedsTheFew && differsInTheFewAlone($0) }
  }

  /// The arm against which a seeded arm's multiplier is taken: the same in everything but its seeds, which are random.
  static func unaimed(for arm: Int, at point: Scenario.Point) -> Int? {
    let own = point.arms[arm].values
    return point.arms.firstIndex { $0.hasRandomSeeds && $0.values.equals(own, besides: "seeding") }
  }
}

/// What theory fixes beforehand; such results are marked, because no simulation could have come out otherwise.
enum BoundedByTheory {
  /// Presence at equal mass cannot raise P(global) from a random seed where nobody is listened to more: cascades with any
  /// roles, thresholds with connectors only.
  static func boundsPresence(_ condition: Condition) -> Bool {
    guard condition.equalMass, condition.isFewPresent, condition.hasUnlinkedAttention, condition.hearsFirst == 0 else {
      return false
    }
    return condition.hasPlainTraits
      && (condition.rule.traits.isOneShotCascade
        || condition.rule.traits.form.fixedThreshold != nil && condition.hasOnlyConnectors)
  }

  /// Size given global does not change: cascades with connectors and salesmen, thresholds with connectors only.
  static func fixesSize(_ condition: Condition) -> Bool {
    guard condition.isFewPresent, condition.equalMass, condition.hasUnlinkedAttention, condition.hasPlainTraits else {
      return false
    }
    let mavensActs = condition.roles[.maven].map { $0.gain != 1 || $0.hearsFirst != 0 } ?? false
    if condition.rule.traits.isOneShotCascade { return !mavensActs }
    return condition.rule.traits.form.fixedThreshold != nil && condition.hasOnlyConnectors
  }

  /// Multiplier ≤ influence ratio where the seeded set is the top fraction by reach on tree-like networks: unit voices,
  /// so that the top by ties is the top by reach.
  static func boundsMultiplier(_ condition: Condition) -> Bool {
    let isTreeLike = condition.generator?.traits.degreeLaw != nil && condition.transitivity == nil
    let hasUnitVoices = condition.rolesAreInert || condition.hasOnlyConnectors
    guard case .top = condition.seeding.aim else { return false }
    return condition.eligibility.isEverything && isTreeLike && hasUnitVoices
      && condition.hasPlainTraits
  }
}
