internal import SocialInfluence

/// A plan in words, for the heading of its report.
enum PlanWords {
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

  /// The rule with its numbers and laws; empty where points or arms have different ones.
  static func rule(_ plan: Plan) -> String {
    let resolved = plan.scenario.resolved
    let differs = plan.scenario.armNames.contains { resolved["arms"]?[$0]?["rule"] != nil }
    guard !differs, !plan.scenario.sweeps.contains(where: { $0.path == ["rule"] || $0.path == ["rule", "kind"] }),
      case .group(let pairs) = resolved["rule"], case .text(let kind) = resolved["rule"]?["kind"]
    else { return "" }
    return ([kind] + pairs.compactMap { number($0) } + weighting(plan)).joined(separator: ", ")
  }

  /// How the weights of a network file enter, if it is the same everywhere.
  private static func weighting(_ plan: Plan) -> [String] {
    let own = plan.order.lazy.map { plan[$0] }.filter { plan.files[$0.keys.network]?.network.weights != nil }
    let ways = Set(own.map(\.weighting))
    return ways.count == 1 ? ways.map { $0 == .ignore ? "tie weights ignored" : "tie weights \($0.rawValue)" } : []
  }

  /// `probability 0.1`, `threshold normal (mean 0.18, sd 0.05)`; nil for other values and for swept ones.
  private static func number(_ pair: Setting.Pair) -> String? {
    switch pair.value {
    case .number(let text): return "\(pair.key) \(text)"
    case .group(let inner):
      guard case .text(let kind) = pair.value["kind"] else { return nil }
      return "\(pair.key) \(kind) (\(inner.compactMap(number).joined(separator: ", ")))"
    case .text, .list: return nil
    }
  }

  /// The number of seeds or its range; empty where it is swept.
  static func seeds(_ plan: Plan) -> String {
    guard !plan.scenario.sweeps.contains(where: { $0.path == ["seeds"] || $0.path == ["seedFraction"] }) else {
      return ""
    }
    let counts = plan.scenario.armNames.indices.map { arm in Set(plan.scenario.points.lazy.map { $0.arms[arm].seeds }) }
    guard let first = counts.first, let least = counts.joined().min(), let most = counts.joined().max() else {
      return ""
    }
    // Arms with other numbers are named, if they are few: their budgets are not equal.
    let others = zip(plan.scenario.armNames, counts).filter { $1 != first }
    guard counts.allSatisfy({ $0.count == 1 }), others.count < 4 else {
      return "\(Readable.count(least)) to \(Readable.count(most)) seeds"
    }
    let own = others.map { "\($0) \(Readable.count($1.first ?? 0))" }
    return ([Readable.plural(first.first ?? 0, "seed", "seeds")] + own).joined(separator: ", ")
  }
}
