@testable import SocialInfluence
import Testing

@Suite struct BetweennessTests {
  @Test func byHand() {
    #expect(Betweenness.of(Fixture.path(5)) == [0, 3, 4, 3, 0])
    #expect(Betweenness.of(Fixture.star(5)) == [6, 0, 0, 0, 0])
    // Two shortest paths between opposite ends of a square: half each.
    #expect(Betweenness.of(Fixture.cycle(4)) == [0.5, 0.5, 0.5, 0.5])
    #expect(Betweenness.of(Fixture.network(3, [(0, 1), (1, 2)], isDirected: true)) == [0, 1, 0])
  }

  /// Zachary's club: published values of agents 0, 33 and 32, normalised by C(33, 2).
  @Test func karate() {
    let values = Betweenness.of(Fixture.karate).map { $0 / 528 }
    for (agent, expected) in [(0, 0.437635), (33, 0.304075), (32, 0.145247)] {
      #expect(abs(values[agent] - expected) < 1e-6)
    }
  }

  @Test func disjointCliques() throws {
    let cliques = DisjointCliques(ParameterValues(["size": .whole(4)]))
    let network = try cliques.network(NetworkDemand(agentCount: 12, meanDegree: 3), at: Fixture.random(1))
    #expect(network.firstBrokenInvariant() == nil && network.tieCount == 18)
    #expect(
      NetworkStatistics.components(of: network).count == 3 && network.speaks(4, to: 7) && !network.speaks(3, to: 4))
    #expect(throws: GenerationFailure.self) {
      try cliques.network(NetworkDemand(agentCount: 13, meanDegree: 3), at: Fixture.random(1))
    }
  }
}
