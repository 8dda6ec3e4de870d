@testable import SocialInfluence
import Testing

/// Generators whose picks repeat where nearly everybody is tied already: they end, and with the right ties.
@Suite struct EndlessPicksTests {
  private func network(
    _ generator: any NetworkGenerator, _ agents: Int, seed: UInt64 = 1
  ) throws -> Network {
    try generator.network(
      NetworkDemand(agentCount: agents, meanDegree: generator.traits.meanDegree ?? 0),
      at: RandomAddress(randomSeed: seed))
  }

  /// A newcomer that ties to all but one of a star; many ties for each newcomer, which are looked up otherwise than few.
  @Test(arguments: [1, 4, 31, 32, 33, 40, 200])
  func growth(newTies: Int) throws {
    let generator = try BarabasiAlbert(ParameterValues(["meanDegree": .whole(2 * newTies)]))
    for agents in [newTies + 1, newTies + 2, 2 * newTies + 3] {
      let made = try network(generator, agents)
      #expect(made.tieCount == newTies * (agents - newTies) && made.firstBrokenInvariant() == nil)
    }
  }

  @Test func allPairsButOne() throws {
    let agents = 40
    let pairs = agents * (agents - 1) / 2
    for missing in [0, 1, 7] {
      let generator = GnmNetwork(ParameterValues(["meanDegree": .number(2 * Double(pairs - missing) / Double(agents))]))
      let made = try network(generator, agents)
      #expect(made.tieCount == pairs - missing && made.firstBrokenInvariant() == nil)
    }
  }

  /// On a ring where each is tied to all but two, every tie that moves waits for them.
  @Test func crowdedSmallWorld() throws {
    let generator = try WattsStrogatz(ParameterValues(["meanDegree": .whole(38), "rewiring": .number(1)]))
    let made = try network(generator, 41)
    #expect(made.tieCount == 41 * 19 && made.firstBrokenInvariant() == nil)
  }
}
