internal import CMachine

extension NetworkStatistics {
  /// Number of weakly connected components and the size of the largest. Nearly O(agents + ties).
  ///
  /// A breadth-first search visits most of the largest component long before it has walked all ties. Then the search
  /// goes bottom-up: each unvisited agent looks for a visited neighbor, which takes few looks, and ties among visited
  /// agents are skipped.
  ///
  /// Source: S. Beamer, K. Asanović, D. Patterson (2012), SC, doi:10.1109/SC.2012.50, for breadth-first search.
  package static func components(of network: Network) -> (count: Int, largest: Int) {
    var walk = Walk(agentCount: network.agentCount)
    return network.isDirected ? joinedComponents(of: network, &walk) : walkedComponents(of: network, &walk)
  }

  private static func walkedComponents(of network: Network, _ walk: inout Walk) -> (count: Int, largest: Int) {
    var (count, largest) = (0, 0)
    for first in 0..<network.agentCount where !walk.met[first] {
      let start = walk.size
      walk.meet(first)
      if network.outDegree(first) == 0 {
        walk.leaveRest()
        (count, largest) = (count + 1, max(largest, 1))
        continue
      }
      // The limit is passed once; later components are walked in full.
      if !walk.goOn(along: network, until: walk.size < walk.most ? walk.most : .max) {
        walk.leaveRest()
        _ = walk.meetNeighbors(of: network)
      }
      count += 1
      largest = max(largest, walk.size - start)
    }
    return (count, largest)
  }

  /// Directions are ignored, but reverse ties are not stored: a walk finds the core, if it can, and union–find joins
  /// the rest.
  private static func joinedComponents(of network: Network, _ walk: inout Walk) -> (count: Int, largest: Int) {
    let core = walk.meetCore(of: network)
    if core == network.agentCount { return (min(1, core), core) }
    var parents = (0..<network.agentCount).map { UInt32($0) }
    func root(_ agent: Int) -> Int {
      var agent = agent
      while Int(parents[agent]) != agent {
        parents[agent] = parents[Int(parents[agent])]
        agent = Int(parents[agent])
      }
      return agent
    }
    for agent in 0..<network.agentCount where core == 0 || !walk.met[agent] {
      var own = root(agent)
      for place in network.voices(of: agent) {
        let other = root(Int(network.targets[place]))
        if other == own { continue }
        parents[max(own, other)] = UInt32(min(own, other))
        own = min(own, other)
      }
    }
    var sizes = [UInt32](repeating: 0, count: network.agentCount)
    for agent in 0..<network.agentCount where core == 0 || !walk.met[agent] { sizes[root(agent)] += 1 }
    return (sizes.count { $0 > 0 } + (core > 0 ? 1 : 0), max(core, Int(sizes.max() ?? 0)))
  }
}

/// The agents visited so far, and the queue of those whose ties are still to be walked.
private struct Walk {
  private(set) var met: AgentSet
  private var queue: Queue
  /// Visited agents above which the search goes bottom-up: 15/16 of all.
  let most: Int

  init(agentCount: Int) {
    met = AgentSet(count: agentCount)
    queue = Queue(agentCount: agentCount)
    most = agentCount - agentCount / 16
  }

  mutating func meet(_ agent: Int) {
    met[agent] = true
    queue.append(agent)
  }

  /// The number of agents visited.
  var size: Int { queue.size }

  /// Leaves the ties of all agents in the queue unwalked.
  mutating func leaveRest() { queue.leaveRest() }

  /// Goes on breadth-first until at least `limit` agents are visited.
  ///
  /// - Returns: whether no tie is left to walk.
  mutating func goOn(along network: Network, until limit: Int = .max) -> Bool {
    queue.goOn(along: network, &met.words, until: limit)
  }

