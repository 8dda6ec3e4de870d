internal import CMachine

/// One-step reach: how many agents a lone speaker convinces on average.
package enum Reach {
  /// Σ_v p(u,v) for every agent u, where voices succeed by hazards: p = 1 − exp(−η).
  ///
  /// - Parameter rate: η of the tie at a place of the network.
  @inline(__always)
  static func ofRates(on network: Network, _ rate: (_ place: Int) -> Double) -> [Double] {
    var failures = Failures()
    return (0..<network.agentCount).map { speaker in
      var sum = 0.0
      // Cheaper than the exact complement, and as good for a sum of probabilities that are not tiny.
      for place in network.voices(of: speaker) { sum = sum + 1 - failures.exponential(-rate(place)) }
      return sum
    }
  }

  /// Exponentials of numbers among which few are different, as where the few differ from the others by one factor.
  private struct Failures {
    private static let bits = 12
    /// The last number at each place; at first one that no other stands for.
    private var numbers = [Double](repeating: .nan, count: 1 << bits)
    private var values = [Double](repeating: 0, count: 1 << bits)

    mutating func exponential(_ number: Double) -> Double {
      let mixed = number.bitPattern &* 0x9E37_79B9_7F4A_7C15
      let place = Int(truncatingIfNeeded: mixed >> UInt64(64 - Self.bits))
      if numbers[place] != number { (numbers[place], values[place]) = (number, SocialInfluence.exponential(number)) }
      return values[place]
    }
  }

  /// The number of listeners whose need each agent meets alone, voices of weight 1.
  package static func ofCounts(_ needs: [UInt32], on network: Network) -> [Double] {
    (0..<network.agentCount).map { Double(ofCounts(needs, on: network, places: network.voices(of: $0))) }
  }

  /// The same for voices that differ.
  package static func ofUnits(_ needs: [UInt64], exposures: [UInt64], on network: Network) -> [Double] {
    (0..<network.agentCount).map {
      Double(ofUnits(needs, exposures: exposures, on: network, places: network.voices(of: $0)))
    }
  }

  /// How many of the voices at `places` convince alone.
  static func ofCounts(_ needs: [UInt32], on network: Network, places: Range<Int>) -> Int {
    network.targets.withUnsafeBufferPointer { targets in
      targets.baseAddress.map { machine_count_ones(needs, $0 + places.lowerBound, places.count) } ?? 0
    }
  }

  static func ofUnits(_ needs: [UInt64], exposures: [UInt64], on network: Network, places: Range<Int>) -> Int {
    network.targets.withUnsafeBufferPointer { targets in
      exposures.withUnsafeBufferPointer { exposures in
        guard let first = targets.baseAddress, let given = exposures.baseAddress else { return 0 }
        return machine_count_met(given + places.lowerBound, needs, first + places.lowerBound, places.count)
      }
    }
  }
}

/// One-step reach summed over some agents and over everyone.
package struct ReachTotals: Sendable {
  package let eligible: Double
  package let everyone: Double
}
