@testable import SocialInfluence
import Testing

/// Mean and law of the size of independent cascades on small graphs, by enumeration of all live-edge sets
/// (Kempe, Kleinberg & Tardos 2003), against both forms of coins.
@Suite struct ExactSpreadTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let network: Network
    let seed: UInt32
    let probability: Double
    let law: [Double]
    let mean: Double
    var testDescription: String { "\(name), seed \(seed), p \(probability)" }
  }

  static let halves: [Case] = [
    Case(
      name: "path 5", network: Fixture.path(5), seed: 0, probability: 0.5, law: [8, 4, 2, 1, 1].map { $0 / 16 },
      mean: 31.0 / 16),
    Case(
      name: "star 5, hub", network: Fixture.star(5), seed: 0, probability: 0.5, law: [1, 4, 6, 4, 1].map { $0 / 16 },
      mean: 3),
    Case(
      name: "star 5, leaf", network: Fixture.star(5), seed: 1, probability: 0.5, law: [8, 1, 3, 3, 1].map { $0 / 16 },
      mean: 9.0 / 4),
    Case(
      name: "clique 3", network: Fixture.clique(3), seed: 0, probability: 0.5, law: [0.25, 0.25, 0.5], mean: 9.0 / 4),
    Case(
      name: "clique 4", network: Fixture.clique(4), seed: 0, probability: 0.5, law: [4, 3, 6, 19].map { $0 / 32 },
      mean: 13.0 / 4),
    Case(
      name: "clique 5", network: Fixture.clique(5), seed: 0, probability: 0.5,
      law: [8, 4, 6, 19, 91].map { $0 / 128 }, mean: 565.0 / 128),
    Case(
      name: "cycle 4", network: Fixture.cycle(4), seed: 0, probability: 0.5, law: [4, 4, 3, 5].map { $0 / 16 },
      mean: 41.0 / 16),
    Case(
      name: "cycle 5", network: Fixture.cycle(5), seed: 0, probability: 0.5, law: [4, 4, 3, 2, 3].map { $0 / 16 },
      mean: 11.0 / 4),
    Case(
      name: "grid, corner", network: Fixture.grid, seed: 0, probability: 0.5,
      law: [
        0.25, 0.125, 0.09375, 0.06640625, 0.0732421875, 0.089599609, 0.095214844, 0.1015625, 0.105224609,
      ], mean: 17927.0 / 4096),
    Case(
      name: "grid, center", network: Fixture.grid, seed: 4, probability: 0.5,
      law: [
        0.0625, 0.0625, 0.0859375, 0.12890625, 0.136962891, 0.158203125, 0.134765625, 0.125, 0.105224609,
      ], mean: 5617.0 / 1024),
    Case(
      name: "Petersen", network: Fixture.petersen, seed: 0, probability: 0.5,
      law: [
        0.125, 0.09375, 0.0703125, 0.0546875, 0.064453125, 0.068481445, 0.092712402, 0.11279297, 0.13568115,
        0.18212891,
      ], mean: 24859.0 / 4096),
  ]

  static let tenths: [Case] = [
    Case(name: "path 5", network: Fixture.path(5), seed: 0, probability: 0.1, law: [], mean: 1.1111),
    Case(name: "star, hub", network: Fixture.star(5), seed: 0, probability: 0.1, law: [], mean: 7.0 / 5),
    Case(name: "star, leaf", network: Fixture.star(5), seed: 1, probability: 0.1, law: [], mean: 113.0 / 100),
    Case(name: "clique 3", network: Fixture.clique(3), seed: 0, probability: 0.1, law: [], mean: 609.0 / 500),
    Case(name: "clique 4", network: Fixture.clique(4), seed: 0, probability: 0.1, law: [], mean: 1.358104),
    Case(name: "clique 5", network: Fixture.clique(5), seed: 0, probability: 0.1, law: [], mean: 1.5253626344),
    Case(name: "cycle 4", network: Fixture.cycle(4), seed: 0, probability: 0.1, law: [], mean: 1.2217),
    Case(name: "cycle 5", network: Fixture.cycle(5), seed: 0, probability: 0.1, law: [], mean: 15277.0 / 12500),
    Case(name: "Petersen", network: Fixture.petersen, seed: 0, probability: 0.2, law: [], mean: 1.9745803359354888),
  ]

  struct KarateMean: Sendable {
    let seeds: [UInt32]
    let mean: Double
  }

  static let karateMeans = [
    KarateMean(seeds: [0], mean: 3.4126505075), KarateMean(seeds: [33], mean: 3.5019919554),
    KarateMean(seeds: [16], mean: 1.3173816158), KarateMean(seeds: [0, 33], mean: 6.4245447251),
    KarateMean(seeds: [0, 32], mean: 6.03531),
  ]

  enum Form: String, CaseIterable, Sendable {
    case counts, units, ties, layers
    var seed: UInt64 { self == .counts || self == .units ? 11 : 12 }
  }

  /// 10⁵ cascades: the mean within 4 standard errors, the law by χ² at 1e-5.
  @Test(arguments: halves + tenths, Form.allCases)
  func meanAndLaw(one: Case, form: Form) throws {
    // `layers` samples candidates at a smaller probability, so that successes come from several layers.
    let rule = try Fixture.cascade(
      one.probability, ties: form == .ties || form == .layers,
      ceiling: form == .layers ? one.probability / 3 : form == .ties ? one.probability : nil)
    var simulator = Simulator(one.network, rule)
    if form == .units { simulator.weights = [Double](repeating: 1, count: one.network.voiceCount) }
    let runs = 100_000
    var counts = [Int](repeating: 0, count: one.network.agentCount + 1)
    for draw in 1...runs {
      simulator.run([one.seed], Fixture.random(form.seed, draw: draw))
      counts[simulator.size] += 1
    }
    let total = Double(runs)
    let mean = counts.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) } / total
    let squares = counts.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.offset * $1.element) } / total
    #expect(abs(mean - one.mean) < 4 * ((squares - mean * mean) / total).squareRoot())
    guard !one.law.isEmpty else { return }
    let chi = one.law.enumerated().reduce(0.0) { sum, item in
      let expected = item.element * total
      let observed = Double(counts[item.offset + 1])
      return sum + (observed - expected) * (observed - expected) / expected
    }
    // The 1 − 1e-5 quantile of χ² lies below f + 4.3 √(2f) + 13 for up to 9 degrees of freedom.
    let freedom = Double(one.law.count - 1)
    #expect(chi < freedom + 4.3 * (2 * freedom).squareRoot() + 13)
  }

  /// Zachary's karate club, p = .1: exact means and the law from agent 0, 10⁶ cascades in each form of coins.
  @Test(arguments: karateMeans, [false, true])
  func karate(one: KarateMean, ties: Bool) throws {
    let (seeds, expected) = (one.seeds, one.mean)
    var simulator = Simulator(Fixture.karate, try Fixture.cascade(0.1, ties: ties, ceiling: 0.1))
    let runs = 1_000_000
    var sum = 0.0
    var squares = 0.0
    var counts = [Double](repeating: 0, count: 35)
    for draw in 1...runs {
      simulator.run(seeds, Fixture.random(33, draw: draw))
      sum += Double(simulator.size)
      squares += Double(simulator.size * simulator.size)
      counts[simulator.size] += 1
    }
    let mean = sum / Double(runs)
    let error = ((squares / Double(runs) - mean * mean) / Double(runs)).squareRoot()
    #expect(abs(mean - expected) < 4 * error + 5e-6)
    guard seeds == [0] else { return }
    #expect(abs(error * Double(runs).squareRoot() - 5.1295437621.squareRoot()) < 0.02)
    let law = [
      0.1853020189, 0.2394116023, 0.1957350245, 0.1367932097, 0.0896253823, 0.0570218975, 0.0358938234, 0.0226607642,
      0.0144497752,
    ]
    for (index, p) in law.enumerated() {
      #expect(abs(counts[index + 1] / Double(runs) - p) < 4.5 * (p * (1 - p) / Double(runs)).squareRoot())
    }
  }

  @Test func certainAndImpossible() throws {
    for ties in [false, true] {
      var certain = Simulator(Fixture.grid, try Fixture.cascade(1, ties: ties, ceiling: 0.5))
      certain.run([0], Fixture.random(1))
      #expect(certain.size == 9 && certain.stepEnds == [1, 3, 6, 8, 9])
      var impossible = Simulator(Fixture.grid, try Fixture.cascade(0, ties: ties, ceiling: 0.5))
      impossible.run([0, 4], Fixture.random(1))
      #expect(impossible.size == 2)
    }
  }
}
