internal import Foundation
package import SocialInfluence

/// How the table of agents beside an edge list is to be read.
package struct AgentsFileSettings: Sendable, Hashable {
  package var path: String
  /// The path as the scenario has it.
  package var writtenPath = ""
  /// Whether an id that no tie names becomes an agent without ties; otherwise it is refused.
  package var keepsIsolates = false
  package var encoding = TextEncoding.utf8
  package var scale = TraitScale.written
  /// The column that says to which group an agent belongs.
  package var group = "group"
  /// Columns, by name in any case, that seeding looks at.
  package var columns: Set<String> = []

  package init(path: String) { self.path = path }
}

/// A column of the agents file as text: few different values, or one each.
package struct AgentColumn: Sendable {
  /// Of each agent the place of its value; −1 where the file says nothing.
  package private(set) var codes: [Int]
  package private(set) var values: [String]
  /// The line of each value's first appearance.
  private(set) var lines: [Int]
  private let hasDecimalCommas: Bool
  /// A number with another decimal mark than the others, with its line.
  private(set) var mixed: (value: String, line: Int)?

  init(_ cells: [(agent: Int, bytes: [UInt8], line: Int)], count: Int, hasDecimalCommas: Bool) {
    self.hasDecimalCommas = hasDecimalCommas
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
    guard hasDecimalCommas, values.allSatisfy({ number($0) != nil }) else { return }
    mixed = DecimalMarks.mixed(values.map { Array($0.utf8) }).map { (values[$0], lines[$0]) }
  }

  private func number(_ text: String) -> Double? { AgentsFile.number(text, hasDecimalCommas: hasDecimalCommas) }

  /// As numbers; nil where the file says nothing.
  package var numbers: [Double?] {
    let numbers = values.map(number)
    return codes.map { $0 < 0 ? nil : numbers[$0] }
  }

  /// The first value that is no finite number, with its line.
  var firstText: (value: String, line: Int)? {
    values.indices.first { !(number(values[$0])?.isFinite ?? false) }.map { (values[$0], lines[$0]) }
  }
}

