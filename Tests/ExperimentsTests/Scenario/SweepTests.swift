@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

/// Sweeps as designs need them.
@Suite struct SweepTests {
  private func text(_ sweeps: String) -> String {
    "format: 1\nname: sweep\nagents: 200\nnetworks: 3\ncutoff: none\nnetwork: { kind: gnp, meanDegree: 4 }\n"
      + "rule: { kind: independent-cascade, probability: 0.2 }\n" + sweeps
  }

  /// Joined sweeps are told apart by their combinations: the designs of Saltelli repeat values.
  @Test func joinedSweepsMayRepeatValues() throws {
    let scenario = try Lab.scenario(
      text("story: { values: [1, 1, 2], zip: a }\nequalMass: { values: [true, false, false], zip: a }\n"))
    #expect((0..<3).map { scenario.labels($0) } == [["1", "true"], ["1", "false"], ["2", "false"]])
    let read = try Lab.scenario(scenario.resolved.yaml())
    #expect(read.resolved == scenario.resolved)
    let failure = Lab.failure(text("story: { values: [1, 1], zip: a }\nequalMass: { values: [true, true], zip: a }\n"))
    #expect(failure?.message.contains("`zip: a` joins (1, true) twice") == true)
    #expect(failure?.message.contains("1 problem;") == true)
    #expect(Lab.failure(text("story: { values: [1, 1] }\n"))?.message.contains("are called `1`") == true)
  }

  @Test func steps() throws {
    let scenario = try Lab.scenario(text("story: { from: 1, to: 1.3, step: 0.1 }\n"))
    #expect(scenario.sweeps[0].labels.count == 4 && scenario.sweeps[0].labels.first == "1")
    #expect(scenario.sweeps[0].labels.last == "1.3")
    let wrong = Lab.failure(text("story: { from: 1, to: 1.35, step: 0.1 }\n"))
    #expect(wrong?.message.contains("steps of 0.1 do not lead from 1 to 1.35") == true)
    let both = Lab.failure(text("story: { from: 1, to: 2, step: 0.1, count: 11 }\n"))
    #expect(both?.message.contains("`count` and `step` both divide the sweep") == true)
  }

  /// Lists are labelled by what stands in them.
  /// Files that are swept are called by their names.
  @Test func labelsOfPaths() throws {
    let folder = try TemporaryFolder()
    for name in ["a.csv", "b.csv"] { _ = try folder.write("x,y\n", name) }
    let scenario = try Lab.scenario(
      """
      format: 1
      name: paths
      network: { kind: file, directed: false, path: { values: [\(folder.path)/a.csv, \(folder.path)/b.csv] } }
      rule: { kind: linear-threshold }
      cutoff: none
      """)
    #expect(scenario.sweeps[0].labels == ["a.csv", "b.csv"])
  }

  /// Files of one name are called by their paths, or by their places where these are no labels.
  @Test(arguments: [("one", "two", ["one t.csv", "two t.csv"]), ("ä", "ö", ["1", "2"])])
  func labelsOfEqualNames(first: String, second: String, labels: [String]) throws {
    let scenario = try Lab.scenario(
      """
      format: 1
      name: paths
      network: { kind: file, directed: false, path: { values: [\(first)/t.csv, \(second)/t.csv] } }
      rule: { kind: linear-threshold }
      cutoff: none
      """)
    #expect(scenario.sweeps[0].labels == labels)
  }

  @Test func labelsOfLists() throws {
    let scenario = try Lab.scenario(
      text("").replacingOccurrences(
        of: "{ kind: independent-cascade, probability: 0.2 }",
        with: "{ kind: adoption-table, chances: { values: [[0.1, 0.2], [0.3]] } }"))
    #expect(scenario.sweeps[0].labels == ["0.1 0.2", "0.3"])
  }

  /// A network that is random at one point has replicates at all.
  @Test func randomAtOnePoint() throws {
    let ring =
      "format: 1\nname: ring\nagents: 200\nnetworks: 3\nrule: { kind: independent-cascade, probability: 0.2 }\n"
    #expect(
      Lab.failure(ring + "network: { kind: ring-lattice, meanDegree: 4, switches: { values: [0, 0.1] } }\n") == nil)
    #expect(
      Lab.failure(ring + "network: { kind: ring-lattice, meanDegree: 4 }\n")?.message.contains(
        "this network is the same in every replicate") == true)
  }

  /// The saved scenario runs again from where it lies, and gives the same.
  @Test func savedScenarioRunsAgain() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/data", withIntermediateDirectories: true)
    _ = try folder.write("a,b\nb,c\nc,d\n", "data/one.csv")
    _ = try folder.write("a,b\nb,c\nd,c\n", "data/two.csv")
    _ = try folder.write("id,susceptibility\na,1\nb,0.5\n", "people.csv")
    let path = try folder.write(
      """
      format: 1
      name: again
      draws: 20
      network:
        kind: file
        path: { values: [data/one.csv, data/two.csv] }
        directed: false
        agentsFile: { path: people.csv }
      rule: { kind: independent-cascade, probability: 0.5 }
      cutoff: none

      """, "again.yaml")
    func run(_ scenario: String, _ output: String) throws -> [UInt8] {
      let plan = try Plan(try Scenario.load(scenario))
      _ = try Runner.run(
        plan, into: ResultsFolder(folder.path + output), workers: 1, progress: Progress(total: plan.totalWork))
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path + output + "/cascades.csv")))
    }
    let first = try run(path, "/results/deep/first")
    let saved = folder.path + "/results/deep/first/scenario.yaml"
    let second = try run(saved, "/second")
    #expect(first.count > 1000 && second == first)
  }

  /// A ceiling that hangs on the scenario is said.
  @Test func ceilingThatIsNotPinned() throws {
    let rule = "{ kind: independent-cascade, probability: 0.2, coins: ties }"
    let plain = text("").replacingOccurrences(of: "{ kind: independent-cascade, probability: 0.2 }", with: rule)
    let plan = try Plan(try Lab.scenario(plain))
    #expect(PlanReport(plan, workers: 1).text.contains("drawn up to p* = 0.2, the largest p written here"))
    let pinned = plain.replacingOccurrences(of: "coins: ties }", with: "coins: ties, ceiling: 0.2 }")
    #expect(!PlanReport(try Plan(try Lab.scenario(pinned)), workers: 1).text.contains("the largest p written here"))
  }
}

