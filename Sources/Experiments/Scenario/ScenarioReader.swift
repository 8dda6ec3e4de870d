internal import Foundation
internal import SocialInfluence

/// Reads the head, expands sweeps and arms, and reads every condition.
enum ScenarioReader {

  /// - Parameter isAgain: whether the tree is a resolved scenario, read back to check that it is the same.
  static func read(_ tree: ScenarioNode, _ problems: inout Problems, isAgain: Bool = false) -> Scenario? {
    var root = GroupReader(tree, name: "", &problems)
    guard checkFormat(&root, &problems) else { return nil }
    let head = head(&root, &problems)
    for key in ConditionReader.keys { _ = root.take(key) }
    let arms = arms(root.take("arms"), &problems)
    root.finish(&problems)
    let expansion = SweepExpansion(tree, &problems)
    guard isRunnable(expansion, arms, tree, &problems) else { return nil }
    var found = Problems()
    var (points, written, checksum) = Self.points(expansion, arms, ceiling: nil, &found)
    problems.add(found, except: expansion.broken)
    var ceiling: Double?
    let rules = points.lazy.flatMap(\.arms).map(\.rule)
    if rules.contains(where: { $0.traits.samplesTies }) {
      let pinned = Coins.ceiling(for: rules.compactMap { $0.hazardSource.writtenProbability })
      ceiling = pinned
      (points, written, checksum) = Self.points(expansion, arms, ceiling: pinned, &problems)
    }
    let shown = shown(head, expansion, arms, &root, &problems)
    guard problems.isEmpty, let head, points.count == expansion.points.count, !points.isEmpty else { return nil }
    var scenario = Scenario(
      head: head, sweeps: expansion.sweeps, armNames: arms.map(\.name), points: points,
      resolved: resolved(root, expansion, written, arms, ceiling), checksum: checksum, shown: shown,
      ceiling: tree.holds("ceiling") ? nil : ceiling)
    // A written default of `seeds` would contradict arms that give the number otherwise.
    if tree["seeds"] == nil, points.contains(where: { $0.arms.contains { $0.seedCount != .number(1) } }) {
      scenario.resolved = scenario.resolved.keeping { $0 != "seeds" }
    }
    if !isAgain, !readsBack(scenario) {
      // Keys that only some arms have may be invalid in others: such a scenario is saved as written.
      scenario.resolved = Setting(written: tree)
    }
    return scenario
  }

  /// Whether the resolved text reads back to the same scenario.
  private static func readsBack(_ scenario: Scenario) -> Bool {
    var problems = Problems()
    guard let tree = StrictYAML.tree(of: Array(scenario.resolved.yaml().utf8), name: "", problems: &problems),
      let again = read(tree, &problems, isAgain: true), problems.isEmpty
    else { return false }
    return again.checksum == scenario.checksum && again.armNames == scenario.armNames
      && again.sweeps.map(\.column) == scenario.sweeps.map(\.column)
      && again.sweeps.map(\.labels) == scenario.sweeps.map(\.labels)
      && again.points.map(\.choices) == scenario.points.map(\.choices)
  }

  /// Whether all sweeps are allowed, and give no more conditions than a run may have.
  private static func isRunnable(
    _ expansion: SweepExpansion, _ arms: [Arm], _ tree: ScenarioNode, _ problems: inout Problems
  ) -> Bool {
    for sweep in expansion.sweeps where ScenarioKeys.head.contains(sweep.path[0]) {
      problems.add(
        Problem(sweep.node, "`\(sweep.path[0])` holds for the whole scenario", remedy: "write one value"))
    }
    let conditions = expansion.points.count * arms.count
    guard conditions <= Self.largestConditionCount else {
      problems.add(
        Problem(
          tree["arms"] ?? tree,
          "\(expansion.points.count) points × \(arms.count) arms make \(conditions) conditions, too many for one run",
          remedy: "write at most \(Self.largestConditionCount), or split the sweep"))
      return false
    }
    return true
  }

