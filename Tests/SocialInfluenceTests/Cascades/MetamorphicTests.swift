@testable import SocialInfluence
import Testing

/// What must not matter, and what must: relations between runs that hold whatever the right numbers are.
@Suite struct MetamorphicTests {
  private func relabelled(_ network: Network, _ names: [Int]) -> Network {
    Fixture.network(
      network.agentCount,
      (0..<network.agentCount).flatMap { agent in
        network.voices(of: agent).map { (names[agent], names[Int(network.targets[$0])]) }
      }, isDirected: network.isDirected)
  }

  private func sizes(_ network: Network, _ rule: any ContagionRule, _ seeds: [UInt32], _ draws: Int) -> [Double] {
    var simulator = Simulator(network, rule)
    return (1...draws).map { draw in
      simulator.run(seeds, Fixture.random(21, draw: draw))
      return Double(simulator.size)
    }
  }

  /// Relabelling agents leaves the law unchanged: means within 4 standard errors of the exact value.
  @Test(arguments: [false, true])
  func relabelling(ties: Bool) throws {
    var names = Array(0..<34)
    var words = Fixture.random(20).stream(.selection)
    words.shuffle(&names)
    let found = sizes(
      relabelled(Fixture.karate, names), try Fixture.cascade(0.1, ties: ties, ceiling: 0.1), [UInt32(names[0])], 200_000
    )
    let mean = found.reduce(0, +) / 200_000
    #expect(abs(mean - 3.4126505075) < 4 * (5.1295437621 / 200_000).squareRoot())
  }

  /// An agent without ties, added at the end, changes nothing but N.
  @Test func isolatedAgent() throws {
    let karate = Fixture.karate
    let more = Fixture.network(
      35, (0..<34).flatMap { agent in karate.voices(of: agent).map { (agent, Int(karate.targets[$0])) } })
    for rule in [
      try Fixture.cascade(0.15), try Fixture.cascade(0.15, ties: true, ceiling: 0.2), Fixture.fractional(0.2),
    ]
      as [any ContagionRule]
    {
      #expect(sizes(karate, rule, [3, 20], 500) == sizes(more, rule, [3, 20], 500))
    }
  }

  /// Twice the weight on every tie is 1 − (1 − p)²: the same adopters draw by draw.
  @Test(arguments: [false, true])
  func doubledTies(ties: Bool) throws {
    let karate = Fixture.karate
    var doubled = Simulator(karate, try Fixture.cascade(0.12, ties: ties, ceiling: 0.12))
    doubled.weights = [Double](repeating: 2, count: karate.voiceCount)
    var plain = Simulator(karate, try Fixture.cascade(1 - 0.88 * 0.88, ties: ties, ceiling: 0.12))
    for draw in 1...2000 {
      let address = Fixture.random(22, draw: draw)
      doubled.run([0], address)
      plain.run([0], address)
      #expect(doubled.order == plain.order)
    }
  }

  /// With coins by ties every speaker's successes are fixed beforehand, so that each draw is a reachable set: the gain of
  /// one more seed never grows with the seeds that are there.
  @Test func submodularInEveryDraw() throws {
    let network = Fixture.karate
    var simulator = Simulator(network, try Fixture.cascade(0.15, ties: true, ceiling: 0.15))
    func size(_ seeds: [UInt32], _ address: RandomAddress) -> Int {
      simulator.run(seeds, address)
      return simulator.size
    }
    for draw in 1...2000 {
      let address = Fixture.random(23, draw: draw)
      let small = size([5, 9], address) - size([5], address)
      let large = size([5, 33, 9], address) - size([5, 33], address)
      #expect(small >= large && large >= 0)
    }
  }

  /// The final set of a threshold rule does not depend on the order of updates: one agent at a time, in random order.
  @Test func updateOrderDoesNotMatter() throws {
    let generator = try Fixture.generator(GnpNetwork.self, ["meanDegree": .number(5)])
    for seed in 1...100 as ClosedRange<UInt64> {
      let network = try generator.network(NetworkDemand(agentCount: 80, meanDegree: 5), at: Fixture.random(seed))
      let rule = Fixture.fractional(0.3)
      var simulator = Simulator(network, rule)
      simulator.run([0, 1, 2], Fixture.random(seed))
      var adopted: Set<Int> = [0, 1, 2]
      var order = Array(0..<80)
      var words = Fixture.random(seed).stream(.selection)
      var changed = true
      while changed {
        changed = false
        words.shuffle(&order)
        for agent in order where !adopted.contains(agent) {
          let voices = network.voices(of: agent)
          let active = voices.count { adopted.contains(Int(network.targets[$0])) }
          if !voices.isEmpty && Double(active) >= 0.3 * Double(voices.count) - 1e-9 && active > 0 {
            adopted.insert(agent)
            changed = true
          }
        }
      }
      #expect(Set(simulator.order.map(Int.init)) == adopted)
    }
  }

  /// Everyone seeded: everyone adopted, at step 0.
  @Test func everyoneSeeded() throws {
    for rule in [try Fixture.cascade(0.3), Fixture.fractional(0.2), Fixture.absolute(2)] as [any ContagionRule] {
      var simulator = Simulator(Fixture.karate, rule)
      simulator.run((0..<34).map { UInt32($0) }, Fixture.random(1))
      #expect(simulator.stepEnds == [34])
    }
  }
}
