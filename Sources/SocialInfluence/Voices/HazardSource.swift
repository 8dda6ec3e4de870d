/// Where the hazard H = −ln(1 − p) of a voice of weight 1 comes from.
package enum HazardSource: Sendable {
  /// The rule has no hazards.
  case none
  /// One p for everyone.
  case common(probability: Double)
  /// Each listener draws its p, anew in each draw.
  case listeners(any Distribution)
  /// Each tie draws its p, once per network.
  case ties(any Distribution)
  /// p is the weight of the tie in the file.
  case tieWeights
  /// p = 1 ÷ k, the listener's in-degree.
  case inDegree

  /// Whether hazards are a property of ties.
  package var isByTie: Bool {
    switch self {
    case .ties, .tieWeights: true
    case .none, .common, .listeners, .inDegree: false
    }
  }

  /// Whether hazards differ from draw to draw on one network.
  package var changesWithDraws: Bool { if case .listeners = self { true } else { false } }

  /// The scenario's p (of a law, its mean), for the default ceiling of coins by ties.
  package var writtenProbability: Double? {
    switch self {
    case .common(let probability): probability
    case .listeners(let law), .ties(let law): law.mean
    case .none, .tieWeights, .inDegree: nil
    }
  }
}

extension Listeners {
  /// Sets the hazards of a source.
  package mutating func drawHazards(_ source: HazardSource, on network: Network, at address: RandomAddress) {
    (hazards, hazard, tieHazards) = ([], 0, [])
    switch source {
    case .none: break
    case .common(let probability): hazard = SocialInfluence.hazard(ofCoin: probability)
    case .listeners(let law):
      hazards = (0..<network.agentCount).map { agent in
        SocialInfluence.hazard(ofCoin: law.value(at: address.words(.needs, entity: agent).1.openUnitInterval))
      }
    case .inDegree:
      hazards = network.inDegrees.map { $0 == 0 ? 0 : SocialInfluence.hazard(ofCoin: 1 / Double($0)) }
    case .ties(let law):
      // Addressed by speaker and listener, so that a tie keeps its p on other networks; at draw 0, because p belongs to
      // the network.
      let own = RandomAddress(randomSeed: address.randomSeed, network: address.network)
      tieHazards = [Double](repeating: 0, count: network.voiceCount)
      for speaker in 0..<network.agentCount {
        for place in network.voices(of: speaker) {
          let word = own.words(.ties, entity: speaker, index: Int(network.targets[place])).0
          tieHazards[place] = SocialInfluence.hazard(ofCoin: law.value(at: word.openUnitInterval))
        }
      }
    case .tieWeights:
      tieHazards = (network.weights ?? []).map { SocialInfluence.hazard(ofCoin: $0) }
    }
  }
}

/// The hazard of success with `probability`, which is cut to [0, 1].
private func hazard(ofCoin probability: Double) -> Double {
  hazard(ofProbability: min(1, max(0, probability)))
}

/// H of the listener of each tie.
package struct TieHazards {
  /// H if it is the same for everyone; otherwise nil.
  let common: Double?
  private let value: Double
  private let byAgent: [Double]
  private let byTie: [Double]
  private let targets: [UInt32]

  init(_ listeners: Listeners, _ network: Network) {
    value = listeners.hazard
    byAgent = listeners.hazards
    byTie = listeners.tieHazards
    common = byAgent.isEmpty && byTie.isEmpty ? value : nil
    targets = byAgent.isEmpty ? [] : network.targets
  }

  @inline(__always)
  subscript(place: Int) -> Double {
    if !byTie.isEmpty { return byTie[place] }
    return byAgent.isEmpty ? value : byAgent[Int(targets[place])]
  }

  /// Whether every p is 0 or 1.
  var areAllTrivial: Bool {
    let all = byTie.isEmpty ? (byAgent.isEmpty ? [value] : byAgent) : byTie
    return all.allSatisfy { $0 == 0 || $0 == .infinity }
  }

  /// λ for hazards, by Newton's method. The mean of 1 − exp(−Hλa) is concave in λ: from left of the root steps never
  /// overshoot; from right of it a step lowers λ to no less than a tenth.
  func force(raised: [Double], plain: [Double]?) -> Double {
    if raised.isEmpty || raised == plain || areAllTrivial { return 1 }
    var target = 0.0
    if plain == nil, let common {
      target = probability(ofHazard: common) * Double(raised.count)
    } else {
      for place in raised.indices { target += probability(ofHazard: self[place] * (plain?[place] ?? 1)) }
    }
    // The linear solution lies left of the root, or one step takes it there.
    var force = (plain?.reduce(0, +) ?? Double(raised.count)) / raised.reduce(0, +)
    for _ in 0..<100 {
      let (mean, slope) = influence(of: raised, force: force)
      // No force changes the sum.
      guard slope > 0 else { return 1 }
      let step = (target - mean) / slope
      // From right of the root a step on the flat tail could lead below 0.
      force = max(force / 10, force + step)
      // Convergence is quadratic: the step after this one would be below 1e-16.
      if abs(step) <= force * 1e-8 { break }
    }
    return force
  }

  /// The sum over ties of 1 − exp(−Hλa), and its derivative with respect to λ.
  private func influence(of raised: [Double], force: Double) -> (mean: Double, slope: Double) {
    if let common { return Self.influence(of: raised, force: force) { _ in common } }
    return Self.influence(of: raised, force: force) { self[$0] }
  }

  @inline(__always)
  private static func influence(
    of raised: [Double], force: Double, _ hazard: (_ place: Int) -> Double
  ) -> (mean: Double, slope: Double) {
    var failures = Failures()
    var (mean, slope) = (0.0, 0.0)
    for place in raised.indices {
      let rate = hazard(place) * raised[place]
      guard rate < .infinity else {
        mean += 1
        continue
      }
      let failure = failures.chance(rate * force)
      mean += 1 - failure
      slope += rate * failure
    }
    return (mean, slope)
  }
}
