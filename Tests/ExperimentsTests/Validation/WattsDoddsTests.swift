@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

/// Watts & Dodds 2007 and Watts 2002 through the whole program. Expected values are derived from branching theory; the
/// tolerance is 4 standard errors plus the finite-size allowance named with each case.
@Suite struct WattsDoddsTests {
  /// The shipped scenario, 400 networks × 10 seeds a point, shared by the tests of its findings.
  static let shipped: Result<Lab.Tables, any Error> = Result {
    let text = try String(contentsOfFile: Lab.repository + "/scenarios/watts-dodds-2007.yaml", encoding: .utf8)
    return try Lab.run(text)
  }

  private func summary(_ z: String, _ arm: String, _ column: String) throws -> Double {
    try Self.shipped.get().number("summary.csv", ["network_mean_degree": z, "arm": arm], column)
  }

  private func allowance(_ p: Double, _ count: Double = 4000) -> Double { 4 * (p * (1 - p) / count).squareRoot() }

  /// P(random), P(top tenth), size if global; per-graph deviations of the size are published with the case.
  @Test(arguments: [
    ("1.5", 0.5489, 0.9380, 0.5802, 0.0136), ("2", 0.7542, 0.9953, 0.7966, 0.0067),
    ("3", 0.8735, 0.9990, 0.9405, 0.0031),
    ("4", 0.8653, 0.9948, 0.9802, 0.0016),
  ])
  func triggerProbabilities(z: String, random: Double, top: Double, size: Double, deviation: Double) throws {
    #expect(abs(try summary(z, "random", "global_probability") - random) < allowance(random) + 0.01)
    #expect(abs(try summary(z, "top-tenth", "global_probability") - top) < allowance(top) + 0.01)
    for arm in ["random", "top-tenth"] {
      let found = try summary(z, arm, "size_given_global") / 10_000
      #expect(abs(found - size) < 4 * deviation / 20 + 5e-4)
    }
    #expect(abs(try summary(z, "random", "theory_global") - random) < 6e-5)
  }

  /// Finding 1: the multiplier follows the ratio of trigger probabilities, stays below the ratio of ties, and is least in
  /// mid-window.
  @Test func multipliers() throws {
    var found = [Double]()
    for (z, multiplier, ratio) in [
      ("1.5", 1.709, 2.599), ("2", 1.320, 2.376), ("3", 1.144, 2.115), ("4", 1.150, 1.962),
    ] {
      let own = try summary(z, "top-tenth", "multiplier")
      let random = try summary(z, "random", "global_probability")
      // Delta method: the relative error of a ratio of two shares from 4000 cascades each.
      let error = own * ((1 - random) / random / 4000 + 0.02 / 4000).squareRoot()
      #expect(abs(own - multiplier) < 4 * error + 0.02)
      #expect(abs(try summary(z, "top-tenth", "ties_ratio") - ratio) < 0.02)
      #expect(own <= ratio * (1 + 4 * error / own))
      #expect(try summary(z, "top-tenth", "influence_ratio") > 1)
      found.append(own)
    }
    #expect(found[2] < found[1] && found[2] < found[0])
    #expect(try summary("5", "top-tenth", "multiplier") > found[3])
  }

  /// Finding 2: no global cascades at z = 6.5, and the size of a global one does not depend on who began it.
  @Test func densityDecides() throws {
    #expect(try summary("6.5", "random", "global_probability") < 0.005)
    for z in ["1.5", "2", "3", "4", "5"] {
      let random = try summary(z, "random", "size_given_global")
      let top = try summary(z, "top-tenth", "size_given_global")
      #expect(abs(random - top) / 10_000 < 0.004)
    }
  }

  /// Finding 3: early adopters of global cascades have more ties than average at z = 1.5 and 2, fewer at 5.
  @Test func earlyAdopters() throws {
    for (z, isAbove) in [("1.5", true), ("2", true), ("5", false)] {
      let rows = try Self.shipped.get().rows(
        "cascades.csv", ["network_mean_degree": z, "arm": "random", "global": "1"])
      let early = rows.compactMap { Double($0["early_mean_out_ties"] ?? "") }
      #expect(early.count > 100)
      let mean = early.reduce(0, +) / Double(early.count)
      #expect((mean > Double(z) ?? 0) == isAbove)
    }
  }

