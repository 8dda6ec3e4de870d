/// Betweenness centrality: how many shortest paths between others pass through an agent.
///
/// Σ over ordered pairs (s, t) of the share of their shortest paths that pass v; on undirected networks half of it, the
/// sum over unordered pairs. Paths follow the direction of influence; weights are ignored. O(agents · ties).
///
/// Sources: L. C. Freeman (1977), Sociometry 40:35, doi:10.2307/3033543; the algorithm: U. Brandes (2001), J.
/// Mathematical Sociology 25:163, doi:10.1080/0022250X.2001.9990249.
enum Betweenness {
  static func of(_ network: Network) -> [Double] {
    let count = network.agentCount
    var centrality = [Double](repeating: 0, count: count)
    var (distances, paths) = ([Int](repeating: -1, count: count), [Double](repeating: 0, count: count))
    var dependencies = paths
    for source in 0..<count {
      var order = [source]
      (distances[source], paths[source]) = (0, 1)
      var head = 0
      while head < order.count {
        let agent = order[head]
        head += 1
        for place in network.voices(of: agent) {
          let next = Int(network.targets[place])
          if distances[next] < 0 {
            distances[next] = distances[agent] + 1
            order.append(next)
          }
          if distances[next] == distances[agent] + 1 { paths[next] += paths[agent] }
        }
      }
      // Farthest first: an agent's dependency is complete before it is passed on.
      for agent in order.reversed() {
        for place in network.voices(of: agent) {
          let next = Int(network.targets[place])
          guard distances[next] == distances[agent] + 1 else { continue }
          dependencies[agent] += paths[agent] / paths[next] * (1 + dependencies[next])
        }
        if agent != source { centrality[agent] += dependencies[agent] }
      }
      for agent in order { (distances[agent], paths[agent], dependencies[agent]) = (-1, 0, 0) }
    }
    return network.isDirected ? centrality : centrality.map { $0 / 2 }
  }
}
