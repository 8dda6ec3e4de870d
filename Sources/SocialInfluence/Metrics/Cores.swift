extension NetworkStatistics {
  /// The core number of each agent, directions ignored: the largest k such that the agent belongs to a subnetwork in
  /// which every agent has at least k ties. O(agents + ties).
  ///
  /// Agents with at most k remaining ties are removed with their ties, repeatedly.
  ///
  /// Sources: S. B. Seidman (1983), Social Networks 5:269, doi:10.1016/0378-8733(83)90028-X; peeling as by V. Batagelj,
  /// M. Zaveršnik (2011), Adv. Data Anal. Classif. 5:129, doi:10.1007/s11634-010-0079-y, here by levels.
  package static func cores(of network: Network) -> [UInt32] {
    let plain = network.isDirected ? network.undirected : network
    // Remaining ties; at the end the core number, as no count falls below the level of its removal.
    var left = plain.inDegrees
    var remaining = (0..<UInt32(plain.agentCount)).map { $0 }
    var removal = Removal(agentCount: plain.agentCount)
    var level: UInt32 = 0
    while !remaining.isEmpty {
      if let next = removal.begin(level, &remaining, left) {
        level = next
        continue
      }
      removal.peel(level, of: plain, &left)
      level += 1
    }
    return left
  }

  /// The agents that are removed at one level, in order.
  private struct Removal {
    /// Entries beyond `count` are void.
    private var queue: [UInt32]
    private var count = 0

    init(agentCount: Int) { queue = [UInt32](repeating: 0, count: agentCount) }

    /// Keeps the `remaining` agents above this level; queues those at it.
    ///
    /// - Returns: the next level with an agent; nil if there are some at this one.
    mutating func begin(_ level: UInt32, _ remaining: inout [UInt32], _ left: [UInt32]) -> UInt32? {
      let left = left.span
      var (stay, tail, next) = (0, 0, UInt32.max)
      var queue = queue.mutableSpan
      for agent in remaining {
        let ties = left[Int(agent)]
        if ties == level {
          queue[tail] = agent
          tail += 1
        } else if ties > level {
          remaining[stay] = agent
          stay += 1
          next = min(next, ties)
        }
      }
      count = tail
      remaining.removeSubrange(stay...)
      return tail == 0 ? next : nil
    }

    /// Removes the ties of queued agents, and queues agents whose remaining ties fall to the level.
    mutating func peel(_ level: UInt32, of network: Network, _ left: inout [UInt32]) {
      let (offsets, targets) = (network.offsets.span, network.targets.span)
      var left = left.mutableSpan
      var (head, tail) = (0, count)
      var queue = queue.mutableSpan
      while head < tail {
        if head + 16 < tail { offsets.prefetch(Int(queue[head + 16])) }
        if head + 8 < tail { targets.prefetch(Int(offsets[Int(queue[head + 8])])) }
        if head + 3 < tail {
          let soon = Int(queue[head + 3])
          for place in Int(offsets[soon])..<Int(offsets[soon + 1]) { left.span.prefetch(Int(targets[place])) }
        }
        let agent = Int(queue[head])
        head += 1
        for place in Int(offsets[agent])..<Int(offsets[agent + 1]) {
          let other = Int(targets[place])
          let ties = left[other]
          guard ties > level else { continue }
          left[other] = ties - 1
          if ties - 1 == level {
            queue[tail] = UInt32(truncatingIfNeeded: other)
            tail += 1
          }
        }
      }
    }
  }
}
