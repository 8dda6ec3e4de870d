@testable import SocialInfluence
import Testing

@Suite struct NetworkTests {
  @Test func rowsAreSortedAndRepeatsRemoved() {
    var ties = TieList()
    for (a, b) in [(3, 1), (0, 2), (1, 3), (0, 1), (0, 2)] { ties.append(a, b) }
    ties.weights = [1, 2, 4, 8, 16]
    let dropped = Network(agentCount: 5, ties: ties, isDirected: false)
    #expect(dropped.targets == [1, 2, 0, 3, 0, 1] && dropped.tieCount == 3)
    #expect(dropped.firstBrokenInvariant() == nil)
    let merged = Network(agentCount: 5, ties: ties, isDirected: false, repeats: .merge)
    #expect(merged.weights == [8, 18, 8, 5, 18, 5])
    let directed = Network(agentCount: 5, ties: ties, isDirected: true)
    #expect(directed.targets == [1, 2, 3, 1] && directed.weights == [8, 2, 4, 1])
    #expect(directed.inDegrees == [0, 2, 1, 1, 0] && directed.outDegree(0) == 2)
    #expect(directed.undirected.tieCount == 3)
  }

  @Test func nobody() {
    let empty = Network(agentCount: 0, ties: TieList(), isDirected: false)
    #expect(empty.agentCount == 0 && empty.meanDegree == 0 && empty.firstBrokenInvariant() == nil)
    #expect(NetworkStatistics(of: empty).components == 0)
  }

  /// Every generator, many sizes: the invariants of the rows.
  @Test(arguments: 1...20)
  func invariantsOfGenerators(seed: Int) throws {
    let address = Fixture.random(UInt64(seed))
    let n = [1, 2, 3, 7, 40, 200][seed % 6]
    let z = min(Double(n - 1), [0, 0.5, 2, 4][seed % 4])
    var demand = NetworkDemand(agentCount: n, meanDegree: z)
    demand.latents = Latents(agentCount: n, at: address).connectivity
    for type in [InfluenceNetwork.self, ChungLu.self, GnpNetwork.self, GnmNetwork.self] as [any NetworkGenerator.Type] {
      let generator = try type.init(
        ParameterValues(["meanDegree": .number(z), "attention": .number(Double(seed % 2))]))
      var own = demand
      if generator.traits.takesConnectivity { own.gains = (0..<n).map { $0 % 5 == 0 ? 4 : 1 } }
      let network = try generator.network(own, at: address)
      #expect(network.firstBrokenInvariant() == nil)
      #expect(network.agentCount == n && network.isDirected == generator.traits.isDirected)
      #expect(try generator.network(own, at: address).targets == network.targets)
    }
  }
}

@Suite struct NetworkStatisticsTests {
  /// Zachary's club: 34 agents, 78 ties, 45 triangles, transitivity .2557, mean local clustering .5706.
  @Test func karate() {
    let karate = Fixture.karate
    let statistics = NetworkStatistics(of: karate)
    #expect(statistics.agents == 34 && statistics.ties == 78 && statistics.maximumDegree == 17)
    #expect(statistics.isolates == 0 && statistics.components == 1 && statistics.largestComponent == 34)
    #expect(NetworkStatistics.triangles(of: karate).total == 45)
    let clustering = NetworkStatistics.clustering(of: karate)
    #expect(abs((clustering?.global ?? 0) - 0.2556818) < 1e-6)
    #expect(abs((clustering?.meanLocal ?? 0) - 0.5706384) < 1e-6)
    // The split after the quarrel: Mr. Hi's club against the officers' (networkx 3.6.1, unweighted: .3582).
    let hi: Set<Int> = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 19, 21]
    let groups = (0..<34).map { hi.contains($0) ? 0 : 1 }
    let modularity = NetworkStatistics.modularity(of: karate, groups: groups) ?? 0
    #expect(abs(modularity - 0.3582347) < 1e-6)
  }

  @Test func directed() {
    let network = Fixture.network(5, [(0, 1), (1, 0), (1, 2), (2, 3)], isDirected: true)
    #expect(NetworkStatistics.reciprocity(of: network) == 0.5)
    let statistics = NetworkStatistics(of: network)
    #expect(statistics.isolates == 1 && statistics.components == 2 && statistics.largestComponent == 4)
    #expect(NetworkStatistics.clustering(of: Fixture.clique(5))?.global == 1)
    #expect(NetworkStatistics.clustering(of: Fixture.path(2)) == nil)
  }
}
