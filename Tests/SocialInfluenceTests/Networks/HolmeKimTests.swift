@testable import SocialInfluence
import Testing

@Suite struct HolmeKimTests {
  private func network(_ agents: Int, m: Int, triads: Double, seed: UInt64, graph: Int = 1) throws -> Network {
    let generator = try Fixture.generator(HolmeKim.self, ["meanDegree": .whole(2 * m), "triads": .number(triads)])
    let demand = NetworkDemand(agentCount: agents, meanDegree: Double(2 * m))
    return try generator.network(demand, at: Fixture.random(seed, network: graph))
  }

  /// Agent 3 meets the star 1 – 0 – 2: by degree 0 comes with ½, 1 and 2 with ¼ each, then a friend or another by degree.
  @Test(
    "four agents, enumerated",
    arguments: [(0, [5.0 / 12, 5.0 / 12, 1.0 / 6]), (1, [0.5, 0.5, 0])] as [(Double, [Double])])
  func fourAgents(triads: Double, expected: [Double]) throws {
    var counts = [0.0, 0, 0]
    let graphs = 20_000
    for graph in 1...graphs {
      let own = try network(4, m: 2, triads: triads, seed: 5, graph: graph)
      let pairs = [(0, 1), (0, 2), (1, 2)]
      let place = pairs.firstIndex { own.speaks(3, to: $0.0) && own.speaks(3, to: $0.1) }
      counts[try #require(place)] += 1
    }
    for (count, share) in zip(counts, expected) {
      let error = (share * (1 - share) / Double(graphs)).squareRoot()
      #expect(abs(count / Double(graphs) - share) <= 4 * error)
    }
  }

  /// m = 2: the two others of an agent that nobody tied to since know one another with probability P.
  @Test("clustering of newcomers", arguments: [0, 0.3, 0.5, 1])
  func newcomers(triads: Double) throws {
    let own = try network(100_000, m: 2, triads: triads, seed: 6)
    #expect(own.firstBrokenInvariant() == nil && own.tieCount == 2 * (100_000 - 2))
    let newcomers = (3..<100_000).filter { own.outDegree($0) == 2 }
    let closed = newcomers.count { agent in
      let others = own.voices(of: agent).map { Int(own.targets[$0]) }
      return own.speaks(others[0], to: others[1])
    }
    let share = Double(closed) / Double(newcomers.count)
    // Two picks by degree know one another with a chance that falls as (log N)² ÷ N.
    let slack = 4 * (triads * (1 - triads) / Double(newcomers.count)).squareRoot() + 0.002
    #expect(abs(share - triads) <= slack, "\(share)")
  }

  /// Mean local clustering of ten networks of 10⁴ agents beside that of twelve by a slow program in another language that lists
  /// all friends, with its standard error. (networkx takes the first pick of a set, older agents first: its numbers are others.)
  @Test(
    "mean local clustering",
    arguments: [
      (2, 0.5, 0.36992, 0.00134), (2, 1.0, 0.73956, 0.00038), (3, 0.5, 0.2708, 0.00075), (3, 1.0, 0.61729, 0.00064),
      (5, 0.4, 0.13719, 0.00041),
    ])
  func clustering(m: Int, triads: Double, expected: Double, error: Double) throws {
    let found = try (1...10).map {
      NetworkStatistics.clustering(of: try network(10_000, m: m, triads: triads, seed: 7, graph: $0))?.meanLocal ?? 0
    }
    let mean = found.reduce(0, +) / 10
    let own = (found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 90).squareRoot()
    #expect(abs(mean - expected) <= 4 * (own * own + error * error).squareRoot(), "\(mean)")
  }

  /// Without triads it is growth by degree alone: p_k = 2m(m + 1) ÷ (k(k + 1)(k + 2)).
  @Test func withoutTriads() throws {
    let own = try network(100_000, m: 3, triads: 0, seed: 8)
    for (k, expected) in [(3, 0.4), (4, 0.2), (5, 0.114286), (6, 0.071429)] {
      let share = Double((0..<100_000).count { own.outDegree($0) == k }) / 100_000
      #expect(abs(share - expected) <= 4 * (expected * (1 - expected) / 100_000).squareRoot() + 0.001)
    }
  }
}
