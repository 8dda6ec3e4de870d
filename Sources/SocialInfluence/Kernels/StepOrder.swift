/// The order of adopters within one step, on which no result depends.
///
/// After a wide step they are sorted by id, so that their rows are read from one end of the network to the other
/// instead of at random. Whether a step is wide depends on the cascade alone, so that the order is the same everywhere.
struct StepOrder: Sendable {
  /// Empty between calls.
  private var marked = AgentSet(count: 0)

  init() {}

  /// Whether a step with this many speakers is wide: sorting scans one bit per agent.
  @inline(__always)
  static func isWide(speakers: Int, agentCount: Int) -> Bool { speakers >= max(1 << 14, agentCount >> 9) }

  /// Sorts the distinct agents of `queue[newcomers]`, ids below `agentCount`.
  mutating func sort(_ queue: inout MutableSpan<UInt32>, _ newcomers: Range<Int>, agentCount: Int) {
    if marked.words.count != (agentCount + 63) >> 6 { marked = AgentSet(count: agentCount) }
    var words = marked.words.mutableSpan
    for place in newcomers {
      let agent = queue[place]
      words[Int(agent >> 6)] |= 1 << UInt64(agent & 63)
    }
    var free = newcomers.lowerBound
    for word in 0..<words.count where words[word] != 0 {
      var bits = words[word]
      words[word] = 0
      while bits != 0 {
        queue[free] = UInt32(truncatingIfNeeded: word << 6 | bits.trailingZeroBitCount)
        free &+= 1
        bits &= bits &- 1
      }
    }
  }
}
