/// Shares of the agents that are susceptible, infectious and recovered; they sum to 1.
package struct EpidemicShares {
  package let susceptible: Double
  let infectious: Double
  let recovered: Double
}

/// The final share of an epidemic, for `EdgeBasedSIR` and `EdgeBasedRounds`.
enum EdgeBasedEnd {
  /// 1 − (1 − ρ)ψ(θ) with θ = 1 − T + T(1 − ρ)ψ'(θ)/ψ'(1), which has one solution in [0, 1] for ρ > 0; at ρ = 0 the
  /// size of percolation.
  static func share(_ law: GeneratingFunction, transmissibility: Double, seedShare: Double) -> Double {
    guard seedShare > 0 else {
      return Percolation(degrees: law.probabilities, transmissibility: transmissibility).size
    }
    func excess(_ theta: Double) -> Double {
      1 - transmissibility + transmissibility * (1 - seedShare) * law.excess(theta) - theta
    }
    let theta = transmissibility == 0 ? 1 : excess(0) <= 0 ? 0 : Roots.between(0, 1, excess)
    return 1 - (1 - seedShare) * law.value(theta)
  }
}
