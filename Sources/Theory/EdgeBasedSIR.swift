/// Shares of the agents that are susceptible, infectious and recovered; they sum to 1.
package struct EpidemicShares {
  package let susceptible: Double
  package let infectious: Double
  package let recovered: Double
}

/// The expected course of an SIR epidemic on configuration networks, in the limit of many agents: continuous time.
///
/// θ is the chance that a random tie has not transmitted to the agent at its end, which is kept from infecting others:
/// θ' = −βθ + β(1 − ρ)ψ'(θ)/ψ'(1) + γ(1 − θ), S = (1 − ρ)ψ(θ), R' = γI, I = 1 − S − R, from θ = 1, R = 0.
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

  /// The shares at `times`, which rise from at least 0.
  package func shares(at times: [Double]) throws(NumericalFailure) -> [EpidemicShares] {
    let states = try InitialValueProblem.states(from: [1, 0], at: times) { _, state, slope in
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

  /// The share infected in the end, seeds included; at ρ = 0 the size of an epidemic from a vanishing share.
  package var finalShare: Double {
    EdgeBasedEnd.share(
      law, transmissibility: contactRate / (contactRate + recoveryRate), seedShare: seedShare)
  }
}

/// The same in rounds: each infectious agent infects each susceptible neighbour with probability b, then recovers with
/// probability g; all at once, and who is infected in a round transmits from the next one on.
///
/// φ_I, the chance that the agent at the other end is infectious and has not transmitted, loses bφ_I to transmission in a
/// round and g(1 − b)φ_I to recovery, so that recovered silent neighbours are always g(1 − b)/b times the loss of θ:
/// θ ← θ − bφ_I with bφ_I = bθ − b(1 − ρ)ψ'(θ)/ψ'(1) − g(1 − b)(1 − θ), S = (1 − ρ)ψ(θ), R ← R + gI, I = 1 − S − R.
/// Source: the round-by-round form of Miller, Slim and Volz, derived here; its end is Newman's percolation with
/// T = b / (b + g − bg).
package struct EdgeBasedRounds {
  private let law: GeneratingFunction
  private let infection: Double
  private let recovery: Double
  private let seedShare: Double

  /// - Parameters:
  ///   - degrees: p_k for k = 0, 1, …
  ///   - infection: b in [0, 1], per tie and round.
  ///   - recovery: g in (0, 1], per round.
  ///   - seedShare: ρ in [0, 1], agents infectious before the first round, drawn at random.
  package init(degrees: [Double], infection: Double, recovery: Double, seedShare: Double) {
    law = GeneratingFunction(degrees)
    (self.infection, self.recovery, self.seedShare) = (infection, recovery, seedShare)
  }

  /// The shares after 0, 1, …, `rounds` rounds.
  package func shares(rounds: Int) -> [EpidemicShares] {
    var (theta, recovered) = (1.0, 0.0)
    var shares = [EpidemicShares]()
    for round in 0...rounds {
      let susceptible = (1 - seedShare) * law.value(theta)
      let infectious = 1 - susceptible - recovered
      shares.append(EpidemicShares(susceptible: susceptible, infectious: infectious, recovered: recovered))
      if round == rounds { break }
      recovered += recovery * infectious
      theta -=
        infection * (theta - (1 - seedShare) * law.excess(theta)) - recovery * (1 - infection) * (1 - theta)
    }
    return shares
  }

  /// The share infected in the end, seeds included; at ρ = 0 the size of an epidemic from a vanishing share.
  package var finalShare: Double {
    EdgeBasedEnd.share(
      law,
      transmissibility: InfectiousPeriod.geometric(infection: infection, recovery: recovery).transmissibility,
      seedShare: seedShare)
  }
}

private enum EdgeBasedEnd {
  /// 1 − (1 − ρ)ψ(θ) at the largest θ < 1 with θ = 1 − T + T(1 − ρ)ψ'(θ)/ψ'(1): unique for ρ > 0.
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
