/// The expected course of an SIR epidemic on configuration networks, in the limit of many agents: discrete rounds.
///
/// In each round every infectious agent infects each susceptible neighbor with probability b, then recovers with
/// probability g. Updates are synchronous: an agent infected in a round transmits from the next one on.
///
/// φ_I, the chance that the agent at the other end is infectious and has not transmitted, loses bφ_I to transmission in
/// a round and g(1 − b)φ_I to recovery, so that the chance of a recovered neighbor that never transmitted is g(1 − b)/b
/// times the loss of θ: θ ← θ − bφ_I with bφ_I = bθ − b(1 − ρ)ψ'(θ)/ψ'(1) − g(1 − b)(1 − θ), S = (1 − ρ)ψ(θ),
/// R ← R + gI, I = 1 − S − R.
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

  /// The share ever infected, seeds included; at ρ = 0 the size of an epidemic from a vanishing share.
  package var finalShare: Double {
    EdgeBasedEnd.share(
      law,
      transmissibility: InfectiousPeriod.geometric(infection: infection, recovery: recovery).transmissibility,
      seedShare: seedShare)
  }
}