  /// The directed reading keeps its window to 7.48: at 6.5 P = .551 and size .9985.
  @Test func directedWindow() throws {
    let tables = try Lab.run(
      """
      format: 1
      name: directed
      networks: 400
      draws: 4
      agents: 10000
      network: { kind: influence-network, meanDegree: { values: [1.5, 6.5] } }
      rule: { kind: fractional-threshold, threshold: 0.18 }
      few: absent
      arms: { random: {}, top: { seeding: { kind: top-fraction } } }
      """)
    for (z, random, top, size) in [("1.5", 0.5642, 0.9480, 0.5823), ("6.5", 0.5515, 0.7704, 0.9985)] {
      func value(_ arm: String, _ column: String) throws -> Double {
        try tables.number("summary.csv", ["network_mean_degree": z, "arm": arm], column)
      }
      // The draws of one network hang together: the design effect widens the allowance.
      #expect(abs(try value("random", "global_probability") - random) < allowance(random, 1000) + 0.01)
      #expect(abs(try value("top", "global_probability") - top) < allowance(top, 1000) + 0.01)
      #expect(abs(try value("random", "size_given_global") / 10_000 - size) < 0.003)
    }
  }

  /// Multiplier ≤ influence ratio for other laws of influence too, inside the window.
  @Test(arguments: [0.8, 1.2])
  func multiplierIsBoundedForAnyVariation(variation: Double) throws {
    let tables = try Lab.run(
      """
      format: 1
      name: bounded
      networks: 200
      draws: 5
      agents: 10000
      network: { kind: influence-network, meanDegree: 3, degreeCV: \(variation) }
      rule: { kind: fractional-threshold, threshold: 0.18 }
      few: absent
      arms: { random: {}, top: { seeding: { kind: top-fraction } } }
      """)
    func value(_ arm: String, _ column: String) throws -> Double {
      try tables.number("summary.csv", ["arm": arm], column)
    }
    let (random, top) = (try value("random", "global_probability"), try value("top", "global_probability"))
    let error = ((1 - random) / random / 1000 + (1 - top) / top / 1000).squareRoot()
    let ratio = try value("top", "ties_ratio")
    #expect(try value("top", "multiplier") <= ratio * (1 + 4 * error))
    #expect(try value("top", "multiplier") > 1 && ratio > 1.5)
  }

  /// Gleeson & Cahalane 2007: the final share from a seed share, N = 10⁵.
  @Test(arguments: [(4.0, 1000, 0.980388, 2e-4), (3, 5000, 0.944059, 2e-4), (1, 1000, 0.126029, 0.002)])
  func finalShare(z: Double, seeds: Int, share: Double, slack: Double) throws {
    let tables = try Lab.run(
      """
      format: 1
      name: final share
      networks: 20
      agents: 100000
      network: { kind: gnp, meanDegree: \(z) }
      rule: { kind: fractional-threshold, threshold: 0.18 }
      seeds: \(seeds)
      cutoff: none
      """)
    let shares = try tables.rows("cascades.csv", [:]).compactMap { Double($0["adopted_fraction"] ?? "") }
    let mean = shares.reduce(0, +) / 20
    let error = (shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 19 / 20).squareRoot()
    #expect(abs(mean - share) < 4 * error + slack)
  }

  /// At least against more than: z = 5, φ = .2 gives P = .695 or nothing; z = 3 gives .873 or .626.
  @Test func conventions() throws {
    let tables = try Lab.run(
      """
      format: 1
      name: conventions
      networks: 500
      draws: 4
      agents: 10000
      network: { kind: gnp, meanDegree: { values: [3, 5] } }
      rule: { kind: fractional-threshold, threshold: 0.2, convention: { values: [atLeast, moreThan] } }
      """)
    for (z, convention, expected) in [
      ("3", "atLeast", 0.873), ("3", "moreThan", 0.626), ("5", "atLeast", 0.695), ("5", "moreThan", 0),
    ] {
      let found = try tables.number(
        "summary.csv", ["network_mean_degree": z, "rule_convention": convention], "global_probability")
      #expect(abs(found - expected) < allowance(expected, 1000) + 0.01, "z \(z), \(convention)")
      let theory = try tables.number(
        "summary.csv", ["network_mean_degree": z, "rule_convention": convention], "theory_global")
      #expect(abs(theory - expected) < 0.0011)
    }
  }

  /// Regular graphs, φ = .2: on degree 5 a seed floods its component; on degree 6 it stays alone.
  @Test func regularGraphs() throws {
    let tables = try Lab.run(
      """
      format: 1
      name: regular
      networks: 20
      agents: 1000
      network: { kind: configuration-model, meanDegree: { values: [5, 6] }, degrees: { kind: constant } }
      rule: { kind: fractional-threshold, threshold: 0.2 }
      """)
    for row in try tables.rows("cascades.csv", ["network_mean_degree": "6"]) { #expect(row["size"] == "1") }
    let largest = try tables.rows("networks.csv", ["network_mean_degree": "5"]).map { $0["largest_component_fraction"] }
    for (row, share) in zip(try tables.rows("cascades.csv", ["network_mean_degree": "5"]), largest) {
      #expect(row["adopted_fraction"] == share)
    }
  }
}
