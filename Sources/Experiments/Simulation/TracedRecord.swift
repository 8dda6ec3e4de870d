internal import SocialInfluence

/// The agents of a traced cascade, shared by all cascades on one network and population.
struct TracedPopulation: Sendable {
  let network: Network
  let membership: RoleMembership
  /// By trait; empty where it is 1 for everyone.
  let values: [[Double]]
  /// The ids of a network file; nil where agents are numbers.
  let names: NameTable?

  func value(_ trait: Trait, _ agent: Int) -> Double {
    let own = values[trait.rawValue]
    if !own.isEmpty { return own[agent] }
    return trait == .connectivity && network.meanDegree > 0
      ? Double(network.outDegree(agent)) / network.meanDegree : 1
  }
}

/// A traced cascade: who convinced whom.
final class TracedRecord: Sendable {
  let population: TracedPopulation
  let trace: InfluenceTrace
  let forest: DiffusionForest
  let credit: CreditShares
  /// The adoption step of each agent; nil if it never adopted.
  let steps: [Int?]

  init(
    population: TracedPopulation, trace: InfluenceTrace, forest: DiffusionForest, credit: CreditShares, steps: [Int?]
  ) {
    (self.population, self.trace, self.forest) = (population, trace, forest)
    (self.credit, self.steps) = (credit, steps)
  }

  func name(_ agent: UInt32) -> String { population.names?[Int(agent)] ?? String(agent) }

  /// The sum of `values` over the agents that satisfy a condition.
  func sum(_ values: [Double], _ condition: (Int) -> Bool) -> Double {
    values.indices.reduce(0) { $0 + (condition($1) ? values[$1] : 0) }
  }
}
