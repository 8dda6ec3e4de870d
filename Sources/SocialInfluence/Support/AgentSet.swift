/// A set of agents, a bit each: eight times as many agents in a cache as with bytes.
struct AgentSet: Sendable {
  /// The agent a stands in word a ÷ 64, bit a mod 64.
  var words: [UInt64]

  /// None of `count` agents.
  init(count: Int) { words = [UInt64](repeating: 0, count: (count + 63) >> 6) }

  @inline(__always)
  subscript(agent: Int) -> Bool {
    get { words[agent >> 6] >> UInt64(truncatingIfNeeded: agent & 63) & 1 != 0 }
    set {
      let mask = UInt64(1) << UInt64(truncatingIfNeeded: agent & 63)
      if newValue { words[agent >> 6] |= mask } else { words[agent >> 6] &= ~mask }
    }
  }

  /// Takes out `agents`, the first `count` of them, all there are.
  mutating func remove(_ agents: [UInt32], count: Int) {
    guard count < words.count else {
      // Cheaper in order than one by one.
      for place in words.indices { words[place] = 0 }
      return
    }
    for place in 0..<count { words[Int(agents[place]) >> 6] = 0 }
  }
}
