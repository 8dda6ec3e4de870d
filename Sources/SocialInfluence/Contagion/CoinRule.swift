/// Rules by hazards with a choice between two representations of the same coins: one law, other bytes.
package protocol CoinRule: HazardRule {
  var coins: Coins { get }
}

package enum CoinForm: String, Sendable {
  /// Each agent draws one need beforehand.
  case needs
  /// Successes are sampled along ties by geometric skips.
  case ties
}

/// How a rule represents randomness.
package struct Coins: Sendable {
  package let form: CoinForm
  /// p*: the probability at which candidates are sampled in the form `ties`.
  package let ceiling: Double
  /// H = −ln(1 − p*).
  let width: Double
  /// Skips at p*.
  let skips: GeometricSampler

  package init(_ form: CoinForm, ceiling: Double) {
    (self.form, self.ceiling) = (form, ceiling)
    width = hazard(ofProbability: ceiling)
    skips = GeometricSampler(hazard: width)
  }

  /// - Parameter standard: p* where nothing is written.
  init(_ values: ParameterValues, standard: Double) {
    self.init(
      values.optionalText("coins") == "ties" ? .ties : .needs, ceiling: values.optionalNumber("ceiling") ?? standard)
  }

  /// p* where the scenario is silent: the largest of its probabilities below 1, the same for all points and arms, so that
  /// candidates are the same everywhere.
  package static func ceiling(for probabilities: [Double]) -> Double {
    probabilities.filter { $0 > 0 && $0 < 1 }.max() ?? 0.5
  }
}

extension CoinRule {
  static var coinParameters: [Parameter] {
    [
      Parameter(
        "coins", .choice(["needs", "ties"]), standard: .text("needs"),
        "needs: one need per listener, drawn beforehand; ties: successes sampled along ties. One law, other bytes"),
      Parameter(
        "ceiling", .number(ValueRange(0, 1, includesLower: false, includesUpper: false)), isOptional: true,
        "p*: sampling probability of coins `ties`; the largest probability below 1 written in the scenario"),
    ]
  }

  /// By ties nobody draws a need.
  package func fillDemands(_ demands: inout [Double], at address: RandomAddress) {
    if coins.form == .ties { demands.removeAll() } else { fillNeeds(&demands, at: address) }
  }

  /// A cascade with `coins: ties`.
  ///
  /// - Parameter talking: how long adopters speak; nil where each speaks once.
  func spreadByTies(
    from seeds: [UInt32], on network: Network, _ audience: Audience, talking: SkipKernel.Talking?,
    at address: RandomAddress, in workspace: inout Workspace
  ) throws(GenerationFailure) {
    workspace.begin(network.agentCount)
    workspace.makeAdopters(network.agentCount)
    switch rates(audience, on: network) {
    case .common(let rates): try skip(rates, talking, seeds, network, address, &workspace)
    case .byListener(let rates): try skip(rates, talking, seeds, network, address, &workspace)
    case .byTie(let rates): try skip(rates, talking, seeds, network, address, &workspace)
    }
  }

  private func skip(
    _ rates: some TieRates, _ talking: SkipKernel.Talking?, _ seeds: [UInt32], _ network: Network,
    _ address: RandomAddress, _ workspace: inout Workspace
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

  /// Who convinced whom with `coins: ties`: one of those whose coins succeeded in the round before the adoption.
  ///
  /// - Parameter rounds: how many rounds a speaker speaks.
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
      ) { listener in
        (traced.steps.steps[listener] ?? 0) > own
      } _: { listener, round in
        guard traced.steps.steps[listener] == own + round else { return }
        if successful[listener].last != agent { successful[listener].append(agent) }
      }
    }
    return traced.trace { listener, _ in
      // Among several successes each is as good as the other.
      let source = InfluenceTrace.successful(successful[listener].map { ($0, 1e9) }, of: listener, at: traced.address)
      return source.map { [InfluenceTrace.Credit(source: $0, share: 1)] } ?? []
    }
  }
}
