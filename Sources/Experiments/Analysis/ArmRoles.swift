internal import SocialInfluence

/// The roles of arms in the study of the few against density.
struct ArmRoles: Sendable {
  /// The first arm without the few and with random seeds.
  let absent: Int?
  /// The first arm with the few whose seeds are not aimed at them.
  let present: Int?
  /// The first arm whose seeds are aimed at the few.
  let seeded: Int?

  /// Present and seeded arms must differ from the absent arm in the few alone: otherwise the effect of another story or
  /// rule would be credited to the few.
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

  /// The baseline of a seeded arm's multiplier: the same arm with random seeds.
  static func unaimed(for arm: Int, at point: Scenario.Point) -> Int? {
    let own = point.arms[arm].values
    return point.arms.firstIndex { $0.hasRandomSeeds && $0.values.equals(own, besides: "seeding") }
  }
}

/// Results that theory fixes. They are marked, because no simulation could have come out otherwise.
enum BoundedByTheory {
  /// Presence at equal mass cannot raise P(global) from a random seed where attention is 0: one-shot cascades with any
  /// roles, thresholds with connectors only.
  static func boundsPresence(_ condition: Condition) -> Bool {
    guard condition.equalMass, condition.isFewPresent, condition.hasUnlinkedAttention, condition.hearsFirst == 0 else {
      return false
    }
    return condition.hasPlainTraits
      && (condition.rule.traits.isOneShotCascade
        || condition.rule.traits.form.fixedThreshold != nil && condition.hasOnlyConnectors)
  }

  /// Presence leaves the size given global unchanged: one-shot cascades without active mavens, thresholds with
  /// connectors only.
  static func fixesSize(_ condition: Condition) -> Bool {
    guard condition.isFewPresent, condition.equalMass, condition.hasUnlinkedAttention, condition.hasPlainTraits else {
      return false
    }
    let mavensActs = condition.roles[.maven].map { $0.gain != 1 || $0.hearsFirst != 0 } ?? false
    if condition.rule.traits.isOneShotCascade { return !mavensActs }
    return condition.rule.traits.form.fixedThreshold != nil && condition.hasOnlyConnectors
  }

  /// Multiplier ≤ influence ratio where the seeds are the top fraction by reach on tree-like networks. With unit voices
  /// the top by ties is the top by reach.
  static func boundsMultiplier(_ condition: Condition) -> Bool {
    let isTreeLike = condition.generator?.traits.degreeLaw != nil && condition.transitivity == nil
    let hasUnitVoices = condition.rolesAreInert || condition.hasOnlyConnectors
    guard case .top = condition.seeding.aim else { return false }
    return condition.eligibility.isEverything && isTreeLike && hasUnitVoices
      && condition.hasPlainTraits
  }
}
