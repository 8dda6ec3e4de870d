internal import SocialInfluence

/// The statistics of one network, as text.
enum NetworkReport {
  static func text(_ network: Network, groups: [Int]?, workers: Int) -> String {
    let statistics = NetworkStatistics(of: network)
    let clustering = NetworkStatistics.clustering(of: network, workers: workers)
    var table = TextTable(["", ""], alignsLeft: [0])
    func add(_ name: String, _ value: String) { table.add([name, value]) }
    add("agents", Readable.count(statistics.agents))
    add(network.isDirected ? "ties (directed)" : "ties (undirected)", Readable.count(statistics.ties))
    add("mean degree", Readable.fixed(statistics.meanDegree, 4))
    add("degree CV", number(statistics.degreeVariation))
    add("maximum degree", Readable.count(statistics.maximumDegree))
    add("clustering, global", number(clustering?.global))
    add("clustering, mean local", number(clustering?.meanLocal))
    add("reciprocity", number(NetworkStatistics.reciprocity(of: network)))
    add("components", Readable.count(statistics.components))
    add("isolates", Readable.count(statistics.isolates))
    let share = Double(statistics.largestComponent) / Double(max(1, statistics.agents))
    add("largest component", "\(Readable.count(statistics.largestComponent)) (\(Readable.fixed(100 * share, 2)) %)")
    let cores = NetworkStatistics.cores(of: network)
    let innermost = cores.max() ?? 0
    add("innermost core", "\(innermost) ties within, \(Readable.count(cores.count { $0 == innermost })) agents")
    if let groups, !groups.contains(-1) {
      add("groups", Readable.count(Set(groups).count))
      add("modularity of groups", number(NetworkStatistics.modularity(of: network, groups: groups)))
    }
    return String(table.text().drop { $0 != "\n" }.dropFirst()) + "\n"
  }

  private static func number(_ value: Double?) -> String { value.map { Readable.fixed($0, 4) } ?? "none" }
}
