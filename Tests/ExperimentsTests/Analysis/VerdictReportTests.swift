@testable import Experiments
import Foundation
import Testing

/// The screen answers what the arms ask.
@Suite struct VerdictReportTests {
  /// A hub with 40 others: seeding it reaches 1 + 40 p of them, seeding a leaf 1 + p + 39 p².
  private func star(_ text: String) throws -> Lab.Tables {
    let folder = try TemporaryFolder()
    _ = try folder.write((0..<40).map { "hub,leaf\($0)" }.joined(separator: "\n"), "star.csv")
    return try Lab.run(
      """
      format: 1
      name: whom
      draws: 400
      network: { kind: file, path: \(folder.path)/star.csv, directed: false }
      rule: { kind: independent-cascade, probability: 0.5 }
      cutoff: none
      \(text)
      """)
  }

  private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

  /// Every arm has a row, the best first, against the first arm that is written.
  @Test func everyArmHasARow() throws {
    let tables = try star(
      """
      arms:
        a leaf: { seeding: { kind: explicit, agents: [leaf3] } }
        the hub: { seeding: { kind: highest-degree } }
        another leaf: { seeding: { kind: explicit, agents: [leaf7] } }
      """)
    let text = try VerdictReport(tables.path).text
    let rows = lines(text).filter {
      $0.hasPrefix(" ") && ($0.contains("leaf") || $0.contains("hub")) && $0.contains("[")
    }
    #expect(rows.count >= 3 && rows[0].contains("the hub") && rows[0].hasSuffix("helped"))
    #expect(rows.contains { $0.contains(" another leaf") && $0.hasSuffix("no diff.") })
    #expect(text.contains("`the hub` does best: +.") && text.unwrapped.contains("] against `a leaf`, helped"))
    // 21 of 41 people against 11.25: 1 + .5 + .25 · 39.
    let change = try tables.number(
      "contrasts.csv", ["contrast": "arms", "baseline_arm": "a leaf", "arm": "the hub"], "estimate")
    // The variance of a leaf's reach is that of its first step, about .25 · 19.5²; 400 draws.
    let error = (0.25 * 19.5 * 19.5 + 20.0).squareRoot() / 20 / 41
    #expect(abs(change - 9.75 / 41) < 4 * error)
    #expect(!text.contains("the few"))
  }

  @Test func `each of several stories has its table, and a story with its dose has one`() throws {
    let arms = "arms: { leaf: { seeding: { kind: lowest-degree } }, hub: { seeding: { kind: highest-degree } } }"
    let all = try star("story: { values: [0.5, 1, 1.25] }\n" + arms)
    let three = try VerdictReport(all.path).text
    for story in ["story 0.5", "story 1", "story 1.25"] {
      #expect(lines(three).contains(story) && three.contains(story + ": `hub` does best"))
    }
    #expect(three.components(separatedBy: "\n hub  ").count == 5 && three.contains("seeded, in order\n leaf  leaf"))
    let pair = try star("story: { values: [1, 1.25] }\n" + arms)
    let two = try VerdictReport(pair.path).text
    #expect(two.components(separatedBy: "\n hub  ").count == 3 && lines(two).contains { $0.hasPrefix(" 1.25s ") })
    #expect(two.unwrapped.contains("1.25s: leaf with a story so many times as good"))
  }

  @Test func `the heading names rule and seeds, the table the range of single cascades`() throws {
    let tables = try star("seeding: { kind: highest-degree }\n")
    let text = try VerdictReport(tables.path).text
    #expect(lines(text).contains("independent-cascade, probability 0.5 · 1 seed"))
    // 1 + B(40, ½): quantiles of 5 and 95 % are 16 and 26, with sampling error.
    let ends = try #require(text.firstMatch(of: /([0-9]+)–([0-9]+)/))
    #expect(abs((Int(ends.1) ?? 0) - 16) <= 1 && abs((Int(ends.2) ?? 0) - 26) <= 1)
    #expect(text.unwrapped.contains("one run: adopters in nine of ten cascades · people: adopters, seeds among them"))
  }

