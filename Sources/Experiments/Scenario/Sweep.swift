internal import SocialInfluence

/// A scenario key with several values, written in place as `{ values: [...] }`,
/// `{ from:, to:, count:, scale: }` or `{ from:, to:, step: }`.
struct Sweep: Sendable {
  /// Keys from the top of the scenario.
  let path: [String]
  let values: [ScenarioNode]
  /// One per value, all different.
  let labels: [String]
  /// Sweeps with the same name advance together; nil for a grid.
  let zip: String?
  let node: ScenarioNode
  /// The name of its CSV column.
  let column: String

  init(path: [String], values: [ScenarioNode], labels: [String], zip: String?, node: ScenarioNode) {
    (self.path, self.values, self.labels, self.zip, self.node) = (path, values, labels, zip, node)
    column = Columns.name(path)
  }
}

enum Columns {
  /// `network.meanDegree` → `network_mean_degree`.
  static func name(_ path: [String]) -> String {
    path.map { key in
      var result = ""
      var afterCapital = true
      for character in key {
        if character.isUppercase {
          if !afterCapital { result += "_" }
          result += character.lowercased()
          afterCapital = true
        } else {
          result.append(character == "-" ? "_" : character)
          afterCapital = false
        }
      }
      return result
    }.joined(separator: "_")
  }
}

/// The sweeps of a scenario, and the points that they span.
struct SweepExpansion: Sendable {
  private(set) var sweeps: [Sweep] = []
  /// Per point the index of each sweep's value.
  private(set) var points: [[Int]] = []
  private let root: ScenarioNode
  /// Places of sweeps that could not be read: other problems there are consequences.
  private(set) var broken: Set<Place> = []
  static let largestPointCount = 100_000

  /// Finds and expands every sweep of `root` outside its arms.
  init(_ root: ScenarioNode, _ problems: inout Problems) {
    self.root = root
    for entry in root.entries ?? [] {
      if entry.key == "arms" {
        refuseSweeps(in: entry.value, &problems)
      } else {
        collect(entry.value, [entry.key], &problems)
      }
    }
    expand(&problems)
  }

  /// The tree with every sweep replaced by its value at a point.
  func tree(_ point: Int) -> ScenarioNode {
    zip(sweeps, points[point]).reduce(root) { tree, sweep in
      tree.replacing(sweep.0.path[...], by: sweep.0.values[sweep.1])
    }
  }

  private static func isSweep(_ node: ScenarioNode) -> Bool {
    guard node["kind"] == nil, let entries = node.entries else { return false }
    let keys = Set(entries.map(\.key))
    return keys.contains("values") || keys.isSuperset(of: ["from", "to"]) || keys.isSuperset(of: ["from", "count"])
  }

  private mutating func collect(_ node: ScenarioNode, _ path: [String], _ problems: inout Problems) {
    guard Self.isSweep(node) else {
      for entry in node.entries ?? [] { collect(entry.value, path + [entry.key], &problems) }
      return
    }
    if let sweep = Self.sweep(node, path, &problems) { sweeps.append(sweep) } else { broken.insert(node.place) }
  }

  private func refuseSweeps(in node: ScenarioNode, _ problems: inout Problems) {
    if Self.isSweep(node) {
      problems.add(
        Problem(node, "an arm cannot sweep a value", remedy: "write the sweep outside `arms`, or one arm per value"))
    } else {
      for entry in node.entries ?? [] { refuseSweeps(in: entry.value, &problems) }
    }
  }

  private static func sweep(_ node: ScenarioNode, _ path: [String], _ problems: inout Problems) -> Sweep? {
    let name = path.joined(separator: ".")
    var group = GroupReader(node, name: name, &problems)
    var values: [ScenarioNode]?
    if let list = group.take("values") {
      values = Self.values(list, name, &problems)
    } else {
      values = range(&group, &problems)
    }
    let zip = group.take("zip").flatMap { ScalarReading.label($0, name + ".zip", &problems) }
    group.finish(&problems)
    guard let values else { return nil }
    var stripped = values
    let labels = label(&stripped, name, mayRepeat: zip != nil, &problems)
    return labels.map { Sweep(path: path, values: stripped, labels: $0, zip: zip, node: node) }
  }

