@testable import Experiments
import Foundation
import Testing

@Suite struct RequestedTableTests {
  private static let text = """
    format: 1
    name: requested
    randomSeed: 3
    networks: 4
    draws: 2
    agents: 300
    network: { kind: chung-lu, meanDegree: 5 }
    rule:
      values:
        - { kind: independent-cascade, probability: 0.3, label: cascade }
        - { kind: fractional-threshold, label: threshold }
        - { kind: sis, transmission: 0.1, recovery: 0.3, steps: 40 }
        - { kind: sir-continuous, transmissionRate: 0.4, recoveryRate: 1 }
        - { kind: bass, innovation: 0.01, imitation: 0.4, steps: 12 }
    roles: { connector: { fraction: 0.05, gain: 3 }, salesman: { fraction: 0.1, gain: 2 } }
    seeds: 3
    arms: { absent: { few: absent }, present: {} }

    """

  private static let traced = Result { try Lab.run(text + "tables: [transmissions, agents, influence]\n") }

  /// Recording never changes the dynamics: the same bytes with and without it, for any number of workers.
  @Test func recordingChangesNothing() throws {
    let plain = try Lab.run(Self.text)
    let traced = try Self.traced.get()
    for name in ["cascades.csv", "networks.csv", "summary.csv", "contrasts.csv", "curves.csv"] {
      #expect(plain.bytes(name) == traced.bytes(name), "\(name)")
    }
    let alone = try Lab.run(Self.text + "tables: [transmissions, agents, influence]\n", workers: 1)
    for name in ["transmissions.csv", "agents.csv", "influence.csv", "generations.csv", "lorenz.csv"] {
      #expect(alone.bytes(name) == traced.bytes(name) && !alone.bytes(name).isEmpty, "\(name)")
    }
  }

  private static let key = ["point", "arm", "replicate", "draw"]
  private func key(_ row: [String: String]) -> String { Self.key.map { row[$0] ?? "" }.joined(separator: "|") }

  /// Every adoption is accounted for, seeds included, and all tables say the same.
  @Test func tablesAgree() throws {
    let tables = try Self.traced.get()
    var sizes = [String: (size: Double, seeds: Double)]()
    for row in try tables.rows("cascades.csv", [:]) {
      sizes[key(row)] = (Double(row["size"] ?? "") ?? 0, Double(row["seeds"] ?? "") ?? 0)
    }
    var credit = [String: Double]()
    var seeds = [String: Double]()
    for row in try tables.rows("transmissions.csv", [:]) {
      if row["step"] == "0" { seeds[key(row), default: 0] += 1 }
      credit[key(row), default: 0] += Double(row["credit"] ?? "") ?? 0
    }
    var adopters = [String: Double]()
    var direct = [String: Double]()
    for row in try tables.rows("agents.csv", [:]) {
      if row["step"] != "" { adopters[key(row), default: 0] += 1 }
      direct[key(row), default: 0] += Double(row["credit"] ?? "") ?? 0
    }
    var generations = [String: Double]()
    for row in try tables.rows("generations.csv", [:]) {
      generations[key(row), default: 0] += Double(row["size"] ?? "") ?? 0
    }
    for (key, cascade) in sizes {
      #expect(seeds[key] == cascade.seeds && adopters[key] == cascade.size && generations[key] == cascade.size)
      #expect(abs((credit[key] ?? 0) - (cascade.size - cascade.seeds)) < 1e-9)
    }
    for row in try tables.rows("influence.csv", [:]) {
      let outside = Double(row["outside_credit"] ?? "") ?? -1
      #expect(abs((direct[key(row)] ?? 0) + outside - (credit[key(row)] ?? 0)) < 1e-9)
      let (few, ordinary) = (Double(row["credit_few"] ?? "") ?? 0, Double(row["credit_ordinary"] ?? "") ?? 0)
      #expect(abs(few + ordinary - (direct[key(row)] ?? 0)) < 1e-9)
    }
  }

