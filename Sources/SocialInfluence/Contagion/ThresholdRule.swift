internal import CMachine

/// How a threshold is compared.
package enum ThresholdConvention: String, CaseIterable, Sendable {
  /// The exposure must reach the threshold: need = max(1, ⌈x − 1e-9⌉).
  case atLeast
  /// The exposure must exceed the threshold: need = ⌊x + 1e-9⌋ + 1.
  case moreThan

  /// The need in unit voices for a requirement of `x` voices.
  ///
  /// The bare ⌈φk⌉ is wrong for many pairs (first φ = .07, k = 100), hence the allowance.
  @inline(__always)
  package func count(_ x: Double) -> UInt32 {
    self == .atLeast || !(x < 0x1p32)
      ? Need.count(roundingUp: x - 1e-9) : Need.count(roundingUp: roundedDown(x + 1e-9) + 1)
  }

  /// The same in units of 2⁻²⁴, moved by ⌈k / 2⌉ units, so that rounding of k voices never refuses (`moreThan`: never
  /// grants) an exact sum.
  @inline(__always)
  package func units(_ x: Double, inDegree: Int) -> UInt64 {
    guard x < 0x1p37 else { return Need.neverUnits }
    let slack = Double((inDegree + 1) / 2)
    let needed =
      self == .atLeast
      ? roundedUp((x - 1e-9) * Need.weightUnit) - slack : roundedDown((x + 1e-9) * Need.weightUnit) + 1 + slack
    return UInt64(truncatingIfNeeded: Int(max(1, needed)))
  }
}

/// Rules under which an agent adopts when enough of its voices have; they differ in what "enough" means.
package protocol ThresholdRule: NeedRule {
  /// The law of the parameter that each listener draws: φ, θ or a count.
  var parameter: any Distribution { get }
  var convention: ThresholdConvention { get }
  /// The sum of voices that the listener requires at s = h = 1; infinite where it never adopts.
  func requirement(_ listener: Listener) -> Double
}

extension ThresholdRule {
  package var isIntegerOnly: Bool { parameter.constant != nil }
  package var traits: RuleTraits { RuleTraits().with { ($0.drawsThresholds, $0.drawnLaw) = (true, parameter) } }

  /// The traits of a rule with a threshold form.
  func traits(isShare: Bool, isFixed: Bool) -> RuleTraits {
    RuleTraits().with {
      ($0.drawsThresholds, $0.drawnLaw) = (true, parameter)
      $0.form = .threshold(
        ThresholdForm(law: parameter, convention: convention, isShare: isShare, isFixed: isFixed))
    }
  }

  package func prepare(_ audience: inout Audience, on network: Network) {
    if audience.weights != nil { audience.units = units(audience, on: network) }
  }

  package func demand(_ words: (UInt64, UInt64)) -> Double { parameter.value(at: words.0.openUnitInterval) }

  /// The sum of voices that convinces the listener; infinite where none does.
  private func needed(_ listener: Listener) -> Double {
    // An agent with a threshold of 0 or less adopts by itself (`Listeners.isInstigator`); voices never meet its need.
    guard listener.inDegree > 0 && listener.responsiveness > 0 && listener.demand > 0 else { return .infinity }
    return requirement(listener) / listener.responsiveness
  }

  package func count(_ listener: Listener) -> UInt32 { convention.count(needed(listener)) }

  package func units(_ listener: Listener) -> UInt64 { convention.units(needed(listener), inDegree: listener.inDegree) }

  package func fillExposures(
    _ exposures: inout [UInt64], weights: [Double]?, _ listeners: Listeners, _ network: Network
  ) {
    guard let weights else {
      return fillExposuresOneByOne(&exposures, weights: nil, listeners, network)
    }
    Need.fill(&exposures, weights, by: (1, 1), most: Need.largestWeight, unit: Need.weightUnit)
  }

  package func exposure(_ weight: Double, on listener: Listener) -> UInt64 {
    Need.units(min(weight, Need.largestWeight) * Need.weightUnit)
  }

