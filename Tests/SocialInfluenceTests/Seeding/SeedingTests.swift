@testable import SocialInfluence
import Testing

@Suite struct SeedingTests {
  private static let star = Fixture.network(8, [(0, 1), (0, 2), (0, 3), (0, 4), (5, 6), (5, 7), (6, 7)])

  private func context(_ membership: RoleMembership? = nil, named: [UInt32] = []) -> SeedingContext {
    SeedingContext(
      network: Self.star, membership: membership ?? RoleMembership(agentCount: 8),
      trait: { $0 == .expertise ? [1, 5, 2, 4, 3, 9, 0, 6] : [] }, named: named, address: Fixture.random(1))
  }

  private func values(_ pairs: [String: ParameterValue]) -> ParameterValues { ParameterValues(pairs) }

  private func membership() -> RoleMembership {
    var membership = RoleMembership(agentCount: 8)
    membership.assign(.maven, fraction: 0.25, latents: [9, 8, 0, 0, 0, 0, 0, 1], at: Fixture.random(1))
    membership.assign(.salesman, fraction: 0.125, latents: [0, 0, 7, 0, 0, 0, 0, 1], at: Fixture.random(1))
    return membership
  }

  private func pools() throws -> [(String, SeedPool)] {
    let equals: ParameterValue = .text("random")
    return [
      ("random", RandomSeeds(values([:])).pool(context())),
      ("degree", HighestDegree(values(["equals": equals])).pool(context())),
      ("top", TopFraction(values(["fraction": .number(0.5), "equals": equals])).pool(context())),
      ("few", SeedsByRole(values(["role": .text("few")])).pool(context(membership()))),
      ("maven", SeedsByRole(values(["role": .text("maven")])).pool(context(membership()))),
      ("expertise", SeedsByTrait(values(["trait": .text("expertise")])).pool(context())),
      ("named", ExplicitSeeds(values([:])).pool(context(named: [3, 1]))),
      ("neighborhood", Neighborhood(values([:])).pool(context())),
    ]
  }

  /// s + 1 seeds contain s, all distinct, never more than the pool; the same address gives the same order.
  @Test func ordersAreNested() throws {
    for (name, pool) in try pools() {
      for draw in 1...50 {
        let address = Fixture.random(7, draw: draw)
        var last = [UInt32]()
        for count in 1...9 {
          let seeds = pool.seeds(count: count, on: Self.star, at: address)
          #expect(seeds.count == min(count, pool.size(agentCount: 8)), "\(name)")
          #expect(Array(seeds.prefix(last.count)) == last && Set(seeds).count == seeds.count, "\(name)")
          last = seeds
        }
      }
    }
  }

  @Test func whoIsChosen() throws {
    let pools = Dictionary(uniqueKeysWithValues: try pools())
    func first(_ name: String, _ count: Int, draw: Int = 1) throws -> [UInt32] {
      try #require(pools[name]).seeds(count: count, on: Self.star, at: Fixture.random(7, draw: draw))
    }
    #expect(try first("degree", 1) == [0])
    #expect(try Set(first("degree", 4)) == [0, 5, 6, 7])
    #expect(try Set(first("top", 4)) == [0, 5, 6, 7])
    #expect(try Set(first("few", 3)) == [0, 1, 2])
    #expect(try Set(first("maven", 2)) == [0, 1])
    #expect(try first("expertise", 3) == [5, 7, 1])
    #expect(try first("named", 2) == [3, 1])
    for draw in 1...20 {
      let seeds = try first("neighborhood", 3, draw: draw)
      let around = Self.star.targets[Self.star.voices(of: Int(seeds[0]))]
      #expect(around.count < 1 || seeds[1] == around[around.startIndex])
    }
  }

  /// Every agent is first in about one draw in eight: χ² with 7 degrees of freedom at 1e-5.
  @Test func randomSeedsAreUniform() {
    var counts = [Double](repeating: 0, count: 8)
    for draw in 1...8000 {
      counts[Int(SeedPool.everyone.seeds(count: 1, on: Self.star, at: Fixture.random(9, draw: draw))[0])] += 1
    }
    #expect(counts.reduce(0) { $0 + ($1 - 1000) * ($1 - 1000) / 1000 } < 35)
  }

  /// Hearing first: about the given share of slots goes to mavens; used up, the strategy goes on; the number stays.
  @Test func hearsFirst() {
    let mavens: [UInt32] = [4, 5, 6, 7]
    var firsts = 0
    for draw in 1...4000 {
      let address = Fixture.random(11, draw: draw)
      let seeds = SeedPool.anyOf([0, 1, 2, 3]).seeds(
        count: 1, on: Self.star, mavens: mavens, hearsFirst: 0.3, at: address)
      firsts += mavens.contains(seeds[0]) ? 1 : 0
    }
    #expect(abs(Double(firsts) / 4000 - 0.3) < 4 * (0.21 / 4000).squareRoot())
    let all = SeedPool.anyOf([0, 1, 2, 3]).seeds(
      count: 6, on: Self.star, mavens: [4], hearsFirst: 1, at: Fixture.random(12, draw: 1))
    #expect(all.count == 5 && all[0] == 4 && Set(all) == [0, 1, 2, 3, 4])
    let none = SeedPool.everyone.seeds(count: 3, on: Self.star, mavens: mavens, hearsFirst: 0, at: Fixture.random(1))
    #expect(none == SeedPool.everyone.seeds(count: 3, on: Self.star, at: Fixture.random(1)))
  }
}
