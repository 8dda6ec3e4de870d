internal import SocialInfluence

/// The network files of a scenario, each read once.
struct PlanFiles {
  /// By the network key of the conditions that use them.
  private(set) var files: [Int32: ImportedNetwork] = [:]
  /// How each network file was read, in the order of the scenario.
  private(set) var inOrder: [(path: String, report: ImportReport)] = []
  /// The inputs read, each file once.
  private(set) var inputs: [PlanInput] = []

  init(_ scenario: Scenario) throws(Failure) {
    let columns = Self.columns(scenario)
    let takesMarked = Self.takeMarked(scenario)
    var read = [EdgeListSettings: ImportedNetwork]()
    for point in scenario.points {
      for condition in point.arms {
        guard case .file(let settings) = condition.source, files[condition.keys.network] == nil else { continue }
        // Each file is read once: a pipe cannot be read again.
        var file: ImportedNetwork
        if let known = read[settings] {
          file = known
        } else {
          var own = settings
          own.agentsFile?.columns = columns[settings] ?? []
          file = try EdgeList.read(own)
          if let agents = file.agents, !agents.seeds.isEmpty, !takesMarked.contains(settings) {
            let marked = Readable.plural(agents.seeds.count, "agent", "agents")
            let name = settings.agentsFile?.writtenPath ?? ""
            file.report.doubts.append(
              "\(name): the column `seed` marks \(marked), and nobody is seeded by it; write `seeding: { kind: explicit }` to seed them"
            )
          }
          inOrder.append((settings.writtenPath, file.report))
        }
        read[settings] = file
        files[condition.keys.network] = file
        note(settings.writtenPath, file.content)
        if let agents = file.agents, let own = settings.agentsFile { note(own.writtenPath, agents.content) }
      }
    }
  }

  private mutating func note(_ path: String, _ content: InputContent) {
    let input = PlanInput(path: path, content: content)
    if !inputs.contains(input) { inputs.append(input) }
  }

  /// The network files whose marked agents some arm seeds.
  private static func takeMarked(_ scenario: Scenario) -> Set<EdgeListSettings> {
    var files = Set<EdgeListSettings>()
    for condition in scenario.points.lazy.flatMap(\.arms) {
      if case .file(let settings) = condition.source, condition.seeding.named?.isEmpty == true {
        files.insert(settings)
      }
    }
    return files
  }

  /// The columns of agents files that seeding reads.
  private static func columns(_ scenario: Scenario) -> [EdgeListSettings: Set<String>] {
    var columns = [EdgeListSettings: Set<String>]()
    for condition in scenario.points.lazy.flatMap(\.arms) {
      let own = condition.seeding.columns + condition.eligibility.columns
      if case .file(let settings) = condition.source, !own.isEmpty { columns[settings, default: []].formUnion(own) }
    }
    return columns
  }
}
