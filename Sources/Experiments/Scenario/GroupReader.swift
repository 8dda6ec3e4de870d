internal import SocialInfluence

/// Reads one group of a scenario: `take` marks keys as known, `finish` reports all others, and `resolved` holds the
/// canonical form of what was read.
struct GroupReader {
  let node: ScenarioNode
  /// The dotted name of the group for messages; "" for the scenario itself.
  let name: String
  /// Whether the node is a group; if not, that is reported instead of missing keys.
  private let isGroup: Bool
  private(set) var resolved: [Setting.Pair] = []
  private var known: [String] = []

  /// - Parameters:
  ///   - kinds: the kinds that it may have, for suggestions.
  ///   - scalarKey: the key that a single word in its place probably means.
  init(
    _ node: ScenarioNode, name: String, kinds: [String] = [], scalarKey: String? = nil, _ problems: inout Problems
  ) {
    self.name = name
    isGroup = node.entries != nil
    if node.entries != nil {
      self.node = node
    } else {
      self.node = ScenarioNode(content: .group([]), place: node.place, source: node.source)
      var remedy = "write `key: value` lines below it"
      if case .scalar(let word, _) = node.content, let kind = Spelling.nearest(word, among: kinds) {
        remedy = "write `\(name): { kind: \(kind) }`"
      } else if let scalarKey, case .scalar(let word, _) = node.content {
        remedy = "write `\(name.split(separator: ".").last ?? ""): { \(scalarKey): \(word) }`"
      }
      problems.add(Problem(node, "`\(name)` must be a group", remedy: remedy))
    }
  }

  /// An empty group.
  init(empty name: String) {
    self.name = name
    isGroup = true
    node = ScenarioNode(
      content: .group([]), place: Place(line: 1, column: 1), source: SourceText(name: "", text: ""))
  }

  func path(_ key: String) -> String { name.isEmpty ? key : name + "." + key }

  /// The node of `key`, which is known from now on.
  mutating func take(_ key: String) -> ScenarioNode? {
    known.append(key)
    return node[key]
  }

  mutating func missing(_ key: String, _ remedy: String, _ problems: inout Problems) {
    if isGroup { problems.add(Problem(node, "`\(path(key))` is missing", remedy: remedy)) }
  }

  mutating func keep(_ key: String, _ setting: Setting) { resolved.append(.init(key, setting)) }

  /// Reports the keys that were not taken.
  func finish(_ problems: inout Problems) {
    let entries = node.entries ?? []
    let taken = Set(known)
    let written = Set(entries.map(\.key))
    let free = known.filter { !written.contains($0) }
    for entry in entries where !taken.contains(entry.key) && !problems.isFull {
      let near = Spelling.nearest(entry.key, among: free, byBeginning: true)
      let place = name.isEmpty ? "a scenario" : "`\(name)`"
      let isNumber = Double(entry.key) != nil
      problems.add(
        Problem(
          entry.value.source, entry.place, "`\(entry.key)` is not a key of \(place)",
          remedy: isNumber
            ? "a comma ends a value: write a decimal point"
            : near.map { "did you mean `\($0)`?" }
              ?? (known.isEmpty ? "remove it: nothing can be set here" : "known: " + known.joined(separator: ", "))))
    }
  }

  mutating func number(
    _ key: String, in range: ValueRange, standard: Double?, _ problems: inout Problems
  ) -> Double? {
    guard let value = take(key) else {
      guard let standard else {
        missing(key, "write `\(key):` with \(range.words)", &problems)
        return nil
      }
      keep(key, .number(standard))
      return standard
    }
    let number = ScalarReading.number(value, path(key), in: range, &problems)
    if let number { keep(key, .number(number)) }
    return number
  }

  mutating func whole(
    _ key: String, in range: ClosedRange<Int>, unit: String, standard: Int?, _ problems: inout Problems
  ) -> Int? {
    guard let value = take(key) else {
      guard let standard else {
        missing(key, "write `\(key):` with a whole number of \(unit)", &problems)
        return nil
      }
      keep(key, .number(standard))
      return standard
    }
    let number = ScalarReading.whole(value, path(key), in: range, unit: unit, &problems)
    if let number { keep(key, .number(number)) }
    return number
  }

  mutating func choice(_ key: String, of choices: [String], standard: String, _ problems: inout Problems) -> String {
    guard let value = take(key) else {
      keep(key, .text(standard))
      return standard
    }
    let choice = ScalarReading.choice(value, path(key), of: choices, &problems) ?? standard
    keep(key, .text(choice))
    return choice
  }

  mutating func flag(_ key: String, standard: Bool, _ problems: inout Problems) -> Bool {
    let word = take(key).flatMap { ScalarReading.choice($0, path(key), of: ["true", "false"], &problems) }
    let flag = word.map { $0 == "true" } ?? standard
    keep(key, .number(flag ? "true" : "false"))
    return flag
  }
}