  /// Bands of curves against the trajectories of single cascades, each quantile between two order statistics.
  @Test func curvesAreThoseOfTrajectories() throws {
    let tables = try Lab.run(Self.text + "tables: [trajectories]\n")
    var curves = [String: [String: [Double]]]()
    for row in try tables.rows("trajectories.csv", [:]) {
      let (cell, cascade) = (
        "\(row["point"] ?? "")|\(row["arm"] ?? "")", "\(row["replicate"] ?? "")|\(row["draw"] ?? "")"
      )
      curves[cell, default: [:]][cascade, default: []].append(Double(row["adopters"] ?? "") ?? -1)
    }
    let rows = try tables.rows("curves.csv", [:])
    #expect(rows.count == curves.values.reduce(0) { $0 + ($1.values.map(\.count).max() ?? 0) })
    for row in rows {
      let cell = try #require(curves["\(row["point"] ?? "")|\(row["arm"] ?? "")"])
      let step = try #require(Int(row["step"] ?? ""))
      let shares = cell.values.map { $0[min(step, $0.count - 1)] / 300 }.sorted()
      #expect(shares.count == 8 && row["cascades"] == "8")
      #expect(abs((Double(row["mean"] ?? "") ?? -1) - shares.reduce(0, +) / 8) < 1e-12)
      for (column, fraction) in [("q05", 0.05), ("q25", 0.25), ("q50", 0.5), ("q75", 0.75), ("q95", 0.95)] {
        let place = 7 * fraction
        let (low, part) = (Int(place), place - place.rounded(.down))
        let expected = shares[low] + part * (shares[min(low + 1, 7)] - shares[low])
        #expect(abs((Double(row[column] ?? "") ?? -1) - expected) < 1e-12, "\(row)")
      }
    }
  }

  @Test func unknownTable() {
    let failure = Lab.failure(Self.text + "tables: [transmission]\n")
    #expect(failure?.message.contains("did you mean `transmissions`?") == true)
  }
}

@Suite struct FindingsTests {
  private static let text = """
    format: 1
    name: findings
    agents: 100
    network: { kind: ring-lattice, meanDegree: 4 }
    rule: { kind: absolute-threshold, threshold: { values: [1, 2] } }
    seeds: 3
    seeding: { kind: explicit, agents: ["0", "1", "2"] }
    cutoff: none

    """

  /// What holds, what does not, and what speaks of no row: a finding that cannot fail would be worth nothing.
  @Test func findings() throws {
    let tables = try Lab.run(
      Self.text + """
        expect:
          - { finding: one, table: cascades, where: { rule_threshold: 1 }, column: steps, from: 25, to: 25 }
          - { finding: two, table: cascades, where: { rule_threshold: 2.0 }, column: steps, from: 48, to: 48 }
          - { finding: wrong, table: cascades, column: steps, from: 30 }
          - { finding: no row, table: cascades, where: { rule_threshold: 3 }, column: steps, from: 0 }
          - { finding: no value, table: cascades, column: prevalence, to: 1 }
          - { finding: mean, table: cascades, column: steps, statistic: mean, from: 36.5, to: 36.5 }
          - { finding: column, table: cascades, column: seeds, to: size }

        """)
    let rows = try tables.rows("findings.csv", [:])
    #expect(rows.map { $0["holds"] } == ["1", "1", "0", "0", "0", "1", "1"])
    #expect(rows[2]["found"] == "25.0" && rows[3]["found"] == "")
  }

  @Test func mistakes() {
    func message(_ expectation: String) -> String {
      Lab.failure(Self.text + "expect: [\(expectation)]\n")?.message ?? ""
    }
    #expect(message("{ finding: a, column: sizes, from: 1 }").contains("`sizes` is not a column of summary.csv"))
    #expect(message("{ finding: a, column: story }").contains("`expect.from` is missing"))
    #expect(message("{ finding: a, table: agents, column: step, from: 1 }").contains("add agents to `tables`"))
    #expect(
      message("{ finding: a, table: cascades, column: size, from: 1, where: { arms: x } }").contains(
        "did you mean `arm`?"))
    #expect(message("{ finding: a, column: story, from: 1, too: 2 }").contains("did you mean `to`?"))
  }
}

@Suite struct TheoryBesideTests {
  private func summary(_ network: String, _ rule: String, _ more: String = "") throws -> Lab.Tables {
    try Lab.run(
      """
      format: 1
      name: theory
      networks: 2
      agents: 3000
      network: \(network)
      rule: \(rule)
      \(more)
      """)
  }