/// The small files that stand for kinds, with their right values.
@Suite(.enabled(if: FieldInputs.path != nil, "skipped: there are no field inputs beside the repository"))
struct FieldInputTests {
  private func ties(_ name: String, directed: Bool) throws -> (agents: Int, ties: [String]) {
    let imported = try EdgeList.read(EdgeListSettings(path: (FieldInputs.path ?? "") + name, isDirected: directed))
    let network = imported.network
    var ties = [String]()
    for source in 0..<network.agentCount {
      for place in network.voices(of: source) where directed || Int(network.targets[place]) > source {
        let weight = network.weights.map { " " + Digits.shortest($0[place]) } ?? ""
        ties.append("\(imported.names[source])>\(imported.names[Int(network.targets[place])])\(weight)")
      }
    }
    return (network.agentCount, ties)
  }

  @Test func edgeLists() throws {
    let names = try ties("from-to-names.csv", directed: true)
    #expect(names.agents == 5 && names.ties.count == 5)
    #expect(
      names.ties.map { $0.split(separator: " ").last.map(String.init) ?? "" }.sorted() == ["1", "1", "2", "3", "4"])
    let tabs = try ties("tab-names.tsv", directed: false)
    #expect(tabs.agents == 3 && tabs.ties.count == 3)
    #expect(Set(tabs.ties.flatMap { $0.split(separator: ">") }) == ["Anna Bo", "Bela", "Carl Oy"])
    let returns = try ties("carriage-returns.txt", directed: false)
    #expect(returns.agents == 5 && returns.ties.count == 4)
    #expect(throws: Failure.self) { try ties("node-list.txt", directed: true) }
  }

  @Test(arguments: [("half-immune.yaml", 2.0), ("three-named-seeds.yaml", 3.0)])
  func scenarios(name: String, size: Double) throws {
    let folder = try TemporaryFolder()
    let plan = try Plan(try Scenario.load((FieldInputs.path ?? "") + name))
    _ = try Runner.run(
      plan, into: ResultsFolder(folder.path + "/out"), workers: 1, progress: Progress(total: plan.totalWork))
    let table = try #require(
      CSVTable([UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path + "/out/cascades.csv")))))
    #expect(Set(table.rows.indices.map { table.number($0, "size") }) == [size])
  }
}

enum FieldInputs {
  static let path: String? = {
    let path = Lab.repository + "/../shared/field-inputs/"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()
}

/// What a run warns of.
@Suite struct WarningTests {
  private func warnings(_ p: Double, z: Double = 6, more: String = "") throws -> [String] {
    try Lab.run(
      "format: 1\nname: w\nagents: 400\nnetworks: 5\nnetwork: { kind: gnp, meanDegree: \(z) }\n"
        + "rule: { kind: independent-cascade, probability: \(p) }\n" + more
    ).outcome.warnings
  }

  @Test func deadOrSaturated() throws {
    #expect(try warnings(0.001).contains { $0.hasPrefix("no cascade was global, in the only arm") })
    #expect(
      try warnings(1, more: "seeds: 8\narms: { a: {}, b: { story: 2 } }\n").contains {
        $0.hasPrefix("all cascades were global, in every arm at every point")
      })
    #expect(
      try !warnings(0.9, more: "arms: { a: {}, b: { story: 0.001 } }\n").contains { $0.contains("nothing can be seen") }
    )
    #expect(
      try warnings(0.001, more: "cutoff: none\narms: { a: {}, b: { seeds: 2 } }\n").contains {
        $0.hasPrefix("hardly anybody adopts beyond the seeds")
      })
    #expect(
      try warnings(1, more: "cutoff: none\narms: { a: { seeds: 8 }, b: { seeds: 9 } }\n").contains {
        $0.hasPrefix("nearly all who hang together adopt")
      })
    #expect(
      try !warnings(0.3, more: "cutoff: none\narms: { a: {}, b: { seeds: 2 } }\n").contains {
        $0.contains("nothing can be seen")
      })
  }

  @Test func smallComponents() throws {
    #expect(try warnings(1, z: 0.3).contains { $0.contains("no network has a component above the cut-off") })
    #expect(try !warnings(0.5).contains { $0.contains("component above") })
  }
}
