internal import SocialInfluence

/// The rows of an agents file below its header, one per agent, with the agent that the id names.
struct AgentsRows {
  private let settings: AgentsFileSettings
  /// The columns that are read: traits and other known ones, the group, and those used by seeding.
  private let known: [String]
  private let wanted: Set<String>
  private var separator: Separator?
  /// The header in lowercase; empty before it is read.
  private(set) var columns: [String] = []
  /// The header as written.
  private(set) var header: [String] = []
  private(set) var idPlace = 0
  private(set) var rows: [(agent: Int, fields: [[UInt8]], line: Int)] = []
  private(set) var content = InputContent()
  private(set) var problems = FileProblems()
  private var seen = Set<Int>()
  private var hasRowNames = false
  /// Ids that occur in no tie.
  private var strangers = [(id: String, line: Int)]()

  /// Names under which programs write the ids of agents, best first.
  private static let idNames = [
    "id", "name", "node", "label", "agent", "nodeid", "node_id", "userid", "user_id", "vertex", "person", "ego",
  ]

  var group: String { settings.group.lowercased() }
  /// Whether points may separate thousands, as they do beside decimal commas.
  var mayHaveThousands: Bool { separator == .semicolon || separator == .tab }
  var hasDecimalCommas: Bool { separator?.takesDecimalCommas ?? false }
  func isKnown(_ column: String) -> Bool { known.contains(column) }
  func isWanted(_ column: String) -> Bool { wanted.contains(column) }

