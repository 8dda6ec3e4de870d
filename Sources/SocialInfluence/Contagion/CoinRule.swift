/// Hazard rules that can draw one random process in two ways: cascades have the same law, but differ one by one.
protocol CoinRule: HazardRule {
  var coins: Coins { get }
  /// How long adopters talk; nil if each speaks once.
  var talking: SkipKernel.Talking? { get }
}

extension CoinRule {
  var talking: SkipKernel.Talking? { nil }

  static var coinParameters: [Parameter] {
    [
      Parameter(
        "coins", .choice(["needs", "ties"]), standard: .text("needs"),
        "needs: one need per listener, drawn beforehand; ties: successes sampled along ties. Cascades have the same law; single ones differ"
      ),
      Parameter.optional(
        "ceiling", .number(ValueRange(0, 1, includesLower: false, includesUpper: false)),
        "p*: sampling probability of coins `ties`; the largest probability below 1 written in the scenario"),
    ]
  }

  /// With `coins: ties` no demand is drawn.
  package func fillDemands(_ demands: inout [Double], at address: RandomAddress) {
    if coins.form == .ties { demands.removeAll() } else { fillNeeds(&demands, at: address) }
  }

  /// A cascade with `coins: ties`.
  func spreadByTies(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace
  ) throws(GenerationFailure) {
    workspace.begin(network.agentCount)
    workspace.makeAdopters(network.agentCount)
    switch rates(audience, on: network) {
    case .common(let rates): try skip(rates, seeds, network, address, &workspace)
    case .byListener(let rates): try skip(rates, seeds, network, address, &workspace)
    case .byTie(let rates): try skip(rates, seeds, network, address, &workspace)
    }
  }

  private func skip(
    _ rates: some TieRates, _ seeds: [UInt32], _ network: Network, _ address: RandomAddress,
    _ workspace: inout Workspace
  ) throws(GenerationFailure) {
    let candidates = SkipKernel.Candidates(coins, rates)
    if let talking {
      try SkipKernel.spread(
        from: seeds, on: network, rates: rates, candidates, talking, at: address, hasAdopted: &workspace.adopters,
        &workspace.calendar, &workspace.outcome)
    } else {
      try SkipKernel.spread(
        from: seeds, on: network, rates: rates, candidates, at: address, hasAdopted: &workspace.adopters,
        &workspace.batches, &workspace.wideStep, order: &workspace.order, queue: &workspace.outcome.queue,
        stepEnds: &workspace.outcome.stepEnds)
    }
  }

  /// Traces a cascade with `coins: ties`: the credit goes to one of the speakers whose coins succeeded in the step of
  /// the adoption.
  ///
  /// - Parameter rounds: the rounds for which a speaker talks.
  func traceByTies(_ traced: Traced, rounds: (Int) -> Int) -> InfluenceTrace {
    switch rates(traced.audience, on: traced.network) {
    case .common(let rates): trace(traced, rates, rounds)
    case .byListener(let rates): trace(traced, rates, rounds)
    case .byTie(let rates): trace(traced, rates, rounds)
    }
  }

  private func trace(_ traced: Traced, _ rates: some TieRates, _ rounds: (Int) -> Int) -> InfluenceTrace {
    let candidates = SkipKernel.Candidates(coins, rates)
    var successful = [[UInt32]](repeating: [], count: traced.network.agentCount)
    for agent in traced.outcome.queue.prefix(traced.outcome.size) {
      let speaker = Int(agent)
      guard let own = traced.steps.steps[speaker] else { continue }
      SkipKernel.successes(
        of: speaker, rounds: rounds(speaker), on: traced.network, rates: rates, candidates, at: traced.address
      ) { listener, _ in
        (traced.steps.steps[listener] ?? 0) > own
      } _: { listener, _, round in
        guard traced.steps.steps[listener] == own + round else { return }
        if successful[listener].last != agent { successful[listener].append(agent) }
      }
    }
    return traced.trace { listener, _ in
      // Simultaneous successes are equally likely to be credited.
      let source = InfluenceTrace.successful(successful[listener].map { ($0, 1e9) }, of: listener, at: traced.address)
      return source.map { [InfluenceTrace.Credit(source: $0, share: 1)] } ?? []
    }
  }
}
