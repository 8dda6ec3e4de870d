internal import Foundation
internal import SocialInfluence

/// Problems of a condition that can be found before a run.
extension Plan {
  static func check(
    _ condition: Condition, _ head: ScenarioHead, _ file: ImportedNetwork?, _ whole: WholeFacts,
    _ problems: inout Problems
  ) {
    var tree: ScenarioNode { condition.tree }
    guard let count = condition.agentCount ?? file?.network.agentCount else { return }
    if !whole.isAnyNetworkRandom && head.networks > 1 {
      let node = tree["networks"] ?? tree
      problems.add(
        Problem(
          node, "`networks` is \(head.networks), but this network is the same in every replicate",
          remedy: "write networks: 1 and more `draws`: the draw is then the unit of inference"))
    }
    checkRule(condition, file, count, whole, &problems)
    checkSeedCount(condition, head, count, &problems)
    if let z = condition.meanDegree, z > Double(count - 1), condition.agentCount != nil, count > 0 {
      problems.add(
        Problem(
          tree.descendant(["network", "meanDegree"]) ?? tree["network"] ?? tree,
          "a mean degree of \(Digits.shortest(z)) does not fit \(count) agents", remedy: "write at most \(count - 1)"))
    }
    if let law = condition.generator?.traits.givenDegrees, !isGraphical(law, condition.roles) {
      problems.add(
        Problem(
          tree.descendant(["network", "degrees"]) ?? tree, "no simple network has this degree sequence",
          remedy: "correct the list: see the condition of Erdős and Gallai"))
    }
    if condition.switches > 0 || condition.transitivity != nil, hasAllTies(condition, count) {
      problems.add(
        Problem(
          tree["network"] ?? tree, "everybody is tied to everybody here, and no tie can be switched",
          remedy: "remove `switches` and `transitivity`, or write fewer ties"))
    }
    checkTables(condition, head, file, &problems)
    checkSeeding(condition, file, count, &problems)
  }

  private static func checkSeedCount(
    _ condition: Condition, _ head: ScenarioHead, _ count: Int, _ problems: inout Problems
  ) {
    var tree: ScenarioNode { condition.tree }
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
  }

  /// Whether a generated network is complete.
  private static func hasAllTies(_ condition: Condition, _ count: Int) -> Bool {
    guard let traits = condition.generator?.traits, count > 0 else { return false }
    return traits.isComplete || traits.meanDegree == Double(count - 1)
  }

  /// Checks what a rule requires of the rest of the scenario.
  private static func checkRule(
    _ condition: Condition, _ file: ImportedNetwork?, _ count: Int, _ whole: WholeFacts, _ problems: inout Problems
  ) {
    var tree: ScenarioNode { condition.tree }
    if condition.seeds == 0 && !condition.rule.traits.hasOutsideInfluence
      && !condition.mayHaveInstigators(file)
    {
      problems.add(
        Problem(
          tree["seeds"] ?? tree["seedFraction"] ?? tree, "without seeds nobody ever adopts under this rule",
          remedy: "write at least 1; only rules by which agents adopt of their own accord can start from 0"))
    }
    checkRoom(condition, count, &problems)
    if file?.agents?.thresholds != nil, !condition.rule.takesThresholds, !whole.isThresholdTaken {
      problems.add(
        Problem(
          tree["rule"] ?? tree, "this rule has no thresholds, and the agents file has a column of them",
          remedy: "rename the column, or choose one of fractional-threshold, absolute-threshold, linear-threshold, "
            + "below-threshold-per-step, below-threshold-per-exposure, in this arm or in another one"))
    }
    if condition.rule.traits.mayAdoptBelow,
      file?.agents?.thresholds?.contains(where: { $0.map { $0 <= 0 } ?? false }) == true
    {
      problems.add(
        Problem(
          tree["rule"] ?? tree, "a threshold of the agents file is 0 or less, which has no meaning under this rule",
          remedy: "write thresholds above 0, or choose fractional-threshold or absolute-threshold"))
    }
    checkShares(condition, file, &problems)
    for trait in Trait.allCases where file?.agents?.traits.values[trait] != nil {
      guard condition.traitLaws[trait]?.constant == nil, let written = tree.descendant(["traits", trait.name]) else {
        continue
      }
      problems.add(
        Problem(
          written, "the agents file gives each agent its \(trait.name): `traits.\(trait.name)` would do nothing",
          remedy: "remove it, or rename the column of the file"))
    }
    checkWeights(condition, file, &problems)
  }

