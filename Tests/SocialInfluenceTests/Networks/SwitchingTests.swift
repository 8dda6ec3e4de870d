@testable import SocialInfluence
import Testing

@Suite struct SwitchingTests {
  @Test func degreesAreKept() throws {
    for isDirected in [false, true] {
      let type: any NetworkGenerator.Type = isDirected ? InfluenceNetwork.self : GnpNetwork.self
      let generator = try type.init(ParameterValues(["meanDegree": .number(6), "attention": .number(0)]))
      let network = try generator.network(NetworkDemand(agentCount: 300, meanDegree: 6), at: Fixture.random(3))
      let switched = try Switching.switched(network, share: 1, at: Fixture.random(3))
      #expect(switched.firstBrokenInvariant() == nil && switched.tieCount == network.tieCount)
      #expect((0..<300).allSatisfy { switched.outDegree($0) == network.outDegree($0) })
      #expect(switched.inDegrees == network.inDegrees)
      let moved = (0..<300).reduce(0) { sum, agent in
        let old = Set(network.targets[network.voices(of: agent)])
        return sum + switched.targets[switched.voices(of: agent)].count { !old.contains($0) }
      }
      #expect(Double(moved) / Double(network.voiceCount) > 0.5)
    }
  }

  @Test(arguments: [0.05, 0.2, 0.3])
  func transitivityIsReached(target: Double) throws {
    let generator = try Fixture.generator(WattsStrogatz.self, ["meanDegree": .whole(8), "rewiring": .number(0.3)])
    let network = try generator.network(NetworkDemand(agentCount: 400, meanDegree: 8), at: Fixture.random(4))
    let switched = try Switching.clustered(network, transitivity: target, at: Fixture.random(4))
    // Counted afresh: the running count of triangles must have been right.
    #expect(abs((NetworkStatistics.clustering(of: switched)?.global ?? 0) - target) <= 0.005 + 1e-9)
    #expect((0..<400).allSatisfy { switched.outDegree($0) == network.outDegree($0) })
  }

  @Test func impossibleTransitivityIsRefused() throws {
    let star = Fixture.star(30)
    #expect(throws: GenerationFailure.self) { try Switching.clustered(star, transitivity: 0.5, at: Fixture.random(1)) }
    #expect(throws: GenerationFailure.self) { try Switching.switched(star, share: 1, at: Fixture.random(1)) }
  }
}