  /// The cascades that have rows in the tables on request.
  private static func shown(
    _ head: ScenarioHead?, _ expansion: SweepExpansion, _ arms: [Arm], _ root: inout GroupReader,
    _ problems: inout Problems
  ) -> RequestedRows {
    let only = root.node["only"]
    if let only, head?.tables.isEmpty == true {
      problems.add(
        Problem(
          only, "`only` chooses rows of tables on request, and none is asked for", remedy: "write `tables: [agents]`"))
    }
    var setting: Setting?
    let choices = RequestedRows.Choices(
      points: max(1, expansion.points.count), arms: arms.map(\.name), networks: head?.networks ?? 1,
      draws: head?.draws ?? 1)
    let shown = RequestedRows(only, among: choices, setting: &setting, &problems)
    setting.map { root.keep("only", $0) }
    return shown
  }

  /// Points × arms of one scenario, at most.
  private static let largestConditionCount = 30_000

  /// Settings as read, from which the resolved scenario is made.
  private struct WrittenSettings {
    /// Per arm, at the first point.
    var arms: [Setting] = []
    /// Per sweep and value: the swept setting and the group around it.
    var swept: [[(own: Setting, parent: Setting)?]]
  }

  /// All conditions of all points, without those that have a problem.
  ///
  /// - Parameter ceiling: p* of coins by ties, for rules that name none.
  private static func points(
    _ expansion: SweepExpansion, _ arms: [Arm], ceiling: Double?, _ problems: inout Problems
  ) -> ([Scenario.Point], WrittenSettings, checksum: String) {
    var parts = ConditionParts()
    let versions = arms.enumerated().map { ConditionVersions(expansion, arm: $0, $1.overrides) }
    let trees = arms.map { ConditionTrees(expansion, overrides: $0.overrides, ceiling: ceiling) }
    var points = [Scenario.Point]()
    var written = WrittenSettings(swept: expansion.sweeps.map { $0.values.map { _ in nil } })
    for (point, choices) in expansion.points.enumerated() {
      guard !problems.isFull else { break }
      let conditions = zip(trees, versions).map { trees, versions in
        ConditionReader.read(version: { versions[$0, choices] }, &parts, &problems, trees, point: point)
      }
      guard !conditions.contains(where: { $0 == nil }) else { continue }
      let settings = conditions.compactMap { $0?.resolved }
      if points.isEmpty { written.arms = settings }
      for (sweep, choice) in choices.enumerated() where written.swept[sweep][choice] == nil {
        let path = expansion.sweeps[sweep].path
        // An arm that does not override the swept key has the value of the base.
        let plain = arms.firstIndex { $0.overrides[path[0]] == nil }
        let whole = plain.map { settings[$0] } ?? base(expansion, point, ceiling) ?? settings[0]
        written.swept[sweep][choice] = (whole.part(at: path), whole.part(at: path.dropLast()))
      }
      points.append(Scenario.Point(choices: choices, arms: conditions.compactMap { $0?.condition }))
    }
    return (points, written, parts.checksum(points))
  }

  /// The settings of a point without any arm; nil if the base alone is no condition.
  private static func base(_ expansion: SweepExpansion, _ point: Int, _ ceiling: Double?) -> Setting? {
    var (parts, ignored) = (ConditionParts(), Problems())
    let (versions, choices) = (ConditionVersions(expansion, arm: 0, nil), expansion.points[point])
    let trees = ConditionTrees(expansion, overrides: nil, ceiling: ceiling)
    return ConditionReader.read(version: { versions[$0, choices] }, &parts, &ignored, trees, point: point)?.resolved
  }

  private static func checkFormat(_ root: inout GroupReader, _ problems: inout Problems) -> Bool {
    guard let node = root.take("format") else {
      root.missing("format", "start with `format: 1`", &problems)
      return true
    }
    if case .scalar("1", false) = node.content {
      root.keep("format", .number(1))
      return true
    }
    problems.add(Problem(node, "this format is not known", remedy: "write `format: 1`"))
    return false
  }

