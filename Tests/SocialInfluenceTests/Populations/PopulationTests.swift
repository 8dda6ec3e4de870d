@testable import SocialInfluence
import Testing

@Suite struct PopulationTests {
  private func spearman(_ a: [Double], _ b: [Double]) -> Double {
    func ranks(_ values: [Double]) -> [Double] {
      var ranks = [Double](repeating: 0, count: values.count)
      for (rank, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
        ranks[index] = Double(rank)
      }
      return ranks
    }
    let (x, y) = (ranks(a), ranks(b))
    let mean = Double(a.count - 1) / 2
    let cov = zip(x, y).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return cov / variance
  }

  /// Latents have the rank correlations that were asked for: 40,000 agents, standard error .005.
  @Test func rankCorrelations() throws {
    let wanted: [[Double]] = [[1, 0.3, 0.6, -0.2], [0.3, 1, 0.1, 0], [0.6, 0.1, 1, 0.2], [-0.2, 0, 0.2, 1]]
    let correlations = try #require(TraitCorrelations { wanted[$0.rawValue][$1.rawValue] })
    let latents = Latents(agentCount: 40_000, at: Fixture.random(1))
    let mixed = Trait.allCases.map { trait in latents.normals.map { correlations.mix(trait, $0) } }
    for a in 0..<4 {
      for b in 0..<a { #expect(abs(spearman(mixed[a], mixed[b]) - wanted[a][b]) < 0.02) }
      let mean = mixed[a].reduce(0, +) / 40_000
      let square = mixed[a].reduce(0) { $0 + $1 * $1 } / 40_000
      #expect(abs(mean) < 0.02 && abs(square - 1) < 4 * (2.0 / 40_000).squareRoot())
    }
  }

  @Test func impossibleCorrelationsAreRefused() {
    #expect(TraitCorrelations { _, _ in -0.9 } == nil)
    #expect(TraitCorrelations { _, _ in 0.3 } != nil)
  }

  @Test func topFractions() {
    #expect(Ranking.topCount(0.1, of: 9999) == 999 && Ranking.topCount(0.07, of: 100) == 7)
    #expect(Ranking.topCount(0, of: 10) == 0 && Ranking.topCount(1, of: 10) == 10)
    #expect(Ranking.descending([1, 3, 2], at: Fixture.random(1)) == [1, 2, 0])
    #expect(Ranking.descending([5, 5, 5], at: Fixture.random(1), equalRanks: []) == [0, 1, 2])
    #expect(Ranking.descending([5, 5, 6], at: Fixture.random(1), equalRanks: [1, 0, 2]) == [2, 1, 0])
    // Equal scores: every order comes up over seeds, and the scores still all differ.
    let orders = Set((1...200).map { Ranking.descending([5, 5, 5], at: Fixture.random(UInt64($0))) })
    #expect(orders.count == 6)
    let scores = Ranking.normalScores([5, 5, 9, 5], at: Fixture.random(1))
    #expect(Set(scores).count == 4 && scores[2] == scores.max() && abs(scores.reduce(0, +)) < 1e-12)
    let values = (0..<500).map { Double(($0 * 7919) % 501) }
    for rank in [1, 2, 250, 499, 500] {
      #expect(Ranking.value(values, ofRank: rank) == values.sorted(by: >)[rank - 1])
    }
    #expect(Ranking.value([2, 2, 2], ofRank: 2) == 2)
  }

  /// Members are the top of the latent; the union is the few; equal latents are broken at random, never all taken.
  @Test func roles() {
    var membership = RoleMembership(agentCount: 10)
    membership.assign(.maven, fraction: 0.2, latents: (0..<10).map(Double.init), at: Fixture.random(1))
    membership.assign(.salesman, fraction: 0.1, latents: (0..<10).map(Double.init), at: Fixture.random(1))
    #expect(membership.members(.maven) == [8, 9] && membership.members(.salesman) == [9])
    #expect(membership.members(nil) == [8, 9] && membership.counts.few == 2 && membership.counts.roles == [0, 2, 1])
    let picks = Set(
      (1...100).map { seed in
        var equal = RoleMembership(agentCount: 10)
        equal.assign(
          .connector, fraction: 0.3, latents: [Double](repeating: 0, count: 10), at: Fixture.random(UInt64(seed)))
        #expect(equal.members(.connector).count == 3)
        return equal.members(.connector)
      })
    #expect(picks.count > 50)
  }

  /// Given values replace the drawn ones as they stand, or divided by their mean; the rest keep theirs, and roles follow the
  /// ranks.
  @Test func agentsFileValues() {
    let network = Fixture.cycle(6)
    let address = Fixture.random(1)
    func population(_ scale: TraitScale) -> Population {
      Population(
        on: network, latents: Latents(agentCount: 6, at: address).with(connectivity: [0, 1, 2, 3, 4, 5]),
        TraitSources(laws: [:], given: GivenTraits([.expertise: [4, 2, nil, nil, 6, nil]], scale: scale)),
        roles: [.maven: RoleSpecification(fraction: 0.2, gain: 3)], at: address)
    }
    #expect(population(.written).values(.expertise) == [4, 2, 1, 1, 18, 1])
    #expect(population(.written).givenValues(.expertise) == [4, 2, 1, 1, 6, 1])
    #expect(population(.mean).values(.expertise) == [1, 0.5, 1, 1, 4.5, 1])
    for scale in TraitScale.allCases {
      #expect(population(scale).membership.members(.maven) == [4] && population(scale).values(.persuasion) == [])
    }
    #expect(population(.mean).givenValues(.expertise) == [])
  }

  /// Drawn traits have mean 1 and their law's variation.
  @Test func drawnTraits() {
    let address = Fixture.random(2)
    let latents = Latents(agentCount: 40_000, at: address)
    let network = Network(agentCount: 40_000, ties: TieList(), isDirected: false)
    let population = Population(
      on: network, latents: latents, TraitSources(laws: [.susceptibility: GammaLaw(mean: 3, cv: 0.5)]), roles: [:],
      at: address)
    let values = population.values(.susceptibility)
    let mean = values.reduce(0, +) / 40_000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40_000
    #expect(abs(mean - 1) < 4 * 0.5 / 200 && abs(variance.squareRoot() - 0.5) < 0.01)
  }
}

@Suite struct GivenTraitsTests {
  private func population(_ given: [SocialInfluence.Trait: [Double?]], _ correlations: TraitCorrelations) -> Population
  {
    let address = Fixture.random(3)
    let count = 400
    let role = RoleSpecification(fraction: 0.1, gain: 1)
    return Population(
      on: Network(agentCount: count, ties: TieList(), isDirected: false),
      latents: Latents(agentCount: count, at: address).with(connectivity: [Double](repeating: 0, count: count)),
      TraitSources(laws: [:], correlations: correlations, given: GivenTraits(given)),
      roles: [.connector: role, .maven: role, .salesman: role], at: address)
  }

  /// Equal values of two traits are broken by different orders: their roles overlap by chance alone (about 4 of 40).
  @Test func equalValuesOfTwoTraits() {
    let same = [Double?](repeating: 2, count: 400)
    let found = population([.expertise: same, .persuasion: same], .independent).membership
    let both = Set(found.members(.maven)).intersection(found.members(.salesman))
    #expect(both.count < 15)
  }

  /// A given connectivity, or expertise, is what the other traits follow.
  @Test func correlationsFollowWhatIsGiven() throws {
    let close = try #require(TraitCorrelations { a, b in a == .susceptibility || b == .susceptibility ? 0 : 0.98 })
    let values = (0..<400).map { Optional(Double(($0 * 7919) % 401 + 1)) }
    for trait in [SocialInfluence.Trait.connectivity, .expertise] {
      let found = population([trait: values], close).membership
      let givenRole: Role = trait == .connectivity ? .connector : .maven
      let follower = Set(found.members(givenRole)).intersection(found.members(.salesman))
      #expect(follower.count > 25, "\(trait.name)")
    }
  }
}
