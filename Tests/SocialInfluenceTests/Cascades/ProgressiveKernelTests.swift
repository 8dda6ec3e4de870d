@testable import SocialInfluence
import Testing

/// The rule written down naively: step by step, everyone looks at everyone.
struct SlowReference {
  /// Adopters and the step at which each adopted; `exposures[u][v]` is what u gives v, `need[v]` what v needs.
  static func spread(
    seeds: [Int], count: Int, exposure: (Int, Int) -> Double, need: (Int) -> Double
  ) -> [Int?] {
    var step = [Int?](repeating: nil, count: count)
    for seed in seeds { step[seed] = 0 }
    var time = 0
    while true {
      let adopters = (0..<count).filter { step[$0] != nil }
      let next = (0..<count).filter { v in
        step[v] == nil && adopters.contains { exposure($0, v) > 0 }
          && adopters.reduce(0) { $0 + exposure($1, v) } >= need(v)
      }
      if next.isEmpty { return step }
      time += 1
      for agent in next { step[agent] = time }
    }
  }
}

@Suite struct ProgressiveKernelTests {
  private func randomNetwork(_ seed: UInt64, _ count: Int, isDirected: Bool) -> Network {
    var words = Fixture.random(seed).stream(.network, entity: 99)
    var ties = [(Int, Int)]()
    for a in 0..<count {
      for b in 0..<count where a != b && (isDirected || a < b) && words.bernoulli(0.25) { ties.append((a, b)) }
    }
    return Fixture.network(count, ties, isDirected: isDirected)
  }

  /// Whoever can never adopt does not, however many voices of the largest weight speak to it.
  @Test func neverIsNever() {
    let speakers = 40
    var rule = Simulator(
      Fixture.network(speakers + 1, (0..<speakers).map { ($0, speakers) }, isDirected: true), Fixture.absolute(1))
    rule.weights = [Double](repeating: 1e15, count: speakers)
    rule.susceptibility = [Double](repeating: 1, count: speakers) + [0]
    rule.run((0..<UInt32(speakers)).map { $0 }, Fixture.random(1))
    #expect(rule.size == speakers)
    rule.susceptibility = []
    rule.run((0..<UInt32(speakers)).map { $0 }, Fixture.random(1))
    #expect(rule.size == speakers + 1)
  }

  /// One workspace for networks without ties, with equal and with different voices, small and large: each cascade is that of
  /// a fresh workspace.
  @Test func workspacesServeEveryNetwork() throws {
    let (empty, small, large) = (Fixture.network(50, []), Fixture.clique(9), randomNetwork(3, 60, isDirected: true))
    var workspace = Workspace()
    for (number, network) in [empty, large, small, empty, small, large, empty, large].enumerated() {
      for hasWeights in number % 2 == 0 ? [true, false, true] : [false, true] {
        let address = Fixture.random(7, draw: number + 1)
        for rule in [try Fixture.cascade(0.4) as any ContagionRule, Fixture.absolute(1.5)] {
          var alone = Simulator(network, rule)
          if hasWeights { alone.weights = (0..<network.voiceCount).map { 0.5 + Double($0 % 3) } }
          alone.run([0, 3], address)
          try rule.spread(from: [0, 3], on: network, alone.audience(address), at: address, in: &workspace)
          #expect(Array(workspace.outcome.queue.prefix(workspace.outcome.size)) == alone.order)
        }
      }
    }
  }

  /// 300 random networks of 12 agents, thresholds of both kinds and conventions, unit voices: who adopts and when.
  @Test func countsAgainstSlowReference() {
    for seed in 1...300 as ClosedRange<UInt64> {
      let network = randomNetwork(seed, 12, isDirected: seed % 2 == 0)
      let convention: ThresholdConvention = seed % 3 == 0 ? .moreThan : .atLeast
      let rule: any ThresholdRule =
        seed % 5 == 0 ? Fixture.absolute(2, convention) : Fixture.fractional(0.2 + Double(seed % 4) / 10, convention)
      var simulator = Simulator(network, rule)
      simulator.run([0, 5], Fixture.random(seed))
      let demand = rule.parameter.mean
      let expected = SlowReference.spread(seeds: [0, 5], count: 12) { u, v in
        network.speaks(u, to: v) ? 1 : 0
      } need: { v in
        let x = rule is AbsoluteThreshold ? demand : demand * Double(network.inDegrees[v])
        return convention == .atLeast ? x - 1e-9 : x + 1e-6
      }
      check(simulator, expected)
    }
  }