  @Test func `who is seeded is on the screen, and so are unequal numbers of seeds`() throws {
    let tables = try star(
      """
      seeds: 2
      arms:
        anybody: { seeding: { kind: random } }
        named: { seeding: { kind: explicit, agents: [leaf7, leaf3] } }
        all named: { seeds: 30, seeding: { kind: explicit, agents: [\((0..<30).map { "leaf\($0)" }.joined(separator: ", "))] } }
      """)
    let text = try VerdictReport(tables.path).text
    #expect(lines(text).contains("independent-cascade, probability 0.5 · 2 seeds, all named 30"))
    let shown = text.components(separatedBy: "seeded, in order\n")[1].components(separatedBy: "\n\n")[0]
    #expect(lines(shown)[0] == " named      leaf7, leaf3")
    #expect(shown.unwrapped.hasSuffix("leaf23, leaf24, 5 more in seeds.csv") && !shown.contains("anybody"))
    #expect(lines(shown).dropFirst(2).allSatisfy { $0.hasPrefix("            ") && $0.count <= 80 })
  }

  /// Seeds that differ between draws are no list of people.
  @Test func seedsOfDrawsAreNotNamed() throws {
    let tables = try star("tables: [seeds]\narms: { anybody: { seeding: { kind: random } } }\nseeds: 3")
    #expect(try !VerdictReport(tables.path).text.contains("seeded"))
  }

