extension NetworkStatistics {
  /// The number of triangles, in total and through each agent. Directions are ignored.
  ///
  /// Each triangle is found once: ties point from lower to higher degree, and exactly one agent of a triangle has two
  /// such ties in it. O(m^1.5).
  package static func triangles(of network: Network, workers: Int = 1) -> (total: Int, byAgent: [UInt32]) {
    let plain = network.isDirected ? network.undirected : network
    let forward = Forward(plain, workers: workers)
    let count = plain.agentCount
    // Workers take pieces of agents in turn; each marks and counts for itself.
    let pieces = max(1, workers == 1 ? 1 : min(64, count / 1024))
    let sums = Parallel.map(workers, workers: workers) { worker in
      var counter = Counter(agentCount: count)
      for piece in stride(from: worker, to: pieces, by: workers) {
        for agent in piece * count / pieces..<(piece + 1) * count / pieces { counter.count(agent, forward) }
      }
      return counter
    }
    var byAgent = sums[0].byAgent
    for other in sums.dropFirst() { for agent in 0..<count { byAgent[agent] += other.byAgent[agent] } }
    return (sums.reduce(0) { $0 + $1.total }, byAgent)
  }

  /// The ties of each agent to agents of higher degree, or of equal degree and higher id.
  private struct Forward: Sendable {
    var offsets: [UInt32] = [0]
    var targets: [UInt32] = []

    init(_ network: Network, workers: Int) {
      let rows = TieRows.collect(
        agentCount: network.agentCount, meanRow: network.meanDegree / 2, workers: workers, workspace: {}
      ) { _, agents, rows in
        for agent in agents {
          let degree = network.outDegree(agent)
          let row = network.voices(of: agent)
          for place in row { network.offsets.prefetch(Int(network.targets[place])) }
          for place in row {
            let other = network.targets[place]
            let its = network.outDegree(Int(other))
            if degree < its || degree == its && agent < other { rows.targets.append(other) }
          }
          rows.endRow()
        }
      }
      (offsets, targets) = rows.joined(workers: workers)
    }
  }

  /// The counts of one worker.
  private struct Counter: Sendable {
    var total = 0
    var byAgent: [UInt32]
    private var marked: AgentSet

    init(agentCount: Int) {
      byAgent = [UInt32](repeating: 0, count: agentCount)
      marked = AgentSet(count: agentCount)
    }

    mutating func count(_ agent: Int, _ forward: Forward) {
      total += Self.count(agent, forward, &marked, &byAgent)
    }

    /// The triangles with `agent` lowest by degree, then id.
    private static func count(
      _ agent: Int, _ forward: Forward, _ marked: inout AgentSet, _ byAgent: inout [UInt32]
    ) -> Int {
      let (offsets, targets) = (forward.offsets.span, forward.targets.span)
      let row = Int(offsets[agent])..<Int(offsets[agent + 1])
      guard row.count > 1 else { return 0 }
      var bits = marked.words.mutableSpan
      var counts = byAgent.mutableSpan
      for place in row {
        let other = targets[place]
        bits[Int(other >> 6)] |= 1 << UInt64(other & 63)
        offsets.prefetch(Int(other))
      }
      for place in row { targets.prefetch(Int(offsets[Int(targets[place])])) }
      var found = 0
      for place in row {
        let other = Int(targets[place])
        for next in Int(offsets[other])..<Int(offsets[other + 1]) {
          let third = targets[next]
          guard bits[Int(third >> 6)] >> UInt64(third & 63) & 1 != 0 else { continue }
          found += 1
          counts[agent] += 1
          counts[other] += 1
          counts[Int(third)] += 1
        }
      }
      for place in row { bits[Int(targets[place] >> 6)] = 0 }
      return found
    }
  }
}
