internal import CMachine

/// One-step reach: the expected number of agents that a lone speaker convinces.
package enum Reach {
  /// Σ_v p(u,v) for every agent u, if voices succeed by hazards: p = 1 − exp(−η).
  ///
  /// - Parameter rate: η of the tie at a place of the network.
  @inline(__always)
  static func ofRates(on network: Network, _ rate: (_ place: Int) -> Double) -> [Double] {
    var failures = Failures()
    let offsets = network.offsets.span
    return (0..<network.agentCount).map { speaker in
      var sum = 0.0
      // 1 − exp(−η), cheaper than expm1; inexact for tiny η.
      for place in Int(offsets[speaker])..<Int(offsets[speaker + 1]) { sum = sum + 1 - failures.chance(rate(place)) }
      return sum
    }
  }

  /// The number of listeners that each agent convinces alone, with voices of weight 1.
  static func ofCounts(_ needs: [UInt32], on network: Network) -> [Double] {
    (0..<network.agentCount).map { Double(ofCounts(needs, on: network, places: network.voices(of: $0))) }
  }

  /// The same for voices of different weights.
  static func ofUnits(_ needs: [UInt64], exposures: [UInt64], on network: Network) -> [Double] {
    let met = met(needs, exposures: exposures, on: network)
    return (0..<network.agentCount).map { Double(count(met, network.voices(of: $0))) }
  }

  /// The number of voices at `places` that convince alone, with voices of weight 1.
  static func ofCounts(_ needs: [UInt32], on network: Network, places: Range<Int>) -> Int {
    machine_count_ones(needs, network.targets, places.lowerBound, places.count)
  }

  /// The voices that convince alone: one bit per place of the network.
  static func met(_ needs: [UInt64], exposures: [UInt64], on network: Network) -> [UInt64] {
    var bits = [UInt64](repeating: 0, count: (network.voiceCount + 63) >> 6)
    machine_mark_met(&bits, exposures, needs, network.targets, network.voiceCount)
    return bits
  }

  /// The number of voices at `places` that are marked in `bits`.
  static func count(_ bits: [UInt64], _ places: Range<Int>) -> Int {
    machine_count_bits(bits, places.lowerBound, places.upperBound)
  }
}

/// One-step reach summed over the eligible agents and over all agents.
package struct ReachTotals: Sendable {
  package let eligible: Double
  package let everyone: Double
}
