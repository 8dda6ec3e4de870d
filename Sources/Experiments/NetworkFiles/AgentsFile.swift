internal import Foundation
internal import SocialInfluence

/// How to read an agents file: the table of agents beside an edge list.
struct AgentsFileSettings: Sendable, Hashable {
  var path: String
  /// The path as written in the scenario.
  var writtenPath = ""
  /// Whether an id that occurs in no tie becomes an agent without ties; otherwise it is refused.
  var keepsIsolates = false
  var encoding = TextEncoding.utf8
  var scale = TraitScale.written
  /// The column that holds the agents' groups.
  var group = "group"
  /// Columns used by seeding, by name in any case.
  var columns: Set<String> = []

  init(path: String) { self.path = path }
}

/// A column of the agents file as text: its distinct values, and the value of each agent.
struct AgentColumn: Sendable {
  /// Per agent the index of its value; −1 if missing.
  private(set) var codes: [Int]
  private(set) var values: [String]
  /// The line of each value's first appearance.
  private(set) var lines: [Int]
  /// Each value as a number; nil if it is none.
  private let valueNumbers: [Double?]
  /// The first number with another decimal mark than those before it, with its line.
  private(set) var mixed: (value: String, line: Int)?

  init(_ cells: [(agent: Int, bytes: [UInt8], line: Int)], count: Int, hasDecimalCommas: Bool) {
    codes = [Int](repeating: -1, count: count)
    (values, lines) = ([], [])
    var known = [[UInt8]: Int]()
    for cell in cells where !ForeignFormat.isNothing(cell.bytes) {
      let code = known[cell.bytes] ?? values.count
      if code == values.count {
        known[cell.bytes] = code
        values.append(String(decoding: cell.bytes, as: UTF8.self))
        lines.append(cell.line)
      }
      codes[cell.agent] = code
    }
    valueNumbers = values.map { AgentsFile.number($0, hasDecimalCommas: hasDecimalCommas) }
    guard hasDecimalCommas, valueNumbers.allSatisfy({ $0 != nil }) else { return }
    mixed = DecimalMarks.mixed(values.map { Array($0.utf8) }).map { (values[$0], lines[$0]) }
  }

  /// Per agent its value as a number; nil if it is missing or no number.
  var numbers: [Double?] { codes.map { $0 < 0 ? nil : valueNumbers[$0] } }

  /// The code of each word; nil if nobody has it. A few words are looked for one by one, many in one pass over the values.
  func codes(of words: [String]) -> [Int?] {
    guard words.count > 8 else { return words.map { values.firstIndex(of: $0) } }
    let places = Dictionary(words.enumerated().map { ($1, $0) }) { first, _ in first }
    var found = [Int?](repeating: nil, count: words.count)
    for (code, value) in values.enumerated() {
      if let place = places[value] { found[place] = code }
    }
    return words.map { places[$0].flatMap { found[$0] } }
  }

  /// The first value that is no finite number, with its line.
  var firstText: (value: String, line: Int)? {
    values.indices.first { !(valueNumbers[$0]?.isFinite ?? false) }.map { (values[$0], lines[$0]) }
  }
}

/// Data of the agents: one row per id, any of the known columns.
struct AgentsFile: Sendable {
  private(set) var traits = GivenTraits()
  private(set) var thresholds: [Double?]?
  /// The largest threshold if they look like percent where shares are meant: above 2, with several such or with none
  /// between 0 and 1; nil otherwise. A single large number may stand for agents that never adopt.
  private(set) var percentThreshold: Double?
  /// Group numbers in order of first appearance; −1 if missing.
  private(set) var groups: [Int]?
  private(set) var groupNames: [String] = []
  /// What is said of agents without a value in a column of text.
  private var withoutValue: [String: String] = [:]

  /// The name of an agent's group; nil where the file gives none.
  func group(of agent: Int) -> String? {
    guard let group = groups?[agent], group >= 0 else { return nil }
    return groupNames[group]
  }

  /// A doubt about names that may mean the same group.
  private var groupDoubt: String?
  /// Agents marked as seeds, in the order of the file.
  private(set) var seeds: [UInt32] = []
  /// Columns used by seeding, by lowercase name.
  private(set) var columns: [String: AgentColumn] = [:]
  /// The names of all columns as written.
  private(set) var header: [String] = []
  private(set) var content = InputContent()

  private static let knownColumns = ["id", "threshold", "seed"] + Trait.allCases.map(\.name)

  private init() {}

  static func read(
    _ settings: AgentsFileSettings, names: inout NameTable, report: inout ImportReport
  ) throws(Failure) -> AgentsFile {
    var read = try AgentsRows(settings, known: Self.knownColumns, names: &names, report: &report)
    var file = AgentsFile()
    file.traits.scale = settings.scale
    file.content = read.content
    file.header = read.header
    for (place, column) in read.columns.enumerated() {
      let cells = read.rows.map { ($0.agent, $0.fields[place], $0.line) }
      if read.isWanted(column) {
        if column != read.group { file.noteWithout(column, cells, count: names.count) }
        file.columns[column] = AgentColumn(cells, count: names.count, hasDecimalCommas: read.hasDecimalCommas)
      }
      guard read.isKnown(column), place != read.idPlace, column != "id" else { continue }
      file.take(
        column == read.group ? "group" : column, cells, count: names.count, hasDecimalCommas: read.hasDecimalCommas
      ) {
        read.note(row: $0, column: place, $1, $2)
      }
    }
    guard read.problems.isEmpty else { throw read.problems.failure }
    noteThousands(read, &report)
    file.noteTraits(&report)
    return file
  }

