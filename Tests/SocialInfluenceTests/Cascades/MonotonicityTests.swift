@testable import SocialInfluence
import Testing

/// The couplings that the two forms of coins promise, on 1,000 random cases each.
@Suite struct MonotonicityTests {
  private struct Setting {
    let network: Network
    let seeds: [UInt32]
    let address: RandomAddress
    var words: RandomStream

    init(_ seed: UInt64) throws {
      words = RandomAddress(randomSeed: seed).stream(.selection)
      let z = 1 + 3 * words.uniform()
      let generator = try Fixture.generator(InfluenceNetwork.self, ["meanDegree": .number(z)])
      network = generator.network(NetworkDemand(agentCount: 60, meanDegree: z), at: Fixture.random(seed))
      seeds = [UInt32(words.below(60))]
      address = Fixture.random(seed, draw: 1)
    }
  }

  private func adopters(
    _ network: Network, _ rule: any ContagionRule, _ seeds: [UInt32], _ address: RandomAddress, story: Double = 1,
    weights: [Double]? = nil
  ) -> Set<UInt32> {
    var simulator = Simulator(network, rule)
    simulator.story = story
    simulator.weights = weights
    simulator.run(seeds, address)
    return Set(simulator.order)
  }

  private func rules(_ p: Double) throws -> [any ContagionRule] {
    [
      try Fixture.cascade(p), try Fixture.cascade(p, ties: true, ceiling: 0.2), Fixture.absolute(2),
      Fixture.fractional(0.3),
    ]
  }

  @Test func moreSeedsNeverLoseAnAdopter() throws {
    for seed in 1...1000 as ClosedRange<UInt64> {
      let one = try Setting(seed)
      for rule in try rules(0.3) {
        let few = adopters(one.network, rule, one.seeds, one.address)
        let more = adopters(one.network, rule, one.seeds + [(one.seeds[0] + 17) % 60], one.address)
        #expect(few.isSubset(of: more))
      }
    }
  }

  @Test func largerProbabilityOrBetterStoryNeverLosesAnAdopter() throws {
    for seed in 1...1000 as ClosedRange<UInt64> {
      let one = try Setting(seed)
      for ties in [false, true] {
        let low = try Fixture.cascade(0.2, ties: ties, ceiling: 0.2)
        let high = try Fixture.cascade(0.33, ties: ties, ceiling: 0.2)
        let few = adopters(one.network, low, one.seeds, one.address)
        #expect(few.isSubset(of: adopters(one.network, high, one.seeds, one.address)))
      }
      for rule in try rules(0.2) {
        let few = adopters(one.network, rule, one.seeds, one.address)
        #expect(few.isSubset(of: adopters(one.network, rule, one.seeds, one.address, story: 1.5)))
      }
    }
  }

  /// Persuasion with equal mass off only adds force.
  @Test func persuasionNeverLosesAnAdopter() throws {
    for seed in 1...1000 as ClosedRange<UInt64> {
      var one = try Setting(seed)
      let persuasion = (0..<60).map { _ in one.words.bernoulli(0.1) ? 3.0 : 1 }
      let voice = Voice(on: one.network, expertise: [], persuasion: persuasion, weighting: .relative)
      let ones = [Double](repeating: 1, count: one.network.voiceCount)
      for rule in try rules(0.2) {
        let few = adopters(one.network, rule, one.seeds, one.address, weights: ones)
        let more = adopters(one.network, rule, one.seeds, one.address, weights: voice.raised ?? ones)
        #expect(few.isSubset(of: more))
      }
    }
  }

  /// More ties never lose an adopter for cascades as needs and for absolute thresholds at unit weights.
  @Test func moreTiesNeverLoseAnAdopter() throws {
    for seed in 1...1000 as ClosedRange<UInt64> {
      let one = try Setting(seed)
      let z = one.network.meanDegree + 2
      let dense = try Fixture.generator(InfluenceNetwork.self, ["meanDegree": .number(5)])
        .network(NetworkDemand(agentCount: 60, meanDegree: max(5, z)), at: Fixture.random(seed))
      for rule in [try Fixture.cascade(0.25), Fixture.absolute(2)] as [any ContagionRule] {
        let few = adopters(one.network, rule, one.seeds, one.address)
        #expect(few.isSubset(of: adopters(dense, rule, one.seeds, one.address)))
      }
    }
  }

  /// The counter-example for fractional thresholds: 0 → 1 alone convinces agent 1 (φ = .6); with a second voice that does
  /// not adopt it takes two.
  @Test func moreTiesCanLoseAnAdopterUnderFractionalThresholds() {
    let rule = Fixture.fractional(0.6)
    let sparse = Fixture.network(3, [(0, 1)], isDirected: true)
    let dense = Fixture.network(3, [(0, 1), (2, 1)], isDirected: true)
    #expect(adopters(sparse, rule, [0], Fixture.random(1)) == [0, 1])
    #expect(adopters(dense, rule, [0], Fixture.random(1)) == [0])
  }
}
