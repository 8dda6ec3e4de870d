@testable import Experiments
@testable import SocialInfluence
import Testing

/// Worlds whose answer is known: the verdict must find it.
@Suite struct PlantedWorldTests {
  private static let arms = """
    arms:
      absent: { few: absent }
      present: {}
      seeded: { seeding: { kind: by-role, role: connector } }

    """

  private func estimate(_ tables: Lab.Tables, _ contrast: String, _ filter: [String: String]) throws -> Double {
    try tables.number(
      "contrasts.csv", filter.merging(["contrast": contrast, "outcome": "global"]) { $1 }, "estimate")
  }

  /// Connectors only, f = .05, g = 5, Chung–Lu, one φ = .18, z = 6: outside the window without them. Seeding them adds
  /// about .77 at N = 10⁴ (.64 as N → ∞), doubling z takes away the finite-size rest, about .06.
  @Test func fewWorld() throws {
    let tables = try Lab.run(
      """
      format: 1
      name: few world
      networks: 200
      draws: 5
      agents: 10000
      network: { kind: chung-lu, meanDegree: { values: [6, 12] } }
      rule: { kind: fractional-threshold, threshold: 0.18 }
      roles: { connector: { fraction: 0.05, gain: 5 } }

      """ + Self.arms)
    let point = ["network_mean_degree": "6"]
    let few = try estimate(tables, "few", point)
    // 4 standard errors: the interval at 200 networks × 5 draws is ± .028.
    #expect(abs(few - 0.77) < 4 * 0.0145)
    let density = try estimate(tables, "density", point.merging(["arm": "absent"]) { $1 })
    let tolerance: Double = 4 * (0.064 * 0.936 / 1000).squareRoot() + 0.01
    #expect(abs(density + 0.064) < tolerance)
    let verdicts = try tables.rows("contrasts.csv", ["contrast": "few_against_density", "outcome": "global"])
    #expect(verdicts.count == 1 && verdicts[0]["verdict"] == "few")
    #expect(try VerdictReport(tables.path).text.contains("the few helped more at z = 6"))
  }

  /// Connectors only, influence network, cascade p = .15, z = 4: presence 0, doubling z about +.31.
  @Test func densityWorld() throws {
    let tables = try Lab.run(
      """
      format: 1
      name: density world
      networks: 200
      draws: 5
      agents: 10000
      network: { kind: influence-network, meanDegree: { values: [4, 8] } }
      rule: { kind: independent-cascade, probability: 0.15 }
      roles: { connector: { fraction: 0.05, gain: 5 } }

      """ + Self.arms)
    let point = ["network_mean_degree": "4"]
    #expect(abs(try estimate(tables, "presence", point)) < 0.005)
    let density = try estimate(tables, "density", point.merging(["arm": "absent"]) { $1 })
    // Branching: 1 − u with u = .85 + .15 exp(8(u − 1)) at z = 8.
    let tolerance: Double = 4 * (0.314 * 0.686 / 1000).squareRoot() + 0.01
    #expect(abs(density - 0.314) < tolerance)
    let row = try #require(
      try tables.rows("contrasts.csv", ["contrast": "presence", "network_mean_degree": "4", "outcome": "global"]).first)
    #expect(row["bounded_by_theory"] == "1")
    let verdicts = try tables.rows("contrasts.csv", ["contrast": "few_against_density", "outcome": "global"])
    #expect(verdicts.count == 1 && verdicts[0]["verdict"] == "density")
    #expect(try VerdictReport(tables.path).text.contains("density helped more at z = 4"))
  }

  /// Hubs are not ordinary agents, even with a gain of 1: seeding them is a real treatment and gets a real verdict.
  @Test func hubsWithoutGainAreNotOrdinary() throws {
    let tables = try Lab.run(
      """
      format: 1
      name: hubs
      networks: 40
      agents: 1000
      network: { kind: gnp, meanDegree: { values: [4, 8] } }
      rule: { kind: independent-cascade, probability: 0.2 }
      roles: { connector: { fraction: 0.02 } }

      """ + Self.arms)
    let verdicts = try tables.rows("contrasts.csv", ["contrast": "few_against_density"]).map { $0["verdict"] }
    #expect(!verdicts.isEmpty && !verdicts.contains("no difference"))
  }

  /// The arms of the study are found by what they are, not by where they stand, and must differ in the few alone.
  @Test func armsInAnyOrder() throws {
    let tables = try Lab.run(
      """
      format: 1
      name: order
      networks: 30
      agents: 500
      network: { kind: chung-lu, meanDegree: { values: [4, 8] } }
      rule: { kind: independent-cascade, probability: 0.2 }
      roles: { connector: { fraction: 0.05, gain: 5 } }
      arms:
        loud: { story: 2 }
        seeded: { seeding: { kind: by-role } }
        present: {}
        absent: { few: absent }

      """)
    for (contrast, arm) in [("presence", "present"), ("few", "seeded"), ("few_against_density", "seeded")] {
      let rows = try tables.rows("contrasts.csv", ["contrast": contrast, "outcome": "global"])
      #expect(!rows.isEmpty && rows.allSatisfy { $0["arm"] == arm && $0["baseline_arm"] == "absent" }, "\(contrast)")
    }
    // few = mean over seeded − mean over absent, with that sign.
    func share(_ arm: String) throws -> Double {
      try tables.number("summary.csv", ["arm": arm, "network_mean_degree": "4"], "global_probability")
    }
    let seeding = try estimate(tables, "few", ["network_mean_degree": "4"])
    #expect(abs(try share("seeded") - share("absent") - seeding) < 1e-9)
  }

  /// The present arm's equal mass, read off the files: ties and mean influence are what they are without the few.
  @Test func equalMassInTheFiles() throws {
    let tables = try Lab.run(
      """
      format: 1
      name: mass
      networks: 100
      agents: 2000
      network: { kind: influence-network, meanDegree: 6 }
      rule: { kind: independent-cascade, probability: 0.2 }
      roles: { connector: { fraction: 0.05, gain: 5 }, salesman: { fraction: 0.05, gain: 4 } }

      """ + Self.arms)
    func ties(_ arm: String) throws -> Double {
      let all = try tables.rows("networks.csv", ["arm": arm]).compactMap { Double($0["ties"] ?? "") }
      return all.reduce(0, +) / Double(all.count)
    }
    // 12,000 ties with Poisson deviation 110 a network, 11 over 100.
    #expect(abs(try ties("absent") - 12_000) < 44)
    #expect(abs(try ties("present") - 12_000) < 44)
    for row in try tables.rows("networks.csv", ["arm": "present"]) {
      let force = Double(row["force"] ?? "") ?? 0
      #expect(force > 0.8 && force < 1)
    }
    for row in try tables.rows("networks.csv", ["arm": "absent"]) { #expect(row["force"] == "1.0") }
    // Seeded reach: 5 × .2 × 6 × 5/(1 + .05·4)… relative to everyone's .2 × 6.
    let summary = try #require(try tables.rows("summary.csv", ["arm": "seeded"]).first)
    let ratio = Double(summary["ties_ratio"] ?? "") ?? 0
    #expect(abs(ratio - 5 / 1.2) < 0.1)
  }
}
