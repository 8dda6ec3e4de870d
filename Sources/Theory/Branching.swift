/// Chance that a seed starts a global cascade, in the limit of many agents: branching theory on random networks without
/// short cycles, where only agents whom one voice convinces (the vulnerable) matter at the start.
package enum Branching {
  /// Undirected networks with degree law p_k: u = 1 − A + Σ k p_k ρ_k u^(k−1) / z, A = Σ k p_k ρ_k / z.
  ///
  /// With ρ_k = 1 for k ≤ ⌊1/φ⌋ it is Watts' model, with ρ_k = p Newman's bond percolation.
  /// Sources: D. J. Watts (2002), PNAS 99:5766, doi:10.1073/pnas.082090499; M. E. J. Newman (2002), Phys. Rev. E
  /// 66:016128, doi:10.1103/PhysRevE.66.016128.
  ///
  /// - Parameters:
  ///   - degrees: p_k for k = 0, 1, …
  ///   - vulnerable: ρ_k, the chance that one voice convinces an agent with k ties.
  package static func solveUndirected(degrees: [Double], vulnerable: (Int) -> Double) -> TriggerSolution {
    let mean = DegreeProbabilities.mean(degrees)
    guard mean > 0 else { return TriggerSolution(degrees: degrees, u: 1) }
    let reached = GeneratingFunction(degrees.indices.map { $0 == 0 ? 0 : degrees[$0] * vulnerable($0) })
    let u = Roots.smallestFixedPoint(
      { u in 1 - (reached.mean - reached.slope(u)) / mean }, slopeAtOne: reached.pairs / mean)
    return TriggerSolution(degrees: degrees, u: u)
  }

  /// Directed influence networks: out-ties p_n to uniformly random others, so that a reached agent has
  /// 1 + Poisson(z) voices: u = 1 − v + v Σ p_n uⁿ with v = Σ_j Pois_j(z) ρ_(j+1).
  ///
  /// Source: the directed reading of D. J. Watts, P. S. Dodds (2007), J. Consumer Research 34:441, doi:10.1086/518527.
  package static func solveDirected(degrees: [Double], vulnerable: (Int) -> Double) -> TriggerSolution {
    let speakers = GeneratingFunction(degrees)
    let others = DegreeProbabilities.poisson(mean: speakers.mean)
    let chance = others.indices.reduce(0) { $0 + others[$1] * vulnerable($1 + 1) }
    let u = Roots.smallestFixedPoint(
      { u in 1 - chance + chance * speakers.value(u) }, slopeAtOne: chance * speakers.mean)
    return TriggerSolution(degrees: degrees, u: u)
  }

  /// Chance of one random seed on an undirected network, 1 − Σ p_k u^k; see ``solveUndirected(degrees:vulnerable:)``.
  package static func undirected(degrees: [Double], vulnerable: (Int) -> Double) -> Double {
    solveUndirected(degrees: degrees, vulnerable: vulnerable).random
  }

  /// Chance of one random seed on a directed influence network; see ``solveDirected(degrees:vulnerable:)``.
  package static func directed(degrees: [Double], vulnerable: (Int) -> Double) -> Double {
    solveDirected(degrees: degrees, vulnerable: vulnerable).random
  }

  /// Share of the agents in the giant vulnerable cluster of an undirected network, Σ p_k ρ_k (1 − u^k).
  static func vulnerableCluster(degrees: [Double], vulnerable: (Int) -> Double) -> Double {
    let solution = solveUndirected(degrees: degrees, vulnerable: vulnerable)
    return degrees.indices.dropFirst().reduce(0) {
      $0 + degrees[$1] * vulnerable($1) * solution.probability(seedDegree: $1)
    }
  }

  /// Mean degree of the early adopters of a cascade on an undirected network, Σ k² p_k ρ_k / Σ k p_k ρ_k: agents
  /// reached along a tie whom one voice convinces. Nil if no agent is vulnerable.
  static func earlyAdopterDegree(degrees: [Double], vulnerable: (Int) -> Double) -> Double? {
    let reached = GeneratingFunction(degrees.indices.map { $0 == 0 ? 0 : degrees[$0] * vulnerable($0) })
    return reached.mean > 0 ? (reached.pairs + reached.mean) / reached.mean : nil
  }
}