  /// Whether thresholds that are shares of voices look like percentages.
  private static func checkShares(_ condition: Condition, _ file: ImportedNetwork?, _ problems: inout Problems) {
    guard condition.rule.takesThresholds, case .threshold(let form) = condition.rule.traits.form, form.isShare,
      let most = file?.agents?.percentThreshold
    else { return }
    problems.add(
      Problem(
        condition.tree["rule"] ?? condition.tree,
        "thresholds of the agents file go up to \(Digits.shortest(most)), and under this rule they are shares of voices from 0 to 1",
        remedy: "write 0.25 for 25 %, and 2 for all who never adopt, or choose absolute-threshold for numbers of voices"
      ))
  }

  /// Whether the number of agents fits the network and its degree variation.
  private static func checkRoom(_ condition: Condition, _ count: Int, _ problems: inout Problems) {
    var tree: ScenarioNode { condition.tree }
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
  }

  /// Checks weights that are used as probabilities.
  private static func checkWeights(_ condition: Condition, _ file: ImportedNetwork?, _ problems: inout Problems) {
    var tree: ScenarioNode { condition.tree }
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

  /// Whether a sequence is graphical; true where the connectors' gain still changes it.
  private static func isGraphical(_ sequence: [Int], _ roles: [Role: RoleSpecification]) -> Bool {
    if let connector = roles[.connector], connector.gain != 1 { return true }
    var sequence = sequence
    // An odd sum gets one more stub at an agent drawn later; the smallest degree is the most permissive place.
    if sequence.reduce(0, +) % 2 == 1, let least = sequence.indices.min(by: { sequence[$0] < sequence[$1] }) {
      sequence[least] += 1
    }
    return ConfigurationModel.isGraphical(sequence)
  }

  /// Checks that the table `groups` has groups to show.
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
    if case .role(let role) = condition.seeding.aim {
      let fractions = condition.roles.filter { role == nil || $0.key == role }.map(\.value.fraction)
      let most = fractions.reduce(0) { $0 + Ranking.topCount($1, of: count) }
      if most < condition.seeds {
        refuse(
          "\(condition.seeds) seeds are asked of \(most) members of the role",
          fractions.isEmpty ? "define the role under `roles`" : "write a larger fraction or fewer seeds")
      }
    }
    checkColumns(condition, file, count, &problems)
    guard condition.seeding.named != nil else { return }
    do {
      let named = try namedSeeds(condition, file, count)
      if named.isEmpty {
        refuse(
          "nobody is named", "write `agents: [...]` with ids, or mark agents in the column `seed` of an agents file")
      } else if named.count != condition.seeds {
        problems.add(
          Problem(
            node,
            "\(Readable.plural(named.count, "agent is", "agents are")) named and \(condition.seeds) shall be seeded",
            remedy:
              "write seeds: \(named.count) beside it, in the same arm, or no `seeds` at all: all that are named are then seeded"
          ))
      }
    } catch {
      refuse(error.what, error.remedy)
    }
  }

  /// Checks the columns that seeding reads: they exist, hold numbers where needed, and leave enough agents.
  private static func checkColumns(
    _ condition: Condition, _ file: ImportedNetwork?, _ count: Int, _ problems: inout Problems
  ) {
    let names = condition.seeding.columns + condition.eligibility.columns
    guard !names.isEmpty else { return }
    let found =
      file?.agents.map { agents in
        missingColumn(names, agents) ?? wordsAmongNumbers(condition.seeding, agents)
          ?? unknownValue(condition.eligibility, agents) ?? tooFew(condition, agents, count)
      } ?? (
        "`\(names[0])` is a column of an agents file, and there is none",
        "write `network: { kind: file, path: …, agentsFile: { path: … } }`"
      )
    guard let (what, remedy) = found else { return }
    problems.add(Problem(condition.tree["seeding"] ?? condition.tree, what, remedy: remedy))
  }

  private typealias Refusal = (what: String, remedy: String)