  /// The number of listeners whose need each agent meets alone.
  package func reach(_ audience: Audience, on network: Network) -> [Double]? {
    if audience.weights == nil {
      var needs = [UInt32](repeating: 0, count: network.agentCount)
      fillCounts(&needs, audience.listeners, network)
      return Reach.ofCounts(needs, on: network)
    }
    return Reach.ofUnits(units(audience, on: network), exposures: exposures(audience, on: network), on: network)
  }

  /// Sums of whole numbers, exact in any order.
  package func reachTotals(_ audience: Audience, on network: Network, of eligible: [UInt32]) -> ReachTotals? {
    func totals(everyone: Int, _ met: (Range<Int>) -> Int) -> ReachTotals {
      ReachTotals(
        eligible: Double(eligible.reduce(0) { $0 + met(network.voices(of: Int($1))) }), everyone: Double(everyone))
    }
    if audience.weights == nil {
      var needs = [UInt32](repeating: 0, count: network.agentCount)
      fillCounts(&needs, audience.listeners, network)
      // An agent that needs one voice is convinced by each of its voices.
      var everyone = 0
      for agent in needs.indices { everyone += needs[agent] == 1 ? Int(network.inDegrees[agent]) : 0 }
      return totals(everyone: everyone) { Reach.ofCounts(needs, on: network, places: $0) }
    }
    let met = Reach.met(
      units(audience, on: network), exposures: exposures(audience, on: network), on: network)
    return totals(everyone: Reach.count(met, 0..<network.voiceCount)) { Reach.count(met, $0) }
  }

  /// All adopted voices share the credit by weight; adoption by itself is credited to no one.
  package func trace(_ traced: Traced) -> InfluenceTrace {
    traced.trace { listener, step in
      traced.audience.listeners.isInstigator(listener)
        ? InfluenceTrace.shares([(nil, 1)]) : traced.byWeight(listener, step)
    }
  }

  static var conventionParameter: Parameter {
    Parameter(
      "convention", .choice(ThresholdConvention.allCases.map(\.rawValue)), standard: .text("atLeast"),
      "atLeast: the exposure must reach the threshold; moreThan: exceed it")
  }
}

/// Rules whose demand is the threshold itself: a share of the listener's voices, or a number of them.
protocol PlainThresholdRule: ThresholdRule {
  var isShare: Bool { get }
}

extension PlainThresholdRule {
  package var mayHaveInstigators: Bool { (parameter.ends?.lowerBound ?? parameter.value(at: 0x1p-53)) <= 0 }

  package func requirement(_ listener: Listener) -> Double {
    if !isShare { return listener.demand }
    return listener.demand > 1 ? .infinity : listener.demand * Double(listener.inDegree)
  }

  package func fillDemands(_ demands: inout [Double], at address: RandomAddress) {
    address.draw(.needs, count: demands.count) { agents, first, _ in
      var values = demands.mutableSpan
      parameter.fill(&values, at: agents, from: first)
    }
  }

  package func fillCounts(_ needs: inout [UInt32], _ listeners: Listeners, _ network: Network) {
    guard listeners.differByThresholdAlone else {
      for agent in 0..<network.agentCount { needs[agent] = count(listeners.listener(agent, on: network)) }
      return
    }
    let mustExceed = convention == .moreThan
    machine_threshold_counts(
      &needs, listeners.demands, network.inDegrees, listeners.story, isShare ? 1 : 0, mustExceed ? 1 : 0,
      network.agentCount)
  }

  package func fillUnits(_ needs: inout [UInt64], _ listeners: Listeners, _ network: Network) {
    guard listeners.differByThresholdAlone else {
      for agent in 0..<network.agentCount { needs[agent] = units(listeners.listener(agent, on: network)) }
      return
    }
    machine_threshold_units(
      &needs, listeners.demands, network.inDegrees, listeners.story, Need.weightUnit, isShare ? 1 : 0,
      convention == .moreThan ? 1 : 0, network.agentCount)
  }
}

extension Listeners {
  /// Whether one formula gives all needs: all respond alike, and nobody adopts without voices.
  fileprivate var differByThresholdAlone: Bool { susceptibility.isEmpty && story > 0 && !mayHaveInstigators }
}
