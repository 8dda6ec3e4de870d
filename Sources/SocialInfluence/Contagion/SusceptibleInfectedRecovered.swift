/// SIR in discrete rounds: adopters talk for a period and are then silent for good.
///
/// In each round a talker convinces each listener who has not adopted with chance b, then falls silent with chance g
/// (`recovery`), or after a fixed `period` of rounds. Every adopter talks for at least one round. Along one tie the
/// chance over the whole period is T = b ÷ (b + g − bg), or 1 − (1 − b)^period: sizes are those of Newman's
/// percolation. With random periods the chance of taking off is smaller than the size, because the attempts of one
/// talker share its period.
///
/// With `coins: ties` each tie's first point on the hazard axis gives the round in which it succeeds, if its speaker
/// still talks. The law is that of `coins: needs`; the cost grows with the epidemic, not with the network.
///
/// *Edge cases*: g = 1, or a period of 1, is the independent cascade with p = b.
///
/// Sources: W. O. Kermack, A. G. McKendrick (1927), Proc. R. Soc. A 115:700, doi:10.1098/rspa.1927.0118;
/// M. E. J. Newman (2002), Phys. Rev. E 66:016128, doi:10.1103/PhysRevE.66.016128.
/// *Differs*: synchronous rounds instead of continuous time (for that see `sir-continuous`).
package struct SusceptibleInfectedRecovered: EpidemicRule, CoinRule {
  package let transmission: Double
  package let coins: Coins
  package let period: TalkingPeriod
  package let steps: Int
  package var isReversible: Bool { false }
  var talking: SkipKernel.Talking? { SkipKernel.Talking(period: period.drawn, steps: steps) }

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    transmission = values.number("transmission")
    period = try Self.period(values)
    steps = values.whole("steps")
    coins = Coins(values, standard: Coins.ceiling(for: [transmission]))
  }

  package func spread(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace
  ) throws(GenerationFailure) {
    if coins.form == .ties {
      try spreadByTies(from: seeds, on: network, audience, at: address, in: &workspace)
    } else {
      spreadByNeeds(from: seeds, on: network, audience, at: address, in: &workspace)
    }
  }

  package func trace(_ traced: Traced) -> InfluenceTrace {
    if coins.form == .needs { return traceByNeeds(traced) }
    let period = period.drawn
    return traceByTies(traced) { period.rounds($0, episode: 0, at: traced.address) }
  }

  package var traits: RuleTraits {
    epidemicTraits.with {
      ($0.samplesTies, $0.notesTalkers) = (coins.form == .ties, coins.form != .ties)
      // Scheduled adoptions, two per tie on average, in lists that grow.
      if coins.form == .ties { $0.bytesPerVoice = 20 }
    }
  }

  package static let description = Description(
    "sir", "adopters talk for a period, each round with a chance b, then are silent for good",
    source: "Kermack & McKendrick 1927, doi:10.1098/rspa.1927.0118; Newman 2002, doi:10.1103/PhysRevE.66.016128",
    parameters: [transmissionParameter] + periodParameters + [stepsParameter(100_000)] + coinParameters)
}
