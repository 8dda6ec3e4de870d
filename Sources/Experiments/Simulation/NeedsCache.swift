internal import SocialInfluence

/// Demands of all listeners by rule and draw, for one replicate: shared by all points and arms.
struct NeedsCache {
  private var known: [Key: (demands: [Double], hazards: [Double])] = [:]
  private var bytes = 0
  /// Bytes that one worker may keep.
  static let largest = 64 << 20

  private struct Key: Hashable {
    let randomSeed: UInt64
    let draw: Int
    let agentCount: Int
    let rule: Int32
    /// The network whose agents file gives thresholds; nil without one.
    let file: Int32?
  }

  mutating func begin() {
    known.removeAll(keepingCapacity: true)
    bytes = 0
  }

  /// Listeners with demands, and with hazards where each draw has its own.
  mutating func listeners(
    _ condition: Condition, _ network: Network, at address: RandomAddress, given: [Double?]?
  ) -> Listeners {
    var listeners = Listeners.none
    let key = Key(
      randomSeed: address.randomSeed, draw: address.draw, agentCount: network.agentCount, rule: condition.keys.rule,
      file: given == nil ? nil : condition.keys.network)
    let own = known[key] ?? draw(condition.rule, network, address, given)
    let size = 8 * (own.demands.count + own.hazards.count)
    if known[key] == nil && bytes + size <= Self.largest {
      known[key] = own
      bytes += size
    }
    (listeners.demands, listeners.hazards) = own
    return listeners
  }

  private func draw(
    _ rule: any ContagionRule, _ network: Network, _ address: RandomAddress, _ given: [Double?]?
  ) -> (demands: [Double], hazards: [Double]) {
    var demands = [Double](repeating: 0, count: network.agentCount)
    rule.fillDemands(&demands, at: address)
    var own = Listeners.none
    if rule.hazardSource.changesWithDraws { own.drawHazards(rule.hazardSource, on: network, at: address) }
    for (agent, threshold) in (given ?? []).enumerated() {
      threshold.map { demands[agent] = rule.demand(ofGiven: $0, agent: agent, at: address) }
    }
    return (demands, own.hazards)
  }
}

extension Listeners {
  /// Listeners of which nothing is known.
  static var none: Listeners {
    Listeners(demands: [], hazards: [], hazard: 0, story: 1, susceptibility: [])
  }
}
