/// SIR in continuous time: a talker convinces each listener at rate β and falls silent at rate γ.
///
/// Along the tie u → v the rate is β · s · h_v · w(u,v). Periods are exponential with rate γ (`recoveryRate`), or all
/// of the same length (`period`); the chance over a whole period is T = β ÷ (β + γ), or 1 − exp(−β · period). Recorded
/// steps are intervals of `stepLength`: step t holds the adoptions in ((t − 1) · stepLength, t · stepLength].
///
/// Each talker draws one period, and one exponential waiting time per tie; waiting times that end within the period
/// enter an event queue. They are addressed by speaker and position of the tie, so that more force or story shortens
/// every one of them.
///
/// *Edge cases*: β = 0 convinces nobody. Simultaneous events are ordered by listener, then by speaker.
///
/// Sources: W. O. Kermack, A. G. McKendrick (1927), Proc. R. Soc. A 115:700, doi:10.1098/rspa.1927.0118; the
/// event-driven form: I. Z. Kiss, J. C. Miller, P. L. Simon (2017), Mathematics of Epidemics on Networks,
/// doi:10.1007/978-3-319-50806-1, appendix A.
/// *Differs*: equal mass keeps the mean rate over ties, not the mean chance of a whole period.
package struct ContinuousSIR: ContagionRule {
  /// β.
  package let transmissionRate: Double
  package let period: ContinuousPeriod
  package let stepLength: Double
  package var isIntegerOnly: Bool { false }

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    transmissionRate = values.number("transmissionRate")
    stepLength = values.number("stepLength")
    switch (values.optionalNumber("recoveryRate"), values.optionalNumber("period")) {
    case (.some(let rate), nil): period = .exponential(rate: rate)
    case (nil, .some(let length)): period = .fixed(length)
    case (nil, nil):
      throw InvalidParameter("recoveryRate", "is missing", remedy: "write `recoveryRate` γ, or `period` in time units")
    case (.some, .some):
      throw InvalidParameter("period", "stands beside `recoveryRate`", remedy: "keep one of them")
    }
  }

  package var traits: RuleTraits {
    RuleTraits().with {
      ($0.form, $0.sharesCredit) = (.continuousEpidemic(self), false)
      $0.pace = .periods(steps: period.mean / stepLength, last: ContinuousKernel.stepLimit)
    }
  }

  package static let description = Description(
    "sir-continuous", "adopters talk for a period in continuous time, convincing each listener at rate β",
    source: "Kermack & McKendrick 1927, doi:10.1098/rspa.1927.0118; Kiss, Miller & Simon 2017",
    parameters: [
      Parameter("transmissionRate", .number(ValueRange(0, 1e9)), unit: "per time", "β: rate along a voice of weight 1"),
      Parameter.optional(
        "recoveryRate", .number(.scale), unit: "per time", "γ: rate of falling silent; or write `period`"),
      Parameter.optional("period", .number(.scale), unit: "time", "time for which every adopter talks"),
      Parameter("stepLength", .number(.scale), unit: "time", standard: .number(1), "time between recorded steps"),
    ])

  /// The rate of each tie, per unit of time.
  private func rates(_ audience: Audience, on network: Network) -> VoiceRates {
    let listeners = audience.listeners
    guard let weights = audience.weights else {
      if listeners.susceptibility.isEmpty { return .common(CommonRate(transmissionRate * listeners.story)) }
      return .byListener(
        ListenerRates((0..<network.agentCount).map { transmissionRate * listeners.responsiveness($0) }))
    }
    return .byTie(
      PlaceRates(
        weights.indices.map {
          transmissionRate * listeners.responsiveness(Int(network.targets[$0])) * weights[$0]
        }))
  }

  package func spread(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace
  ) throws(GenerationFailure) {
    workspace.begin(network.agentCount)
    workspace.makeTimes(network.agentCount)
    switch rates(audience, on: network) {
    case .common(let rates): run(seeds, network, rates, address, &workspace)
    case .byListener(let rates): run(seeds, network, rates, address, &workspace)
    case .byTie(let rates): run(seeds, network, rates, address, &workspace)
    }
    let isShort = ContinuousKernel.collectSteps(stepLength, in: &workspace)
    guard isShort else {
      throw GenerationFailure(
        "the run lasts over \(ContinuousKernel.stepLimit) steps; write a longer `stepLength`", holdsForMore: true)
    }
  }

  private func run(
    _ seeds: [UInt32], _ network: Network, _ rates: some TieRates, _ address: RandomAddress,
    _ workspace: inout Workspace
  ) {
    ContinuousKernel.spread(
      from: seeds, on: network, rates: rates, period: period, at: address, times: &workspace.times,
      &workspace.outcome)
  }

  /// Credits the speaker whose waiting time ended first, as recorded by the kernel.
  package func trace(_ traced: Traced) -> InfluenceTrace {
    var sources = [UInt32](repeating: 0, count: traced.network.agentCount)
    for (place, source) in traced.outcome.sources.enumerated() { sources[Int(traced.outcome.queue[place])] = source }
    return traced.trace { listener, _ in [InfluenceTrace.Credit(source: sources[listener], share: 1)] }
  }

  /// Σ_v T(u,v): the mean number of listeners that a lone talker convinces in its whole period.
  package func reach(_ audience: Audience, on network: Network) -> [Double]? {
    func sum(_ rates: some TieRates) -> [Double] {
      (0..<network.agentCount).map { speaker in
        network.voices(of: speaker).reduce(0) {
          $0 + period.transmissibility(rate: rates.rate(at: $1, listener: Int(network.targets[$1])))
        }
      }
    }
    switch rates(audience, on: network) {
    case .common(let rates): return sum(rates)
    case .byListener(let rates): return sum(rates)
    case .byTie(let rates): return sum(rates)
    }
  }
}