/// What is known of the agents: one row per id, any of the known columns.
package struct AgentsFile: Sendable {
  package private(set) var traits = GivenTraits()
  package private(set) var thresholds: [Double?]?
  /// Group numbers in order of first appearance; −1 where the file says nothing.
  package private(set) var groups: [Int]?
  package private(set) var groupNames: [String] = []
  /// Agents marked as seeds, in the order of the file.
  package private(set) var seeds: [UInt32] = []
  /// Columns that seeding looks at, by their names in small letters.
  package private(set) var columns: [String: AgentColumn] = [:]
  /// All columns as the file names them.
  package private(set) var header: [String] = []
  package private(set) var content = InputContent()

  /// Names under which programs write the ids of agents, the best first.
  private static let idNames = ["id", "name", "node", "label", "agent", "nodeid", "node_id", "userid", "user_id"]
  private static let knownColumns = ["id", "threshold", "seed"] + Trait.allCases.map(\.name)

  private init() {}

  package static func read(
    _ settings: AgentsFileSettings, names: inout NameTable, report: inout ImportReport
  ) throws(Failure) -> AgentsFile {
    var reader = try LineReader(settings.path, encoding: settings.encoding)
    var line = [UInt8]()
    var fields = [[UInt8]]()
    var separator: Separator?
    var header: [String]?
    var headerWords = [String]()
    var idPlace = 0
    let group = settings.group.lowercased()
    let known = Self.knownColumns + [group]
    let wanted = Set(settings.columns.map { $0.lowercased() })
    func isKnown(_ column: String) -> Bool { known.contains(column) }
    var rows = [(agent: Int, fields: [[UInt8]], line: Int)]()
    var problems = FileProblems()
    var seen = Set<Int>()
    func problem(_ line: Int, _ text: [UInt8], column: Int = 1, _ what: String, _ remedy: String) -> Failure {
      // Nothing is shown of a file that is not known yet as a table of agents.
      let excerpt = header == nil ? "" : String(decoding: text.prefix(200), as: UTF8.self)
      let source = SourceText(name: settings.path, text: excerpt, firstLine: line)
      return Failure(.wrongInput, Problem(source, Place(line: line, column: column), what, remedy: remedy).message)
    }
    while try reader.next(&line) {
      guard let first = line.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "%") else { continue }
      if separator == nil { separator = Separator(firstRow: line) }
      guard let separator, separator.split(line, into: &fields) else {
        throw problem(
          reader.lineNumber, line, "a quoted field is not closed, or text follows it",
          "end the field with \", and double a \" within it")
      }
      guard let columns = header else {
        let written = fields.map { String(decoding: $0, as: UTF8.self) }
        let words = written.map { $0.lowercased() }
        guard let place = Self.idNames.lazy.compactMap({ words.firstIndex(of: $0) }).first else {
          throw problem(
            reader.lineNumber, line, "there is no column `id`",
            "head the file with id and any of " + known.dropFirst().joined(separator: ", "))
        }
        idPlace = place
        var met = Set<String>()
        if let twice = words.first(where: { !met.insert($0).inserted && (isKnown($0) || wanted.contains($0)) }) {
          throw problem(
            reader.lineNumber, line, "the column `\(twice)` is named twice", "give every column its own name")
        }
        let free = known.filter { $0.count > 2 && !met.contains($0) }
        for place in words.indices where !isKnown(words[place]) && !wanted.contains(words[place]) && place != idPlace {
          if let meant = Spelling.nearest(words[place], among: free) {
            throw problem(
              reader.lineNumber, line, "the column `\(written[place])` is not known",
              "did you mean `\(meant)`? If not, rename it")
          }
        }
        header = words
        report.ignoredColumns += written.indices.filter {
          !isKnown(words[$0]) && !wanted.contains(words[$0]) && $0 != idPlace
        }.map { written[$0] }
        headerWords = written
        continue
      }
      while fields.count > columns.count, fields.last?.isEmpty == true { fields.removeLast() }
      let number = reader.lineNumber
      func note(_ column: Int, _ what: String, _ remedy: String) {
        problems.add(problem(number, line, column: column, what, remedy), line: number)
      }
      guard fields.count == columns.count else {
        note(
          1, "this row has \(fields.count) fields, the header \(columns.count)",
          "give every row as many fields as the header")
        continue
      }
      let (id, column) = (
        String(decoding: fields[idPlace], as: UTF8.self), Fields.column(of: idPlace, fields, in: line)
      )
      guard !ForeignFormat.isNothing(fields[idPlace]) else {
        note(column, "the id `\(id)` is a word for nothing", "write the id, or leave the row out")
        continue
      }
      if let control = Printable.firstControl(id) {
        note(column, "an id holds the control character \(control)", "leave it out")
        continue
      }
      let met = names.index(of: fields[idPlace])
      guard met != nil || settings.keepsIsolates else {
        note(
          column, "no tie names the id `\(id)`", "correct the id, or write `isolates: keep` to keep agents without ties"
        )
        continue
      }
      if met == nil { report.isolatesAdded += 1 }
      guard let agent = met ?? names.index(adding: fields[idPlace]) else {
        throw Failure(.beyondTheMachine, "\(settings.path): error: more than 2³² − 1 distinct agents\n  = use fewer")
      }
      guard seen.insert(agent).inserted else {
        note(column, "the id `\(id)` has two rows", "keep one row per agent")
        continue
      }
      rows.append((agent, fields, reader.lineNumber))
    }
    guard let columns = header else {
      throw Failure(.wrongInput, "\(settings.path): error: the file is empty\n  = head it with id and other columns")
    }
    report.missingAgents = names.count - rows.count
    var file = AgentsFile()
    file.traits.scale = settings.scale
    file.content = reader.content
    file.header = headerWords
    for (place, column) in columns.enumerated() where wanted.contains(column) {
      file.columns[column] = AgentColumn(
        rows.map { ($0.agent, $0.fields[place], $0.line) }, count: names.count,
        hasDecimalCommas: separator?.takesDecimalCommas ?? false)
    }
    for (place, column) in columns.enumerated() where isKnown(column) && place != idPlace && column != "id" {
      file.take(
        column == group ? "group" : column, rows.map { ($0.agent, $0.fields[place], $0.line) }, count: names.count,
        hasDecimalCommas: separator?.takesDecimalCommas ?? false
      ) {
        cell, what, remedy in
        // The row as its fields, with one sign between two.
        let fields = rows[cell].fields
        let before = fields[..<place].reduce(0) { $0 + String(decoding: $1, as: UTF8.self).unicodeScalars.count + 1 }
        problems.add(problem(rows[cell].line, [], column: before + 1, what, remedy), line: rows[cell].line)
      }
    }
    guard problems.isEmpty else { throw problems.failure }
    if separator?.takesDecimalCommas ?? false {
      for (place, column) in columns.enumerated()
      where place != idPlace && column != group && (wanted.contains(column) || isKnown(column)) {
        let words = rows.map { String(decoding: $0.fields[place], as: UTF8.self) }
        DecimalMarks.thousands(words).map { report.doubts.append(DecimalMarks.doubt("`\(column)`", $0)) }
      }
    }
    file.noteTraits(&report)
    return file
  }

  /// What a graph says of its agents: every column for seeding and groups, those with the names of traits as traits.
  init(_ graph: Graph, path: String, group: String, count: Int, report: inout ImportReport) throws(Failure) {
    self.init()
    var problems = FileProblems()
    header = graph.columns.map(\.name)
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
    report.said = header
    noteTraits(&report)
  }

  /// Says which traits are given, and how.
  private func noteTraits(_ report: inout ImportReport) {
    report.traits = Trait.allCases.filter { traits.values[$0] != nil }.map { trait in
      let values = (traits.values[trait] ?? []).compactMap { $0 }
      let mean = Digits.shortest((values.reduce(0, +) / Double(max(1, values.count)) * 1e4).rounded() / 1e4)
      return trait.name + (traits.scale == .mean ? " divided by its mean of \(mean)" : " as written, mean \(mean)")
    }
  }

  /// A decimal number, with a comma for its point where commas do not separate; nil where it is none.
  static func number(_ text: String, hasDecimalCommas: Bool) -> Double? {
    guard text.allSatisfy({ "0123456789.,eE+-".contains($0) }) else { return nil }
    return Double(hasDecimalCommas ? text.replacing(",", with: ".") : text)
  }

  /// Stores one column.
  private mutating func take(
    _ column: String, _ cells: [(agent: Int, bytes: [UInt8], line: Int)], count: Int, hasDecimalCommas: Bool,
    _ note: (_ cell: Int, _ what: String, _ remedy: String) -> Void
  ) {
    for (place, cell) in cells.enumerated() {
      guard let control = Printable.firstControl(String(decoding: cell.bytes, as: UTF8.self)) else { continue }
      return note(place, "`\(column)` holds the control character \(control)", "leave it out")
    }
    if column == "group" {
      var table = NameTable()
      var groups = [Int](repeating: -1, count: count)
      for cell in cells where !ForeignFormat.isNothing(cell.bytes) {
        groups[cell.agent] = table.index(adding: cell.bytes) ?? -1
      }
      self.groups = groups
      groupNames = (0..<table.count).map { table[$0] }
      return
    }
    if column == "seed" {
      for (place, cell) in cells.enumerated() {
        switch String(decoding: cell.bytes, as: UTF8.self).lowercased() {
        case "1", "true": seeds.append(UInt32(cell.agent))
        case "", "0", "false": break
        default: note(place, "`seed` is neither 1 nor 0", "mark seeds with 1, others with 0 or nothing")
        }
      }
      return
    }
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
    } else if let trait = Trait.allCases.first(where: { $0.name == column }) {
      traits.values[trait] = values
    }
  }
}