  /// Adds doubts about numbers whose comma or point may separate thousands.
  private static func noteThousands(_ read: AgentsRows, _ report: inout ImportReport) {
    guard read.hasDecimalCommas else { return }
    for (place, column) in read.columns.enumerated()
    where place != read.idPlace && column != read.group && (read.isWanted(column) || read.isKnown(column)) {
      let words = read.rows.map { String(decoding: $0.fields[place], as: UTF8.self) }
      let example = DecimalMarks.thousands(words) ?? (read.mayHaveThousands ? DecimalMarks.points(words) : nil)
      example.map { report.doubts.append(DecimalMarks.doubt("`\(column)`", $0)) }
    }
  }

  /// Takes the node attributes of a graph: all for seeding; those named like a known column also as traits, thresholds,
  /// seeds or groups.
  init(_ graph: Graph, path: String, group: String, count: Int, report: inout ImportReport) throws(Failure) {
    self.init()
    var problems = FileProblems()
    header = graph.columns.map(\.name)
    if group != "group", !header.contains(where: { $0.lowercased() == group.lowercased() }) {
      throw Failure(
        .wrongInput,
        "\(path): error: no node has an attribute `\(group)`, which `group` names\n  = known: \(Readable.list(header))")
    }
    for column in graph.columns {
      let cells = column.cells.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.text.utf8), $0.value.line) }
      let name = column.name.lowercased()
      columns[name] = AgentColumn(cells, count: count, hasDecimalCommas: false)
      let isGroup = name == group.lowercased()
      guard isGroup || Self.knownColumns.dropFirst().contains(name) else { continue }
      take(isGroup ? "group" : name, cells, count: count, hasDecimalCommas: false) { cell, what, remedy in
        let line = cells[cell].2
        let source = SourceText(name: path, text: "", firstLine: line)
        problems.add(
          Failure(.wrongInput, Problem(source, Place(line: line, column: 1), what, remedy: remedy).message), line: line)
      }
    }
    guard problems.isEmpty else { throw problems.failure }
    let known = Self.knownColumns.dropFirst() + ["group"]
    for name in header where !known.contains(name.lowercased()) {
      guard
        let meant = Spelling.nearest(name, among: known.filter { word in !header.contains { $0.lowercased() == word } })
      else { continue }
      report.doubts.append("`\(name)` is no trait; did you mean `\(meant)`?")
    }
    report.said = header
    noteTraits(&report)
  }

  /// Reports which traits are given, and how their values are read.
  private func noteTraits(_ report: inout ImportReport) {
    report.traits = Trait.allCases.filter { traits.values[$0] != nil }.map { trait in
      let all = traits.values[trait] ?? []
      let values = all.compactMap { $0 }
      let mean = Digits.shortest((values.reduce(0, +) / Double(max(1, values.count)) * 1e4).rounded() / 1e4)
      let missing = all.count - values.count
      let rest = missing > 0 ? " (\(Readable.plural(missing, "agent", "agents")) without one: 1)" : ""
      return trait.name + (traits.scale == .mean ? " divided by its mean of \(mean)" : " as written, mean \(mean)")
        + rest
    }
    groupDoubt.map { report.doubts.append($0) }
    if let least = thresholds?.compactMap({ $0 }).min(), least <= -1 {
      report.doubts.append(
        "a threshold is \(Digits.shortest(least)), and whoever has 0 or less adopts unasked: if it is a code for a missing answer, "
          + "leave the cell empty")
    }
    report.traits += [
      thresholds.flatMap { given in
        let values = given.compactMap { $0 }
        guard let least = values.min(), let most = values.max() else { return nil }
        let missing = given.count - values.count
        return "threshold as written, from \(Digits.shortest(least)) to \(Digits.shortest(most))"
          + (missing > 0 ? " (\(Readable.plural(missing, "agent", "agents")) without one: the rule's)" : "")
      },
      groups == nil ? nil : Readable.plural(groupNames.count, "group", "groups") + (withoutValue["group"] ?? ""),
      seeds.isEmpty ? nil : Readable.plural(seeds.count, "agent marked as seed", "agents marked as seeds"),
    ].compactMap { $0 }
    report.traits += withoutValue.keys.sorted().filter { $0 != "group" }.map { "`\($0)`" + (withoutValue[$0] ?? "") }
  }

  /// Notes how many agents have no value in a column, and the words for nothing that stand there: `none` may be meant as
  /// a category.
  private mutating func noteWithout(_ column: String, _ cells: [Cell], count: Int) {
    let words = Set(cells.lazy.map(\.bytes).filter { !$0.isEmpty && ForeignFormat.isNothing($0) })
    let missing = count - cells.count { !ForeignFormat.isNothing($0.bytes) }
    guard missing > 0, column == "group" || !words.isEmpty else { return }
    let written = words.map { String(decoding: $0, as: UTF8.self) }.sorted().map { "`\($0)`" }
    withoutValue[column] =
      " (\(Readable.plural(missing, "agent", "agents")) without one"
      + (written.isEmpty ? "" : ", also who has " + Readable.list(written)) + ")"
  }

  /// The largest of some thresholds if they look like percent.
  private static func percent(_ thresholds: [Double]) -> Double? {
    guard let most = thresholds.max(), most > 2 else { return nil }
    let areShares = thresholds.contains { $0 > 0 && $0 < 1 } && Set(thresholds.filter { $0 > 2 }).count < 3
    return areShares ? nil : most
  }

  /// A decimal number; with `hasDecimalCommas`, a comma counts as its point. nil if `text` is no number.
  static func number(_ text: String, hasDecimalCommas: Bool) -> Double? {
    guard text.utf8.allSatisfy({ numberBytes[Int($0)] }) else { return nil }
    return Double(hasDecimalCommas ? text.replacing(",", with: ".") : text)
  }

  private static let numberBytes = (0..<256).map { "0123456789.,eE+-".utf8.contains(UInt8($0)) }

  /// Stores one column.
  private mutating func take(
    _ column: String, _ cells: [Cell], count: Int, hasDecimalCommas: Bool, _ note: Note
  ) {
    for (place, cell) in cells.enumerated() {
      guard let control = Printable.firstControl(String(decoding: cell.bytes, as: UTF8.self)) else { continue }
      return note(place, "`\(column)` holds the control character \(control)", "leave it out")
    }
    switch column {
    case "group": takeGroups(cells, count: count)
    case "seed": takeSeeds(cells, note)
    default: takeNumbers(column, cells, count: count, hasDecimalCommas: hasDecimalCommas, note)
    }
  }

  private typealias Cell = (agent: Int, bytes: [UInt8], line: Int)
  private typealias Note = (_ cell: Int, _ what: String, _ remedy: String) -> Void

  private mutating func takeGroups(_ cells: [Cell], count: Int) {
    var table = NameTable()
    var groups = [Int](repeating: -1, count: count)
    for cell in cells where !ForeignFormat.isNothing(cell.bytes) {
      groups[cell.agent] = table.index(adding: cell.bytes) ?? -1
    }
    self.groups = groups
    noteWithout("group", cells, count: count)
    groupNames = (0..<table.count).map { table[$0] }
    groupDoubt = table.alikeDoubt("groups")
  }

  private mutating func takeSeeds(_ cells: [Cell], _ note: Note) {
    for (place, cell) in cells.enumerated() {
      switch String(decoding: cell.bytes, as: UTF8.self).lowercased() {
      case "1", "1.0", "true", "yes", "y": seeds.append(UInt32(cell.agent))
      case "", "0", "0.0", "false", "no", "n": break
      default: note(place, "`seed` is neither 1 nor 0", "mark seeds with 1, others with 0 or nothing")
      }
    }
  }

  /// Stores a trait or thresholds.
  private mutating func takeNumbers(
    _ column: String, _ cells: [Cell], count: Int, hasDecimalCommas: Bool, _ note: Note
  ) {
    if hasDecimalCommas, let place = DecimalMarks.mixed(cells.map(\.bytes)) {
      return note(
        place, "`\(column)` has decimal commas in some rows and points in others",
        "write all numbers with the same mark, and none between thousands")
    }
    var values = [Double?](repeating: nil, count: count)
    for (place, cell) in cells.enumerated() where !ForeignFormat.isNothing(cell.bytes) {
      let word = String(decoding: cell.bytes, as: UTF8.self)
      let mayBeZero = column == "connectivity" || column == "susceptibility"
      guard let value = Self.number(word, hasDecimalCommas: hasDecimalCommas), value.isFinite,
        column == "threshold" || (mayBeZero ? value >= 0 : value > 0)
      else {
        note(
          place,
          "`\(column)` is `\(word)`, not a number\(column == "threshold" ? "" : mayBeZero ? " of 0 or more" : " above 0")",
          word.contains(",")
            ? "write a decimal point, or separate the columns by semicolons"
            : "write a number, or leave the cell empty")
        continue
      }
      values[cell.agent] = value
    }
    if traits.scale == .mean, Trait.allCases.contains(where: { $0.name == column }),
      !values.contains(where: { ($0 ?? 0) > 0 }),
      !cells.isEmpty
    {
      note(
        cells.count - 1, "`scale: mean` divides by the mean of `\(column)`, which is 0",
        "write `scale: written`, or other values")
    }
    if column == "threshold" {
      thresholds = values
      percentThreshold = Self.percent(values.compactMap { $0 })
    } else if let trait = Trait.allCases.first(where: { $0.name == column }) {
      traits.values[trait] = values
    }
  }
}
