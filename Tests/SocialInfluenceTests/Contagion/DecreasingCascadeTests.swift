@testable import SocialInfluence
import Testing

@Suite struct DecreasingCascadeTests {
  private func rule(_ p: Double, _ d: Double) -> DecreasingCascade {
    DecreasingCascade(ParameterValues(["probability": .number(p), "factor": .number(d)]))
  }

  /// Share of draws in which agent 0 is convinced by `seeds` of its four voices, at once.
  private func share(_ rule: DecreasingCascade, seeds: Int, draws: Int) -> Double {
    var simulator = Simulator(Fixture.network(5, [(1, 0), (2, 0), (3, 0), (4, 0)], isDirected: true), rule)
    let convinced = (1...draws).count { draw in
      simulator.run((1...seeds).map { UInt32($0) }, Fixture.random(11, draw: draw))
      return simulator.size > seeds
    }
    return Double(convinced) / Double(draws)
  }

  /// 1 − Π (1 − p d^j) over the voices.
  @Test("chance by number of voices", arguments: [1, 2, 3, 4])
  func voices(count: Int) {
    let draws = 40_000
    for (p, d) in [(0.6, 0.5), (0.3, 0.9), (0.5, 1), (0.7, 0)] {
      let expected = 1 - (0..<count).reduce(1.0) { $0 * (1 - p * ($1 == 0 ? 1 : power(d, Double($1)))) }
      let error = (expected * (1 - expected) / Double(draws)).squareRoot()
      #expect(abs(share(rule(p, d), seeds: count, draws: draws) - expected) <= 4 * error, "p \(p), d \(d)")
    }
    #expect(share(rule(1, 0.5), seeds: count, draws: 100) == 1 && share(rule(0, 0.5), seeds: count, draws: 100) == 0)
  }

  /// Voices that come one after the other count on from those before: 0 speaks to 1 and 2, 1 to 2.
  @Test func laterVoicesAreWeaker() {
    let network = Fixture.network(3, [(0, 1), (0, 2), (1, 2)], isDirected: true)
    var simulator = Simulator(network, rule(0.5, 0.5))
    let draws = 40_000
    var both = 0
    for draw in 1...draws {
      simulator.run([0], Fixture.random(12, draw: draw))
      both += simulator.size == 3 ? 1 : 0
    }
    // 1 and 2 adopt together with ¼; else 1 does, and its voice, the second, convinces 2 with ¼.
    let expected = 0.25 + 0.25 * 0.25
    let error = (expected * (1 - expected) / Double(draws)).squareRoot()
    #expect(abs(Double(both) / Double(draws) - expected) <= 4 * error)
  }

  /// The law is one: never falling in u, and its distribution function says where the first voice convinces.
  @Test("law of the first voice that convinces", arguments: [(0.6, 0.5), (0.01, 1), (1, 1), (0, 0.5), (1e-9, 1)])
  func law(p: Double, d: Double) {
    let own = rule(p, d).parameter
    let values = (1..<2000).map { own.value(at: Double($0) / 2000) }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
    for n in [1.0, 2, 5, 40] {
      let below = Double(values.count { $0 <= n }) / 1999
      #expect(abs(below - own.cumulative(n)) < 2e-3)
    }
  }
}
