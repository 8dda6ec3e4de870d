internal import CMachine

/// The independent cascade with `coins: ties` if every tie succeeds with p*: each candidate is a success.
///
/// Speakers are processed in batches, and each batch in stages, so that no stage waits for memory: the skips of all
/// speakers are drawn at once and turned into places of the network, whose ties are prefetched while the next batch is
/// drawn; then their listeners adopt, unless they have, in the order of speakers and ties. The result is the same as
/// for one speaker after the other.
struct SkipBatches {
  /// Speakers per batch: few enough that all prefetches of one batch are in flight while the next is drawn.
  private static let size = 64

  /// Skips from up to four words per speaker.
  private var skips: [UInt32] = []
  /// Where the skips lead; one element.
  private var leaps: [machine_leaps] = []
  /// Places of successful ties: of this batch, and of the one before (`waiting`).
  private var successes: [UInt32] = []
  private var waiting: [UInt32] = []

  /// One step: the speakers at `queue[head..<end]` speak once along each tie; new adopters are written from `end` on.
  ///
  /// - Returns: the end of the new adopters.
  mutating func speak(
    _ queue: inout [UInt32], _ head: Int, _ end: Int, on network: borrowing Network,
    _ sampler: GeometricSampler,
    at address: RandomAddress, _ hasAdopted: inout AgentSet
  ) -> Int {
    var (head, tail, count) = (head, end, 0)
    while head < end || count > 0 {
      let next = collect(queue, &head, end, after: count, on: network, sampler, at: address)
      tail = convince(count, on: network, &queue, tail, &hasAdopted)
      swap(&successes, &waiting)
      count = next
    }
    return tail
  }

  /// The same if order does not matter: convinced listeners are only marked, adopters too.
  ///
  /// - Parameter marks: one bit per agent, as in `AgentSet`.
  mutating func speak(
    _ queue: [UInt32], _ speakers: Range<Int>, on network: borrowing Network,
    _ sampler: GeometricSampler,
    at address: RandomAddress, marking marks: Room<UInt64>
  ) {
    var (head, count) = (speakers.lowerBound, 0)
    while head < speakers.upperBound || count > 0 {
      let next = collect(
        queue, &head, speakers.upperBound, after: count, on: network, sampler, at: address)
      mark(count, on: network, in: marks)
      swap(&successes, &waiting)
      count = next
    }
  }

  private mutating func mark(
    _ count: Int, on network: borrowing Network, in marks: Room<UInt64>
  ) {
    readListeners(count, on: network)
    let listeners = waiting.span
    for place in 0..<count {
      // Within bounds: ids lie below the number of agents.
      let listener = listeners[unchecked: place]
      marks[Int(listener &>> 6)] |= 1 &<< UInt64(listener & 63)
    }
  }

  /// Replaces the first `count` places in `waiting` by the listeners there, before the first of them adopts: reading
  /// first lets the processor load ahead of the stores.
  private mutating func readListeners(_ count: Int, on network: borrowing Network) {
    let targets = network.targets.span
    var waiting = waiting.mutableSpan
    for place in 0..<count {
      waiting[unchecked: place] = targets[unchecked: Int(waiting[unchecked: place])]
    }
  }

  /// Collects the successes of the next batch of speakers, from `head` on, in `successes`.
  ///
  /// - Parameter known: number of places in `waiting`.
  /// - Returns: the number of successes.
  private mutating func collect(
    _ queue: [UInt32], _ head: inout Int, _ end: Int, after known: Int,
    on network: borrowing Network, _ sampler: GeometricSampler,
    at address: RandomAddress
  ) -> Int {
    let speaking = head..<min(end, head + Self.size)
    guard !speaking.isEmpty else { return 0 }
    head = speaking.upperBound
    if leaps.isEmpty {
      leaps = [machine_leaps()]
      skips = [UInt32](repeating: 0, count: 4 * Self.size)
      successes = [UInt32](repeating: 0, count: 8 * Self.size)
      waiting = successes
    }
    // Offsets of later batches are prefetched while the batch before is drawn.
    if known == 0 { for place in speaking { network.offsets.prefetch(Int(queue[place])) } }
    return queue.withUnsafeBufferPointer { queue in
      guard let speakers = queue.baseAddress else { return 0 }
      return leap(
        speakers + speaking.lowerBound, speaking.count, others: min(end - head, Self.size),
        after: known,
        on: network, sampler, at: address)
    }
  }