  private static func head(_ root: inout GroupReader, _ problems: inout Problems) -> ScenarioHead? {
    var name: String?
    if let node = root.take("name") {
      name = ScalarReading.label(node, "name", &problems)
    } else {
      root.missing("name", "write `name:` with a label: results go to results/<name>/", &problems)
    }
    name.map { root.keep("name", .text($0)) }
    let question = root.take("question").flatMap { ScalarReading.text($0, "question", &problems) } ?? ""
    root.keep("question", .text(question))
    let seed = root.whole("randomSeed", in: 0...1 << 53, unit: "", standard: 1, &problems)
    let networks = root.whole("networks", in: 1...(1 << 24) - 1, unit: "networks", standard: 1, &problems)
    let draws = root.whole("draws", in: 1...(1 << 24) - 1, unit: "draws", standard: 1, &problems)
    let open = ValueRange(0, 1, includesLower: false, includesUpper: false)
    let confidence = root.number("confidence", in: open, standard: 0.95, &problems)
    var cutoff: Double?
    if case .scalar("none", _) = root.node["cutoff"]?.content {
      _ = root.take("cutoff")
      root.keep("cutoff", .number("none"))
    } else {
      cutoff = root.number("cutoff", in: open, standard: 0.1, &problems)
    }
    let delta = root.number("delta", in: .probability, standard: 0.05, &problems)
    let doses = doses(&root, &problems)
    let isPaired = root.choice("randomness", of: ["paired", "independent"], standard: "paired", &problems) == "paired"
    let tables = tables(&root, &problems)
    // Read once the points are known.
    _ = root.take("only")
    var expectations = [Expectation]()
    if let node = root.take("expect") {
      let read = ExpectationReader.read(node, &problems)
      expectations = read.expectations
      root.keep("expect", read.setting)
    }
    guard let name, let seed, let networks, let draws, let confidence, let delta, let doses else { return nil }
    return ScenarioHead(
      name: name, question: question, randomSeed: UInt64(seed), networks: networks, draws: draws,
      confidence: confidence, cutoff: cutoff, delta: delta, densityDose: doses.density, storyDose: doses.story,
      isPaired: isPaired, expectations: expectations, tables: tables)
  }

  private static func doses(
    _ root: inout GroupReader, _ problems: inout Problems
  ) -> (density: Double, story: Double)? {
    let node =
      root.take("doses")
      ?? ScenarioNode(
        content: .group([]), place: root.node.place, source: root.node.source)
    var group = GroupReader(node, name: "doses", &problems)
    let above = ValueRange(1, .infinity, includesLower: false)
    let density = group.number("density", in: above, standard: 2, &problems)
    let story = group.number("story", in: above, standard: 1.25, &problems)
    group.finish(&problems)
    root.keep("doses", .group(group.resolved))
    guard let density, let story else { return nil }
    return (density, story)
  }

  private static func tables(_ root: inout GroupReader, _ problems: inout Problems) -> [RequestedTable] {
    var wanted = Set<RequestedTable>()
    if let node = root.take("tables") {
      if case .list(let items) = node.content {
        for item in items {
          let known = RequestedTable.allCases.map(\.rawValue)
          let name = ScalarReading.choice(item, "table to ask for", of: known, &problems)
          name.flatMap { RequestedTable(rawValue: $0) }.map { _ = wanted.insert($0) }
        }
      } else {
        problems.add(Problem(node, "`tables` must be a list", remedy: "write a list, such as tables: [seeds]"))
      }
    }
    let tables = RequestedTable.allCases.filter { wanted.contains($0) }
    root.keep("tables", .list(tables.map { .text($0.rawValue) }))
    return tables
  }

  private typealias Arm = (name: String, overrides: ScenarioNode)

  private static func arms(_ node: ScenarioNode?, _ problems: inout Problems) -> [Arm] {
    let source = SourceText(name: "", text: "")
    let base = [("only", ScenarioNode(content: .group([]), place: Place(line: 1, column: 1), source: source))]
    guard let node else { return base }
    guard let entries = node.entries, !entries.isEmpty else {
      problems.add(
        Problem(
          node, "`arms` must be a group of named arms",
          remedy:
            "write a name and what it overrides, such as `random: {}` and `few: { seeding: { kind: by-role, role: few } }`"
        ))
      // The base is read, too, so that its problems are reported together with this one.
      return base
    }
    for entry in entries {
      let name = ScenarioNode(
        content: .scalar(entry.key, isQuoted: false), place: entry.place, source: entry.value.source)
      _ = ScalarReading.label(name, "arms." + entry.key, &problems)
      guard let overrides = entry.value.entries else {
        problems.add(
          Problem(
            entry.value, "the arm `\(entry.key)` must be a group", remedy: "write {} for an arm without overrides"))
        continue
      }
      for override in overrides where !ConditionReader.keys.contains(override.key) {
        let near = Spelling.nearest(override.key, among: ConditionReader.keys)
        problems.add(
          Problem(
            entry.value.source, override.place, "an arm cannot override `\(override.key)`",
            remedy: near.map { "did you mean `\($0)`?" } ?? "known: " + ConditionReader.keys.joined(separator: ", ")))
      }
    }
    // A value that is no group was reported above; the arm is then read as the base.
    return entries.map { ($0.key, $0.value.entries == nil ? base[0].1 : $0.value) }
  }

