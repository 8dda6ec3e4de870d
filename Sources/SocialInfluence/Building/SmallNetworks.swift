/// Small networks with answers known exactly.
package enum SmallNetworks {
  package static func network(_ count: Int, _ ties: [(Int, Int)], isDirected: Bool = false) -> Network {
    var list = TieList()
    for (a, b) in ties { list.append(a, b) }
    return Network(agentCount: count, ties: list, isDirected: isDirected)
  }

  package static func path(_ n: Int) -> Network { network(n, (0..<n - 1).map { ($0, $0 + 1) }) }
  package static func cycle(_ n: Int) -> Network { network(n, (0..<n).map { ($0, ($0 + 1) % n) }) }
  /// Agent 0 in the middle.
  package static func star(_ n: Int) -> Network { network(n, (1..<n).map { (0, $0) }) }
  package static func clique(_ n: Int) -> Network {
    network(n, (0..<n).flatMap { a in (a + 1..<n).map { (a, $0) } })
  }
  /// 3 × 3, row by row.
  package static var grid: Network {
    network(9, [(0, 1), (1, 2), (3, 4), (4, 5), (6, 7), (7, 8), (0, 3), (1, 4), (2, 5), (3, 6), (4, 7), (5, 8)])
  }
  /// Outer cycle 0 … 4, inner agents 5 … 9.
  package static var petersen: Network {
    let outer = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]
    let spokes = [(0, 5), (1, 6), (2, 7), (3, 8), (4, 9)]
    return network(10, outer + spokes + [(5, 7), (6, 8), (7, 9), (8, 5), (9, 6)])
  }
  /// Five agents, no arrow returned, in- and out-degrees with different sequences: 0 speaks to 1, 2 and 3; 1 to 2 and
  /// 4; 2 to 3 and 4; 3 to 1; 4 to 0.
  package static var arrows: Network {
    network(
      5, [(0, 1), (0, 2), (0, 3), (1, 2), (1, 4), (2, 3), (2, 4), (3, 1), (4, 0)], isDirected: true)
  }
  /// Zachary's karate club, ids from 0: W. W. Zachary (1977), J. Anthropol. Res. 33:452, as in networkx 3.6.1.
  package static var karate: Network {
    let rows = [
      0: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31], 1: [2, 3, 7, 13, 17, 19, 21, 30],
      2: [3, 7, 8, 9, 13, 27, 28, 32], 3: [7, 12, 13], 4: [6, 10], 5: [6, 10, 16], 6: [16], 8: [30, 32, 33],
      9: [33], 13: [33], 14: [32, 33], 15: [32, 33], 18: [32, 33], 19: [33], 20: [32, 33], 22: [32, 33],
      23: [25, 27, 29, 32, 33], 24: [25, 27, 31], 25: [31], 26: [29, 33], 27: [33], 28: [31, 33], 29: [32, 33],
      30: [32, 33], 31: [32, 33], 32: [33],
    ]
    return network(34, rows.sorted { $0.key < $1.key }.flatMap { row in row.value.map { (row.key, $0) } })
  }
}