  /// P(global) and size for rules, seeds and connectors with a solver; figures from branching theory.
  @Test func solvers() throws {
    let connectors = """
      roles: { connector: { fraction: 0.1, gain: 5 } }
      arms: { absent: { few: absent }, present: {}, seeded: { seeding: { kind: by-role, role: connector } } }
      """
    let tables = try summary(
      "{ kind: influence-network, meanDegree: 4 }", "{ kind: independent-cascade, probability: 0.5 }", connectors)
    let z = 4.0
    var u = 0.0
    // u = 1 − p + p G(u) with G the mixture of Poisson laws at equal mass.
    let ordinary = z / 1.4
    func g(_ x: Double) -> Double { 0.9 * exp(ordinary * (x - 1)) + 0.1 * exp(5 * ordinary * (x - 1)) }
    for _ in 0..<10_000 { u = 0.5 + 0.5 * g(u) }
    #expect(abs(try tables.number("summary.csv", ["arm": "present"], "theory_global") - (1 - g(u))) < 1e-9)
    let seeded = 1 - exp(5 * ordinary * (u - 1))
    #expect(abs(try tables.number("summary.csv", ["arm": "seeded"], "theory_global") - seeded) < 1e-9)
    #expect(abs(try tables.number("summary.csv", ["arm": "absent"], "theory_size") - 0.79681213) < 1e-6)
    let many = try summary(
      "{ kind: gnp, meanDegree: 4 }", "{ kind: fractional-threshold, threshold: 0.18 }", "seeds: 30\ncutoff: none")
    #expect(abs(try many.number("summary.csv", [:], "theory_adopted") - 0.980388) < 1e-5)
    #expect(abs(try many.number("curves.csv", ["step": "0"], "theory") - 0.01) < 1e-12)
    let three = try summary(
      "{ kind: gnp, meanDegree: 3 }", "{ kind: fractional-threshold, threshold: 0.18 }", "seeds: 3")
    #expect(abs(try three.number("summary.csv", [:], "theory_global") - (1 - pow(1 - 0.87353, 3))) < 1e-4)
  }

  /// No solver, no number: mavens, clustering, seeds of high degree.
  @Test(arguments: [
    "roles: { maven: { fraction: 0.1, gain: 3 } }", "seeding: { kind: highest-degree }",
    "traits: { susceptibility: { kind: gamma, mean: 1, cv: 1 } }",
  ])
  func noSolver(more: String) throws {
    let tables = try summary(
      "{ kind: chung-lu, meanDegree: 4 }", "{ kind: independent-cascade, probability: 0.5 }", more)
    #expect(try tables.rows("summary.csv", [:]).allSatisfy { $0["theory_global"] == "" })
  }

  private static let swept = """
    format: 1
    name: some
    networks: 3
    draws: 2
    agents: 80
    network: { kind: influence-network, meanDegree: { values: [3, 6] } }
    roles: { connector: { fraction: 0.1, gain: { values: [2, 4] } } }
    rule: { kind: fractional-threshold }
    tables: [transmissions, agents, trajectories]
    arms: { absent: { few: absent }, present: {} }

    """

  /// Chosen rows are those of all rows, and nothing else changes.
  @Test func onlySomeCascades() throws {
    let all = try Lab.run(Self.swept)
    let some = try Lab.run(Self.swept + "only: { points: [2, 3], arms: [present], replicates: [1, 3], draws: [2] }")
    for name in ["transmissions.csv", "agents.csv", "trajectories.csv"] {
      let table = try all.table(name)
      let rows = table.rows.indices.filter { row in
        ["2", "3"].contains(table.text(row, "point")) && table.text(row, "arm") == "present"
          && ["1", "3"].contains(table.text(row, "replicate")) && table.text(row, "draw") == "2"
      }.map { table.rows[$0] }
      #expect(try !rows.isEmpty && some.table(name).rows == rows, "\(name)")
    }
    for name in ["cascades.csv", "networks.csv", "summary.csv", "contrasts.csv", "curves.csv"] {
      #expect(all.bytes(name) == some.bytes(name), "\(name)")
    }
  }

  /// An arm that is run at another point stands there.
  @Test func onlyACopy() throws {
    let text = Self.swept.replacingOccurrences(of: "[transmissions, agents, trajectories]", with: "[trajectories]")
    let tables = try Lab.run(text + "only: { points: [2], arms: [absent] }")
    let table = try tables.table("trajectories.csv")
    #expect(Set(table.rows.indices.map { table.text($0, "point") }) == ["1"])
  }

  @Test(
    arguments: [
      ("only: { points: [5] }", "`only.points` is 5, out of range"),
      ("only: { arms: [seeded] }", "`seeded` is not"), ("only: { replicates: [] }", "must be a list of at least one"),
      ("only: {}", "`only` chooses nothing"), ("only: { draw: [1] }", "`draw` is not a key of `only`"),
    ])
  func onlyWhatIsThere(line: String, message: String) {
    #expect(
      Lab.failure(Self.swept + line)?.message.contains(message) == true,
      "\(Lab.failure(Self.swept + line)?.message ?? "")")
  }

  @Test func onlyWithTables() {
    let text = Self.swept.replacingOccurrences(of: "tables: [transmissions, agents, trajectories]", with: "")
    #expect(Lab.failure(text + "only: { points: [1] }")?.message.contains("none is asked for") == true)
  }
}
