internal import Foundation

/// `manifest.json`: what was run, by what, and what every column means.
package struct Manifest: Sendable {
  /// Resolved settings by dotted path, and the checksums of files that the scenario reads.
  package let settings: [String: String]
  /// Checksums of the tables by name.
  package let checksums: [String: String]
  package let facts: Facts

  /// What the report needs besides the tables.
  package struct Facts: Sendable {
    package var name = ""
    package var question = ""
    package var networks = 0
    package var draws = 0
    package var confidence = 0.95
    package var cutoff: Double?
    package var delta = 0.05
    package var densityDose = 2.0
    package var storyDose = 1.25
    package var agents = ""
    package var swept: [String] = []
    package var meanDegreeColumn = ""
    package var absent = ""
    package var present = ""
    package var seeded = ""
    package var few = ""
    package var failures: [String] = []
  }

  static let version = "0.1.0"
  static let fileNames = Set([
    ResultsFolder.manifestName, ResultsFolder.scenarioName, CascadesTable.name, NetworksTable.name, SummaryTable.name,
    ContrastsTable.name, CurvesTable.name, FindingsTable.name,
  ]).union(RequestedTable.allCases.flatMap(\.files).map(\.name))

  /// Everything that decides the bytes of a result.
  static func settings(_ plan: Plan) -> [String: String] {
    var settings = Dictionary(plan.scenario.resolved.leaves().map { ($0.path, $0.value) }) { first, _ in first }
    settings["question"] = nil
    for condition in plan.scenario.points.flatMap(\.arms) {
      guard case .file(let file) = condition.source else { continue }
      for path in [file.path, file.agentsFile?.path].compactMap({ $0 }) {
        settings["content of " + FilePath.name(path)] = FileManager.default.contents(atPath: path).map {
          Checksum.of([UInt8]($0))
        }
      }
    }
    return settings
  }

  /// The keys that differ, with both values.
  func differences(from other: [String: String]) -> [String] {
    Set(settings.keys).union(other.keys).sorted().compactMap { key in
      let (there, here) = (settings[key], other[key])
      return there == here ? nil : "\(key): there \(there ?? "absent"), here \(here ?? "absent")"
    }
  }

  static func write(
    _ plan: Plan, files: [(name: String, checksum: String, columns: [Column])], failures: [String], to path: String
  ) throws(Failure) {
    let head = plan.scenario.head
    let roles = ArmRoles(plan.scenario)
    func arm(_ index: Int?) -> String { index.map { plan.scenario.armNames[$0] } ?? "" }
    let counts = Set(plan.scenario.points.flatMap(\.arms).map(plan.agentCount)).sorted()
    let agents = counts.count == 1 ? "\(counts[0])" : "\(counts[0]) to \(counts[counts.count - 1])"
    let swept = plan.scenario.sweeps.map(\.column)
    let tables = files.map { file in
      let columns = file.columns.map {
        "        {\"name\": \(JSON.string($0.name)), \"unit\": \(JSON.string($0.unit)), "
          + "\"meaning\": \(JSON.string($0.meaning))}"
      }
      return "    \(JSON.string(file.name)): {\n      \"crc32\": \"\(file.checksum)\",\n      \"columns\": ["
        + (columns.isEmpty ? "" : "\n" + columns.joined(separator: ",\n") + "\n      ") + "]\n    }"
    }
    let settings = settings(plan).sorted { $0.key < $1.key }.map {
      "    \(JSON.string($0.key)): \(JSON.string($0.value))"
    }
    let integerOnly = plan.scenario.points.flatMap(\.arms).allSatisfy(Precision.isIntegerOnly)
    let few = plan.scenario.points[0].arms.first { !$0.rolesAreInert }.map(Precision.few) ?? ""
    let text = """
      {
        "format": 1,
        "program": "influents",
        "version": \(JSON.string(version)),
        "name": \(JSON.string(head.name)),
        "question": \(JSON.string(head.question)),
        "randomSeed": \(head.randomSeed),
        "networks": \(head.networks),
        "draws": \(head.draws),
        "confidence": \(Digits.shortest(head.confidence)),
        "cutoff": \(head.cutoff.map(Digits.shortest) ?? "null"),
        "delta": \(Digits.shortest(head.delta)),
        "doses": {"density": \(Digits.shortest(head.densityDose)), "story": \(Digits.shortest(head.storyDose))},
        "agents": \(JSON.string(agents)),
        "few": \(JSON.string(few)),
        "unit": "\(head.networks > 1 ? "network" : "draw")",
        "cascadesAreIntegerOnly": \(integerOnly),
        "arms": {"absent": \(JSON.string(arm(roles.absent))), "present": \(JSON.string(arm(roles.present))), \
      "seeded": \(JSON.string(arm(roles.seeded)))},
        "swept": [\(swept.map(JSON.string).joined(separator: ", "))],
        "failures": [\(failures.map(JSON.string).joined(separator: ", "))],
        "scenario": \(plan.scenario.resolved.json),
        "settings": {
      \(settings.joined(separator: ",\n"))
        },
        "tables": {
      \(tables.joined(separator: ",\n"))
        }
      }

      """
    var file = try OutputFile(path)
    do {
      try file.write(Array(text.utf8))
      try file.close()
    } catch {
      file.abandon()
      throw error
    }
  }

  /// Nil where there is none, or it cannot be read.
  package static func read(_ path: String) -> Manifest? {
    guard let data = FileManager.default.contents(atPath: path),
      let root = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let settings = root["settings"] as? [String: String], let tables = root["tables"] as? [String: [String: Any]]
    else { return nil }
    var facts = Facts()
    facts.name = root["name"] as? String ?? ""
    facts.question = root["question"] as? String ?? ""
    facts.networks = root["networks"] as? Int ?? 0
    facts.draws = root["draws"] as? Int ?? 0
    facts.confidence = root["confidence"] as? Double ?? 0.95
    facts.cutoff = root["cutoff"] as? Double
    facts.delta = root["delta"] as? Double ?? 0.05
    facts.agents = root["agents"] as? String ?? ""
    facts.few = root["few"] as? String ?? ""
    facts.swept = root["swept"] as? [String] ?? []
    facts.failures = root["failures"] as? [String] ?? []
    let doses = root["doses"] as? [String: Double] ?? [:]
    facts.densityDose = doses["density"] ?? 2
    facts.storyDose = doses["story"] ?? 1.25
    let arms = root["arms"] as? [String: String] ?? [:]
    (facts.absent, facts.present, facts.seeded) = (arms["absent"] ?? "", arms["present"] ?? "", arms["seeded"] ?? "")
    return Manifest(
      settings: settings, checksums: tables.compactMapValues { $0["crc32"] as? String }, facts: facts)
  }
}
