extension NetworkStatistics {
  /// Number of weakly connected components and the size of the largest. O(agents + ties).
  package static func components(of network: Network) -> (count: Int, largest: Int) {
    network.isDirected ? joinedComponents(of: network) : walkedComponents(of: network)
  }

  /// Breadth first: what agents met soon will read is asked for.
  private static func walkedComponents(of network: Network) -> (count: Int, largest: Int) {
    let (offsets, targets) = (network.offsets.span, network.targets.span)
    var met = AgentSet(count: network.agentCount)
    var bits = met.words.mutableSpan
    var walk = [UInt32](repeating: 0, count: network.agentCount + 1)
    var queue = walk.mutableSpan
    var (head, tail, count, largest) = (0, 0, 0, 0)
    for first in 0..<network.agentCount where bits[first >> 6] >> UInt64(first & 63) & 1 == 0 {
      let start = tail
      bits[first >> 6] |= 1 << UInt64(first & 63)
      queue[tail] = UInt32(truncatingIfNeeded: first)
      tail += 1
      while head < tail {
        if head + 16 < tail { offsets.prefetch(Int(queue[head + 16])) }
        if head + 8 < tail { targets.prefetch(Int(offsets[Int(queue[head + 8])])) }
        let agent = Int(queue[head])
        head += 1
        for place in Int(offsets[agent])..<Int(offsets[agent + 1]) {
          let other = targets[place]
          let (word, mask) = (Int(other >> 6), UInt64(1) << UInt64(other & 63))
          let old = bits[word]
          bits[word] = old | mask
          // There is room for one more than all, so that who is known already may be written, too.
          queue[tail] = other
          tail += old & mask == 0 ? 1 : 0
        }
      }
      count += 1
      largest = max(largest, tail - start)
    }
    return (count, largest)
  }

  /// By union–find: directions are ignored, and the way back is not stored.
  private static func joinedComponents(of network: Network) -> (count: Int, largest: Int) {
    var parents = (0..<network.agentCount).map { UInt32($0) }
    func root(_ agent: Int) -> Int {
      var agent = agent
      while Int(parents[agent]) != agent {
        parents[agent] = parents[Int(parents[agent])]
        agent = Int(parents[agent])
      }
      return agent
    }
    for agent in 0..<network.agentCount {
      var own = root(agent)
      for place in network.voices(of: agent) {
        let other = root(Int(network.targets[place]))
        if other == own { continue }
        parents[max(own, other)] = UInt32(min(own, other))
        own = min(own, other)
      }
    }
    var sizes = [UInt32](repeating: 0, count: network.agentCount)
    for agent in 0..<network.agentCount { sizes[root(agent)] += 1 }
    return (sizes.count { $0 > 0 }, Int(sizes.max() ?? 0))
  }
}
