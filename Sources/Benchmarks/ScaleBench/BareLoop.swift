import SocialInfluence

/// The speed that memory allows: random reads from arrays of the sizes that a cascade reads, and nothing else.
struct BareLoop: Sendable {
  private let offsets: [UInt32]
  private let targets: [UInt32]
  private let bits: [UInt64]

  /// The arrays of a network, and one bit per agent.
  init(like network: Network) {
    offsets = network.offsets
    targets = network.targets
    bits = [UInt64](repeating: 1, count: (network.agentCount + 63) / 64)
    bits.useHugePages()
  }

  /// For each speaker one read of a row's start and one of a listener, for each success one of a listener and one of a
  /// bit: as many random reads as a cascade with coins by ties makes.
  ///
  /// - Returns: a number that depends on all reads.
  func run(speakers: Int, successes: Int, seed: UInt64) -> UInt64 {
    var sum: UInt64 = 0
    var state = seed
    @inline(__always) func place(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(truncatingIfNeeded: state.multipliedFullWidth(by: UInt64(count)).high)
    }
    let (offsets, targets, bits) = (offsets.span, targets.span, bits.span)
    for _ in 0..<speakers {
      sum &+= UInt64(offsets[unchecked: place(offsets.count)])
      sum &+= UInt64(targets[unchecked: place(targets.count)])
    }
    for _ in 0..<successes {
      sum &+= UInt64(targets[unchecked: place(targets.count)])
      sum &+= bits[unchecked: place(bits.count)]
    }
    return sum
  }
}