  private static func values(_ list: ScenarioNode, _ name: String, _ problems: inout Problems) -> [ScenarioNode]? {
    guard case .list(let items) = list.content else {
      problems.add(Problem(list, "`values` of `\(name)` must be a list", remedy: "write { values: [a, b] }"))
      return nil
    }
    guard !items.isEmpty else {
      problems.add(
        Problem(list, "`values` of `\(name)` is empty", remedy: "list at least one value, or write the value itself"))
      return nil
    }
    for item in items where item.entries?.contains(where: { isSweep($0.value) }) == true || isSweep(item) {
      problems.add(Problem(item, "a sweep stands inside a sweep", remedy: "sweep the outer value or the inner one"))
      return nil
    }
    return items
  }

  private static func range(_ group: inout GroupReader, _ problems: inout Problems) -> [ScenarioNode]? {
    let from = group.number("from", in: .any, standard: nil, &problems)
    let to = group.number("to", in: .any, standard: nil, &problems)
    let step = group.node["step"] == nil ? nil : group.number("step", in: .any, standard: nil, &problems)
    let isByStep = group.node["step"] != nil
    if isByStep, let node = group.take("count") {
      problems.add(Problem(node, "`count` and `step` both divide the sweep", remedy: "keep one of them"))
      return nil
    }
    let written =
      isByStep ? nil : group.whole("count", in: 2...10_000, unit: "points", standard: nil, &problems)
    let scale = group.choice("scale", of: ["linear", "log"], standard: "linear", &problems)
    guard let from, let to else { return nil }
    let range = NumberRange(from: from, to: to, isLogarithmic: scale == "log")
    guard let count = isByStep ? range.count(inSteps: step, of: group.node, &problems) : written else { return nil }
    if range.isLogarithmic && (from <= 0 || to <= 0) {
      problems.add(
        Problem(group.node, "a logarithmic sweep needs positive ends", remedy: "write `from` and `to` above 0"))
      return nil
    }
    return range.values(count).map { value in
      ScenarioNode(
        content: .scalar(Digits.shortest(value), isQuoted: false), place: group.node.place, source: group.node.source)
    }
  }

  /// The numbers of a sweep from one end to the other.
  private struct NumberRange {
    let from: Double
    let to: Double
    let isLogarithmic: Bool

    /// The number of points in steps of `step`; nil without `step`, or after a problem.
    func count(inSteps step: Double?, of sweep: ScenarioNode, _ problems: inout Problems) -> Int? {
      guard let step, let node = sweep["step"] else { return nil }
      let count = (to - from) / step
      guard !isLogarithmic, count.isFinite, count > 0.5, count < 9999.5, abs(count - count.rounded()) < 1e-6 * count
      else {
        problems.add(
          Problem(
            node,
            "steps of \(Digits.shortest(step)) do not lead from \(Digits.shortest(from)) to \(Digits.shortest(to))",
            remedy: "write a step that divides the range evenly, at most 10,000 points, or `count`"))
        return nil
      }
      return Int(count.rounded()) + 1
    }

    /// `count` numbers, both ends exactly as written.
    func values(_ count: Int) -> [Double] {
      (0..<count).map { step in
        if step == 0 { return from }
        if step == count - 1 { return to }
        let part = Double(step) / Double(count - 1)
        return isLogarithmic ? from * power(to / from, part) : from + (to - from) * part
      }
    }
  }

  /// Labels of values: numbers and words are their own; lists take their entries, groups their `label` or `kind`.
  ///
  /// - Parameter mayRepeat: whether a sweep that is zipped with this one tells equal labels apart.
  private static func label(
    _ values: inout [ScenarioNode], _ name: String, mayRepeat: Bool, _ problems: inout Problems
  ) -> [String]? {
    let written = distinct(values, values.map { writtenLabel($0, name, &problems) })
    for index in values.indices {
      guard case .group(let entries) = values[index].content else { continue }
      values[index].content = .group(entries.filter { $0.key != "label" })
    }
    var labels = written.enumerated().map { $1 ?? String($0 + 1) }
    let unnamed = values.indices.filter {
      if case .group = values[$0].content { false } else { written[$0] == nil }
    }
    // A value labeled by its place gives way to the same label written elsewhere.
    let named = Set(Set(labels.indices).subtracting(unnamed).map { labels[$0] })
    for index in unnamed where named.contains(labels[index]) { labels[index] = "value \(index + 1)" }
    var seen = Set<String>()
    if mayRepeat { return labels }
    for index in labels.indices where !seen.insert(labels[index]).inserted {
      problems.add(
        Problem(
          values[index], "two values of `\(name)` are called `\(labels[index])`",
          remedy: "give each group a `label` of its own, or remove the repeated value"))
      return nil
    }
    return labels
  }

