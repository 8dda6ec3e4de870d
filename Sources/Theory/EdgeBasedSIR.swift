/// The expected course of an SIR epidemic on configuration networks, in the limit of many agents: continuous time.
///
/// θ is the chance that a random tie has not transmitted to the agent at its end, which is prevented from infecting
/// others: θ' = −βθ + β(1 − ρ)ψ'(θ)/ψ'(1) + γ(1 − θ), S = (1 − ρ)ψ(θ), R' = γI, I = 1 − S − R, from θ = 1, R = 0.
/// Source: J. C. Miller, A. C. Slim, E. M. Volz (2012), J. R. Soc. Interface 9:890, doi:10.1098/rsif.2011.0403,
/// configuration networks, with a random share of agents infected at the start.
package struct EdgeBasedSIR {
  private let law: GeneratingFunction
  private let contactRate: Double
  private let recoveryRate: Double
  private let seedShare: Double

  /// - Parameters:
  ///   - degrees: p_k for k = 0, 1, …
  ///   - contactRate: β ≥ 0, contacts along a tie per unit of time.
  ///   - recoveryRate: γ > 0, per unit of time.
  ///   - seedShare: ρ in [0, 1], agents infectious at time 0, drawn at random.
  package init(degrees: [Double], contactRate: Double, recoveryRate: Double, seedShare: Double) {
    law = GeneratingFunction(degrees)
    (self.contactRate, self.recoveryRate, self.seedShare) = (contactRate, recoveryRate, seedShare)
  }

  /// The shares at `times`, ascending from 0 or later.
  ///
  /// - Parameter evaluations: a limit on evaluations of the equation, beyond which the shares are NaN.
  package func shares(
    at times: [Double], evaluations: Int = .max
  ) throws(NumericalFailure) -> [EpidemicShares] {
    var left = evaluations
    let states = try InitialValueProblem.states(from: [1, 0], at: times) { _, state, slope in
      left -= 1
      guard left >= 0 else {
        (slope[0], slope[1]) = (.nan, .nan)
        return
      }
      let (theta, recovered) = (state[0], state[1])
      let susceptibleNeighbours = (1 - seedShare) * law.excess(theta)
      slope[0] = contactRate * (susceptibleNeighbours - theta) + recoveryRate * (1 - theta)
      slope[1] = recoveryRate * (1 - (1 - seedShare) * law.value(theta) - recovered)
    }
    return states.map { state in
      let susceptible = (1 - seedShare) * law.value(state[0])
      return EpidemicShares(
        susceptible: susceptible, infectious: 1 - susceptible - state[1], recovered: state[1])
    }
  }

  /// The share ever infected, seeds included; at ρ = 0 the size of an epidemic from a vanishing share.
  package var finalShare: Double {
    EdgeBasedEnd.share(
      law, transmissibility: contactRate / (contactRate + recoveryRate), seedShare: seedShare)
  }
}
