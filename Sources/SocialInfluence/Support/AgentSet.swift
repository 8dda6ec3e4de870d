/// A set of agents, one bit each: a cache holds eight times as many agents as with bytes.
struct AgentSet: Sendable {
  /// Agent a is bit a mod 64 of word ⌊a ÷ 64⌋.
  var words: [UInt64]

  /// The empty set, for `count` agents.
  init(count: Int) { words = [UInt64](repeating: 0, count: (count + 63) >> 6) }

  @inline(__always)
  subscript(agent: Int) -> Bool {
    get { words[agent >> 6] >> UInt64(truncatingIfNeeded: agent & 63) & 1 != 0 }
    set {
      let mask = UInt64(1) << UInt64(truncatingIfNeeded: agent & 63)
      if newValue { words[agent >> 6] |= mask } else { words[agent >> 6] &= ~mask }
    }
  }

  /// Empties the set, whose members are the first `count` of `agents`.
  mutating func remove(_ agents: [UInt32], count: Int) {
    guard count < words.count else {
      // Clearing in order is cheaper than one by one.
      for place in words.indices { words[place] = 0 }
      return
    }
    for place in 0..<count { words[Int(agents[place]) >> 6] = 0 }
  }
}
