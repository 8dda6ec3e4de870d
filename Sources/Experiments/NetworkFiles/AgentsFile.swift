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

  package init(path: String) { self.path = path }
}

/// What is known of the agents: one row per id, any of the known columns.
package struct AgentsFile: Sendable {
  /// Trait values by agent; nil where the file says nothing.
  package private(set) var traits: [Trait: [Double?]] = [:]
  package private(set) var thresholds: [Double?]?
  /// Group numbers in order of first appearance; −1 where the file says nothing.
  package private(set) var groups: [Int]?
  package private(set) var groupNames: [String] = []
  /// Agents marked as seeds, in the order of the file.
  package private(set) var seeds: [UInt32] = []
  package private(set) var content = InputContent()

  /// Names under which programs write the ids of agents, the best first.
  private static let idNames = ["id", "name", "node", "label", "agent", "nodeid", "node_id", "userid", "user_id"]
  private static let knownColumns = ["id", "group", "threshold", "seed"] + Trait.allCases.map(\.name)

  package static func read(
    _ settings: AgentsFileSettings, names: inout NameTable, report: inout ImportReport
  ) throws(Failure) -> AgentsFile {
    var reader = try LineReader(settings.path, encoding: settings.encoding)
    var line = [UInt8]()
    var fields = [[UInt8]]()
    var separator: Separator?
    var header: [String]?
    var idPlace = 0
    var rows = [(agent: Int, fields: [[UInt8]], line: Int)]()
    var seen = Set<Int>()
    func problem(_ line: Int, _ text: [UInt8], _ what: String, _ remedy: String) -> Failure {
      // Nothing is shown of a file that is not known yet as a table of agents.
      let excerpt = header == nil ? "" : String(decoding: text.prefix(200), as: UTF8.self)
      let source = SourceText(name: settings.path, text: excerpt, firstLine: line)
      return Failure(.wrongInput, Problem(source, Place(line: line, column: 1), what, remedy: remedy).message)
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
            "head the file with id and any of " + knownColumns.dropFirst().joined(separator: ", "))
        }
        idPlace = place
        if let twice = words.indices.first(where: { words[..<$0].contains(words[$0]) && isKnown(words[$0]) }) {
          throw problem(
            reader.lineNumber, line, "the column `\(words[twice])` is named twice", "give every column its own name")
        }
        for place in words.indices where !isKnown(words[place]) && place != idPlace {
          if let meant = Spelling.nearest(
            words[place], among: knownColumns.filter { $0.count > 2 && !words.contains($0) })
          {
            throw problem(
              reader.lineNumber, line, "the column `\(written[place])` is not known",
              "did you mean `\(meant)`? If not, rename it")
          }
        }
        header = words
        report.ignoredColumns += written.indices.filter { !isKnown(words[$0]) && $0 != idPlace }.map { written[$0] }
        continue
      }
      while fields.count > columns.count, fields.last?.isEmpty == true { fields.removeLast() }
      guard fields.count == columns.count else {
        throw problem(
          reader.lineNumber, line, "this row has \(fields.count) fields, the header \(columns.count)",
          "give every row as many fields as the header")
      }
      guard !ForeignFormat.isNothing(fields[idPlace]) else {
        throw problem(
          reader.lineNumber, line, "the id `\(String(decoding: fields[idPlace], as: UTF8.self))` is a word for nothing",
          "write the id, or leave the row out")
      }
      let met = names.index(of: fields[idPlace])
      guard met != nil || settings.keepsIsolates else {
        throw problem(
          reader.lineNumber, line, "no tie names the id `\(String(decoding: fields[idPlace], as: UTF8.self))`",
          "correct the id, or write `isolates: keep` to keep agents without ties")
      }
      if met == nil { report.isolatesAdded += 1 }
      guard let agent = met ?? names.index(adding: fields[idPlace]) else {
        throw Failure(.beyondTheMachine, "\(settings.path): error: more than 2³² − 1 distinct agents\n  = use fewer")
      }
      guard seen.insert(agent).inserted else {
        throw problem(
          reader.lineNumber, line, "the id `\(String(decoding: fields[idPlace], as: UTF8.self))` has two rows",
          "keep one row per agent")
      }
      rows.append((agent, fields, reader.lineNumber))
    }
    guard let columns = header else {
      throw Failure(.wrongInput, "\(settings.path): error: the file is empty\n  = head it with id and other columns")
    }
    report.missingAgents = names.count - rows.count
    var file = AgentsFile()
    file.content = reader.content
    for (place, column) in columns.enumerated() where isKnown(column) && column != "id" {
      try file.take(column, rows.map { ($0.agent, $0.fields[place], $0.line) }, count: names.count) {
        line, what, remedy in
        problem(line, [], what, remedy)
      }
    }
    return file
  }

  private static func isKnown(_ column: String) -> Bool { knownColumns.contains(column) }

  /// Stores one column.
  private mutating func take(
    _ column: String, _ cells: [(agent: Int, bytes: [UInt8], line: Int)], count: Int,
    _ problem: (Int, String, String) -> Failure
  ) throws(Failure) {
    if column == "group" {
      var table = NameTable()
      var groups = [Int](repeating: -1, count: count)
      for cell in cells where !cell.bytes.isEmpty { groups[cell.agent] = table.index(adding: cell.bytes) ?? -1 }
      self.groups = groups
      groupNames = (0..<table.count).map { table[$0] }
      return
    }
    if column == "seed" {
      for cell in cells {
        switch String(decoding: cell.bytes, as: UTF8.self).lowercased() {
        case "1", "true": seeds.append(UInt32(cell.agent))
        case "", "0", "false": break
        default: throw problem(cell.line, "`seed` is neither 1 nor 0", "mark seeds with 1, others with 0 or nothing")
        }
      }
      return
    }
    var values = [Double?](repeating: nil, count: count)
    for cell in cells where !cell.bytes.isEmpty {
      let word = String(decoding: cell.bytes, as: UTF8.self)
      let mayBeZero = column == "connectivity" || column == "susceptibility" || column == "threshold"
      guard let value = Double(word), value.isFinite, mayBeZero ? value >= 0 : value > 0 else {
        throw problem(
          cell.line, "`\(column)` is `\(word)`, not a number \(mayBeZero ? "from 0" : "above 0")",
          "write a number, or leave the cell empty")
      }
      values[cell.agent] = value
    }
    if column == "threshold" {
      thresholds = values
    } else if let trait = Trait.allCases.first(where: { $0.name == column }) {
      traits[trait] = values
    }
  }
}