  @Test func `adopters by group are on the screen where they are asked for`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write((0..<40).map { "hub,leaf\($0)" }.joined(separator: "\n"), "star.csv")
    let people = "id,team\nhub,lead\n" + (0..<40).map { "leaf\($0),\($0 < 10 ? "one" : "two")\n" }.joined()
    let agents = try folder.write(people, "people.csv")
    let tables = try Lab.run(
      """
      format: 1
      name: teams
      draws: 400
      network: { kind: file, path: \(folder.path)/star.csv, directed: false, agentsFile: { path: \(agents), group: team } }
      rule: { kind: independent-cascade, probability: 0.5 }
      cutoff: none
      tables: [groups]
      arms: { leaf: { seeding: { kind: explicit, agents: [leaf0] } }, hub: { seeding: { kind: explicit, agents: [hub] } } }
      """)
    let text = try VerdictReport(tables.path).text
    let shown = lines(text).drop { $0 != "share of each group that adopts, seeds among them" }.dropFirst().prefix(4).map
    { $0.unwrapped }
    #expect(shown[0] == "agents leaf hub" && shown[1].hasPrefix("two 30 ") && shown[2].hasPrefix("one 10 "))
    // From the hub each leaf adopts with ½, from a leaf the hub does and each other leaf with ¼; 400 draws.
    let shares = try #require(shown[1].firstMatch(of: /two 30 (\.[0-9]+) \[.*\] (\.[0-9]+) \[/))
    #expect(abs((Double(shares.1) ?? 0) - 0.25) < 4 * 0.28 / 20 && abs((Double(shares.2) ?? 0) - 0.5) < 4 * 0.092 / 20)
    #expect(shown[3].hasPrefix("lead 1 ") && shown[3].contains("1.000"))
    // Where nobody asked, nothing is shown.
    let without = try star("")
    #expect(try !VerdictReport(without.path).text.contains("of each group"))
  }

  /// Many arms stand in several tables of groups, each within 80 columns.
  @Test func manyArmsOfGroups() throws {
    let folder = try TemporaryFolder()
    let agents = try folder.write("id,team\na,x\nb,y\nc,y\n", "people.csv")
    let ties = try folder.write("a,b\nb,c\n", "ties.csv")
    let arms = (1...13).map { "  the arm of number \($0): { story: \($0) }\n" }.joined()
    let tables = try Lab.run(
      """
      format: 1
      name: many
      draws: 4
      network: { kind: file, path: \(ties), directed: false, agentsFile: { path: \(agents), group: team } }
      rule: { kind: independent-cascade, probability: 0.5 }
      cutoff: none
      tables: [groups]
      arms:
      \(arms)
      """)
    let text = try VerdictReport(tables.path).text
    #expect(lines(text).allSatisfy { $0.count <= 80 })
    let shown = text.components(separatedBy: "seeds among them\n")[1].components(separatedBy: "\n\n")[0]
    #expect(shown.components(separatedBy: "the ar…").count == 14 && lines(shown).count { $0.hasPrefix(" x ") } > 2)
  }

  /// What harms is called so, and never "mattered more".
  @Test func directionIsSaid() throws {
    let tables = try star(
      "arms: { the hub: { seeding: { kind: highest-degree } }, a leaf: { seeding: { kind: lowest-degree } } }")
    let text = try VerdictReport(tables.path, isWide: true).text
    #expect(
      text.contains("no arm does better than `the hub`, the next is `a leaf` with −.") && text.contains(": harmed."))
  }

  /// The mean share has an interval on screen and in summary.csv.
  @Test func meansHaveIntervals() throws {
    let tables = try star("")
    let summary = try tables.table("summary.csv")
    let (mean, lower, upper) = (
      summary.number(0, "mean_adopted_fraction"), summary.number(0, "adopted_lower"), summary.number(0, "adopted_upper")
    )
    #expect(try #require(lower) < #require(mean) && #require(mean) < #require(upper))
    #expect(try VerdictReport(tables.path).text.contains(" ["))
  }

  /// Lines fit 80 columns, also with long names; more than twelve groups become a digest, and `--wide` shows them all.
  @Test func fitsTheTerminal() throws {
    let tables = try Lab.run(
      """
      format: 1
      name: many
      networks: 8
      agents: 120
      network: { kind: chung-lu, meanDegree: { values: [2, 4] } }
      rule: { kind: independent-cascade, probability: { from: 0.1, to: 0.7, count: 13 } }
      roles: { connector: { fraction: 0.1, gain: 4 } }
      arms:
        absent without anybody who knows more: { few: absent }
        present among all of the others: {}
        seeded before anybody else hears: { seeding: { kind: by-role } }

      """)
    let digest = try VerdictReport(tables.path).text
    #expect(lines(digest).allSatisfy { $0.count <= 80 } && digest.contains("13 groups of points"))
    #expect(digest.contains("who helped more, aiming at the few or 2z: ") && digest.contains("helped most: +"))
    let wide = try VerdictReport(tables.path, isWide: true).text
    #expect(wide.contains("seeded before anybody else hears") && lines(wide).count > 100)
    let few = try Lab.run(
      """
      format: 1
      name: few
      networks: 8
      agents: 120
      network: { kind: chung-lu, meanDegree: { values: [2, 4] } }
      rule: { kind: independent-cascade, probability: 0.4 }
      roles: { connector: { fraction: 0.1, gain: 4 } }
      arms:
        absent without anybody who knows more: { few: absent }
        present among all of the others: {}
        seeded before anybody else hears: { seeding: { kind: by-role } }

      """)
    #expect(lines(try VerdictReport(few.path).text).allSatisfy { $0.count <= 80 })
  }

  /// Presence and aim add up to the few's effect, per unit and so in the means.
  @Test func presenceAndAimAddUp() throws {
    let tables = try Lab.run(
      """
      format: 1
      name: sum
      networks: 40
      agents: 400
      network: { kind: chung-lu, meanDegree: { values: [4, 8] } }
      rule: { kind: independent-cascade, probability: 0.2 }
      roles: { connector: { fraction: 0.05, gain: 5 } }
      arms:
        absent: { few: absent }
        seeded: { seeding: { kind: by-role } }
        present: {}

      """)
    func estimate(_ contrast: String, _ column: String = "estimate") throws -> Double {
      try tables.number(
        "contrasts.csv",
        ["contrast": contrast, "outcome": "global", "network_mean_degree": "4"]
          .merging(contrast == "density" ? ["arm": "absent"] : [:]) { $1 }, column)
    }
    let (presence, aim, few) = (try estimate("presence"), try estimate("aim"), try estimate("few"))
    #expect(abs(presence + aim - few) < 1e-12)
    let density = try estimate("density")
    #expect(abs(try estimate("aim_against_density") - (aim - density)) < 1e-12)
    #expect(abs(try estimate("few_against_density") - (few - density)) < 1e-12)
    #expect(abs(try estimate("few_against_density", "size_difference") - (abs(few) - abs(density))) < 1e-12)
  }
}
