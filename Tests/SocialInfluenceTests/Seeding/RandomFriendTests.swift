@testable import SocialInfluence
import Testing
@testable import Theory

@Suite struct RandomFriendTests {
  private func seeds(_ network: Network, count: Int, draw: Int) -> [UInt32] {
    let context = SeedingContext(
      network: network, membership: RoleMembership(agentCount: network.agentCount), trait: { _ in [] }, named: [],
      address: Fixture.random(3))
    let pool = RandomFriend(ParameterValues([:])).pool(context)
    return pool.seeds(count: count, on: network, at: Fixture.random(3, draw: draw))
  }

  /// A star with a pair and somebody alone: five of the eight agents can be asked and name 0, and so on.
  @Test func friends() {
    // 1, 2, 3 name 0; 0 names each of them; 4 and 5 name one another; 6 and 7 are alone.
    let network = Fixture.network(8, [(0, 1), (0, 2), (0, 3), (4, 5)])
    let expected = [3.0 / 6, 1.0 / 18, 1.0 / 18, 1.0 / 18, 1.0 / 6, 1.0 / 6, 0, 0]
    let draws = 30_000
    var counts = [Double](repeating: 0, count: 8)
    for draw in 1...draws { counts[Int(seeds(network, count: 1, draw: draw)[0])] += 1 }
    for (count, share) in zip(counts, expected) {
      let error = (share * (1 - share) / Double(draws)).squareRoot()
      #expect(abs(count / Double(draws) - share) <= 4 * error)
    }
  }

  /// On directed networks friends are those to whom an agent listens.
  @Test func directed() {
    let network = Fixture.network(3, [(0, 1), (0, 2), (1, 2)], isDirected: true)
    for draw in 1...200 { #expect(Set(seeds(network, count: 1, draw: draw)).isSubset(of: [0, 1])) }
    let draws = 20_000
    let hub = Double((1...draws).count { seeds(network, count: 1, draw: $0)[0] == 0 }) / Double(draws)
    // 1 names 0, 2 names 0 or 1, 0 listens to nobody.
    #expect(abs(hub - 0.75) <= 4 * (0.75 * 0.25 / Double(draws)).squareRoot())
  }

  /// Distinct, nested, and no more than there are friends.
  @Test func orders() {
    let network = Fixture.network(8, [(0, 1), (0, 2), (0, 3), (4, 5)])
    for draw in 1...50 {
      let all = seeds(network, count: 8, draw: draw)
      #expect(all.count == 6 && Set(all).count == 6)
      #expect(seeds(network, count: 3, draw: draw) == Array(all.prefix(3)))
    }
  }

  /// z = 8: T = .15 gives .342515 beside .313698 of a random seed, T = .25 .834737 beside .796812.
  @Test("closed form", arguments: [(0.15, 0.342515, 0.313698), (0.25, 0.834737, 0.796812)])
  func closedForm(transmissibility: Double, friend: Double, random: Double) {
    let solved = Branching.solveUndirected(degrees: DegreeProbabilities.poisson(mean: 8)) { _ in transmissibility }
    #expect(abs(solved.random - random) < 1e-6)
    #expect(abs(solved.randomFriend(transmissibility: transmissibility) - friend) < 1e-6)
  }
}