  /// The same for voices that differ: weights are multiples of 1/8, so that sums are exact in both.
  @Test func unitsAgainstSlowReference() {
    for seed in 1...300 as ClosedRange<UInt64> {
      let network = randomNetwork(seed, 12, isDirected: seed % 2 == 1)
      var words = Fixture.random(seed).stream(.network, entity: 100)
      let weights = (0..<network.voiceCount).map { _ in Double(words.below(16) + 1) / 8 }
      let convention: ThresholdConvention = seed % 3 == 0 ? .moreThan : .atLeast
      let rule = Fixture.absolute(1.75, convention)
      var simulator = Simulator(network, rule)
      simulator.weights = weights
      simulator.run([1, 7], Fixture.random(seed))
      let expected = SlowReference.spread(seeds: [1, 7], count: 12) { u, v in
        network.voices(of: u).first { Int(network.targets[$0]) == v }.map { weights[$0] } ?? 0
      } need: { _ in
        convention == .atLeast ? 1.75 - 1e-9 : 1.75 + 1e-6
      }
      check(simulator, expected)
    }
  }

  /// Cascades as needs: v adopts once the hazards of adopting voices reach its E.
  @Test func cascadeNeedsAgainstSlowReference() throws {
    for seed in 1...200 as ClosedRange<UInt64> {
      let network = randomNetwork(seed, 12, isDirected: true)
      let rule = try Fixture.cascade(0.4)
      let address = Fixture.random(seed, draw: 3)
      var demands = [Double](repeating: 0, count: 12)
      rule.fillDemands(&demands, at: address)
      let rate = hazard(ofProbability: 0.4)
      let expected = SlowReference.spread(seeds: [2], count: 12) { u, v in
        network.speaks(u, to: v) ? rate : 0
      } need: {
        demands[$0]
      }
      for weighted in [false, true] {
        var simulator = Simulator(network, rule)
        if weighted { simulator.weights = [Double](repeating: 1, count: network.voiceCount) }
        simulator.run([2], address)
        check(simulator, expected)
      }
    }
  }

  private func check(_ simulator: Simulator, _ expected: [Int?]) {
    var steps = [Int?](repeating: nil, count: expected.count)
    var start = 0
    for (step, end) in simulator.stepEnds.enumerated() {
      for agent in simulator.order[start..<end] { steps[Int(agent)] = step }
      start = end
    }
    #expect(steps == expected)
  }

  /// Centola & Macy 2007: synchronous spread on lattices, exact counts and rounds.
  @Test(arguments: [
    (100, 4, 1.0, 3, 100, 25), (100, 4, 2, 2, 100, 49), (100, 4, 2, 3, 100, 48), (100, 4, 2, 5, 100, 47),
    (100, 4, 2, 1, 1, 0), (100, 4, 3, 5, 5, 0), (1000, 10, 1, 11, 1000, 99), (1000, 10, 3, 11, 1000, 165),
    (1000, 10, 5, 11, 1000, 493), (1000, 10, 6, 11, 11, 0), (60, 6, 2, 7, 60, 13), (60, 6, 3, 3, 60, 28),
  ])
  func ringLattices(n: Int, k: Int, threshold: Double, block: Int, reached: Int, rounds: Int) throws {
    let ring = try Fixture.generator(RingLattice.self, ["meanDegree": .whole(k)])
    let network = try ring.network(NetworkDemand(agentCount: n, meanDegree: Double(k)), at: Fixture.random(1))
    var simulator = Simulator(network, Fixture.absolute(threshold))
    simulator.run((0..<block).map { UInt32($0) }, Fixture.random(1))
    #expect(simulator.size == reached && simulator.stepEnds.count - 1 == rounds)
  }

  @Test(arguments: [
    ("moore", 1, 1.0, 961, 14), ("moore", 1, 2, 961, 28), ("moore", 1, 3, 961, 42), ("moore", 1, 4, 9, 0),
    ("moore", 2, 8, 961, 23), ("moore", 2, 9, 961, 32), ("moore", 2, 10, 29, 1), ("moore", 2, 11, 25, 0),
    ("von-neumann", 1, 1, 961, 29), ("von-neumann", 1, 2, 9, 1),
  ])
  func toruses(neighborhood: String, range: Int, threshold: Double, reached: Int, rounds: Int) throws {
    let torus = try Fixture.generator(
      Torus.self,
      ["rows": .whole(31), "columns": .whole(31), "neighborhood": .text(neighborhood), "range": .whole(range)])
    let network = torus.network(NetworkDemand(agentCount: 961, meanDegree: 8), at: Fixture.random(1))
    var seeds = [UInt32]()
    for row in -range...range {
      for column in -range...range where neighborhood == "moore" || abs(row) + abs(column) <= 1 {
        seeds.append(UInt32((15 + row) * 31 + 15 + column))
      }
    }
    var simulator = Simulator(network, Fixture.absolute(threshold))
    simulator.run(seeds, Fixture.random(1))
    #expect(simulator.size == reached && simulator.stepEnds.count - 1 == rounds)
  }
}
