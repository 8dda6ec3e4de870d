/// Two segments: influentials follow each other, imitators follow influentials and, in part, one another.
///
/// A share θ of the agents, drawn at random, are influentials. In each step an influential adopts with chance
/// p₁ + q₁F₁, an imitator with p₂ + q₂(wF₁ + (1 − w)F₂); F₁ and F₂ are the shares of adopters among the agent's voices
/// of each segment, 0 for a segment without voices. Story and susceptibility multiply q; weights of voices act on F.
///
/// *Edge cases*: w = 1 is pure asymmetric influence: imitators convince nobody. θ = 1 is Bass.
///
/// Source: C. Van den Bulte, Y. V. Joshi (2007), Marketing Science 26:400, doi:10.1287/mksc.1060.0224.
/// *Differs*: discrete steps and a finite number of agents on a network, instead of continuous shares of two mixed
/// segments.
struct InfluentialsAndImitators: TimeDrivenRule {
  /// θ.
  let influentialShare: Double
  /// w.
  let weight: Double
  /// p and q of influentials and of imitators.
  let influentials: (innovation: Double, imitation: Double)
  let imitators: (innovation: Double, imitation: Double)
  let steps: Int
  var hasOutsideInfluence: Bool { influentials.innovation > 0 || imitators.innovation > 0 }

  init(_ values: ParameterValues) throws(InvalidParameter) {
    (influentialShare, weight) = (values.number("influentials"), values.number("weight"))
    influentials = (values.number("innovation"), values.number("imitation"))
    imitators = (values.number("imitatorsInnovation"), values.number("imitatorsImitation"))
    steps = values.whole("steps")
    for (key, pair) in [("imitation", influentials), ("imitatorsImitation", imitators)]
    where pair.innovation + pair.imitation > 1 {
      throw InvalidParameter(key, "and the innovation of its segment exceed 1 together", remedy: "write p + q ≤ 1")
    }
  }

  static let description = Description(
    "influentials-imitators", "two segments: imitators follow influentials, not the reverse",
    source: "Van den Bulte & Joshi 2007, doi:10.1287/mksc.1060.0224",
    parameters: [
      Parameter("influentials", .number(.probability), unit: "share of agents", "θ: share of influentials"),
      Parameter("weight", .number(.probability), standard: .number(1), "w: weight of influentials for an imitator"),
      Parameter("innovation", .number(.probability), unit: "per step", "p₁: an influential's own chance"),
      Parameter("imitation", .number(.probability), unit: "per step", "q₁: an influential's chance by imitation"),
      Parameter(
        "imitatorsInnovation", .number(.probability), unit: "per step", standard: .number(0),
        "p₂: an imitator's own chance"),
      Parameter(
        "imitatorsImitation", .number(.probability), unit: "per step", "q₂: an imitator's chance by imitation"),
      stepsParameter,
    ])

  var traits: RuleTraits {
    // Weights recomputed in each cascade, and each agent's voices by segment.
    timeDrivenTraits.with { ($0.bytesPerVoice, $0.bytesPerAgent) = (8, 64) }
  }

  /// A demand of 1 marks influentials, 0 imitators.
  func fillDemands(_ demands: inout [Double], at address: RandomAddress) {
    for agent in demands.indices {
      demands[agent] = address.words(.needs, entity: agent).0.unitInterval < influentialShare ? 1 : 0
    }
  }

  /// Reweights voices so that exposure ÷ k is F₁ for influentials and wF₁ + (1 − w)F₂ for imitators.
  func weighed(_ audience: Audience, on network: Network) -> Audience {
    let segments = audience.listeners.demands
    var voices = [[Double]](repeating: [0, 0], count: network.agentCount)
    for speaker in 0..<network.agentCount {
      for place in network.voices(of: speaker) { voices[Int(network.targets[place])][Int(segments[speaker])] += 1 }
    }
    var weights = [Double](repeating: 0, count: network.voiceCount)
    for speaker in 0..<network.agentCount {
      let segment = Int(segments[speaker])
      for place in network.voices(of: speaker) {
        let listener = Int(network.targets[place])
        let share = segments[listener] == 1 ? (segment == 1 ? 1 : 0) : (segment == 1 ? weight : 1 - weight)
        let count = Double(network.inDegrees[listener])
        weights[place] = share * count / voices[listener][segment] * (audience.weights?[place] ?? 1)
      }
    }
    var own = audience
    own.weights = weights
    return own
  }

  func run(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace
  ) {
    StepKernel.run(self, from: seeds, on: network, weighed(audience, on: network), at: address, &workspace)
  }

  func chance(_ pressure: Pressure) -> Double {
    let own = pressure.demand == 1 ? influentials : imitators
    guard pressure.inDegree > 0 else { return own.innovation }
    let share = pressure.exposure / Double(pressure.inDegree)
    return min(1, own.innovation + own.imitation * pressure.responsiveness * share)
  }

  func parts(_ pressure: Pressure) -> PressureParts {
    let own = pressure.demand == 1 ? influentials : imitators
    return PressureParts(
      outside: own.innovation,
      perVoice: own.imitation * pressure.responsiveness / Double(max(1, pressure.inDegree)))
  }

  func trace(_ traced: Traced) -> InfluenceTrace {
    trace(traced, audience: weighed(traced.audience, on: traced.network))
  }
}
