internal import SocialInfluence

/// Which results are the same on any machine, and which only on the same build of the C library and GSL.
enum Precision {
  /// Whether the cascades of a condition are decided by whole numbers alone.
  static func isIntegerOnly(_ condition: Condition) -> Bool {
    guard condition.rule.isIntegerOnly, condition.hasPlainTraits else { return false }
    // Members of roles are picked by normal scores, and columns count them.
    return condition.roles.isEmpty && networkIsIntegerOnly(condition) && hasUnitVoices(condition)
  }

  /// Whether the ties are decided by whole numbers alone: no logarithm, no distribution function.
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

  /// The few in words.
  static func few(_ condition: Condition) -> String {
    Role.allCases.compactMap { role in
      condition.roles[role].map { specification in
        var text = "\(role.plural) \(Digits.shortest(100 * specification.fraction)) %"
        if specification.gain != 1 { text += " × \(Digits.shortest(specification.gain))" }
        if specification.span != 1 { text += ", span \(Digits.shortest(specification.span))" }
        if specification.hearsFirst > 0 { text += ", hear first \(Digits.shortest(specification.hearsFirst))" }
        return text
      }
    }.joined(separator: "; ")
  }
}
