/// Cascades in which every new adopter has one chance with each of its listeners, with a choice between two
/// representations of the same coins: one law, other bytes.
package protocol CascadeRule: HazardRule {
  /// How randomness is represented.
  var coins: CoinForm { get }
  /// p*: the probability at which candidates are sampled in the form `ties`.
  var ceiling: Double { get }
}

package enum CoinForm: String, Sendable {
  /// Each agent draws one need beforehand.
  case needs
  /// Successes are sampled along ties by geometric skips.
  case ties
}

extension CascadeRule {
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

  static func coins(_ values: ParameterValues) -> CoinForm { values.text("coins") == "ties" ? .ties : .needs }

  package func spread(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace
  ) throws(GenerationFailure) {
    guard coins == .ties else {
      spreadByNeeds(from: seeds, on: network, audience, in: &workspace)
      return
    }
    switch rates(audience, on: network) {
    case .common(let rates):
      let isExact = rates.rate == hazard(ofProbability: ceiling)
      try skip(rates, largest: rates.rate, needsKeeping: !isExact, seeds, network, address, &workspace)
    case .byListener(let rates):
      try skip(rates, largest: largest(rates.rates), needsKeeping: true, seeds, network, address, &workspace)
    case .byTie(let rates):
      try skip(rates, largest: largest(rates.rates), needsKeeping: true, seeds, network, address, &workspace)
    }
  }

  /// The successful speaker. With `coins: needs` nobody's coin is known: it is drawn from what is known, given that one of
  /// those who spoke succeeded; with `coins: ties` it is one of those whose coins did.
  package func trace(_ traced: Traced) -> InfluenceTrace {
    guard coins == .ties else {
      return traced.trace { listener, step in
        let spoke = traced.adopted(listener, before: step).filter { traced.steps.steps[$0.speaker] == step - 1 }
        return traced.successful(listener, self, among: spoke)
      }
    }
    switch rates(traced.audience, on: traced.network) {
    case .common(let rates):
      let isExact = rates.rate == hazard(ofProbability: ceiling)
      return trace(traced, rates, largest: rates.rate, needsKeeping: !isExact)
    case .byListener(let rates):
      return trace(traced, rates, largest: largest(rates.rates), needsKeeping: true)
    case .byTie(let rates):
      return trace(traced, rates, largest: largest(rates.rates), needsKeeping: true)
    }
  }

  private func trace(
    _ traced: Traced, _ rates: some TieRates, largest: Double, needsKeeping: Bool
  ) -> InfluenceTrace {
    let candidates = SkipKernel.Candidates(
      ceiling: ceiling, largestRate: largest < .infinity ? largest : 0, needsKeeping: needsKeeping)
    var successful = [[UInt32]](repeating: [], count: traced.network.agentCount)
    for agent in traced.outcome.queue.prefix(traced.outcome.size) {
      let speaker = Int(agent)
      guard let step = traced.steps.steps[speaker] else { continue }
      SkipKernel.successes(of: speaker, on: traced.network, rates: rates, candidates, at: traced.address) { listener in
        traced.steps.steps[listener] == step + 1
      } _: { listener in
        if successful[listener].last != agent { successful[listener].append(agent) }
      }
    }
    return traced.trace { listener, _ in
      // Among several successes each is as good as the other.
      let source = InfluenceTrace.successful(successful[listener].map { ($0, 1e9) }, of: listener, at: traced.address)
      return source.map { [InfluenceTrace.Credit(source: $0, share: 1)] } ?? []
    }
  }

  /// The largest finite rate.
  private func largest(_ rates: [Double]) -> Double { rates.reduce(0) { $1 < .infinity ? max($0, $1) : $0 } }

  private func skip(
    _ rates: some TieRates, largest: Double, needsKeeping: Bool, _ seeds: [UInt32], _ network: Network,
    _ address: RandomAddress, _ workspace: inout Workspace
  ) throws(GenerationFailure) {
    let largest = largest < .infinity ? largest : 0
    let candidates = SkipKernel.Candidates(ceiling: ceiling, largestRate: largest, needsKeeping: needsKeeping)
    guard candidates.layers < SkipKernel.layerLimit else {
      throw GenerationFailure("a hazard of \(largest) needs too many layers of the ceiling \(ceiling)")
    }
    workspace.begin(network.agentCount)
    workspace.makeMarks(network.agentCount)
    SkipKernel.spread(
      from: seeds, on: network, rates: rates, candidates, at: address, hasAdopted: &workspace.hasAdopted,
      queue: &workspace.outcome.queue, stepEnds: &workspace.outcome.stepEnds)
  }
}
