internal import CMachine

/// One-step reach: how many agents a lone speaker convinces on average.
package enum Reach {
  /// Σ_v p(u,v) for every agent u, where voices succeed by hazards: p = 1 − exp(−η).
  ///
  /// - Parameter rate: η of the tie at a place of the network.
  @inline(__always)
  static func ofRates(on network: Network, _ rate: (_ place: Int) -> Double) -> [Double] {
    (0..<network.agentCount).map { speaker in
      network.voices(of: speaker).reduce(0) { $0 + probability(ofHazard: rate($1)) }
    }
  }

  /// Its sums over the agents `eligible` and over everyone, where η is `factor` times the tie's weight.
  static func totals(on network: Network, of eligible: [UInt32], factor: Double, weights: [Double]) -> ReachTotals {
    var everyone = SuccessSums(factor: factor)
    everyone.add(weights)
    let own = machine_sum_row_successes(
      weights, weights.count, factor, network.offsets, eligible, eligible.count)
    return ReachTotals(eligible: own, everyone: everyone.totals().successes)
  }

  /// The same sums for rates of any kind.
  @inline(__always)
  static func totals(
    on network: Network, of eligible: [UInt32], _ rate: (_ place: Int) -> Double
  ) -> ReachTotals {
    var (own, everyone) = (SuccessSums(factor: 1), SuccessSums(factor: 1))
    for speaker in eligible { own.add(network.voices(of: Int(speaker)), rate) }
    everyone.add(0..<network.voiceCount, rate)
    return ReachTotals(eligible: own.totals().successes, everyone: everyone.totals().successes)
  }

  /// The number of listeners whose need each agent meets alone, voices of weight 1.
  package static func ofCounts(_ needs: [UInt32], on network: Network) -> [Double] {
    (0..<network.agentCount).map { Double(ofCounts(needs, on: network, places: network.voices(of: $0))) }
  }

  /// The same for voices that differ.
  package static func ofUnits(_ needs: [UInt64], exposures: [UInt64], on network: Network) -> [Double] {
    let met = met(needs, exposures: exposures, on: network)
    return (0..<network.agentCount).map { Double(count(met, network.voices(of: $0))) }
  }

  /// How many of the voices at `places` convince alone, voices of weight 1.
  static func ofCounts(_ needs: [UInt32], on network: Network, places: Range<Int>) -> Int {
    network.targets.withUnsafeBufferPointer { targets in
      targets.baseAddress.map { machine_count_ones(needs, $0 + places.lowerBound, places.count) } ?? 0
    }
  }

  /// Which voices convince alone, a bit for each place of the network.
  static func met(_ needs: [UInt64], exposures: [UInt64], on network: Network) -> [UInt64] {
    var bits = [UInt64](repeating: 0, count: (network.voiceCount + 63) >> 6)
    bits.withUnsafeMutableBufferPointer { bits in
      guard let bits = bits.baseAddress else { return }
      machine_mark_met(bits, exposures, needs, network.targets, network.voiceCount)
    }
    return bits
  }

  /// How many of the voices at `places` are marked.
  static func count(_ bits: [UInt64], _ places: Range<Int>) -> Int {
    machine_count_bits(bits, places.lowerBound, places.upperBound)
  }
}

/// One-step reach summed over some agents and over everyone.
package struct ReachTotals: Sendable {
  package let eligible: Double
  package let everyone: Double
}
