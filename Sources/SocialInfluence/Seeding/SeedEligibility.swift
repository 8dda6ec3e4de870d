/// Which agents of a strategy may be seeded, and the groups over which the seeds are spread; `SeedPool.seeds` takes the
/// seeds.
package struct SeedEligibility: Sendable, Hashable {
  /// A column of the agents file and the values that qualify.
  package struct Requirement: Sendable, Hashable {
    package let column: String
    package let values: [String]

    package init(column: String, values: [String]) { (self.column, self.values) = (column, values) }
  }

  package var requirements: [Requirement] = []
  /// The column whose groups take turns; nil: none.
  package var spread: String?

  package init() {}

  package var isEverything: Bool { requirements.isEmpty && spread == nil }
  package var columns: [String] { requirements.map(\.column) + (spread.map { [$0] } ?? []) }
}

extension SeedPool {
  /// The pool without the agents that do not qualify, in the same order.
  ///
  /// `.picked` counts as everyone.
  package func narrowed(agentCount: Int, to isEligible: (UInt32) -> Bool) -> SeedPool {
    switch self {
    case .everyone, .picked: .anyOf((0..<UInt32(agentCount)).filter(isEligible))
    case .anyOf(let agents): .anyOf(agents.filter(isEligible))
    case .ranked(let agents): .ranked(agents.filter(isEligible))
    case .inTurn(let groups, let isRanked): .inTurn(groups.map { $0.filter(isEligible) }, isRanked: isRanked)
    }
  }

  /// The pool with groups taking turns: if it is ranked, the best agent of each group, then the second of each;
  /// otherwise random ones. Groups come in the order of their best agents; one that is used up is passed over. `.picked`
  /// counts as everyone.
  ///
  /// - Parameter groups: the group of each agent, from 0; −1: in no group, never seeded.
  package func spread(over groups: [Int]) -> SeedPool {
    let (agents, isRanked): ([UInt32], Bool)
    switch self {
    case .everyone, .picked: (agents, isRanked) = ((0..<UInt32(groups.count)).map { $0 }, false)
    case .anyOf(let own): (agents, isRanked) = (own, false)
    case .ranked(let own): (agents, isRanked) = (own, true)
    case .inTurn(let own, let ranked): (agents, isRanked) = (own.flatMap { $0 }, ranked)
    }
    var places = [Int: Int]()
    var parts = [[UInt32]]()
    for agent in agents where groups[Int(agent)] >= 0 {
      let group = groups[Int(agent)]
      let place = places[group] ?? parts.count
      if place == parts.count {
        places[group] = place
        parts.append([])
      }
      parts[place].append(agent)
    }
    return .inTurn(parts, isRanked: isRanked)
  }
}
