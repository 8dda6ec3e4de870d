/// The family of exposure-driven progressive rules: an adopter stays one, and an agent can change only when a neighbor
/// does. A rule is compiled into what each agent needs and what each voice gives; one small loop then serves them all.
///
/// The tie u → v has weight w(u, v); v's responsiveness is s · h_v (story times susceptibility).
package protocol ContagionRule: Variant {
  /// The law of the parameter that each listener draws: p, φ or θ.
  var parameter: any Distribution { get }
  /// Whether counts alone decide when all voices are 1, so that no result depends on the C library.
  var isIntegerOnly: Bool { get }
  /// What a listener demands, from the word drawn for its need: E ~ Exp(1), or its threshold.
  func demand(_ word: UInt64) -> Double
  /// The need of a listener as a number of voices of weight 1; `Need.never` where no number suffices.
  func count(_ listener: Listener) -> UInt32
  /// The need of a listener in fixed-point units of exposure, at least 1; `Need.neverUnits` where nothing suffices.
  func units(_ listener: Listener) -> UInt64
  /// What a voice of weight `weight` gives this listener, in the same units, rounded once.
  func exposure(_ weight: Double, on listener: Listener) -> UInt64
  /// λ: the factor on `raised` weights that keeps the mean over ties of the influence of `plain` weights, which are 1
  /// for all where they are nil.
  func force(raised: [Double], plain: [Double]?, hazards: TieHazards) -> Double

  // The loops below have one implementation each; they are requirements so that the compiler specialises them per rule.
  func fillDemands(_ demands: inout [Double], at address: RandomAddress)
  func fillCounts(_ needs: inout [UInt32], _ listeners: Listeners, _ network: Network)
  func fillUnits(_ needs: inout [UInt64], _ listeners: Listeners, _ network: Network)
  func fillExposures(_ exposures: inout [UInt64], weights: [Double], _ listeners: Listeners, _ network: Network)
}

/// One listener at the moment when its need is worked out.
package struct Listener {
  /// E, φ or θ.
  package let demand: Double
  /// H = −ln(1 − p) of a voice of weight 1, for cascades; 0 for thresholds.
  package let hazard: Double
  /// k: the voices it listens to.
  package let inDegree: Int
  /// s · h.
  package let responsiveness: Double

  package init(demand: Double, hazard: Double, inDegree: Int, responsiveness: Double) {
    (self.demand, self.hazard, self.inDegree, self.responsiveness) = (demand, hazard, inDegree, responsiveness)
  }
}

/// All listeners of one cascade.
package struct Listeners {
  /// `demands.count == agentCount`.
  package var demands: [Double]
  /// One per agent, or empty where `hazard` is common.
  package var hazards: [Double]
  package var hazard: Double
  package var story: Double
  /// h, or empty where it is 1 for everyone.
  package var susceptibility: [Double]

  package init(demands: [Double], hazards: [Double], hazard: Double, story: Double, susceptibility: [Double]) {
    (self.demands, self.hazards, self.hazard) = (demands, hazards, hazard)
    (self.story, self.susceptibility) = (story, susceptibility)
  }

  /// η of a voice of weight 1: s · h · H; 0 where the agent does not respond.
  @inline(__always)
  package func rate(_ agent: Int) -> Double {
    let responsiveness = susceptibility.isEmpty ? story : story * susceptibility[agent]
    return responsiveness > 0 ? responsiveness * (hazards.isEmpty ? hazard : hazards[agent]) : 0
  }

  @inline(__always)
  package func listener(_ agent: Int, on network: Network) -> Listener {
    Listener(
      demand: demands[agent], hazard: hazards.isEmpty ? hazard : hazards[agent],
      inDegree: Int(network.inDegrees[agent]),
      responsiveness: susceptibility.isEmpty ? story : story * susceptibility[agent])
  }
}

/// Needs that no exposure meets, and the scales of fixed-point exposures.
package enum Need {
  package static let never = UInt32.max
  package static let neverUnits = UInt64.max
  /// Cascades: hazard in units of 2⁻⁴⁰, clamped at 64, above every need (−ln(1 − U) ≤ 37).
  package static let hazardUnit = 0x1p40
  package static let largestHazard = 64.0
  /// Thresholds: weights in units of 2⁻²⁴.
  package static let weightUnit = 0x1p24
  package static let largestWeight = 0x1p36

  /// ⌈x⌉ voices, never below 1; beyond the range it is never.
  @inline(__always)
  static func count(roundingUp x: Double) -> UInt32 {
    x < 4_294_967_294 ? UInt32(truncatingIfNeeded: Int(max(1, roundedUp(x)))) : never
  }

  /// A non-negative number of units, rounded to the nearest.
  @inline(__always)
  static func units(_ x: Double) -> UInt64 { UInt64(truncatingIfNeeded: Int(x + 0.5)) }
}

extension ContagionRule {
  package func fillDemands(_ demands: inout [Double], at address: RandomAddress) {
    for agent in demands.indices { demands[agent] = demand(address.words(.needs, entity: agent).0) }
  }

  package func fillCounts(_ needs: inout [UInt32], _ listeners: Listeners, _ network: Network) {
    for agent in 0..<network.agentCount { needs[agent] = count(listeners.listener(agent, on: network)) }
  }

  package func fillUnits(_ needs: inout [UInt64], _ listeners: Listeners, _ network: Network) {
    for agent in 0..<network.agentCount { needs[agent] = units(listeners.listener(agent, on: network)) }
  }

  package func fillExposures(
    _ exposures: inout [UInt64], weights: [Double], _ listeners: Listeners, _ network: Network
  ) {
    for place in 0..<network.voiceCount {
      let listener = listeners.listener(Int(network.targets[place]), on: network)
      exposures[place] = exposure(weights[place], on: listener)
    }
  }
}
