@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

/// What is told or refused about a plan with one's own people, before anything is run.
@Suite struct PlanWarningsTests {
  /// The plan of cascades among the people of two files.
  private func plan(ties: String = SeedsOfPeopleTests.star, people: String, _ text: String) throws -> Plan {
    let folder = try TemporaryFolder()
    _ = try folder.write(ties, "ties.csv")
    _ = try folder.write(people, "people.csv")
    return try Plan(
      Lab.scenario(
        """
        format: 1
        name: people
        network: { kind: file, path: \(folder.path)/ties.csv, directed: false, agentsFile: { path: \(folder.path)/people.csv } }
        rule: { kind: independent-cascade, probability: .1 }
        cutoff: none
        \(text)
        """))
  }

  /// Which of equals comes first is drawn once on a network from a file: that is told where it decides who is seeded.
  @Test(arguments: [
    ("{ kind: highest-degree }", 1, nil), ("{ kind: highest-degree }", 3, "`only` 2 of 3"),
    ("{ kind: highest-degree, equals: byId }", 2, nil), ("{ kind: highest-degree }", 7, nil),
    ("{ kind: by-column, column: followers }", 3, nil), ("{ kind: random }", 3, nil),
    ("{ kind: highest-degree, spread: department }", 4, "`only` 1 of 4"),
    ("{ kind: highest-degree, where: { department: law } }", 2, nil),
    ("{ kind: highest-degree, where: { department: law } }", 1, "`only` 1 of 1"),
    ("{ kind: by-trait, trait: expertise }", 2, "`only` 2 of 2"), ("{ kind: by-trait, trait: connectivity }", 1, nil),
    ("{ kind: by-trait, trait: connectivity }", 3, "`only` 2 of 3"),
  ])
  func lotsAreTold(seeding: String, count: Int, says: String?) throws {
    let warnings = SeedLots.warnings(
      try plan(people: SeedsOfPeopleTests.people, "seeds: \(count)\nseeding: \(seeding)"))
    if let says { #expect(warnings.count == 1 && warnings[0].contains(says)) } else { #expect(warnings == []) }
  }

  /// People who are written otherwise than `where` asks are not seeded: that is told, once for all arms.
  @Test(arguments: [("sales", 1), ("[sales, Sales]", 0), ("law", 0)])
  func nearMissesAreTold(asked: String, count: Int) throws {
    let plan = try plan(
      people: "id,team\nhub,sales\nf1,Sales\nf2,law\nf3,sales\n",
      """
      arms:
        all: {}
        some: { seeding: { kind: random, where: { team: \(asked) } } }
        best: { seeding: { kind: highest-degree, where: { team: \(asked) } } }
      """)
    #expect(PlanWarnings.all(plan).count { $0.contains("others there are `Sales`") } == count)
  }

  /// Two spellings of a group take turns twice; who has no value is never chosen.
  @Test(arguments: [
    ("{ kind: random, spread: team }", "takes `sales` and `Sales` for two groups"),
    ("{ kind: by-column, column: followers }", "1 agent has no `followers` and cannot be chosen by it"),
  ])
  func groupsAndGapsAreTold(seeding: String, says: String) throws {
    let plan = try plan(
      ties: "a,b\nb,c\nc,d\n", people: "id,team,followers\na,sales,1\nb,Sales,2\nc,law,\nd,law,4\n",
      "seeding: \(seeding)")
    #expect(PlanWarnings.all(plan).count { $0.contains(says) } == 1)
  }

  @Test(
    "columns may have any name, also in the saved scenario",
    arguments: ["#h", "a: b", "\"q\"", "[age]", "% urban", "- i", "{", "<<", "yes", "1", " lead"])
  func columnNames(name: String) throws {
    let quoted = "\"" + name.replacing("\"", with: "\"\"") + "\""
    let folder = try TemporaryFolder()
    _ = try folder.write(SeedsOfPeopleTests.star, "star.csv")
    _ = try folder.write("id,\(quoted)\nhub,1\nf1,2\nf2,1\n", "people.csv")
    let scenario = try Lab.scenario(
      """
      format: 1
      name: names
      network: { kind: file, path: \(folder.path)/star.csv, directed: false, agentsFile: { path: \(folder.path)/people.csv } }
      rule: { kind: independent-cascade, probability: .1 }
      cutoff: none
      seeding: { kind: random, where: { '\(name)': "2" } }
      """)
    let again = try Lab.scenario(scenario.resolved.yaml())
    #expect(again.resolved == scenario.resolved && again.checksum == scenario.checksum)
    #expect(again.points[0].arms[0].eligibility.requirements.map(\.column) == [name])
  }

  @Test func `ids that nobody has are told all at once, with what may be meant`() throws {
    let failure = #expect(throws: Failure.self) {
      let folder = try TemporaryFolder()
      _ = try folder.write(SeedsOfPeopleTests.star, "star.csv")
      return try Plan(
        Lab.scenario(
          """
          format: 1
          name: unknown
          network: { kind: file, path: \(folder.path)/star.csv, directed: false }
          rule: { kind: independent-cascade, probability: .1 }
          cutoff: none
          seeding: { kind: explicit, agents: [hbu, f1, zzzz, m33] }
          """))
    }
    #expect(
      failure?.message.contains("there is no agent `hbu` (did you mean `hub`?), `zzzz`, `m33` (did you mean `m3`?)")
        == true, "\(failure?.message ?? "")")
  }

  @Test func `thresholds in percent are refused where they are shares`() throws {
    let people = "id,threshold\nhub,25\nf1,30\nf2,5\n"
    let rule = "rule: { kind: fractional-threshold }\nseeds: 1\n"
    func failure(_ agents: String, _ rule: String) throws -> String {
      let folder = try TemporaryFolder()
      _ = try folder.write(SeedsOfPeopleTests.star, "star.csv")
      _ = try folder.write(agents, "people.csv")
      return Lab.failure(
        """
        format: 1
        name: percent
        network: { kind: file, path: \(folder.path)/star.csv, directed: false, agentsFile: { path: \(folder.path)/people.csv } }
        cutoff: none
        \(rule)
        """)?.message ?? ""
    }
    #expect(try failure(people, rule).contains("thresholds of the agents file go up to 30"))
    #expect(try failure("id,threshold\nhub,0.25\nf1,2\n", rule) == "")
    #expect(try failure(people, "rule: { kind: absolute-threshold, threshold: 2 }\nseeds: 1\n") == "")
  }

  @Test func `an id of a tie that has a row of its own is not taken for another spelling of it`() throws {
    let folder = try TemporaryFolder()
    var settings = EdgeListSettings(path: try folder.write("Ann,Bo\nBo,Cy\n", "t.csv"), isDirected: false)
    settings.agentsFile = AgentsFileSettings(path: try folder.write("id\nAnn\nann\nbo\n", "a.csv"))
    settings.agentsFile?.keepsIsolates = true
    let failure = #expect(throws: Failure.self) { try EdgeList.read(settings) }
    #expect(failure?.message.contains("a.csv:4:1: error: the id `bo` is written `Bo` in the ties") == true)
    settings.agentsFile?.path = try folder.write("id\nAnn\nann\n", "b.csv")
    #expect(try EdgeList.read(settings).network.agentCount == 4)
  }
}
