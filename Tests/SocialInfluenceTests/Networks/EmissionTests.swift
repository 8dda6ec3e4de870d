@testable import SocialInfluence
import Testing

@Suite struct EmissionTests {
  /// An agent that expects far more ties than there are agents: each pair still has its own chance, 1 − exp(−κ_i κ_j / Σκ).
  @Test func chungLuFarBeyondAllAgents() throws {
    let generator = try Fixture.generator(ChungLu.self, ["meanDegree": .number(3)])
    let count = 12
    var demand = NetworkDemand(agentCount: count, meanDegree: 3)
    demand.connectivity = [2000, 0.02] + (2..<count).map { 0.002 * Double($0) }
    let expected = demand.expectedTies
    let total = expected.reduce(0, +)
    let replicates = 4000
    var met = [Int](repeating: 0, count: count * count)
    for replicate in 1...replicates {
      let network = generator.network(demand, at: Fixture.random(5, network: replicate))
      #expect(network.firstBrokenInvariant() == nil)
      for agent in 0..<count {
        for place in network.voices(of: agent) { met[agent * count + Int(network.targets[place])] += 1 }
      }
    }
    for a in 0..<count {
      for b in a + 1..<count {
        let chance = 1 - power(2.718281828459045, -expected[a] * expected[b] / total)
        let error = (chance * (1 - chance) / Double(replicates)).squareRoot()
        #expect(abs(Double(met[a * count + b]) / Double(replicates) - chance) < 5 * error + 1e-3, "\(a) \(b)")
      }
    }
  }

  /// Nobody has any connectivity, connectors have a gain: a network without ties, not one without numbers.
  @Test func nobodyConnects() throws {
    let generators: [any NetworkGenerator] = [
      try Fixture.generator(ChungLu.self, ["meanDegree": .number(3)]),
      try Fixture.generator(InfluenceNetwork.self, ["meanDegree": .number(3), "attention": .number(1)]),
      try Fixture.generator(
        PlantedBlocks.self, ["meanDegree": .number(3), "groups": .whole(2), "mixing": .number(0.1)]),
    ]
    for generator in generators {
      var demand = NetworkDemand(agentCount: 20, meanDegree: 3)
      demand.connectivity = [Double](repeating: 0, count: 20)
      demand.gains = [5] + [Double](repeating: 1, count: 19)
      #expect(try generator.network(demand, at: Fixture.random(1)).tieCount == 0)
    }
  }
}
