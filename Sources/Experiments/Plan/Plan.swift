internal import Foundation
internal import SocialInfluence

/// A file that a scenario reads.
package struct PlanInput: Sendable, Hashable {
  /// As the scenario has it.
  let path: String
  let content: InputContent
}

/// What will happen: nothing optional, files read, everything that depends on N checked.
package struct Plan: Sendable {
  package let scenario: Scenario
  /// Networks read from files, by the network key of the conditions that use them.
  package let files: [String: ImportedNetwork]
  /// How each network file was read, in the order of the scenario.
  package let filesInOrder: [(path: String, report: ImportReport)]
  /// What was read, in the order of the scenario, each file once.
  package let inputs: [PlanInput]
  /// Conditions in the order in which a replicate visits them: those that share most stand together.
  let order: [ConditionIndex]
  /// Arms that are the same at several points: they are run once.
  let copies: ArmCopies
  /// The places of arms whose cascades stand in the tables on request; nil for all.
  private let shown: Set<Int32>?
  /// Which points are compared with which.
  let doses: Doses
  /// Draws of one item of work.
  let drawsPerItem: Int
  /// How many conditions have each network, by its key.
  private let networkUses: [String: Int]

  /// A condition by point and arm.
  package struct ConditionIndex: Sendable, Hashable {
    package let point: Int
    package let arm: Int
  }

  package init(_ scenario: Scenario) throws(Failure) {
    var scenario = scenario
    var files = [String: ImportedNetwork]()
    var read = [EdgeListSettings: ImportedNetwork]()
    var inputs = [PlanInput]()
    var filesInOrder = [(path: String, report: ImportReport)]()
    func note(_ path: String, _ content: InputContent) {
      let input = PlanInput(path: path, content: content)
      if !inputs.contains(input) { inputs.append(input) }
    }
    var problems = Problems()
    // The columns of agents files at which seeding looks.
    var columns = [EdgeListSettings: Set<String>]()
    for condition in scenario.points.lazy.flatMap(\.arms) {
      let own = condition.seeding.columns + condition.selection.columns
      if case .file(let settings) = condition.source, !own.isEmpty { columns[settings, default: []].formUnion(own) }
    }
    for point in scenario.points {
      for condition in point.arms {
        guard case .file(let settings) = condition.source, files[condition.keys.network] == nil else { continue }
        // Once each: a pipe gives nothing the second time.
        let file: ImportedNetwork
        if let known = read[settings] {
          file = known
        } else {
          var own = settings
          own.agentsFile?.columns = columns[settings] ?? []
          file = try EdgeList.read(own)
          filesInOrder.append((settings.writtenPath, file.report))
        }
        read[settings] = file
        files[condition.keys.network] = file
        note(settings.writtenPath, file.content)
        if let agents = file.agents, let own = settings.agentsFile { note(own.writtenPath, agents.content) }
      }
    }
    scenario.setSeeds { condition in
      guard let file = files[condition.keys.network] else { return nil }
      let named = (condition.seeding as? ExplicitSeeds)?.agents.count ?? 0
      return condition.seedCount.number(
        of: file.network.agentCount, named: named > 0 ? named : file.agents?.seeds.count ?? 0)
    }
    self.scenario = scenario
    // Where one point has random networks, its replicates are worth having; the others repeat their own with other seeds.
    let isAnyRandom = scenario.points.contains { $0.arms.contains(where: \.hasRandomNetwork) }
    for point in scenario.points where !problems.isFull {
      for condition in point.arms {
        Self.check(
          condition, scenario.head, files[condition.keys.network], isAnyNetworkRandom: isAnyRandom, &problems)
      }
    }
    ExpectedTables.check(scenario, &problems)
    guard problems.isEmpty else { throw Failure(problems) }
    (self.files, self.inputs, self.filesInOrder) = (files, inputs, filesInOrder)
    let copies = ArmCopies(scenario)
    self.copies = copies
    doses = Doses(scenario)
    shown = scenario.shown.isEverything ? nil : copies.chosen(scenario.shown)
    let armCount = scenario.armNames.count
    let all = copies.origins.indices.filter { copies.isRun($0) }.map {
      ConditionIndex(point: $0 / armCount, arm: $0 % armCount)
    }
    let conditions = all.map { scenario.points[$0.point].arms[$0.arm] }
    networkUses = Dictionary(conditions.map { ($0.keys.network, 1) }, uniquingKeysWith: +)
    let networks = Self.ranks(conditions.map(\.keys.network))
    let populations = Self.ranks(
      conditions.map { $0.keys.population + $0.weighting.rawValue + "\($0.equalMass)" })
    let rules = Self.ranks(conditions.map { $0.keys.rule + "|" + Digits.shortest($0.story) })
    order = all.indices.sorted { a, b in
      (networks[a], populations[a], rules[a], a) < (networks[b], populations[b], rules[b], b)
    }.map { all[$0] }
    // Few networks: their draws are spread over several items, a number that does not depend on workers.
    let head = scenario.head
    drawsPerItem = head.networks >= 16 ? head.draws : max(1, head.draws * head.networks / 16)
  }

  /// The place of each text among all different ones in order.
  private static func ranks(_ texts: [String]) -> [Int] {
    let ranks = Dictionary(uniqueKeysWithValues: Set(texts).sorted().enumerated().map { ($1, $0) })
    return texts.map { ranks[$0] ?? 0 }
  }

  package subscript(index: ConditionIndex) -> Condition { scenario.points[index.point].arms[index.arm] }

  /// What is known of each condition in `order`, for every point and arm: copies as their first.
  func everyPoint<Value>(_ values: [Value]) -> [Value] {
    let armCount = scenario.armNames.count
    var byPlace = [Int: Value](minimumCapacity: values.count)
    for (index, value) in zip(order, values) { byPlace[index.point * armCount + index.arm] = value }
    return copies.origins.compactMap { byPlace[Int($0)] }
  }

  /// Whether a condition has rows in the tables on request.
  func shows(_ index: ConditionIndex) -> Bool {
    shown?.contains(Int32(index.point * scenario.armNames.count + index.arm)) ?? true
  }

  /// Whether a cascade has.
  func shows(_ index: ConditionIndex, replicate: Int, draw: Int) -> Bool {
    shows(index) && scenario.shown.contains(replicate: replicate, draw: draw)
  }

  var blocksPerNetwork: Int { (scenario.head.draws + drawsPerItem - 1) / drawsPerItem }
  package var itemCount: Int { scenario.head.networks * blocksPerNetwork }

  /// The share of making its networks that falls to a condition; 0 where a file holds them.
  func networkShare(_ condition: Condition) -> Double {
    condition.generator == nil ? 0 : 1 / Double(networkUses[condition.keys.network] ?? 1)
  }

  /// N of a condition.
  package func agentCount(_ condition: Condition) -> Int {
    condition.agentCount ?? files[condition.keys.network]?.network.agentCount ?? 0
  }

  /// z of a condition, from its file where it has one; for a complete network N − 1.
  package func meanDegree(_ condition: Condition) -> Double {
    condition.meanDegree ?? files[condition.keys.network]?.network.meanDegree
      ?? Double(max(0, agentCount(condition) - 1))
  }

  /// Cascades of the whole run.
  package var cascadeCount: Int {
    Int(
      saturating: Double(order.count) * Double(scenario.head.networks)
        * Double(scenario.head.draws))
  }

  /// The key under which a point's random numbers are drawn.
  func randomSeed(point: Int) -> UInt64 {
    guard !scenario.head.isPaired else { return scenario.head.randomSeed }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in scenario.labels(point).joined(separator: "|").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return scenario.head.randomSeed ^ hash
  }

  private static func check(
    _ condition: Condition, _ head: ScenarioHead, _ file: ImportedNetwork?, isAnyNetworkRandom: Bool,
    _ problems: inout Problems
  ) {
    var tree: ScenarioNode { condition.tree }
    guard let count = condition.agentCount ?? file?.network.agentCount else { return }
    if !isAnyNetworkRandom && head.networks > 1 {
      let node = tree["networks"] ?? tree
      problems.add(
        Problem(
          node, "`networks` is \(head.networks), but this network is the same in every replicate",
          remedy: "write networks: 1 and more `draws`: the draw is then the unit of inference"))
    }
    checkRule(condition, file, count, &problems)
    if condition.seeds > count {
      problems.add(
        Problem(
          tree["seeds"] ?? tree["seedFraction"] ?? tree, "\(condition.seeds) seeds are more than the \(count) agents",
          remedy: "write at most \(count)"))
    } else if let cutoff = head.cutoff, Double(condition.seeds) >= cutoff * Double(count) / 2 {
      problems.add(
        Problem(
          tree["seeds"] ?? tree["seedFraction"] ?? tree,
          "\(Readable.plural(condition.seeds, "seed reaches", "seeds reach")) half the cut-off of \(Digits.shortest((10 * cutoff * Double(count)).rounded() / 10)) agents: whether a "
            + "cascade is global would hang on the seeds",
          remedy: "write fewer seeds, or `cutoff: none` to look at sizes and times only"))
    }
    if let z = condition.meanDegree, z > Double(count - 1), condition.agentCount != nil, count > 0 {
      problems.add(
        Problem(
          tree.descendant(["network", "meanDegree"]) ?? tree["network"] ?? tree,
          "a mean degree of \(Digits.shortest(z)) does not fit \(count) agents", remedy: "write at most \(count - 1)"))
    }
    if let law = (condition.generator as? ConfigurationModel)?.givenSequence, !isGraphical(law, condition.roles) {
      problems.add(
        Problem(
          tree.descendant(["network", "degrees"]) ?? tree, "no simple network has this degree sequence",
          remedy: "correct the list: see the condition of Erdős and Gallai"))
    }
    checkTables(condition, head, file, &problems)
    checkSeeding(condition, file, count, &problems)
  }

  /// What a rule asks of the rest of the scenario.
  private static func checkRule(
    _ condition: Condition, _ file: ImportedNetwork?, _ count: Int, _ problems: inout Problems
  ) {
    var tree: ScenarioNode { condition.tree }
    if condition.seeds == 0 && (condition.rule as? any TimeDrivenRule)?.adoptsAlone != true
      && !condition.mayAdoptAlone(file)
    {
      problems.add(
        Problem(
          tree["seeds"] ?? tree["seedFraction"] ?? tree, "without seeds nobody ever adopts under this rule",
          remedy: "write at least 1; only rules by which agents adopt of their own accord can start from 0"))
    }
    if let multiple = condition.generator?.traits.agentMultiple, multiple > 1, count % multiple != 0 {
      problems.add(
        Problem(
          tree["agents"] ?? tree, "\(count) agents do not split into groups of \(multiple)",
          remedy: "write a multiple of \(multiple), such as \((count / multiple + 1) * multiple)"))
    }
    let fewest = condition.generator?.traits.fewestAgents ?? 1
    if count < fewest {
      problems.add(
        Problem(
          tree["agents"] ?? tree, "\(count) agents have no room for the ties of this network",
          remedy: "write at least \(fewest) agents, or fewer ties or groups"))
    }
    if let variation = condition.generator?.traits.degreeVariation, variation > Double(count - 1).squareRoot() {
      problems.add(
        Problem(
          tree.descendant(["network", "degreeCV"]) ?? tree,
          "\(count) agents cannot differ that much: the coefficient of variation of N numbers is at most √(N − 1)",
          remedy: "write at most \(Digits.shortest((Double(count - 1).squareRoot() * 100).rounded(.down) / 100))"))
    }
    if file?.agents?.thresholds != nil && !condition.rule.takesThresholds {
      problems.add(
        Problem(
          tree["rule"] ?? tree, "this rule has no thresholds, and the agents file has a column of them",
          remedy: "rename the column, or choose one of fractional-threshold, absolute-threshold, linear-threshold, "
            + "below-threshold-per-step, below-threshold-per-exposure"))
    }
    let isNoisy = condition.rule is BelowThresholdPerExposure || condition.rule is BelowThresholdPerStep
    if isNoisy, file?.agents?.thresholds?.contains(where: { $0.map { $0 <= 0 } ?? false }) == true {
      problems.add(
        Problem(
          tree["rule"] ?? tree, "a threshold of the agents file is 0 or less, which has no meaning under this rule",
          remedy: "write thresholds above 0, or choose fractional-threshold or absolute-threshold"))
    }
    guard case .tieWeights = condition.rule.hazardSource else { return }
    var node: ScenarioNode { tree.descendant(["rule", "by"]) ?? tree["rule"] ?? tree }
    guard let weights = file?.network.weights else {
      problems.add(
        Problem(
          node, "`by: weight` needs a network file with a column of weights",
          remedy: "name it under `network.weight`, or write `probability`"))
      return
    }
    if let wrong = weights.first(where: { $0 > 1 }) {
      problems.add(
        Problem(
          node, "`by: weight` takes weights as probabilities, and the file has \(Digits.shortest(wrong))",
          remedy: "divide the weights, or write `probability`"))
    }
    if condition.weighting != .ignore {
      problems.add(
        Problem(
          tree["tieWeights"] ?? node, "with `by: weight` the weights are probabilities already",
          remedy: "write tieWeights: ignore"))
    }
  }

  /// Only a sequence that is used as given can be judged beforehand.
  private static func isGraphical(_ sequence: [Int], _ roles: [Role: RoleSpecification]) -> Bool {
    if let connector = roles[.connector], connector.gain != 1 { return true }
    var sequence = sequence
    // An odd sum gets one stub more at an addressed agent; the smallest degree is the kindest place for it.
    if sequence.reduce(0, +) % 2 == 1, let least = sequence.indices.min(by: { sequence[$0] < sequence[$1] }) {
      sequence[least] += 1
    }
    return ConfigurationModel.isGraphical(sequence)
  }

  /// What tables ask for and no file gives.
  private static func checkTables(
    _ condition: Condition, _ head: ScenarioHead, _ file: ImportedNetwork?, _ problems: inout Problems
  ) {
    guard head.tables.contains(.groups), file?.agents?.groups == nil else { return }
    problems.add(
      Problem(
        condition.tree["tables"] ?? condition.tree, "the table `groups` needs an agents file with a column of groups",
        remedy: "name the column: agentsFile: { path: …, group: … }, or `group` for a graph that says it of its nodes"))
  }

  private static func checkSeeding(
    _ condition: Condition, _ file: ImportedNetwork?, _ count: Int, _ problems: inout Problems
  ) {
    var node: ScenarioNode { condition.tree["seeding"] ?? condition.tree }
    func refuse(_ what: String, _ remedy: String) { problems.add(Problem(node, what, remedy: remedy)) }
    if let byRole = condition.seeding as? SeedsByRole {
      let fractions = condition.roles.filter { byRole.role == nil || $0.key == byRole.role }.map(\.value.fraction)
      let most = fractions.reduce(0) { $0 + Ranking.topCount($1, of: count) }
      if most < condition.seeds {
        refuse(
          "\(condition.seeds) seeds are asked of \(most) members of the role",
          fractions.isEmpty ? "define the role under `roles`" : "write a larger fraction or fewer seeds")
      }
    }
    checkColumns(condition, file, count, &problems)
    guard condition.seeding is ExplicitSeeds else { return }
    do {
      let named = try namedSeeds(condition, file, count)
      if named.isEmpty {
        refuse(
          "nobody is named", "write `agents: [...]` with ids, or mark agents in the column `seed` of an agents file")
      } else if named.count != condition.seeds {
        problems.add(
          Problem(
            condition.tree["seeds"] ?? condition.tree["seedFraction"] ?? node,
            "\(Readable.plural(named.count, "agent is", "agents are")) named and \(condition.seeds) shall be seeded",
            remedy: "write seeds: \(named.count), or no `seeds` at all: all that are named are then seeded"))
      }
    } catch {
      refuse(error.message, "write an id of the network file, or a number from 0 to \(count - 1)")
    }
  }

  /// The columns at which seeding looks: there, with numbers where numbers are asked for, and with enough agents.
  private static func checkColumns(
    _ condition: Condition, _ file: ImportedNetwork?, _ count: Int, _ problems: inout Problems
  ) {
    let selection = condition.selection
    let names = condition.seeding.columns + selection.columns
    guard !names.isEmpty else { return }
    var node: ScenarioNode { condition.tree["seeding"] ?? condition.tree }
    func refuse(_ what: String, _ remedy: String) { problems.add(Problem(node, what, remedy: remedy)) }
    guard let agents = file?.agents else {
      refuse(
        "`\(names[0])` is a column of an agents file, and there is none",
        "write `network: { kind: file, path: …, agentsFile: { path: … } }`")
      return
    }
    for name in names where agents.columns[name.lowercased()] == nil {
      let near = Spelling.nearest(name, among: agents.header).map { "did you mean `\($0)`? " } ?? ""
      refuse("the agents file has no column `\(name)`", near + "it has " + agents.header.joined(separator: ", "))
      return
    }
    for name in condition.seeding.columns {
      if let text = agents.columns[name.lowercased()]?.firstText {
        refuse(
          "the column `\(name)` holds `\(text.value)` (line \(text.line) of the agents file), which is no number",
          "name a column of numbers, or choose agents by `where`")
        return
      }
    }
    for requirement in selection.requirements {
      let known = agents.columns[requirement.column.lowercased()]?.values ?? []
      if let wrong = requirement.values.first(where: { !known.contains($0) }) {
        let near = Spelling.nearest(wrong, among: known).map { "did you mean `\($0)`? " } ?? ""
        refuse(
          "nobody has `\(wrong)` in the column `\(requirement.column)`",
          near + "it holds " + known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : ""))
        return
      }
    }
    let needed = condition.seeding.columns + (selection.spread.map { [$0] } ?? [])
    let eligible = (0..<count).count { agent in
      needed.allSatisfy { (agents.columns[$0.lowercased()]?.codes[agent] ?? -1) >= 0 }
        && selection.requirements.allSatisfy { requirement in
          let column = agents.columns[requirement.column.lowercased()]
          let code = column?.codes[agent] ?? -1
          return code >= 0 && requirement.values.contains(column?.values[code] ?? "")
        }
    }
    if eligible < condition.seeds {
      refuse(
        "\(condition.seeds) seeds are asked of \(eligible) eligible agents",
        "write fewer seeds, or leave out fewer agents")
    }
  }

  /// The agents that explicit seeding names, in order.
  static func namedSeeds(
    _ condition: Condition, _ file: ImportedNetwork?, _ count: Int
  ) throws(Failure) -> [UInt32] {
    guard let explicit = condition.seeding as? ExplicitSeeds else { return [] }
    if explicit.agents.isEmpty { return file?.agents?.seeds ?? [] }
    var seeds = [UInt32]()
    var seen = Set<Int>()
    for name in explicit.agents {
      let index =
        file.map { $0.names.index(of: Array(name.utf8)) } ?? Int(name).flatMap { $0 >= 0 && $0 < count ? $0 : nil }
      guard let index else { throw Failure(.wrongInput, "there is no agent `\(name)`") }
      guard seen.insert(index).inserted else { throw Failure(.wrongInput, "the agent `\(name)` is named twice") }
      seeds.append(UInt32(index))
    }
    return seeds
  }
}
