/// Who convinced whom in one cascade, worked out afterwards: tracing changes no cascade.
///
/// The credits of every adopter after the seeds add up to 1: one successful speaker under hazard rules, shares among
/// the voices that met a threshold, shares of the pressure under time-driven rules, part of which can come from
/// outside.
package struct InfluenceTrace: Sendable {
  /// One share of the credit for one adoption.
  package struct Credit: Sendable, Equatable {
    /// The speaker; nil for influence from outside the network.
    package let source: UInt32?
    package let share: Double
  }

  /// The adopters in order; seeds have no credits.
  package private(set) var adopters: [UInt32] = []
  /// The step of each adopter.
  package private(set) var steps: [Int] = []
  private var ends: [Int] = []
  private var credits: [Credit] = []

  init() {}

  /// The credits for the adopter at `place` in the order; none for a seed.
  package func credits(at place: Int) -> ArraySlice<Credit> {
    credits[(place == 0 ? 0 : ends[place - 1])..<ends[place]]
  }

  mutating func add(_ adopter: UInt32, step: Int, _ own: [Credit]) {
    adopters.append(adopter)
    steps.append(step)
    credits += own
    ends.append(credits.count)
  }

  /// Credits in proportion to `weights`.
  static func shares(_ weights: [(source: UInt32?, weight: Double)]) -> [Credit] {
    let total = weights.reduce(0) { $0 + $1.weight }
    return weights.filter { $0.weight > 0 }.map { Credit(source: $0.source, share: $0.weight / total) }
  }

  /// One of several voices that spoke at once: the first success among them in random order, given that there is one.
  ///
  /// With independent coins of hazards η this is a uniform choice among the successes. The random order is addressed by
  /// listener and speaker, so that each voice keeps its rank in every arm.
  static func successful(_ voices: [(source: UInt32, rate: Double)], of listener: Int, at address: RandomAddress)
    -> UInt32?
  {
    let order = voices.map { voice in
      (rank: address.words(.credit, entity: listener, index: Int(voice.source)).0, voice: voice)
    }.sorted { $0.rank < $1.rank }
    let total = voices.reduce(0) { $0 + $1.rate }
    guard total > 0 else { return nil }
    let mark = address.words(.credit, entity: listener, index: 1 << 35).0.unitInterval * probability(ofHazard: total)
    var sum = 0.0
    for item in order {
      sum += item.voice.rate
      if probability(ofHazard: sum) > mark { return item.voice.source }
    }
    return order.last { $0.voice.rate > 0 }?.voice.source
  }

  /// The speaker taken to have convinced the adopter at `place`, drawn in proportion to credit, so that shared credit
  /// also gives a tree; nil for seeds and for influence from outside.
  package func parent(at place: Int, address: RandomAddress) -> UInt32? {
    let own = credits(at: place)
    guard let only = own.first else { return nil }
    if own.count == 1 { return only.source }
    var mark = address.words(.credit, entity: Int(adopters[place]), index: 1 << 35 | 1).0.unitInterval
    for credit in own {
      mark -= credit.share
      if mark < 0 { return credit.source }
    }
    return own.last?.source
  }
}

/// The steps of adoption, by agent.
package struct AdoptionSteps: Sendable {
  /// The step of each agent; nil if it never adopted.
  package let steps: [Int?]

  init(_ outcome: Workspace.Outcome, agentCount: Int) {
    var steps = [Int?](repeating: nil, count: agentCount)
    var start = 0
    for (step, end) in outcome.stepEnds.enumerated() {
      for place in start..<end { steps[Int(outcome.queue[place])] = step }
      start = end
    }
    self.steps = steps
  }

  /// Whether `agent` had adopted before `step`.
  func hasAdopted(_ agent: Int, before step: Int) -> Bool { steps[agent].map { $0 < step } ?? false }
}

/// A cascade to be traced, with its inputs.
package struct Traced {
  let outcome: Workspace.Outcome
  let audience: Audience
  let network: Network
  let listening: Listening
  let address: RandomAddress
  package let steps: AdoptionSteps

  package init(
    _ outcome: Workspace.Outcome, _ audience: Audience, on network: Network, _ listening: Listening,
    at address: RandomAddress
  ) {
    (self.outcome, self.audience, self.network) = (outcome, audience, network)
    (self.listening, self.address) = (listening, address)
    steps = AdoptionSteps(outcome, agentCount: network.agentCount)
  }

  /// The trace with `credits` for every adopter after the seeds.
  func trace(_ credits: (_ listener: Int, _ step: Int) -> [InfluenceTrace.Credit]) -> InfluenceTrace {
    var trace = InfluenceTrace()
    var start = 0
    for (step, end) in outcome.stepEnds.enumerated() {
      for place in start..<end {
        let agent = outcome.queue[place]
        trace.add(agent, step: step, step == 0 ? [] : credits(Int(agent), step))
      }
      start = end
    }
    return trace
  }

  /// Credit shared by weight among the listener's voices that adopted before `step`.
  func byWeight(_ listener: Int, _ step: Int) -> [InfluenceTrace.Credit] {
    InfluenceTrace.shares(
      adopted(listener, before: step).map { (UInt32($0.speaker), audience.weights?[$0.place] ?? 1) })
  }

  /// Credit shared by weight among the voices that adopted in the step before: earlier ones had failed.
  func byWeightOfLast(_ listener: Int, _ step: Int) -> [InfluenceTrace.Credit] {
    let last = adopted(listener, before: step).filter { steps.steps[$0.speaker] == step - 1 }
    return InfluenceTrace.shares(last.map { (UInt32($0.speaker), audience.weights?[$0.place] ?? 1) })
  }

  /// Σ w over the listener's voices that had adopted before `step`.
  func weightOfAdopted(_ listener: Int, before step: Int) -> Double {
    adopted(listener, before: step).reduce(0) { $0 + (audience.weights?[$1.place] ?? 1) }
  }

  /// The listener's voices that had adopted before `step`.
  func adopted(_ listener: Int, before step: Int) -> [(speaker: Int, place: Int)] {
    listening.voices(of: listener).filter { steps.hasAdopted($0.speaker, before: step) }
  }
}
