@testable import SocialInfluence
import Testing

/// Steps of so many speakers that they are shared among workers and read in order of ids: against the same cascade written
/// down agent by agent.
@Suite struct WideStepTests {
  static let network: Network? = try? GnmNetwork(ParameterValues(["meanDegree": .number(10)])).network(
    NetworkDemand(agentCount: 400_000, meanDegree: 10), at: RandomAddress(randomSeed: 2, network: 1))

  /// Adopters step by step: whoever is convinced by a speaker of the step before.
  private func slow(
    _ seeds: [UInt32], _ network: Network, _ convinced: (_ speaker: Int, _ tell: (Int) -> Void) -> Void
  ) -> [Set<UInt32>] {
    var hasAdopted = [Bool](repeating: false, count: network.agentCount)
    for seed in seeds { hasAdopted[Int(seed)] = true }
    var steps = [Set(seeds)]
    while let last = steps.last, !last.isEmpty {
      var next = Set<UInt32>()
      for speaker in last {
        convinced(Int(speaker)) { listener in if !hasAdopted[listener] { next.insert(UInt32(listener)) } }
      }
      for agent in next { hasAdopted[Int(agent)] = true }
      steps.append(next)
    }
    return steps.dropLast()
  }

  private func steps(_ outcome: Workspace.Outcome) -> [Set<UInt32>] {
    zip([0] + outcome.stepEnds, outcome.stepEnds).map { Set(outcome.queue[$0..<$1]) }
  }

  @Test func coinsByTies() throws {
    let network = try #require(Self.network)
    let rule = try Fixture.cascade(0.15, ties: true)
    let sampler = GeometricSampler(hazard: hazard(ofProbability: 0.15))
    for draw in 1...4 {
      let address = Fixture.random(6, draw: draw)
      let seeds = SeedPool.everyone.seeds(count: 10, on: network, at: address)
      let expected = slow(seeds, network) { speaker, tell in
        var words = address.stream(.coins, entity: speaker)
        let row = network.voices(of: speaker)
        var place = row.lowerBound + sampler.failures(words.next())
        while place < row.upperBound {
          tell(Int(network.targets[place]))
          place += 1 + sampler.failures(words.next())
        }
      }
      #expect((expected.map(\.count).max() ?? 0) > 1 << 14, "a step must be wide for the test to mean anything")
      let audience = Audience(Listeners(rule, on: network, at: address))
      var outcomes = [Workspace.Outcome]()
      for workers in [1, 2, 3, 7] {
        var workspace = Workspace()
        workspace.workers = workers
        // The second cascade finds the workspace as the first left it.
        for _ in 1...2 { try rule.spread(from: seeds, on: network, audience, at: address, in: &workspace) }
        outcomes.append(workspace.outcome)
      }
      #expect(steps(outcomes[0]) == expected)
      for outcome in outcomes {
        let isSame =
          outcome.stepEnds == outcomes[0].stepEnds
          && outcome.queue.prefix(outcome.size) == outcomes[0].queue.prefix(outcomes[0].size)
        #expect(isSame)
      }
    }
  }

  /// Counts, and the same needs in units, on a network of many ties whose steps are wide.
  @Test func needs() throws {
    let network = try #require(Self.network)
    let rule = Fixture.fractional(0.1)
    let address = Fixture.random(7, draw: 1)
    let seeds = SeedPool.everyone.seeds(count: 200, on: network, at: address)
    // A row of up to ten ties needs one voice, one of up to twenty two.
    var voices = [Int](repeating: 0, count: network.agentCount)
    let expected = slow(seeds, network) { speaker, tell in
      for place in network.voices(of: speaker) {
        let listener = Int(network.targets[place])
        voices[listener] += 1
        if Double(voices[listener]) >= 0.1 * Double(network.inDegrees[listener]) - 1e-9 { tell(listener) }
      }
    }
    #expect((expected.map(\.count).max() ?? 0) > 1 << 14)
    for weights in [nil, [Double](repeating: 1, count: network.voiceCount)] {
      var simulator = Simulator(network, rule)
      simulator.weights = weights
      for _ in 1...2 { simulator.run(seeds, address) }
      #expect(steps(simulator.outcome) == expected)
    }
  }
}
