internal import SocialInfluence

/// Which results are identical on any machine, and which only with the same build of the C library and GSL.
enum Precision {
  /// Whether the cascades of a condition depend on integer arithmetic alone.
  static func isIntegerOnly(_ condition: Condition) -> Bool {
    guard condition.rule.isIntegerOnly, condition.hasPlainTraits else { return false }
    // Role members are chosen by normal scores, and columns count them.
    return condition.roles.isEmpty && networkIsIntegerOnly(condition) && hasUnitVoices(condition)
  }

  /// Whether the ties depend on integer arithmetic alone: no logarithm, no distribution function.
  static func networkIsIntegerOnly(_ condition: Condition) -> Bool {
    condition.generator?.traits.isIntegerOnly ?? true
  }

  /// Whether every voice is 1, so that needs are counts.
  static func hasUnitVoices(_ condition: Condition) -> Bool {
    var hasWeights = false
    if case .file = condition.source, condition.weighting != .ignore { hasWeights = true }
    let voices = [Role.maven, .salesman].allSatisfy { condition.roles[$0]?.gain ?? 1 == 1 }
    return !hasWeights && voices
  }
}
