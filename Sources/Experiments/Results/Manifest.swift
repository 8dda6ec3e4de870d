internal import Foundation

/// `manifest.json`: what was run, by which version, and what every column means.
struct Manifest: Sendable {
  /// The ties of an exported cascade.
  static let edgesName = "edges.csv"
  let holds: Holds
  let version: String
  /// Resolved settings by dotted path.
  let settings: [String: String]
  /// Size and checksum of each input file, by name.
  let contents: [String: String]
  /// Checksums of the listed files, by name.
  let checksums: [String: String]
  /// Checksum of the text of the resolved scenario and of the values of all conditions.
  private let scenario: String
  let facts: Facts

  /// What the report needs besides the tables.
  struct Facts: Sendable {
    var name = ""
    var question = ""
    var networks = 0
    var draws = 0
    var confidence = 0.95
    var cutoff: Double?
    var delta = 0.05
    var densityDose = 2.0
    var storyDose = 1.25
    var agents = ""
    var swept: [String] = []
    var absent = ""
    var present = ""
    var seeded = ""
    var few = ""
    /// The rule and the number of seeds in words; empty if they differ between points or arms.
    var rule = ""
    var seeds = ""
    var failures: [String] = []
    /// Names of the listed files.
    var tables: Set<String> = []
  }

  static let version = "0.2.0"
  /// Format version of manifest and tables: raised when a reader of the previous one would misread them.
  static let format = 4
  static let fileName = "manifest.json"
  static let fileNames = Set([
    fileName, ResultsFolder.scenarioName, CascadesTable.name, NetworksTable.name, SummaryTable.name,
    ContrastsTable.name, CurvesTable.name, FindingsTable.name, Manifest.edgesName,
  ]).union(RequestedTable.allCases.flatMap(\.files).map(\.name))

  /// The files that a run of `plan` writes besides the manifest.
  static func tableNames(_ plan: Plan) -> [String] {
    let head = plan.scenario.head
    var names = [CascadesTable.name, NetworksTable.name, SummaryTable.name, ContrastsTable.name, CurvesTable.name]
    names += plan.scenario.requestedFiles.map(\.name)
    if !head.expectations.isEmpty { names.append(FindingsTable.name) }
    return names + [ResultsFolder.scenarioName]
  }

  /// Whether the folder holds a run or an exported cascade.
  enum Holds: String, Sendable { case run, export }

  /// The result of reading a manifest.
  enum Read: Sendable {
    case none
    /// No regular file, unreadable, of another format, or its checksum does not match.
    case damaged
    case whole(Manifest)
  }

  /// Everything that determines the bytes of a run, besides the version.
  struct Identity: Sendable {
    /// Resolved settings by dotted path, including empty groups.
    let settings: [String: String]
    /// Checksum of the text of the resolved scenario, which keeps the order, and of every value of every condition.
    let scenario: String
    /// The input files, in the order of the scenario.
    let inputs: [PlanInput]

    init(_ plan: Plan) {
      settings = Dictionary(plan.scenario.resolved.leaves().map { ($0.path, $0.value) }) { first, _ in first }
      scenario = Checksum.of(Array((plan.scenario.resolved.yaml() + plan.scenario.checksum).utf8))
      inputs = plan.inputs
    }

    /// Size and checksum of each input, by its path as written; numbered where inputs share that path.
    var contents: [String: String] {
      var contents = [String: String]()
      for input in inputs {
        var name = "content of " + input.path
        var number = 1
        while contents[name] != nil {
          number += 1
          name = "content of \(input.path) (\(number))"
        }
        contents[name] = input.content.text
      }
      return contents
    }
  }

  /// The settings, inputs and versions that differ from `identity`, with both values.
  func differences(from identity: Identity) -> [String] {
    var there = settings
    var here = identity.settings
    there.merge(contents) { own, _ in own }
    here.merge(identity.contents) { own, _ in own }
    there["version of influents"] = version
    here["version of influents"] = Self.version
    let keys = Set(there.keys).union(here.keys).sorted()
    let differing = keys.compactMap { key in
      there[key] == here[key] ? nil : "\(key): there \(Self.words(there[key])), here \(Self.words(here[key]))"
    }
    if differing.isEmpty && scenario != identity.scenario {
      return ["the order or the kind of its arms, sweeps or values"]
    }
    return differing
  }

  private static func words(_ value: String?) -> String { value.map { $0.isEmpty ? "empty" : $0 } ?? "not set" }

  /// Writes `manifest.json` of a run.
  static func write(
    _ plan: Plan, files: [(name: String, checksum: String, columns: [Column])], failures: [String], to path: String
  ) throws(Failure) {
    let head = plan.scenario.head
    let roles = ArmRoles(plan.scenario)
    func arm(_ index: Int?) -> String { index.map { plan.scenario.armNames[$0] } ?? "" }
    let counts = Set(plan.scenario.points.flatMap(\.arms).map(plan.agentCount)).sorted()
    let agents = counts.count == 1 ? "\(counts[0])" : "\(counts[0]) to \(counts[counts.count - 1])"
    let swept = plan.scenario.sweeps.map(\.column)
    let identity = Identity(plan)
    let integerOnly = plan.scenario.points.flatMap(\.arms).allSatisfy(Precision.isIntegerOnly)
    let few = plan.scenario.points[0].arms.first { !$0.rolesAreInert }.map(PlanWords.few) ?? ""
    let body = """
        "holds": "\(Holds.run.rawValue)",
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
        "rule": \(JSON.string(PlanWords.rule(plan))),
        "seeds": \(JSON.string(PlanWords.seeds(plan))),
        "unit": "\(head.networks > 1 ? "network" : "draw")",
        "cascadesAreIntegerOnly": \(integerOnly),
        "arms": {"absent": \(JSON.string(arm(roles.absent))), "present": \(JSON.string(arm(roles.present))), \
      "seeded": \(JSON.string(arm(roles.seeded)))},
        "swept": [\(swept.map(JSON.string).joined(separator: ", "))],
        "failures": [\(failures.prefix(mostFailures).map(JSON.string).joined(separator: ", "))],
        "scenario": \(plan.scenario.resolved.json),
        "settings": \(object(identity.settings)),
        "scenarioChecksum": "\(identity.scenario)",
        "inputs": \(object(identity.contents)),
      """
    try write(body, files: files, to: path)
  }

