internal import SocialInfluence

/// The agents of a traced cascade, shared by all cascades on one network and population.
struct TracedPopulation: Sendable {
  let network: Network
  let membership: RoleMembership
  /// By trait; empty where it is 1 for everyone.
  let values: [[Double]]
  /// The file with the agents' ids and groups; nil where agents are numbers.
  let file: ImportedNetwork?

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

  func name(_ agent: UInt32) -> String { population.file?.names[Int(agent)] ?? String(agent) }

  func group(_ agent: Int) -> String? { population.file?.agents?.group(of: agent) }

  /// The sum of `values` over the agents that satisfy a condition.
  func sum(_ values: [Double], _ condition: (Int) -> Bool) -> Double {
    values.indices.reduce(0) { $0 + (condition($1) ? values[$1] : 0) }
  }
}
