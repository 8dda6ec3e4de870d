internal import CGSL

/// The solution of the branching equation: the chance that a seed starts a global cascade, by kind of seed.
package struct TriggerSolution {
  /// p_k of the seeds' ties, for k = 0, 1, …
  package let degrees: [Double]
  /// The chance that a tie of a seed leads to no global cascade; 1 outside the cascade window.
  package let u: Double

  init(degrees: [Double], u: Double) { (self.degrees, self.u) = (degrees, u) }

  /// Chance that a seed with `seedDegree` ≥ 0 ties starts a global cascade, 1 − u^k.
  package func probability(seedDegree: Int) -> Double { 1 - gsl_pow_uint(u, UInt32(seedDegree)) }

  /// Chance of a seed drawn at random, 1 − Σ p_k u^k.
  package var random: Double { u >= 1 ? 0 : 1 - GeneratingFunction(degrees).value(u) }

  /// Chance of a random friend of a random agent on an undirected network, if every voice convinces with probability
  /// `transmissibility` = T: 1 − v G₁(u), with v = 1 − T + T (G₀(u) − p₀) ÷ (u (1 − p₀)) for the tie to the agent that
  /// named the friend.
  func randomFriend(transmissibility: Double) -> Double {
    guard u < 1, u > 0, degrees[0] < 1 else { return u >= 1 ? 0 : 1 }
    let all = GeneratingFunction(degrees)
    let back = 1 - transmissibility + transmissibility * (all.value(u) - degrees[0]) / (u * (1 - degrees[0]))
    return 1 - back * all.slope(u) / all.mean
  }

  /// Chance of a seed drawn at random from the `fraction` of the agents with most ties; ties at the boundary are broken
  /// at random.
  package func top(fraction: Double) -> Double {
    DegreeProbabilities.meanOverTop(fraction: fraction, of: degrees, probability(seedDegree:))
  }
}
