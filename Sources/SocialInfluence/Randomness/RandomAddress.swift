/// What a random number is for. The purpose is part of the address, so that two purposes never share a number.
///
/// Once per network (draw 0): `latents`, `network`, `switches`, `rounding`, `ordering`, `ties`. Once per draw, the same
/// for every cascade of the draw: `seeding` and `hearing`; then by the rule `needs` (one per agent, in epidemics one per
/// episode) or `coins` (successes along ties, and continuous time), `periods`, `steps` and `meetings` (rules in time),
/// and `credit`, which only a trace uses.
package enum Purpose: UInt8, CaseIterable, Sendable {
  /// Four independent normals per agent.
  case latents = 1
  /// The ties of a generated network.
  case network
  /// The order of seeds: entity = series.
  case seeding
  /// Unused by the model: a spare stream for checks.
  case selection
  /// First word: an agent's demand, index = episode. Second word: its own p, or its first success below the threshold.
  case needs
  /// Successes along ties: entity = speaker.
  case coins
  /// Bootstrap resamples.
  case resampling
  /// The order of agents with equal scores: the smaller word first; index = series.
  case ordering
  /// Double-edge switches.
  case switches
  /// Rounding of expected ties to whole stubs.
  case rounding
  /// Whether a seed slot goes to a maven: entity = slot.
  case hearing
  /// A tie's own p, for the life of its network: entity = speaker, index = listener.
  case ties
  /// How long an adopter talks, index = episode; under `dose-memory` whether it loses its immunity, index = step.
  case periods
  /// What happens to an agent in a step: entity = agent, index = step. Adoption under time-driven rules; size of a dose
  /// and giving up under `dose-memory`.
  case steps
  /// Whom an agent meets in a step: entity = agent.
  case meetings
  /// Which of several voices gets the credit: entity = adopter.
  case credit
}

/// The address of a random number: key = random seed, counter = purpose 8 | network 24 | draw 24 | entity 36 | index 36
/// bits.
///
/// The address holds no design point, no arm and no worker. Replicate r therefore means the same latents, needs and
/// order of seeds at every point and in every arm, and every contrast is paired, unless `randomness: independent`
/// changes the key per point (`Plan.randomSeed`).
package struct RandomAddress: Sendable, Hashable {
  /// The scenario's random seed; under `randomness: independent` the point's.
  package var randomSeed: UInt64
  /// The network replicate, 1 ..< 2²⁴; 0 where there is none.
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

  /// The words of `entity`, in order, from block `index` on.
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