  /// Reads all rows; a problem in one row does not stop the checks of the others.
  init(
    _ settings: AgentsFileSettings, known: [String], names: inout NameTable, report: inout ImportReport
  ) throws(Failure) {
    self.settings = settings
    self.known = known + [settings.group.lowercased()]
    wanted = Set(settings.columns.map { $0.lowercased() })
    var reader = try LineReader(settings.path, encoding: settings.encoding)
    var line = [UInt8]()
    var fields = [[UInt8]]()
    while try reader.next(&line) {
      guard let first = line.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "%") else { continue }
      if separator == nil, let told = Separator(told: line) {
        separator = told
        continue
      }
      if separator == nil { separator = Separator(firstRow: line) }
      guard let separator, separator.split(line, into: &fields) else {
        throw problem(
          reader.lineNumber, line, "a quoted field is not closed, or text follows it",
          "end the field with \", and double a \" within it")
      }
      // Spreadsheets write empty rows below the last one.
      if fields.allSatisfy(\.isEmpty) { continue }
      if columns.isEmpty {
        try takeHeader(fields, reader.lineNumber, line, &report)
      } else {
        try takeRow(&fields, reader.lineNumber, line, &names, &report)
      }
    }
    guard !columns.isEmpty else {
      throw Failure(.wrongInput, "\(settings.path): error: the file is empty\n  = head it with id and other columns")
    }
    checkStrangers(names)
    content = reader.content
    report.agentsSeparator = separator?.words ?? ""
    report.missingAgents = names.count - rows.count
  }

  /// Refuses ids that differ from ids of ties only in spelling: as agents without ties they would split people in two. An
  /// id of a tie that has a row of its own is another agent.
  private mutating func checkStrangers(_ names: NameTable) {
    let count = names.count - (settings.keepsIsolates ? strangers.count : 0)
    guard !strangers.isEmpty, count <= 200_000 else { return }
    let withoutRow = (0..<count).filter { !seen.contains($0) }
    let known = Dictionary(withoutRow.map { (NameTable.bare(names[$0]), names[$0]) }) { first, _ in first }
    if let shift = shift(names, count) {
      let (id, line) = strangers[0]
      problems.add(
        problem(
          line, [],
          "no tie names the id `\(id)`, and the ids here are those of the ties \(shift > 0 ? "plus" : "minus") 1",
          "number the agents alike in both files, from 0 or from 1"), line: line)
    }
    for (id, line) in strangers {
      guard let meant = known[NameTable.bare(id)] else { continue }
      problems.add(
        problem(
          line, [], "the id `\(id)` is written `\(meant)` in the ties",
          "write ids alike in both files: letters, zeros before numbers, and .0 behind them count"), line: line)
    }
  }

  /// 1 or −1 if ids are whole numbers that begin and end one later or one earlier than those of the ties.
  private func shift(_ names: NameTable, _ count: Int) -> Int? {
    guard strangers.count == 1, count > 2 else { return nil }
    let ties = (0..<count).compactMap { Int(names[$0]) }
    // Small numbers only: differences of large ones overflow.
    guard ties.count == count, let least = ties.min(), let most = ties.max(), let other = Int(strangers[0].id),
      [least, most, other].allSatisfy({ $0.magnitude < 1 << 40 }), most - least == count - 1
    else { return nil }
    let withoutRow = (0..<count).filter { !seen.contains($0) }.map { ties[$0] }
    if other == most + 1, withoutRow == [least] { return 1 }
    return other == least - 1 && withoutRow == [most] ? -1 : nil
  }

  private func problem(
    _ line: Int, _ text: [UInt8], column: Int = 1, _ what: String, _ remedy: String
  ) -> Failure {
    // No excerpt before the header is read: the file may be private and no table of agents.
    let excerpt = columns.isEmpty ? "" : String(decoding: text.prefix(200), as: UTF8.self)
    let source = SourceText(name: settings.path, text: excerpt, firstLine: line)
    return Failure(.wrongInput, Problem(source, Place(line: line, column: column), what, remedy: remedy).message)
  }

  /// Adds a problem with a cell of a row that was read.
  mutating func note(row: Int, column place: Int, _ what: String, _ remedy: String) {
    // Assumes one separator character between fields.
    let before = rows[row].fields[..<place].reduce(0) {
      $0 + String(decoding: $1, as: UTF8.self).unicodeScalars.count + 1
    }
    problems.add(problem(rows[row].line, [], column: before + 1, what, remedy), line: rows[row].line)
  }

  private mutating func takeHeader(
    _ fields: [[UInt8]], _ number: Int, _ line: [UInt8], _ report: inout ImportReport
  ) throws(Failure) {
    let written = fields.map { String(decoding: $0, as: UTF8.self) }
    let words = written.map { $0.lowercased() }
    guard let place = Self.idNames.lazy.compactMap({ words.firstIndex(of: $0) }).first else {
      throw problem(
        number, line, "there is no column `id`",
        "head the file with id and any of " + known.dropFirst().joined(separator: ", "))
    }
    var met = Set<String>()
    if let twice = words.first(where: { !met.insert($0).inserted && (isKnown($0) || isWanted($0)) }) {
      throw problem(number, line, "the column `\(twice)` is named twice", "give every column its own name")
    }
    if group != "group", !met.contains(group) {
      throw problem(
        number, line, "there is no column `\(settings.group)`, which `group` names", "known: " + Readable.list(written))
    }
    let free = known.filter { $0.count > 2 && !met.contains($0) }
    let others = words.indices.filter { !isKnown(words[$0]) && !isWanted(words[$0]) && $0 != place }
    for other in others {
      guard let meant = Spelling.nearest(words[other], among: free) else { continue }
      throw problem(
        number, line, "the column `\(written[other])` is not known", "did you mean `\(meant)`? If not, rename it")
    }
    (columns, header, idPlace) = (words, written, place)
    report.agentsIgnored = others.map { written[$0].isEmpty ? "column \($0 + 1)" : written[$0] }
  }

  /// Drops the row name: R writes row names in a first column that the header omits.
  private mutating func dropRowName(_ fields: inout [[UInt8]], _ report: inout ImportReport) {
    guard fields.count == columns.count + 1 else { return }
    if rows.isEmpty, !hasRowNames, fields.last?.isEmpty == false {
      hasRowNames = true
      report.agentsIgnored.insert("row names, which the header leaves out", at: 0)
    }
    if hasRowNames { fields.removeFirst() }
  }

  private mutating func takeRow(
    _ fields: inout [[UInt8]], _ number: Int, _ line: [UInt8], _ names: inout NameTable, _ report: inout ImportReport
  ) throws(Failure) {
    dropRowName(&fields, &report)
    while fields.count > columns.count, fields.last?.isEmpty == true { fields.removeLast() }
    func wrong(_ column: Int, _ what: String, _ remedy: String) -> Failure {
      problem(number, line, column: column, what, remedy)
    }
    guard fields.count == columns.count else {
      let what = "this row has \(fields.count) fields, the header \(columns.count)"
      return problems.add(wrong(1, what, "give every row as many fields as the header"), line: number)
    }
    let id = String(decoding: fields[idPlace], as: UTF8.self)
    let column = Fields.column(of: idPlace, fields, in: line)
    if ForeignFormat.isNothing(fields[idPlace]) {
      let what = "the id `\(id)` is a word for nothing"
      return problems.add(wrong(column, what, "write the id, or leave the row out"), line: number)
    }
    if let control = Printable.firstControl(id) {
      return problems.add(
        wrong(column, "an id holds the control character \(control)", "leave it out"), line: number)
    }
    let met = names.index(of: fields[idPlace])
    guard met != nil || settings.keepsIsolates else {
      strangers.append((id, number))
      let remedy = "correct the id, or write `isolates: keep` to keep agents without ties"
      return problems.add(wrong(column, "no tie names the id `\(id)`", remedy), line: number)
    }
    if met == nil {
      report.isolatesAdded += 1
      if ColumnMeaning.isSum(fields[idPlace]) {
        report.doubts.append("`\(id)` is read as an agent without ties: if its row holds sums, leave it out")
      }
      strangers.append((id, number))
    }
    guard let agent = met ?? names.index(adding: fields[idPlace]) else {
      throw Failure(.beyondTheMachine, "\(settings.path): error: more than 2³² − 1 distinct agents\n  = use fewer")
    }
    guard seen.insert(agent).inserted else {
      return problems.add(wrong(column, "the id `\(id)` has two rows", "keep one row per agent"), line: number)
    }
    rows.append((agent, fields, number))
  }
}