  /// Turns skips into places of successes, speaker by speaker: four words for each speaker, two more if all four
  /// succeed, then one at a time.
  ///
  /// - Returns: the number of successes.
  private mutating func leap(
    _ speakers: UnsafePointer<UInt32>, _ speakerCount: Int, others: Int, after known: Int,
    on network: borrowing Network, _ sampler: GeometricSampler, at address: RandomAddress
  ) -> Int {
    waiting.withUnsafeBufferPointer { waiting in
      guard let places = waiting.baseAddress else { return }
      sampler.fill(
        &skips, stride: Self.size, of: speakers, count: speakerCount, block: 0, blocks: 2,
        at: address,
        asking: GeometricSampler.Soon(places: places, placeCount: known, speakerCount: others),
        of: network)
    }
    return leaps.withUnsafeMutableBufferPointer { buffer in
      guard let leaps = buffer.baseAddress else { return 0 }
      let eager = machine_find_successes(
        leaps, speakers, network.offsets, skips, Self.size, UInt32(clamping: sampler.tail),
        speakerCount)
      if eager > 0 {
        sampler.fill(
          &skips, stride: Self.size, of: machine_eager_speakers(leaps), count: eager, block: 2,
          blocks: 1, at: address,
          asking: GeometricSampler.Soon(places: speakers, placeCount: 0, speakerCount: 0),
          of: network)
      }
      var (count, done) = (0, 0)
      for number in 0..<eager {
        let own = Int(machine_eager_number(leaps, number))
        count = machine_append_successes(&successes, count, leaps, done, own)
        let next = (Int(skips[number]), Int(skips[number + Self.size]))
        count = Self.goOn(leaps, number, next, &successes, count, on: network, sampler, at: address)
        done = own + 1
      }
      return machine_append_successes(&successes, count, leaps, done, speakerCount)
    }
  }

  /// Appends all successes of a speaker whose four words all succeed, or whose row is too long for the table.
  ///
  /// - Parameters:
  ///   - skips: from the next two words.
  ///   - count: successes so far.
  /// - Returns: successes including this speaker's.
  private static func goOn(
    _ leaps: UnsafePointer<machine_leaps>, _ number: Int, _ skips: (Int, Int),
    _ successes: inout [UInt32],
    _ count: Int,
    on network: borrowing Network, _ sampler: GeometricSampler, at address: RandomAddress
  ) -> Int {
    let speaker = Int(machine_eager_speakers(leaps)[number])
    let row = network.voices(of: speaker)
    let most = count + row.count + 4 * size
    if successes.count < most { successes += [UInt32](repeating: 0, count: most) }
    var (count, place, block) = (count, row.lowerBound - 1, 0)
    if row.count <= sampler.tail {
      let own = Int(machine_eager_number(leaps, number))
      count = machine_append_successes(&successes, count, leaps, own, own + 1)
      place = Int(successes[count - 1])
      for skip in [skips.0, skips.1] {
        place += 1 + skip
        guard place < row.upperBound else { return count }
        successes[count] = UInt32(place)
        count += 1
      }
      block = 3
    }
    var words = address.stream(.coins, entity: speaker, index: block)
    place += 1 + sampler.failures(words.next())
    while place < row.upperBound {
      successes[count] = UInt32(place)
      count += 1
      place += 1 + sampler.failures(words.next())
    }
    return count
  }

  /// The listeners of the first `count` places in `waiting` adopt, unless they have.
  private mutating func convince(
    _ count: Int, on network: borrowing Network, _ queue: inout [UInt32], _ tail: Int,
    _ hasAdopted: inout AgentSet
  ) -> Int {
    readListeners(count, on: network)
    let listeners = waiting.span
    var bits = hasAdopted.words.mutableSpan
    var queue = queue.mutableSpan
    var tail = tail
    for place in 0..<count {
      let listener = listeners[unchecked: place]
      let (word, bit) = (Int(listener) >> 6, UInt64(listener & 63))
      let old = bits[unchecked: word]
      bits[unchecked: word] = old | 1 &<< bit
      // Branch-free append: always written, counted only if the bit was 0. When the queue is full, everybody has
      // adopted.
      if tail < queue.count { queue[unchecked: tail] = listener }
      tail &+= Int(truncatingIfNeeded: ~old &>> bit & 1)
    }
    return tail
  }
}

extension GeometricSampler {
  /// The failures of the two words of each of one or two blocks per speaker, in columns `stride` apart, none above 2¹⁰;
  /// values ≥ `tail` are lower bounds. Prefetches `soon`.
  func fill(
    _ skips: inout [UInt32], stride: Int, of speakers: UnsafePointer<UInt32>, count: Int,
    block: Int, blocks: Int,
    at address: RandomAddress, asking soon: Soon, of network: borrowing Network
  ) {
    precondition(count <= stride && skips.count >= 2 * blocks * stride, "room for every column")
    let lanes = address.counter(.coins, entity: 0, index: block)
    machine_draw_skips(
      &skips, stride, address.randomSeed, lanes.x, lanes.y, lanes.z, lanes.w, speakers, slots,
      blocks, count,
      network.targets, soon.places, soon.placeCount, network.offsets, speakers + count,
      soon.speakerCount)
  }

  /// What to prefetch of a network: the ties at `places`, and the offsets of the `speakerCount` speakers that follow.
  struct Soon {
    let places: UnsafePointer<UInt32>
    let placeCount: Int
    let speakerCount: Int
  }
}
