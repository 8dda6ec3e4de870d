/// Degrees are out-ties; clustering and components ignore direction.
package struct NetworkStatistics: Sendable, Equatable {
  package let agents: Int
  package let ties: Int
  package let meanDegree: Double
  /// Standard deviation of out-ties ÷ their mean (population form); nil without ties.
  package let degreeVariation: Double?
  package let maximumDegree: Int
  /// Agents without any tie.
  package let isolates: Int
  package let components: Int
  /// Agents of the largest component.
  package let largestComponent: Int

  package init(of network: Network) {
    agents = network.agentCount
    ties = network.tieCount
    meanDegree = network.meanDegree
    var squares = 0.0
    var maximum = 0
    var isolated = 0
    for agent in 0..<agents {
      let degree = network.outDegree(agent)
      squares += Double(degree) * Double(degree)
      maximum = max(maximum, degree)
      if degree == 0 && network.inDegrees[agent] == 0 { isolated += 1 }
    }
    maximumDegree = maximum
    isolates = isolated
    let variance = agents == 0 ? 0 : squares / Double(agents) - meanDegree * meanDegree
    degreeVariation = ties == 0 ? nil : max(0, variance).squareRoot() / meanDegree
    (components, largestComponent) = Self.components(of: network)
  }

  /// Share of arrows that are returned; 1 for an undirected network, nil without ties.
  package static func reciprocity(of network: Network) -> Double? {
    guard network.voiceCount > 0 else { return nil }
    guard network.isDirected else { return 1 }
    var returned = 0
    for agent in 0..<network.agentCount {
      for place in network.voices(of: agent) where network.speaks(Int(network.targets[place]), to: agent) {
        returned += 1
      }
    }
    return Double(returned) / Double(network.voiceCount)
  }

  /// Transitivity (3 · triangles ÷ paths of length two), and mean local clustering over all agents, those with fewer
  /// than two ties counting 0; nil without paths of length two.
  package static func clustering(of network: Network, workers: Int = 1) -> (global: Double, meanLocal: Double)? {
    let plain = network.isDirected ? network.undirected : network
    let (total, byAgent) = triangles(of: plain, workers: workers)
    var paths = 0
    var local = 0.0
    for agent in 0..<plain.agentCount {
      let degree = plain.outDegree(agent)
      let pairs = degree * (degree - 1) / 2
      paths += pairs
      if pairs > 0 { local += Double(byAgent[agent]) / Double(pairs) }
    }
    return paths == 0 ? nil : (3 * Double(total) / Double(paths), local / Double(plain.agentCount))
  }

  /// Newman's modularity of given groups, directions ignored; nil without ties.
  ///
  /// Source: M. E. J. Newman (2006), PNAS 103:8577, doi:10.1073/pnas.0601602103.
  package static func modularity(of network: Network, groups: [Int]) -> Double? {
    let plain = network.isDirected ? network.undirected : network
    guard plain.voiceCount > 0, let last = groups.max() else { return nil }
    var inside = 0
    var degrees = [Double](repeating: 0, count: last + 1)
    for agent in 0..<plain.agentCount {
      degrees[groups[agent]] += Double(plain.outDegree(agent))
      for place in plain.voices(of: agent) where groups[Int(plain.targets[place])] == groups[agent] { inside += 1 }
    }
    let voices = Double(plain.voiceCount)
    return Double(inside) / voices - degrees.reduce(0) { $0 + $1 / voices * ($1 / voices) }
  }
}

extension Network {
  /// The same ties without direction: a pair tied either way, or both, has one tie.
  package var undirected: Network {
    guard isDirected else { return self }
    var ties = TieList()
    ties.reserveCapacity(voiceCount)
    for agent in 0..<agentCount {
      for place in voices(of: agent) { ties.append(agent, Int(targets[place])) }
    }
    return Network(agentCount: agentCount, ties: ties, isDirected: false)
  }
}