  /// The labels, with those of files that share a name replaced by their whole paths where these may be labels, else by
  /// nil.
  private static func distinct(_ values: [ScenarioNode], _ labels: [String?]) -> [String?] {
    let counts = Dictionary(labels.compactMap { $0.map { ($0, 1) } }, uniquingKeysWith: +)
    return zip(values, labels).map { value, label in
      guard let label, counts[label] ?? 0 > 1, case .scalar(let path, _) = value.content, path.contains("/") else {
        return label
      }
      let whole = path.split(separator: "/").joined(separator: " ")
      return Written.isLabel(whole) ? whole : nil
    }
  }

  /// The label that is written for a value; nil if there is none, or none that may be shown.
  private static func writtenLabel(_ node: ScenarioNode, _ name: String, _ problems: inout Problems) -> String? {
    switch node.content {
    case .scalar(let text, let isQuoted):
      if !isQuoted && Written.isNumber(text), let number = Double(text) { return Digits.shortest(number) }
      if Written.isLabel(text) { return text }
      // A path is called by its last part.
      let last = FilePath.name(text)
      return text.contains("/") && Written.isLabel(last) ? last : nil
    case .group:
      let written = node["label"].flatMap { ScalarReading.label($0, name + ".label", &problems) }
      let kind = node["kind"].flatMap { ScalarReading.text($0, name + ".kind", &problems) }
      return written ?? kind
    case .list(let items):
      // The entries, if together they make a valid label.
      let texts = items.compactMap { item in
        if case .scalar(let text, _) = item.content { text } else { nil }
      }
      let joined = texts.joined(separator: " ")
      return texts.count == items.count && Written.isLabel(joined) ? joined : nil
    }
  }

  private mutating func expand(_ problems: inout Problems) {
    guard let axes = axes(&problems) else { return }
    checkTuples(axes, &problems)
    let lengths = axes.map { sweeps[$0[0]].values.count }
    let count = lengths.reduce(1) { $0 > Self.largestPointCount ? $0 : $0 * $1 }
    guard count <= Self.largestPointCount else {
      problems.add(
        Problem(
          root, "the sweeps span more than \(Self.largestPointCount) design points",
          remedy: "sweep fewer values, or join sweeps with `zip`"))
      return
    }
    for number in 0..<count {
      var choices = [Int](repeating: 0, count: sweeps.count)
      var rest = number
      for (axis, length) in Swift.zip(axes, lengths).reversed() {
        for index in axis {
          choices[index] = rest % length
        }
        rest /= length
      }
      points.append(choices)
    }
  }

  /// Axes of the grid: sweeps that share a `zip` form one. nil after a problem.
  private func axes(_ problems: inout Problems) -> [[Int]]? {
    var axes = [[Int]]()
    for index in sweeps.indices {
      if let zip = sweeps[index].zip, let axis = axes.firstIndex(where: { sweeps[$0[0]].zip == zip }) {
        let first = sweeps[axes[axis][0]]
        if first.values.count != sweeps[index].values.count {
          problems.add(
            Problem(
              sweeps[index].node,
              "`zip: \(zip)` joins \(first.values.count) and \(sweeps[index].values.count) values",
              remedy: "give both sweeps equally many values"))
          return nil
        }
        axes[axis].append(index)
      } else {
        axes.append([index])
      }
    }
    return axes
  }

  /// Refuses zipped sweeps that repeat a combination.
  private func checkTuples(_ axes: [[Int]], _ problems: inout Problems) {
    for axis in axes where sweeps[axis[0]].zip != nil {
      var seen = Set<[String]>()
      let length = sweeps[axis[0]].values.count
      for place in 0..<length where !seen.insert(axis.map { sweeps[$0].labels[place] }).inserted {
        let tuple = axis.map { sweeps[$0].labels[place] }.joined(separator: ", ")
        problems.add(
          Problem(
            sweeps[axis[axis.count - 1]].values[place], "`zip: \(sweeps[axis[0]].zip ?? "")` joins (\(tuple)) twice",
            remedy: "remove the repeated combination, or give a group a `label` of its own"))
        break
      }
    }
  }
}
