@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

@Suite struct RunnerTests {
  static let small = """
    format: 1
    name: small
    networks: 20
    draws: 3
    agents: 400
    network: { kind: { values: [influence-network, chung-lu] }, meanDegree: { values: [3, 6] } }
    rule:
      values:
        - { kind: independent-cascade, probability: 0.3 }
        - { kind: independent-cascade, probability: 0.3, coins: ties, label: by ties }
        - { kind: fractional-threshold }
        - { kind: absolute-threshold, threshold: 1.5 }
    roles:
      connector: { fraction: 0.1, gain: 4 }
      maven: { fraction: 0.1, gain: 3, hearsFirst: 0.3 }
      salesman: { fraction: 0.1, gain: 2 }
    traits: { susceptibility: { kind: gamma, cv: 0.5 }, expertise: { kind: lognormal, cv: 1 } }
    correlations: { connectivityExpertise: 0.4 }
    seeds: 2
    tables: [trajectories]
    arms:
      absent: { few: absent }
      present: {}
      seeded: { seeding: { kind: by-role } }

    """

  static let names = [
    "cascades.csv", "networks.csv", "summary.csv", "contrasts.csv", "curves.csv", "trajectories.csv", "manifest.json",
    "scenario.yaml",
  ]

  /// Equal bytes for any number of workers.
  @Test func workersChangeNoByte() throws {
    let one = try Lab.run(Self.small, workers: 1)
    for workers in [2, 3, 7] {
      let other = try Lab.run(Self.small, workers: workers)
      for name in Self.names { #expect(one.bytes(name) == other.bytes(name), "\(name), \(workers) workers") }
    }
    #expect(!one.bytes("trajectories.csv").isEmpty)
  }

  /// A run on one network spreads its draws over items; that changes no byte either.
  @Test func drawsOfOneNetworkAreSpread() throws {
    let text = """
      format: 1
      name: ring
      draws: 200
      agents: 100
      network: { kind: ring-lattice, meanDegree: 4 }
      rule: { kind: independent-cascade, probability: 0.4 }
      arms: { absent: { few: absent }, top: { seeding: { kind: highest-degree } } }
      """
    let one = try Lab.run(text, workers: 1)
    let three = try Lab.run(text, workers: 3)
    for name in ["cascades.csv", "networks.csv", "summary.csv", "contrasts.csv"] {
      #expect(one.bytes(name) == three.bytes(name))
    }
    #expect(try one.table("cascades.csv").rows.count == 400)
    #expect(try one.table("networks.csv").rows.count == 2)
  }

  /// Another point, or more networks and draws, leave every row that was there as it was.
  @Test func addingPointsNetworksAndDrawsKeepsRows() throws {
    func rows(_ overrides: [String]) throws -> Set<[String]> {
      let table = try Lab.run(Self.small, overrides: overrides).table("cascades.csv")
      // The number of the point is its place in the grid; all else identifies the row.
      return Set(table.rows.map { Array($0.dropFirst()) })
    }
    let base = try rows(["networks=17"])
    #expect(base.isSubset(of: try rows(["networks=20"])))
    #expect(base.isSubset(of: try rows(["networks=17", "draws=4"])))
    #expect(base.isSubset(of: try rows(["networks=17", "network.meanDegree={values: [3, 4.5, 6]}"])))
  }

  /// All gains 1 and nobody hears first: the few present give the same bytes as the few absent, columns by role apart.
  @Test func inertFewChangeNothing() throws {
    let inert = [
      "roles.connector.gain=1", "roles.maven.gain=1", "roles.maven.hearsFirst=0", "roles.salesman.gain=1",
    ]
    let tables = try Lab.run(Self.small, overrides: inert)
    let table = try tables.table("cascades.csv")
    let kept = table.columns.filter { $0 != "arm" }
    func rows(_ arm: String) -> [[String]] {
      table.rows.indices.filter { table.text($0, "arm") == arm }.map { row in kept.map { table.text(row, $0) } }
    }
    #expect(rows("absent") == rows("present"))
    for row in try tables.rows("contrasts.csv", ["contrast": "presence"]) { #expect(row["estimate"] == "0.0") }
    // Where no trait differs either, the few are ordinary agents, and the verdict says so.
    let ordinary = try Lab.run(Self.small, overrides: inert + ["traits={}", "correlations={}"])
    let verdicts = try ordinary.rows("contrasts.csv", ["contrast": "few_against_density"]).map { $0["verdict"] }
    #expect(!verdicts.isEmpty && verdicts.allSatisfy { $0 == "no difference" })
    #expect(
      try VerdictReport(ordinary.path).text.replacingOccurrences(of: "\n  ", with: " ").contains(
        "no difference, since all gains are 1 and"))
  }

  /// Replicate and draw fix who is seeded, whatever the point.
  @Test func seedsAreTheSameAtEveryPoint() throws {
    let tables = try Lab.run(Self.small, overrides: ["rule={kind: independent-cascade, probability: 0}"])
    let seeded = try tables.rows("cascades.csv", ["arm": "absent"])
    let groups = Dictionary(grouping: seeded) { "\($0["replicate"] ?? "")|\($0["draw"] ?? "")" }
    for rows in groups.values { #expect(Set(rows.map { $0["adopters_few"] }).count == 1) }
  }

  @Test func columnsAddUp() throws {
    let tables = try Lab.run(Self.small)
    let table = try tables.table("cascades.csv")
    for row in table.rows.indices {
      func value(_ column: String) throws -> Double { try #require(table.number(row, column)) }
      let size = try value("size")
      #expect(try value("adopters_few") + value("adopters_ordinary") == size)
      #expect(try value("adopted_fraction") == size / 400)
      #expect(try value("seeds") == 2)
      #expect(try value("global") == (size > 40 ? 1 : 0))
      let (half, steps) = (try value("time_to_50_percent"), try value("steps"))
      #expect(try value("time_to_10_percent") <= half)
      #expect(try value("time_to_90_percent") <= steps)
      #expect((table.text(row, "peak_step") == "") == (steps == 0))
    }
    // Trajectories end in the size and start with the seeds.
    let trajectories = try tables.table("trajectories.csv")
    var ends = [String: String]()
    let key = ["point", "arm", "replicate", "draw"]
    for row in trajectories.rows.indices {
      ends[key.map { trajectories.text(row, $0) }.joined(separator: "|")] = trajectories.text(row, "adopters")
    }
    for row in table.rows.indices {
      #expect(ends[key.map { table.text(row, $0) }.joined(separator: "|")] == table.text(row, "size"))
    }
  }

  @Test func independentRandomnessDiffersByPoint() throws {
    let rule = "rule={kind: independent-cascade, probability: {kind: beta, mean: 0.3, concentration: 5}}"
    let paired = try Lab.run(Self.small, overrides: [rule, "story={values: [1, 1.0000001]}"])
    let independent = try Lab.run(
      Self.small, overrides: [rule, "story={values: [1, 1.0000001]}", "randomness=independent"])
    func sizes(_ tables: Lab.Tables, _ story: String) throws -> [String?] {
      try tables.rows("cascades.csv", ["story": story, "arm": "absent"]).map { $0["size"] }
    }
    #expect(try sizes(paired, "1") == sizes(paired, "1.0000001"))
    #expect(try sizes(independent, "1") != sizes(independent, "1.0000001"))
  }

  /// A replicate that cannot be made is left out and listed; the others stand.
  @Test func failedReplicatesAreListed() throws {
    let text = """
      format: 1
      name: failing
      networks: 40
      draws: 1
      agents: 6
      network: { kind: configuration-model, meanDegree: 2.5, degrees: { kind: poisson } }
      rule: { kind: independent-cascade, probability: 0.5 }
      cutoff: none
      """
    let tables = try Lab.run(text)
    #expect(!tables.outcome.failures.isEmpty && tables.outcome.failures.count < 40)
    for failure in tables.outcome.failures {
      #expect(failure.contains("the degree sequence is not graphical") || failure.contains("after 100·m switches"))
    }
    #expect(try tables.table("cascades.csv").rows.count == 40 - tables.outcome.failures.count)
    #expect(try tables.number("summary.csv", [:], "cascades") == Double(40 - tables.outcome.failures.count))
  }

  /// Without a cut-off the global cells are empty, never 0.
  @Test func noCutoffNoGlobal() throws {
    let tables = try Lab.run(Self.small, overrides: ["cutoff=none", "seeds=100"])
    for row in try tables.rows("cascades.csv", [:]) {
      #expect(row["global"] == "" && row["global_05"] == "" && row["global_20"] == "")
    }
    for row in try tables.rows("summary.csv", [:]) {
      #expect(row["global_probability"] == "" && row["theory_global"] == "")
    }
    #expect(try tables.rows("contrasts.csv", ["outcome": "global"]).isEmpty)
  }

  /// Where seeds reach half of .05 N the column for .05 is empty, the one for .20 is not.
  @Test func otherCutoffsWhereTheyApply() throws {
    let tables = try Lab.run(Self.small, overrides: ["seeds=12"])
    for row in try tables.rows("cascades.csv", [:]) { #expect(row["global_05"] == "" && row["global_20"] != "") }
  }

  @Test func csvIsReadByPython() throws {
    let python =
      ["/usr/bin/python3", "/usr/local/bin/python3"].first { FileManager.default.isExecutableFile(atPath: $0) }
      ?? "/usr/bin/env"
    let tables = try Lab.run(Self.small)
    let script = """
      import csv, json, sys, os
      folder = sys.argv[1]
      manifest = json.load(open(folder + '/manifest.json'))
      for name, table in manifest['tables'].items():
          if not name.endswith('.csv'): continue
          with open(folder + '/' + name, newline='', encoding='utf-8') as f:
              rows = list(csv.reader(f, strict=True))
          names = [c['name'] for c in table['columns']]
          assert rows[0] == names, name
          assert all(len(r) == len(names) for r in rows), name
          assert all(c['meaning'] for c in table['columns']), name
          raw = open(folder + '/' + name, 'rb').read()
          assert b'\\r' not in raw and b'nan' not in raw.lower() and raw.endswith(b'\\n'), name
      try:
          import pandas
          for name in manifest['tables']:
              if name.endswith('.csv'): pandas.read_csv(folder + '/' + name)
          print('with pandas')
      except ImportError:
          print('csv only: pandas is not installed')
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = (python.hasSuffix("env") ? ["python3"] : []) + ["-c", script, tables.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}

@Suite struct CSVTests {
  @Test func roundTrip() throws {
    var rows = CSVRows()
    rows.header([Column("a", ""), Column("b, c", ""), Column("d", "")])
    rows.add("say \"hi\"")
    rows.add("two\nlines")
    rows.add("plain")
    rows.endRow()
    rows.add(0.1 + 0.2)
    rows.add(Double?.none)
    rows.add(-1_234_567)
    rows.endRow()
    let table = try #require(CSVTable(rows.bytes))
    #expect(table.columns == ["a", "b, c", "d"])
    #expect(table.rows[0] == ["say \"hi\"", "two\nlines", "plain"])
    #expect(table.number(1, "a") == 0.1 + 0.2 && table.text(1, "b, c") == "" && table.number(1, "d") == -1_234_567)
    #expect(CSVTable(Array("a,b\n1\n".utf8)) == nil && CSVTable(Array("a\n\"1\n".utf8)) == nil)
    #expect(CSVTable(Array("a,b\n1,2".utf8)) == nil)
  }

  /// What a spreadsheet would compute gets an apostrophe; numbers, and everything else, stay as they are.
  @Test func formulas() {
    func cell(_ text: String) -> String {
      var rows = CSVRows()
      rows.add(text)
      return String(decoding: rows.bytes, as: UTF8.self)
    }
    for formula in ["=1+1", "+1+1", "@SUM(A1)", "-a", "=cmd|' /C calc'!A0", "\u{FF1D}1"] {
      #expect(cell(formula) == "'" + formula)
    }
    // Quotes are the outermost, or they would be none; and different texts stay different.
    #expect(cell("=HYPERLINK(\"x\")") == "\"'=HYPERLINK(\"\"x\"\")\"" && cell("@a, b") == "\"'@a, b\"")
    #expect(cell("'=5") == "''=5" && cell("'a") == "'a")
    for plain in ["-5", "+1", "-1.5e-3", "7", "a=b", "Anna", "", "_x"] { #expect(cell(plain) == plain) }
  }

  @Test func shortestNumbers() {
    for (value, text) in [(1.0, "1"), (0.1, "0.1"), (1e-7, "1e-07"), (1e16, "1e+16"), (123456.5, "123456.5")] {
      #expect(Digits.shortest(value) == text && Double(text) == value)
    }
    var rows = CSVRows()
    rows.add(Double.nan)
    rows.add(Double.infinity)
    #expect(rows.bytes == [44])
  }
}
