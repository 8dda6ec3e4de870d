internal import SocialInfluence

/// What an arm stands for in the study of the few against density.
struct ArmRoles: Sendable {
  /// The few absent, seeds not aimed at them.
  let absent: Int?
  /// The few present, seeds not aimed at them.
  let present: Int?
  /// Seeds aimed at the few: the first such arm.
  let seeded: Int?

  init(_ scenario: Scenario) {
    let arms = scenario.points[0].arms
    absent = arms.firstIndex { !$0.isFewPresent && !$0.seeding.seedsTheFew }
    present = arms.firstIndex { $0.isFewPresent && !$0.seeding.seedsTheFew && !$0.roles.isEmpty }
    seeded = arms.firstIndex { $0.seeding.seedsTheFew }
  }

  /// The arm against which a seeded arm's multiplier is taken: the same agents on the same network, seeds not aimed.
  static func unaimed(for arm: Int, at point: Scenario.Point) -> Int? {
    let own = point.arms[arm].keys
    return point.arms.firstIndex { !$0.seeding.seedsTheFew && $0.keys.population == own.population }
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
    return condition.rule is IndependentCascade || condition.hasOnlyConnectors
  }

  /// Size given global does not change: cascades with connectors and salesmen, thresholds with connectors only.
  static func fixesSize(_ condition: Condition) -> Bool {
    guard condition.isFewPresent, condition.equalMass, condition.hasUnlinkedAttention else { return false }
    let mavensActs = condition.roles[.maven].map { $0.gain != 1 || $0.hearsFirst != 0 } ?? false
    return condition.rule is IndependentCascade ? !mavensActs : condition.hasOnlyConnectors
  }

  /// Multiplier ≤ influence ratio where the seeded set is the top fraction by reach on tree-like networks: unit voices,
  /// so that the top by ties is the top by reach.
  static func boundsMultiplier(_ condition: Condition) -> Bool {
    let isTreeLike = condition.generator?.traits.degreeLaw != nil && condition.transitivity == nil
    let hasUnitVoices = condition.rolesAreInert || condition.hasOnlyConnectors
    return condition.seeding is TopFraction && isTreeLike && hasUnitVoices && condition.hasPlainTraits
  }
}

extension Condition {
  /// The influence network with attention 0: who speaks to many is not listened to more.
  fileprivate var hasUnlinkedAttention: Bool {
    if case .directed = generator?.traits.degreeLaw { return switches == 0 }
    return false
  }

  fileprivate var hasOnlyConnectors: Bool {
    hasPlainTraits
      && [Role.maven, .salesman].allSatisfy { role in
        roles[role].map { $0.gain == 1 && $0.hearsFirst == 0 } ?? true
      }
  }

  /// Whether expertise, persuasion and susceptibility are 1 for everyone.
  var hasPlainTraits: Bool {
    [Trait.expertise, .persuasion, .susceptibility].allSatisfy { traitLaws[$0]?.constant != nil }
  }
}
