internal import CMachine

/// Poisson numbers of ties to agents picked in proportion to their weights.
struct Emission: Sendable {
  private let picks: AliasTable?
  private let agentCount: Int
  /// Empty for uniform picks.
  private let weights: [Double]

  /// - Parameter weights: empty, or all 0, for uniform picks.
  init(weights: [Double], agentCount: Int) {
    self.weights = weights.allSatisfy { $0 == 0 } ? [] : weights
    picks = self.weights.isEmpty ? nil : AliasTable(weights: weights)
    self.agentCount = agentCount
  }

  /// Whether all agents are equally likely.
  var isUniform: Bool { picks == nil }

  @inline(__always)
  func pick(_ word: UInt64) -> Int { picks?.agent(word) ?? word.below(agentCount) }

  /// An agent that emits.
  struct Emitter {
    /// Numbered as in the weights.
    let agent: Int
    /// Whose random numbers it takes.
    let entity: Int
    /// Separates several emissions of one entity.
    let series: Int

    @inline(__always)
    init(_ agent: Int, entity: Int, series: Int = 0) {
      (self.agent, self.entity, self.series) = (agent, entity, series)
    }
  }

  /// Calls `tie` for each pick of `emitter` but itself.
  @inline(__always)
  func emit(
    from emitter: Emitter, mean: Double, at address: RandomAddress, counts: inout PoissonCounts, _ tie: (Int) -> Void
  ) {
    guard !isForEach(mean) else {
      emitToEach(from: emitter, mean: mean, at: address, tie)
      return
    }
    var words = address.stream(.network, entity: emitter.entity, index: emitter.series << 32)
    for _ in 0..<counts.count(words.next(), mean: mean) {
      let other = pick(words.next())
      if other != emitter.agent { tie(other) }
    }
  }

  /// Whether there are more than about eight picks per agent, nearly all of them repeats.
  func isForEach(_ mean: Double) -> Bool { mean > 8 * Double(agentCount) + 64 }

  /// Calls `tie` for each other agent that Poisson(`mean`) picks would hit, drawn agent by agent: the same law.
  func emitToEach(from emitter: Emitter, mean: Double, at address: RandomAddress, _ tie: (Int) -> Void) {
    let total = weights.isEmpty ? Double(agentCount) : weights.reduce(0, +)
    for other in 0..<agentCount where other != emitter.agent {
      let chance = probability(ofHazard: mean * (weights.isEmpty ? 1 : weights[other]) / total)
      let word = address.words(
        .network, entity: emitter.entity, index: emitter.series << 32 | 1 << 35 | other
      ).0
      if word.unitInterval < chance { tie(other) }
    }
  }

  /// The picks of a batch of agents, in buffers that a worker reuses.
  struct Batch {
    private var words = WordBatch()
    private var poisson = PoissonCounts()
    private var counts: [UInt32] = []
    private var drawn: [UInt64] = []
    private var others: [UInt32] = []
    /// Where the picks of each agent end among `picked`.
    private(set) var ends: [UInt32] = []
  }

  /// Draws the number of picks and the picks of up to `WordBatch.size` agents, as `emit` does for each with itself as
  /// entity, but keeps loops.
  ///
  /// - Parameters:
  ///   - most: limit on the picks of an agent.
  ///   - mean: mean number of each agent's picks.
  func draw(
    from agents: Range<Int>, at address: RandomAddress, most: Int = .max, _ batch: inout Batch, mean: MeanCounts
  ) {
    batch.draw(from: agents, at: address, most: most, mean: mean)
    batch.pick(picks, agentCount: agentCount)
  }
}

extension Emission.Batch {
  var picked: ArraySlice<UInt32> { others[..<Int(ends.last ?? 0)] }

  /// Draws a word for each pick, agent by agent.
  fileprivate mutating func draw(
    from agents: Range<Int>, at address: RandomAddress, most: Int, mean: MeanCounts
  ) {
    let typical = mean[agents.lowerBound]
    words.draw(.network, agents, wordsEach: min(64, Int(typical + 1.5 * typical.squareRoot()) + 3), at: address)
    poisson.fill(&counts, words, agents, mean)
    ends.removeAll(keepingCapacity: true)
    var free = 0
    for place in 0..<agents.count {
      let count = min(most, Int(counts[place]))
      let needed = free + max(count, words.wordsEach)
      if drawn.count < needed { drawn += [UInt64](repeating: 0, count: max(needed, words.wordsEach * agents.count)) }
      Self.copy(words, place, to: &drawn, free)
      if count >= words.wordsEach {
        var more = words.rest(of: agents.lowerBound + place)
        for pick in words.wordsEach - 1..<count { drawn[free + pick] = more.next() }
      }
      free += count
      ends.append(UInt32(truncatingIfNeeded: free))
    }
  }

  /// Copies all words of an agent but the first, needed or not, to avoid an unpredictable branch.
  @inline(__always)
  private static func copy(_ words: WordBatch, _ agent: Int, to drawn: inout [UInt64], _ start: Int) {
    let from = words.words.span
    var to = drawn.mutableSpan
    var word = 1
    while word < words.wordsEach {
      to[unchecked: start &+ word &- 1] = from[unchecked: word &* WordBatch.size &+ agent]
      word &+= 1
    }
  }

  /// Turns words into agents; entries of the alias table are prefetched.
  fileprivate mutating func pick(_ picks: AliasTable?, agentCount: Int) {
    let count = Int(ends.last ?? 0)
    if others.count < count { others = [UInt32](repeating: 0, count: drawn.count) }
    if let picks {
      for place in 0..<count { picks.prefetch(drawn[place]) }
      for place in 0..<count { others[place] = UInt32(truncatingIfNeeded: picks.agent(drawn[place])) }
    } else {
      machine_pick(&others, drawn, UInt32(truncatingIfNeeded: agentCount), count)
    }
  }

  /// Sorts each agent's picks.
  ///
  /// - Returns: nonzero for each agent whose picks are unsorted, repeat an agent or include itself.
  mutating func sort(from agents: Range<Int>) -> [UInt8] {
    var isOdd = [UInt8](repeating: 0, count: agents.count)
    machine_sort_rows(&others, ends, &isOdd, agents.count)
    _ = markLoops(&isOdd, from: agents)
    return isOdd
  }

  /// Whether one of `agents`, to which the picks belong, picked itself.
  func hasLoops(from agents: Range<Int>) -> Bool {
    var marks = [UInt8](repeating: 0, count: agents.count)
    return markLoops(&marks, from: agents)
  }

  private func markLoops(_ marks: inout [UInt8], from agents: Range<Int>) -> Bool {
    machine_mark_loops(&marks, others, others.count, ends, UInt32(truncatingIfNeeded: agents.lowerBound), ends.count)
      != 0
  }
}