  /// Visits every agent that speaks to a visited one, and all that the walk reaches from there.
  ///
  /// - Returns: whether there was any.
  mutating func meetNeighbors(of network: Network) -> Bool {
    let before = size
    for word in met.words.indices {
      let agents = min(64, network.agentCount - 64 * word)
      var rest = ~met.words[word] & (UInt64.max >> UInt64(64 - agents))
      while rest != 0 {
        let agent = 64 * word + rest.trailingZeroBitCount
        rest &= rest - 1
        // The agent may have been visited since `rest` was read.
        guard network.voices(of: agent).contains(where: { met[Int(network.targets[$0])] }), !met[agent] else {
          continue
        }
        meet(agent)
        _ = goOn(along: network)
      }
    }
    return size > before
  }

  /// Visits the weakly connected component of the agent with most out-ties.
  ///
  /// - Returns: its size; 0 if the first walk visits fewer than half of all agents, or eight rounds do not complete it.
  mutating func meetCore(of network: Network) -> Int {
    var (hub, most) = (0, 0)
    for agent in 0..<network.agentCount where network.outDegree(agent) > most {
      (hub, most) = (agent, network.outDegree(agent))
    }
    guard most > 0 else { return 0 }
    meet(hub)
    _ = goOn(along: network, until: self.most)
    guard size >= network.agentCount / 2 else { return 0 }
    leaveRest()
    meetListeners(in: network)
    // Each round visits speakers of visited agents; long chains against the arrows are left to union–find.
    for _ in 0..<8 where !meetNeighbors(of: network) { return size }
    return 0
  }

  /// Visits every listener of a visited agent, and all that the walk reaches from there.
  private mutating func meetListeners(in network: Network) {
    var marks = [UInt64](repeating: 0, count: (network.voiceCount + 63) >> 6)
    machine_mark_outside(&marks, met.words, network.targets, network.voiceCount)
    var speaker = 0
    for word in marks.indices where marks[word] != 0 {
      var rest = marks[word]
      while rest != 0 {
        let place = (word << 6) + rest.trailingZeroBitCount
        rest &= rest - 1
        while Int(network.offsets[speaker + 1]) <= place { speaker += 1 }
        guard met[speaker], !met[Int(network.targets[place])] else { continue }
        meet(Int(network.targets[place]))
        _ = goOn(along: network)
      }
    }
  }
}

/// The visited agents in the order of their visits; the ties of those from `head` on are still to be walked.
private struct Queue {
  private var agents: [UInt32]
  private var head = 0
  private(set) var size = 0

  /// One spare entry, because an agent is written before it is known to be new.
  init(agentCount: Int) { agents = [UInt32](repeating: 0, count: agentCount + 1) }

  mutating func append(_ agent: Int) {
    agents[size] = UInt32(truncatingIfNeeded: agent)
    size += 1
  }

  mutating func leaveRest() { head = size }

  /// Goes on breadth-first until at least `limit` agents are visited: the members of the set with the bits `met`.
  ///
  /// - Returns: whether no tie is left to walk.
  mutating func goOn(along network: Network, _ met: inout [UInt64], until limit: Int) -> Bool {
    let (offsets, targets) = (network.offsets.span, network.targets.span)
    var bits = met.mutableSpan
    var (head, tail) = (head, size)
    var queue = agents.mutableSpan
    while head < tail && tail < limit {
      // Prefetch for agents whose turn is soon.
      if head + 16 < tail { offsets.prefetch(Int(queue[head + 16])) }
      if head + 8 < tail { targets.prefetch(Int(offsets[Int(queue[head + 8])])) }
      let agent = Int(queue[head])
      head += 1
      for place in Int(offsets[agent])..<Int(offsets[agent + 1]) {
        let other = targets[place]
        let (word, mask) = (Int(other >> 6), UInt64(1) << UInt64(other & 63))
        let old = bits[word]
        bits[word] = old | mask
        queue[tail] = other
        tail += old & mask == 0 ? 1 : 0
      }
    }
    (self.head, size) = (head, tail)
    return head == tail
  }
}