  /// Writes `manifest.json` of an exported cascade.
  static func write(
    export title: String, files: [(name: String, checksum: String, columns: [Column])], to path: String
  ) throws(Failure) {
    try write(
      """
        "holds": "\(Holds.export.rawValue)",
        "name": \(JSON.string(title)),
        "settings": {},
      """, files: files, to: path)
  }

  /// At most so many failures are listed: more would make the manifest larger than the tables.
  static let mostFailures = 10_000

  private static func object(_ pairs: [String: String]) -> String {
    guard !pairs.isEmpty else { return "{}" }
    return "{\n"
      + pairs.sorted { $0.key < $1.key }.map { "    \(JSON.string($0.key)): \(JSON.string($0.value))" }
      .joined(separator: ",\n") + "\n  }"
  }

  private static func write(
    _ body: String, files: [(name: String, checksum: String, columns: [Column])], to path: String
  ) throws(Failure) {
    let tables = files.map { file in
      let columns = file.columns.map {
        "        {\"name\": \(JSON.string($0.name)), \"unit\": \(JSON.string($0.unit)), "
          + "\"meaning\": \(JSON.string($0.meaning))}"
      }
      return "    \(JSON.string(file.name)): {\n      \"sha256\": \"\(file.checksum)\",\n      \"columns\": ["
        + (columns.isEmpty ? "" : "\n" + columns.joined(separator: ",\n") + "\n      ") + "]\n    }"
    }
    let rest = """
        "program": "influents",
        "version": \(JSON.string(version)),
        "format": \(format),
      \(body)
        "tables": {
      \(tables.joined(separator: ",\n"))
        }
      }

      """
    let text = opening + Checksum.of(Array(rest.utf8)) + closing + rest
    _ = try OutputFile.write(to: path) { file throws(Failure) in try file.write(Array(text.utf8)) }
  }

  /// The checksum covers everything after its own line, so that any change of a byte is detected.
  private static let opening = "{\n  \"sha256\": \""
  private static let closing = "\",\n"

  /// The facts of the run in `folder`.
  ///
  /// - Throws: 66 if its manifest is missing or damaged.
  static func facts(_ folder: String) throws(Failure) -> Facts {
    let path = FilePath.join(folder, fileName)
    guard case .whole(let manifest) = read(path), manifest.holds == .run else {
      throw Failure(.missingInput, "\(path): cannot be read, or is damaged")
    }
    return manifest.facts
  }

  static func read(_ path: String) -> Read {
    guard FileSystem.kind(path) != .nothing else { return .none }
    guard FileSystem.kind(path) == .file, FileSystem.status(path).map({ $0.st_size < largest }) ?? false,
      let data = FileManager.default.contents(atPath: path)
    else { return .damaged }
    let bytes = [UInt8](data)
    let start = opening.utf8.count + Checksum.length + closing.utf8.count
    guard bytes.count > start else { return .damaged }
    let expected = opening + Checksum.of(Array(bytes[start...])) + closing
    guard bytes.starts(with: Array(expected.utf8)), let manifest = Manifest(data) else { return .damaged }
    return .whole(manifest)
  }

  /// Bytes; no manifest is larger.
  private static let largest = 1 << 26

  private init?(_ data: Data) {
    guard let root = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let settings = root["settings"] as? [String: String], let tables = root["tables"] as? [String: [String: Any]],
      let holds = (root["holds"] as? String).flatMap(Holds.init), root["format"] as? Int == Self.format,
      // Listed files are replaced and removed: only names that influents writes are accepted, never a path elsewhere.
      tables.keys.allSatisfy({ Self.fileNames.contains($0) && $0 != Self.fileName })
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
    facts.rule = root["rule"] as? String ?? ""
    facts.seeds = root["seeds"] as? String ?? ""
    facts.swept = root["swept"] as? [String] ?? []
    facts.failures = root["failures"] as? [String] ?? []
    facts.tables = Set(tables.keys)
    let doses = root["doses"] as? [String: Double] ?? [:]
    facts.densityDose = doses["density"] ?? 2
    facts.storyDose = doses["story"] ?? 1.25
    let arms = root["arms"] as? [String: String] ?? [:]
    (facts.absent, facts.present, facts.seeded) = (arms["absent"] ?? "", arms["present"] ?? "", arms["seeded"] ?? "")
    (self.settings, self.holds, self.facts) = (settings, holds, facts)
    version = root["version"] as? String ?? ""
    scenario = root["scenarioChecksum"] as? String ?? ""
    contents = root["inputs"] as? [String: String] ?? [:]
    checksums = tables.compactMapValues { $0["sha256"] as? String }
  }
}