  /// Head and base, with swept paths replaced by their values and arms by their overrides; reads back to the same
  /// scenario.
  private static func resolved(
    _ root: GroupReader, _ expansion: SweepExpansion, _ written: WrittenSettings, _ arms: [Arm], _ ceiling: Double?
  ) -> Setting {
    var resolved = Setting.group(root.resolved)
    if case .group(let pairs) = base(expansion, 0, ceiling) ?? written.arms[0] {
      for pair in pairs { resolved = resolved.replacing([pair.key][...], by: pair.value) }
    }
    for (sweep, values) in zip(expansion.sweeps, written.swept) {
      let labelled = zip(values, sweep.labels).map { ($0?.own ?? .group([])).labelled($1) }
      var pairs = [Setting.Pair("values", .list(labelled))]
      if let zip = sweep.zip { pairs.append(.init("zip", .text(zip))) }
      if sweep.path.last == "kind" {
        // Defaults of keys that only some kinds have are dropped: the other kinds do not know these keys.
        let parent = Array(sweep.path.dropLast())
        let own = resolved.part(at: parent).keeping { key in
          values.allSatisfy { $0.map { $0.parent[key] != nil } ?? true }
        }
        resolved = resolved.replacing(parent[...], by: own)
      }
      resolved = resolved.replacing(sweep.path[...], by: .group(pairs))
    }
    let described = zip(arms, written.arms).map { Setting.Pair($0.name, $1.part(named: $0.overrides)) }
    return resolved.replacing(["arms"][...], by: .group(described)).ordered(by: expansion.sweeps.map(\.path))
  }
}

extension ScenarioNode {
  /// Whether `key` occurs anywhere in this tree.
  fileprivate func holds(_ key: String) -> Bool {
    switch content {
    case .group(let entries): entries.contains { $0.key == key || $0.value.holds(key) }
    case .list(let items): items.contains { $0.holds(key) }
    case .scalar: false
    }
  }

  /// This tree with p* written into a rule that samples coins by ties and names none.
  func pinningCeiling(_ ceiling: Double?) -> ScenarioNode {
    guard let ceiling, let rule = self["rule"], rule["ceiling"] == nil, case .scalar("ties", _) = rule["coins"]?.content
    else { return self }
    let node = ScenarioNode(
      content: .scalar(Digits.shortest(ceiling), isQuoted: false), place: rule.place, source: rule.source)
    return replacing(["rule", "ceiling"][...], by: node)
  }
}

extension Setting {
  /// This group with only the keys that satisfy `condition`.
  fileprivate func keeping(_ condition: (String) -> Bool) -> Setting {
    guard case .group(let pairs) = self else { return self }
    return .group(pairs.filter { condition($0.key) })
  }

  /// The setting at `path`; an empty group if there is none.
  fileprivate func part(at path: some Sequence<String>) -> Setting { path.reduce(self) { $0[$1] ?? .group([]) } }

  /// This group with its label, unless that is its kind.
  fileprivate func labelled(_ label: String) -> Setting {
    guard case .group(let pairs) = self, self["kind"] != .text(label) else { return self }
    return .group([Pair("label", .text(label))] + pairs)
  }

  /// The settings that `overrides` names: all of a group if it names a kind, otherwise key by key.
  fileprivate func part(named overrides: ScenarioNode) -> Setting {
    guard let entries = overrides.entries, overrides["kind"] == nil else { return self }
    return .group(entries.map { Pair($0.key, (self[$0.key] ?? .group([])).part(named: $0.value)) })
  }
}
