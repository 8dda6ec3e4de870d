/// The independent cascade with `coins: ties` where every tie succeeds with p*: each candidate is a success.
///
/// The speakers of a step come in batches, and each batch passes through stages, so that no stage waits for memory: the
/// words of all speakers are drawn at once; skips turn them into places of the network, whose ties are asked for; the ties
/// name listeners, whose bits are asked for; then those who have not adopted do, in the order of speakers and ties. The
/// result is that of one speaker after the other.
struct SkipBatches {
  private static let speakers = WordBatch.size
  /// Words drawn for every speaker at once: most need no more.
  private static let wordsEach = 4

  private var batch = WordBatch()
  private var skips: [UInt32] = []
  /// Places of successful ties, then the listeners there.
  private var successes: [UInt32] = []

  /// One step: the speakers at `queue[head..<end]` speak once along each tie; who is convinced stands from `end` on.
  ///
  /// - Returns: the end of the newcomers.
  mutating func speak(
    _ queue: inout [UInt32], _ head: Int, _ end: Int, on network: borrowing Network, _ sampler: GeometricSampler,
    at address: RandomAddress, _ hasAdopted: inout AgentSet
  ) -> Int {
    var tail = end
    var head = head
    while head < end {
      let speaking = head..<min(end, head + Self.speakers)
      draw(queue, speaking, on: network, sampler, at: address)
      while head < speaking.upperBound {
        let most = network.outDegree(Int(queue[head])) + Self.wordsEach
        if successes.count < most { successes = [UInt32](repeating: 0, count: most) }
        let count = Self.collect(skips, &successes, queue, &head, speaking, on: network, sampler, at: address)
        tail = convince(count, on: network, &queue, tail, &hasAdopted)
      }
    }
    return tail
  }

  /// The skips of a batch of speakers.
  private mutating func draw(
    _ queue: [UInt32], _ speaking: Range<Int>, on network: borrowing Network, _ sampler: GeometricSampler,
    at address: RandomAddress
  ) {
    if skips.isEmpty {
      skips = [UInt32](repeating: 0, count: Self.wordsEach * Self.speakers)
      successes = [UInt32](repeating: 0, count: 8 * Self.speakers)
    }
    for place in speaking { network.offsets.prefetch(Int(queue[place])) }
    batch.draw(.coins, of: queue[speaking], wordsEach: Self.wordsEach, at: address)
    for word in 0..<Self.wordsEach {
      sampler.fill(&skips, from: batch.words, word * Self.speakers..<word * Self.speakers + speaking.count)
    }
  }

  /// The same for a step in which order does not matter: whoever is convinced is only marked, adopters too.
  ///
  /// - Parameter marks: a bit for each agent, as in `AgentSet`.
  mutating func speak(
    _ queue: [UInt32], _ speakers: Range<Int>, on network: borrowing Network, _ sampler: GeometricSampler,
    at address: RandomAddress, marking marks: UnsafeMutablePointer<UInt64>
  ) {
    var head = speakers.lowerBound
    while head < speakers.upperBound {
      let speaking = head..<min(speakers.upperBound, head + Self.speakers)
      draw(queue, speaking, on: network, sampler, at: address)
      while head < speaking.upperBound {
        let most = network.outDegree(Int(queue[head])) + Self.wordsEach
        if successes.count < most { successes = [UInt32](repeating: 0, count: most) }
        let count = Self.collect(skips, &successes, queue, &head, speaking, on: network, sampler, at: address)
        let targets = network.targets.span
        let successes = successes.span
        for place in 0..<count {
          // Ids of the network lie below its number of agents.
          let listener = targets[Int(successes[unchecked: place])]
          marks[Int(listener >> 6)] |= 1 << UInt64(listener & 63)
        }
      }
    }
  }

  /// The places of the successes of the speakers from `next` on, as many as there is room for.
  private static func collect(
    _ skips: [UInt32], _ successes: inout [UInt32], _ queue: [UInt32], _ next: inout Int, _ speaking: Range<Int>,
    on network: borrowing Network, _ sampler: GeometricSampler, at address: RandomAddress
  ) -> Int {
    let offsets = network.offsets.span
    let targets = network.targets.span
    let skips = skips.span
    var successes = successes.mutableSpan
    var count = 0
    while next < speaking.upperBound {
      let speaker = Int(queue[next])
      let row = Planted.row(Int(offsets[speaker]), Int(offsets[speaker + 1]))
      guard count &+ row.count &+ wordsEach <= successes.count else { break }
      let own = next &- speaking.lowerBound
      next += 1
      var place = row.lowerBound &+ Int(skips[unchecked: own])
      var word = 1
      // In rows so long that the tail of the law lies within, word by word.
      if row.count > sampler.tail { (place, word) = (row.lowerBound, 0) }
      targets.prefetch(place)
      while word > 0 && word < wordsEach {
        // Whether one more succeeds is as good as random: written in any case, counted where it does.
        successes[unchecked: count] = UInt32(truncatingIfNeeded: place)
        count &+= place < row.upperBound ? 1 : 0
        place &+= 1 &+ Int(skips[unchecked: own &+ word &* speakers])
        word &+= 1
      }
      guard place < row.upperBound else { continue }
      var more = address.stream(.coins, entity: speaker, index: word / 2)
      if word == 0 { place += sampler.failures(more.next()) }
      while place < row.upperBound {
        successes[count] = UInt32(truncatingIfNeeded: place)
        targets.prefetch(place)
        count += 1
        place += 1 + sampler.failures(more.next())
      }
    }
    return count
  }

  /// The listeners of the first `count` successes adopt where they have not.
  private mutating func convince(
    _ count: Int, on network: borrowing Network, _ queue: inout [UInt32], _ tail: Int, _ hasAdopted: inout AgentSet
  ) -> Int {
    let targets = network.targets.span
    var successes = successes.mutableSpan
    var bits = hasAdopted.words.mutableSpan
    var queue = queue.mutableSpan
    for place in 0..<count {
      let listener = targets[Int(successes[unchecked: place])]
      successes[unchecked: place] = listener
      bits.span.prefetch(Int(listener) >> 6)
    }
    var tail = tail
    for place in 0..<count {
      let listener = successes[unchecked: place]
      let word = Int(listener) >> 6
      let mask = UInt64(1) << UInt64(listener & 63)
      let old = bits[word]
      bits[word] = old | mask
      // The queue has room for everybody, and one more is written only before the last has come.
      if tail < queue.count { queue[unchecked: tail] = listener }
      tail += old & mask == 0 ? 1 : 0
    }
    return tail
  }
}
