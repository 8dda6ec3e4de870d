import Foundation
@testable import Experiments
@testable import SocialInfluence
import Testing

/// Arms that do not depend on what is swept are run once, and stand at every point all the same.
struct ArmCopiesTests {
  private static let scenario = """
    format: 1
    name: copies
    networks: 12
    draws: 2
    agents: 300
    network: { kind: influence-network, meanDegree: { values: [4, 8] } }
    roles: { connector: { fraction: { values: [0.05, 0.1, 0.2] }, gain: { values: [2, 3] } } }
    rule: { kind: fractional-threshold }
    arms:
      absent: { few: absent }
      present: {}
      seeded: { seeding: { kind: by-role } }
    """

  /// The rows of one point, by the columns that do not speak of the point.
  private static func rows(
    _ tables: Lab.Tables, _ file: String, _ point: Int, without hidden: [String] = []
  ) throws -> [[String]] {
    let table = try tables.table(file)
    let columns = table.columns.filter {
      !["point", "same_as_point", "roles_connector_fraction", "roles_connector_gain"].contains($0)
        && !hidden.contains($0)
    }
    return table.rows.indices.filter { table.text($0, "point") == String(point) }.map { row in
      columns.map { table.text(row, $0) }
    }
  }

  @Test("the absent arm of a sweep of roles is run once per z")
  func once() throws {
    let tables = try Lab.run(Self.scenario)
    let cascades = try tables.table("cascades.csv")
    func count(_ arm: String) -> Int { cascades.rows.indices.count { cascades.text($0, "arm") == arm } }
    #expect(count("absent") == 2 * 12 * 2)
    #expect(count("present") == 12 * 12 * 2 && count("seeded") == 12 * 12 * 2)
    let summary = try tables.table("summary.csv")
    let copies = summary.rows.indices.filter { summary.text($0, "same_as_point") != "" }
    #expect(summary.rows.count == 36 && copies.count == 10)
    #expect(copies.allSatisfy { summary.text($0, "arm") == "absent" })
    #expect(Set(copies.map { summary.text($0, "same_as_point") }) == ["1", "7"])
  }

  @Test("a point of a sweep has the numbers that it has alone", arguments: [1, 4, 6, 9, 12])
  func asAlone(point: Int) throws {
    let tables = try Lab.run(Self.scenario)
    let place = point - 1
    let (z, fraction, gain) = ([4, 8][place / 6], [0.05, 0.1, 0.2][place / 2 % 3], [2, 3][place % 2])
    let alone = try Lab.run(
      Self.scenario.replacingOccurrences(of: "{ values: [4, 8] }", with: "\(z)")
        .replacingOccurrences(of: "{ values: [0.05, 0.1, 0.2] }", with: "\(fraction)")
        .replacingOccurrences(of: "{ values: [2, 3] }", with: "\(gain)"))
    let hidden = ["network_mean_degree"]
    #expect(try Self.rows(tables, "summary.csv", point, without: hidden) == Self.rows(alone, "summary.csv", 1))
    #expect(try Self.rows(tables, "curves.csv", point, without: hidden) == Self.rows(alone, "curves.csv", 1))
  }

  @Test("Holm counts a contrast of copies once")
  func families() throws {
    let tables = try Lab.run(Self.scenario)
    let table = try tables.table("contrasts.csv")
    let density = table.rows.indices.filter {
      table.text($0, "contrast") == "density" && table.text($0, "outcome") == "global"
    }
    // Three arms at six combinations of roles; the absent arm is one of them.
    let own = density.filter { table.text($0, "same_as_point") == "" }
    #expect(density.count == 18 && own.count == 13)
    let first = density.first { table.text($0, "arm") == "absent" }.map { table.text($0, "p_holm") }
    #expect(density.allSatisfy { table.text($0, "arm") != "absent" || table.text($0, "p_holm") == first })
    // The smallest p of a family is multiplied by its size.
    let least = own.compactMap { row in table.number(row, "p_value").map { ($0, table.number(row, "p_holm") ?? 0) } }
      .min { $0.0 < $1.0 }
    let pair = try #require(least)
    #expect(pair.1 == min(1, 13 * pair.0))
  }

  @Test("where points draw apart, nothing is a copy")
  func independent() throws {
    let tables = try Lab.run(Self.scenario + "\nrandomness: independent")
    let summary = try tables.table("summary.csv")
    #expect(summary.rows.indices.allSatisfy { summary.text($0, "same_as_point") == "" })
  }

  @Test("in joined sweeps a dose is found by the values of the others, wherever they stand")
  func joinedDoses() throws {
    let tables = try Lab.run(
      """
      format: 1
      name: joined
      networks: 2
      agents: 100
      network: { kind: gnp, meanDegree: { values: [2, 2, 4, 4], zip: a } }
      story: { values: [1, 3, 1, 3], zip: a }
      rule: { kind: independent-cascade, probability: 0.2 }
      """)
    let table = try tables.table("contrasts.csv")
    let found = Set(table.rows.indices.map { row in ["contrast", "point", "to_point"].map { table.text(row, $0) } })
    #expect(found == [["density", "1", "3"], ["density", "2", "4"]])
  }
}