  private static func missingColumn(_ names: [String], _ agents: AgentsFile) -> Refusal? {
    guard let name = names.first(where: { agents.columns[$0.lowercased()] == nil }) else { return nil }
    let near = Spelling.nearest(name, among: agents.header).map { "did you mean `\($0)`? " } ?? ""
    return ("the agents file has no column `\(name)`", near + "it has " + agents.header.joined(separator: ", "))
  }

  private static func wordsAmongNumbers(_ seeding: any SeedingStrategy, _ agents: AgentsFile) -> Refusal? {
    for name in seeding.columns {
      let column = agents.columns[name.lowercased()]
      if let mixed = column?.mixed {
        return (
          "the column `\(name)` has decimal commas in some rows and points in others, here `\(mixed.value)` (line \(mixed.line) of the agents file)",
          "write all numbers with the same mark, and none between thousands"
        )
      }
      if let text = column?.firstText {
        return (
          "the column `\(name)` holds `\(text.value)` (line \(text.line) of the agents file), which is no number",
          "name a column of numbers, or choose agents by `where`"
        )
      }
    }
    return nil
  }

  private static func unknownValue(_ eligibility: SeedEligibility, _ agents: AgentsFile) -> Refusal? {
    for requirement in eligibility.requirements {
      let column = agents.columns[requirement.column.lowercased()]
      guard let place = column?.codes(of: requirement.values).firstIndex(of: nil) else { continue }
      let (wrong, known) = (requirement.values[place], column?.values ?? [])
      let near = Spelling.nearest(wrong, among: known).map { "did you mean `\($0)`? " } ?? ""
      return (
        "nobody has `\(wrong)` in the column `\(requirement.column)`",
        near + "it holds " + known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
      )
    }
    return nil
  }

  private static func tooFew(_ condition: Condition, _ agents: AgentsFile, _ count: Int) -> Refusal? {
    let eligibility = condition.eligibility
    let needed = (condition.seeding.columns + (eligibility.spread.map { [$0] } ?? [])).compactMap {
      agents.columns[$0.lowercased()]?.codes
    }
    let required = eligibility.required(agents.columns)
    let eligible = (0..<count).count { agent in
      needed.allSatisfy { $0[agent] >= 0 } && required.allSatisfy { $0.holds(agent) }
    }
    guard eligible < condition.seeds else { return nil }
    return (
      "\(condition.seeds) seeds are asked of \(eligible) eligible agents",
      "write fewer seeds, or leave out fewer agents"
    )
  }

  /// Why the agents that explicit seeding names cannot be seeded.
  struct WrongSeeds: Error {
    let what: String
    let remedy: String
  }

  /// The agents that explicit seeding names, in order.
  static func namedSeeds(
    _ condition: Condition, _ file: ImportedNetwork?, _ count: Int
  ) throws(WrongSeeds) -> [UInt32] {
    guard let named = condition.seeding.named else { return [] }
    if named.isEmpty { return file?.agents?.seeds ?? [] }
    var seeds = [UInt32]()
    var seen = Set<Int>()
    var unknown = [String]()
    for name in named {
      let index =
        file.map { $0.names.index(of: Array(name.utf8)) } ?? Int(name).flatMap { $0 >= 0 && $0 < count ? $0 : nil }
      guard let index else {
        unknown.append(name)
        continue
      }
      guard seen.insert(index).inserted else {
        throw WrongSeeds(what: "the agent `\(name)` is named twice", remedy: "name each agent once")
      }
      seeds.append(UInt32(index))
    }
    guard unknown.isEmpty else {
      let remedy = file == nil ? "write a number from 0 to \(count - 1)" : "write an id of the network file"
      // Suggestions for the first ones alone: each is a look through all names.
      let words = unknown.prefix(5).map { meant($0, file) } + unknown.dropFirst(5).map { "`\($0)`" }
      throw WrongSeeds(what: "there is no agent " + Readable.list(words), remedy: remedy)
    }
    return seeds
  }

  /// An unknown name, with a similar known one if any.
  private static func meant(_ name: String, _ file: ImportedNetwork?) -> String {
    // Searching more names than this would take seconds.
    guard let names = file?.names, names.count <= 20_000, name.count > 2 else { return "`\(name)`" }
    let near = Spelling.nearest(name, among: (0..<names.count).lazy.map { names[$0] })
    return "`\(name)`" + (near.map { " (did you mean `\($0)`?)" } ?? "")
  }
}
