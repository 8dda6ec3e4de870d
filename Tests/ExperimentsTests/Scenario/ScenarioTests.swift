@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

@Suite struct ScenarioTests {
  private let base = MessageTests.sound

  @Test func gridsInOrderLastFastest() throws {
    let text =
      MessageTests.head + "network: { kind: chung-lu, meanDegree: { values: [2, 4] } }\n" + MessageTests.rule
      + "story: { from: 1, to: 2, count: 3 }\n"
    let scenario = try Lab.scenario(text)
    #expect(
      scenario.points.indices.map { scenario.labels($0) } == [
        ["2", "1"], ["2", "1.5"], ["2", "2"], ["4", "1"], ["4", "1.5"], ["4", "2"],
      ])
    #expect(scenario.sweeps.map(\.column) == ["network_mean_degree", "story"])
    #expect(scenario.points[4].arms[0].story == 1.5 && scenario.points[4].arms[0].meanDegree == 4)
  }

  @Test func zipAndLogarithm() throws {
    let text =
      base + "story: { from: 1, to: 100, count: 3, scale: log, zip: a }\nseeds: { values: [1, 2, 3], zip: a }\n"
    let scenario = try Lab.scenario(text)
    #expect(scenario.points.indices.map { scenario.labels($0) } == [["1", "1"], ["10", "2"], ["100", "3"]])
  }

  @Test func armsOverride() throws {
    let text =
      base + """
        roles: { maven: { fraction: 0.1, gain: 3, hearsFirst: 0.5 } }
        seeding: { kind: top-fraction, fraction: 0.2 }
        arms:
          absent: { few: absent }
          first: { roles: { maven: { gain: 5 } }, seeding: { kind: random } }
        """
    let scenario = try Lab.scenario(text)
    let arms = scenario.points[0].arms
    #expect(scenario.armNames == ["absent", "first"])
    #expect(arms[0].roles[.maven] == RoleSpecification(fraction: 0.1, gain: 1))
    #expect(arms[1].roles[.maven] == RoleSpecification(fraction: 0.1, gain: 5, hearsFirst: 0.5))
    #expect(arms[0].seeding is TopFraction && arms[1].seeding is RandomSeeds)
  }

  @Test(
    "the saved scenario is the same run, whatever only some arms or points need",
    arguments: [
      "network: { kind: ring-lattice, meanDegree: 4 }\nagents: 20\n"
        + "arms: { one: {}, two: { seeding: { kind: explicit, agents: [5, 9] } } }\n",
      "network: { kind: ring-lattice, meanDegree: 4 }\nagents: 20\n"
        + "arms: { one: { seeding: { kind: explicit, agents: [2] } }, two: {} }\n",
      "network: { kind: torus, rows: 3, columns: 4 }\nagents: 12\n"
        + "arms: { one: {}, two: { network: { kind: ring-lattice, meanDegree: 2 } } }\n",
      "network: { kind: gnp, meanDegree: 2 }\nagents: 40\narms: { one: {}, two: { seedFraction: 0.1 } }\n",
      "agents: 40\narms:\n  one: { network: { kind: gnp, meanDegree: 3 }, rule: { kind: absolute-threshold, threshold: 2 } }\n"
        + "  two: { network: { kind: gnp, meanDegree: 4 } }\n",
      "network: { kind: gnp, meanDegree: 2 }\nagents: 40\nseeds: { from: 1, to: 2, step: 0.25 }\narms: { one: { seeds: 3 } }\n",
      "network: { kind: gnp, meanDegree: 2 }\nagents: 40\nstory: \"x\"\nseeds: 1.5\n"
        + "arms: { one: { story: 1, seeds: 2 }, two: { story: 2, seeds: 1 } }\n",
      "network: { values: [{ kind: torus, rows: 3, columns: 4, label: t }, { kind: gnp, meanDegree: 2, label: g }] }\nagents: 12\n",
    ])
  func savedScenarioIsTheSameRun(text: String) throws {
    let head = "format: 1\nname: saved\ndraws: 2\nrule: { kind: independent-cascade, probability: 0.2 }\ncutoff: none\n"
    let tables = try Lab.run(head + text)
    let saved = String(decoding: tables.bytes("scenario.yaml"), as: UTF8.self)
    let again = try Lab.run(saved)
    for name in ["cascades.csv", "summary.csv", "contrasts.csv", "scenario.yaml"] {
      #expect(again.bytes(name) == tables.bytes(name), "\(name)")
    }
  }

  @Test(
    "another value in any key is another run, also where only some arms have it",
    arguments: [
      (
        "agents: 40\nrule: { kind: independent-cascade, probability: 0.2 }\narms:\n"
          + "  one: { network: { kind: gnp, meanDegree: 3 }, rule: { kind: absolute-threshold, threshold: 2 } }\n"
          + "  two: { network: { kind: gnp, meanDegree: 4 } }\n", "0.2", "0.9"
      ),
      (
        "network: { kind: gnp, meanDegree: 4 }\nagents: 40\nseeds: 1\nrule: { kind: independent-cascade, probability: 0.2 }\n"
          + "arms: { one: { seeding: { kind: explicit, agents: [2] } }, two: {} }\n", "seeds: 1\n", ""
      ),
      (
        "network: { kind: nonsense }\nagents: 40\nrule: { kind: independent-cascade, probability: 0.2 }\nstory: 1\narms:\n"
          + "  one: { network: { kind: gnp, meanDegree: 3 }, story: 2 }\n  two: { network: { kind: gnp, meanDegree: 4 } }\n",
        "story: 1\n", "story: 3\n"
      ),
      (
        "network: { kind: gnp, meanDegree: 4 }\nagents: 40\nrule: { kind: independent-cascade, probability: 0.2 }\n"
          + "seeds: { values: [1, 1.5] }\narms: { one: { seeds: 3 } }\n", "1.5", "1.7"
      ),
    ])
  func anotherValueIsAnotherRun(text: String, old: String, new: String) throws {
    let head = "format: 1\nname: other\ncutoff: none\n"
    func identity(_ text: String) throws -> String { try Manifest.Identity(Plan(Lab.scenario(head + text))).scenario }
    #expect(try identity(text) == identity(text))
    #expect(try identity(text) != identity(text.replacing(old, with: new)))
  }

  /// What is saved as the resolved scenario reads back to the same scenario.
  @Test(arguments: ["law-of-the-few", "smoke", "watts-dodds-2007"])
  func resolvedReadsBack(name: String) throws {
    let scenario = try Scenario.load(Lab.repository + "/scenarios/\(name).yaml")
    let again = try Lab.scenario(scenario.resolved.yaml())
    #expect(again.resolved == scenario.resolved)
    #expect(again.points.count == scenario.points.count && again.armNames == scenario.armNames)
    #expect(zip(again.points, scenario.points).allSatisfy { zip($0.arms, $1.arms).allSatisfy { $0.keys == $1.keys } })
  }

  @Test func embeddedScenarioIsTheShippedOne() throws {
    let shipped = try Data(contentsOf: URL(fileURLWithPath: Lab.repository + "/scenarios/law-of-the-few.yaml"))
    #expect(EmbeddedScenario.bytes == [UInt8](shipped))
  }

  @Test func overridesFromTheCommandLine() throws {
    let scenario = try Lab.scenario(base, overrides: ["story=1.5", "network.meanDegree=8", "randomSeed=99"])
    #expect(scenario.points[0].arms[0].story == 1.5 && scenario.points[0].arms[0].meanDegree == 8)
    #expect(scenario.head.randomSeed == 99)
    let wrong = Lab.failure(base, overrides: ["story=much"])
    #expect(wrong?.message.contains("--set story:1:1: error: `much` is not a number as `story` needs it") == true)
    #expect(Lab.failure(base, overrides: ["story"])?.message.contains("`story` is not `path=value`") == true)
  }

  /// Coins by ties sample at one p* everywhere: the largest probability below 1 in the scenario, unless it is written.
  @Test func ceilingIsCommonToAllPoints() throws {
    let rule = "rule: { kind: independent-cascade, probability: { values: [0.1, 0.3, 1] }, coins: ties }\n"
    let text = MessageTests.head + MessageTests.network + rule
    let scenario = try Lab.scenario(text)
    #expect(scenario.points.map { ($0.arms[0].rule as? IndependentCascade)?.coins.ceiling } == [0.3, 0.3, 0.3])
    #expect(scenario.resolved["rule"]?["ceiling"] == .number(0.3))
    let pinned = try Lab.scenario(text, overrides: ["rule.ceiling=0.2"])
    #expect(pinned.points.map { ($0.arms[0].rule as? IndependentCascade)?.coins.ceiling } == [0.2, 0.2, 0.2])
    // And so a larger probability loses no adopter: sizes never fall from point to point.
    let tables = try Lab.run(text, overrides: ["agents=300"])
    func sizes(_ p: String) throws -> [Int] {
      try tables.rows("cascades.csv", ["rule_probability": p]).compactMap { Int($0["size"] ?? "") }
    }
    #expect(try zip(sizes("0.1"), sizes("0.3")).allSatisfy { $0 <= $1 })
    #expect(try zip(sizes("0.3"), sizes("1")).allSatisfy { $0 <= $1 })
  }

  @Test func jsonIsReadToo() throws {
    let text = """
      {"format": 1, "name": "test", "agents": 100, "network": {"kind": "gnp", "meanDegree": 3},
       "rule": {"kind": "fractional-threshold"}, "cutoff": "none"}
      """
    #expect(try Lab.scenario(text).head.cutoff == nil)
  }

  @Test func numbersByTheGrammarOfJSON() {
    let accepted = ["1", "1.0", "1e0", "10e-1", "0.5E+1", "1e6", ".5", ".5e1"]
    for text in accepted { #expect(Lab.failure(base + "story: \(text)\n") == nil, "\(text)") }
    for text in ["0x10", "1_000", "+1", ".", "-.", ".e1", "1.", "yes", "~", "''", "1e", "0b1", "١"] {
      #expect(Lab.failure(base + "story: \(text)\n") != nil, "\(text)")
    }
    #expect(Lab.failure(base + "draws: 1e2\n") == nil)
  }

  /// Every declared parameter appears in the catalogue's text, with its meaning.
  @Test func catalogueIsComplete() {
    // Lines are broken where the terminal ends.
    func plain(_ text: String) -> String { text.split { $0 == " " || $0 == "\n" }.joined(separator: " ") }
    let text = CatalogueReport.text(nil)
    let all: [any Variant.Type] =
      Catalogue.rules + Catalogue.networks + Catalogue.seedings + Catalogue.distributions
    for type in all {
      #expect(text.contains("  \(type.description.kind)\n"))
      for parameter in type.description.parameters {
        #expect(plain(text).contains(plain("\(parameter.key): \(parameter.meaning)")))
      }
    }
    for topic in CatalogueReport.topics { #expect(!CatalogueReport.text(topic).isEmpty) }
    // Kinds are unique within a catalogue.
    for catalogue in [
      Catalogue.rules as [any Variant.Type], Catalogue.networks, Catalogue.seedings, Catalogue.distributions,
    ] {
      #expect(Set(catalogue.map { $0.description.kind }).count == catalogue.count)
    }
  }
}
