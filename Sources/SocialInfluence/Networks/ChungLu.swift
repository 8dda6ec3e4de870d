/// Undirected ties with probability 1 − exp(−κ_i κ_j / Σκ), always below 1.
///
/// Made as the simple graph below a Poisson multigraph: agent i emits Poisson(κ_i / 2) ties to agents picked in
/// proportion to κ; a pair then meets Poisson(κ_i κ_j / Σκ) times, and repeats and loops are dropped. O(N + m).
///
/// Source: F. Chung, L. Lu (2002), Ann. Combinatorics 6:125, doi:10.1007/PL00012580.
/// *Differs*: the exponential form of I. Norros, H. Reittu (2006), Adv. Appl. Prob. 38:59, doi:10.1239/aap/1143936140,
/// which needs no cap at 1. Loops and repeats make the mean degree slightly smaller than z: E[k_i] = Σ_j (1 − exp(…)).
package struct ChungLu: NetworkGenerator {
  package let traits: GeneratorTraits

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    let z = values.number("meanDegree")
    let variation = try DegreeVariation.checked(values, meanDegree: z)
    // Counts by inverse distribution function, targets by one addressed sequence: a larger z only adds ties.
    traits = GeneratorTraits(
      takesConnectivity: true, meanDegree: z, degreeVariation: variation,
      degreeLaw: .undirected(PoissonLaw(ParameterValues(["mean": .number(z)]))),
      nestsInMeanDegree: variation == nil)
  }

  package static let description = Description(
    "chung-lu", "undirected: tie probability 1 − exp(−κ_i κ_j / Σκ)",
    source: "Chung & Lu 2002, doi:10.1007/PL00012580; Norros & Reittu 2006, doi:10.1239/aap/1143936140",
    parameters: [.meanDegree, DegreeVariation.parameter])

  package func network(_ demand: NetworkDemand, at address: RandomAddress) -> Network {
    let expected = demand.expectedTies
    var ties = TieList()
    ties.reserveCapacity(Int(demand.meanDegree * Double(demand.agentCount) * 0.55) + 16)
    let emission = Emission(weights: expected, agentCount: demand.agentCount)
    var counts = PoissonCounts()
    for agent in 0..<demand.agentCount {
      let mean = (expected.isEmpty ? demand.meanDegree : expected[agent]) / 2
      emission.emit(from: agent, entity: agent, mean: mean, at: address, counts: &counts) { ties.append(agent, $0) }
    }
    return Network(agentCount: demand.agentCount, ties: ties, isDirected: false)
  }
}

/// Poisson numbers of ties to agents picked in proportion to their weights.
struct Emission {
  private let picks: AliasTable?
  private let agentCount: Int

  /// - Parameter weights: empty for a uniform pick.
  init(weights: [Double], agentCount: Int) {
    picks = weights.isEmpty || weights.allSatisfy { $0 == 0 } ? nil : AliasTable(weights: weights)
    self.agentCount = agentCount
  }

  /// Emits the ties of agent number `agent` of the weights, loops left out, with the random numbers of `entity`.
  /// `series` keeps several emissions of one entity apart.
  @inline(__always)
  func emit(
    from agent: Int, entity: Int, mean: Double, at address: RandomAddress, series: Int = 0, counts: inout PoissonCounts,
    _ tie: (Int) -> Void
  ) {
    var words = address.stream(.network, entity: entity, index: series << 32)
    for _ in 0..<counts.count(words.next(), mean: mean) {
      let other = picks?.agent(words.next()) ?? words.below(agentCount)
      if other != agent { tie(other) }
    }
  }
}
