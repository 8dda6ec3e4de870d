/// What a random number is for. Two purposes can never share a draw: the purpose is part of the address.
package enum Purpose: UInt8, CaseIterable, Sendable {
  /// Four independent normals per agent.
  case latents = 1
  /// The ties of a generated network.
  case network
  /// The order of seeds.
  case seeding
  /// Simulations by which seeds are chosen; never the coins by which they are judged.
  case selection
  /// What an agent needs before it adopts.
  case needs
  /// Successes along ties.
  case coins
  /// Bootstrap resamples.
  case resampling
  /// The order of agents that are equal in a ranking.
  case ordering
  /// Double-edge switches.
  case switches
  /// Rounding of expected ties to whole stubs.
  case rounding
  /// Whether a slot of the order of seeds goes to a maven.
  case hearing
  /// What belongs to a tie for the life of its network.
  case ties
  /// How long an adopter talks.
  case periods
  /// Whether an agent adopts in a step of a time-driven rule: entity = agent, index = step.
  case steps
  /// Whom an agent meets in a step.
  case meetings
  /// Which of several voices is taken as the one that convinced.
  case credit
}

/// Where a random number lives: key = random seed, counter = purpose 8 | network 24 | draw 24 | entity 36 | index 36 bits.
///
/// The address holds no design point, no treatment and no worker. Replicate r therefore means the same latents, needs
/// and order of seeds at every design point and in every arm, and every contrast is paired.
package struct RandomAddress: Sendable, Hashable {
  /// The scenario's random seed.
  package var randomSeed: UInt64
  /// The network replicate, 0 ..< 2²⁴.
  package var network: Int
  /// The draw on that network, 1 ..< 2²⁴; 0 where there is none.
  package var draw: Int

  package init(randomSeed: UInt64, network: Int = 0, draw: Int = 0) {
    precondition(network >= 0 && network < 1 << 24, "a network replicate has 24 bits of the address")
    precondition(draw >= 0 && draw < 1 << 24, "a draw has 24 bits of the address")
    self.randomSeed = randomSeed
    self.network = network
    self.draw = draw
  }

  /// The counter of block `index` (below 2³⁶) of `entity` (below 2³⁶); lane 0 holds the lowest bits.
  @inline(__always)
  package func counter(_ purpose: Purpose, entity: Int, index: Int) -> SIMD4<UInt32> {
    let entityBits = UInt64(truncatingIfNeeded: entity)
    let indexBits = UInt64(truncatingIfNeeded: index)
    let low = indexBits | entityBits << 36
    let high = entityBits >> 28 | UInt64(truncatingIfNeeded: draw) << 8 | UInt64(truncatingIfNeeded: network) << 32
    return SIMD4(
      UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: low >> 32), UInt32(truncatingIfNeeded: high),
      UInt32(truncatingIfNeeded: high >> 32) | UInt32(purpose.rawValue) << 24)
  }

  /// The two words of block `index` of `entity`.
  @inline(__always)
  package func words(_ purpose: Purpose, entity: Int, index: Int = 0) -> (UInt64, UInt64) {
    let block = Philox4x32.block(counter(purpose, entity: entity, index: index), key: key)
    return (UInt64(block.x) | UInt64(block.y) << 32, UInt64(block.z) | UInt64(block.w) << 32)
  }

  /// All words of `entity` from block `index` on, one after the other.
  @inline(__always)
  package func stream(_ purpose: Purpose, entity: Int = 0, index: Int = 0) -> RandomStream {
    RandomStream(address: self, purpose: purpose, entity: entity, index: index)
  }

  @inline(__always)
  private var key: SIMD2<UInt32> {
    SIMD2(UInt32(truncatingIfNeeded: randomSeed), UInt32(truncatingIfNeeded: randomSeed >> 32))
  }
}

/// The words of one entity for one purpose, read in order: two per Philox block.
package struct RandomStream: RandomNumberGenerator, Sendable {
  private let address: RandomAddress
  private let purpose: Purpose
  private let entity: Int
  private var index: Int
  private var spare: UInt64 = 0
  private var hasSpare = false

  @inline(__always)
  init(address: RandomAddress, purpose: Purpose, entity: Int, index: Int) {
    self.address = address
    self.purpose = purpose
    self.entity = entity
    self.index = index
  }

  /// The next 64 random bits.
  @inline(__always)
  package mutating func next() -> UInt64 {
    if hasSpare {
      hasSpare = false
      return spare
    }
    let (first, second) = address.words(purpose, entity: entity, index: index)
    index &+= 1
    spare = second
    hasSpare = true
    return first
  }
}
