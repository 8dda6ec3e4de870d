/// Rules under which every voice has its own chance: v withstands exposures of hazards η₁, η₂, … with probability
/// exp(−Σ η), so that its demand is E ~ Exp(1) on the hazard axis.
///
/// A voice of weight w succeeds with p(u,v) = 1 − (1 − p_v)^(s · h_v · w(u,v)), independently of all others; with
/// w = s = h = 1 this is p. Factors multiply hazards, so that no product of story, trust and persuasion takes p above
/// 1. The chance that the n-th voice succeeds given that n − 1 failed is 1 − exp(−its hazard).
package protocol HazardRule: NeedRule {
  /// The hazard of a voice of weight `weight`, before the listener's responsiveness.
  func voiceHazard(_ weight: Double, _ listener: Listener) -> Double
  /// Whether `voiceHazard` is the weight times the listener's hazard.
  var isProportional: Bool { get }
}

extension HazardRule {
  package var isIntegerOnly: Bool { false }
  package var exposureBasis: ExposureBasis? { .voicesAndStory }
  package var traits: RuleTraits { RuleTraits().with { $0.sharesCredit = false } }

  package func voiceHazard(_ weight: Double, _ listener: Listener) -> Double { weight * listener.hazard }

  package var isProportional: Bool { true }

  package func demand(_ words: (UInt64, UInt64)) -> Double { -naturalLogarithm(1 - words.0.unitInterval) }

  package func fillDemands(_ demands: inout [Double], at address: RandomAddress) { fillNeeds(&demands, at: address) }

  func fillNeeds(_ demands: inout [Double], at address: RandomAddress) { address.fillExponentials(&demands, .needs) }

  package func fillCounts(_ needs: inout [UInt32], _ listeners: Listeners, _ network: Network) {
    guard listeners.areAlike else {
      for agent in 0..<network.agentCount { needs[agent] = count(listeners.listener(agent, on: network)) }
      return
    }
    // One rate for all needs one division.
    Need.fill(&needs, listeners.demands, rate: listeners.hazard * listeners.story)
  }

  package func count(_ listener: Listener) -> UInt32 {
    let rate = listener.hazard * listener.responsiveness
    return rate > 0 ? Need.count(roundingUp: listener.demand * (1 / rate)) : Need.never
  }

  package func units(_ listener: Listener) -> UInt64 {
    UInt64(truncatingIfNeeded: Int(max(1, roundedUp(listener.demand * Need.hazardUnit))))
  }

  package func fillUnits(_ needs: inout [UInt64], _ listeners: Listeners, _ network: Network) {
    guard listeners.demands.count == needs.count else {
      for agent in 0..<network.agentCount { needs[agent] = units(listeners.listener(agent, on: network)) }
      return
    }
    Need.fill(&needs, listeners.demands)
  }

  package func fillExposures(
    _ exposures: inout [UInt64], weights: [Double]?, _ listeners: Listeners, _ network: Network
  ) {
    guard let weights, areProportional(listeners) else {
      return fillExposuresOneByOne(&exposures, weights: weights, listeners, network)
    }
    Need.fill(
      &exposures, weights, by: (listeners.hazard, listeners.story), most: Need.largestHazard, unit: Need.hazardUnit)
  }

  package func exposure(_ weight: Double, on listener: Listener) -> UInt64 {
    let rate = rate(weight, listener)
    return rate > 0 ? Need.units(min(Need.largestHazard, rate) * Need.hazardUnit) : 0
  }

  /// η of a voice; 0, not NaN, for an infinite hazard times a weight or responsiveness of 0.
  @inline(__always)
  func rate(_ weight: Double, _ listener: Listener) -> Double {
    weight > 0 && listener.responsiveness > 0 ? voiceHazard(weight, listener) * listener.responsiveness : 0
  }

  package func force(raised: [Double], plain: [Double]?, hazards: TieHazards) -> Double {
    hazards.force(raised: raised, plain: plain)
  }

  /// η of every tie, in the most compact form.
  func rates(_ audience: Audience, on network: Network) -> VoiceRates {
    let listeners = audience.listeners
    if audience.weights == nil && listeners.tieHazards.isEmpty {
      if listeners.areAlike {
        return .common(CommonRate(listeners.hazard * listeners.story))
      }
      return .byListener(ListenerRates(listenerRates(listeners, network)))
    }
    return .byTie(PlaceRates((0..<network.voiceCount).map { rate(of: audience, on: network, at: $0) }))
  }

  /// Σ_v p(u,v) of every agent u.
  package func reach(_ audience: Audience, on network: Network) -> [Double]? {
    let listeners = audience.listeners
    if let weights = audience.weights, areProportional(listeners) {
      let (weights, hazard, story) = (weights.span, listeners.hazard, listeners.story)
      return Reach.ofRates(on: network) { weights[$0] * hazard * story }
    }
    guard audience.weights == nil && listeners.tieHazards.isEmpty else {
      return Reach.ofRates(on: network) { rate(of: audience, on: network, at: $0) }
    }
    guard listeners.areAlike else {
      let rates = listenerRates(listeners, network)
      return Reach.ofRates(on: network) { rates[Int(network.targets[$0])] }
    }
    // One hazard and one responsiveness: one probability serves all ties.
    let common = probability(ofHazard: listeners.hazard * listeners.story)
    return (0..<network.agentCount).map { common * Double(network.outDegree($0)) }
  }

  /// Whether η is the weight of the voice times one finite number.
  private func areProportional(_ listeners: Listeners) -> Bool {
    isProportional && listeners.areAlike && listeners.tieHazards.isEmpty && listeners.hazard < .infinity
  }

  /// η of a voice of weight 1 to each listener.
  private func listenerRates(_ listeners: Listeners, _ network: Network) -> [Double] {
    (0..<network.agentCount).map { rate(1, listeners.listener($0, on: network)) }
  }

  /// η of the voice at `place`.
  @inline(__always)
  private func rate(of audience: Audience, on network: Network, at place: Int) -> Double {
    let listener = audience.listeners.listener(Int(network.targets[place]), on: network, place: place)
    return rate(audience.weights?[place] ?? 1, listener)
  }
}

/// η of every tie: one for all, one per listener or one per tie.
enum VoiceRates {
  case common(CommonRate)
  case byListener(ListenerRates)
  case byTie(PlaceRates)
}

extension Traced {
  /// All the credit to one of `voices`, drawn given that at least one of them succeeded.
  func successful(
    _ listener: Int, _ rule: some HazardRule, among voices: [(speaker: Int, place: Int)]
  ) -> [InfluenceTrace.Credit] {
    let listeners = audience.listeners
    let rates = voices.map { voice in
      let own = listeners.listener(listener, on: network, place: voice.place)
      // A finite stand-in for the infinite hazard of p = 1.
      return (UInt32(voice.speaker), min(1e9, rule.rate(audience.weights?[voice.place] ?? 1, own)))
    }
    let source = InfluenceTrace.successful(rates, of: listener, at: address)
    return source.map { [InfluenceTrace.Credit(source: $0, share: 1)] } ?? []
  }
}
