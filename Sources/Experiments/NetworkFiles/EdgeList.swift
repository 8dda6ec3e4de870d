internal import Foundation
package import SocialInfluence

/// A column by name or by number from 1.
package enum ColumnReference: Sendable, Hashable {
  case named(String)
  case numbered(Int)
}

/// How an edge list is to be read.
package struct EdgeListSettings: Sendable, Hashable {
  package var path: String
  /// The path as the scenario has it.
  package var writtenPath = ""
  package var isDirected: Bool
  /// Turns every arrow round: "A trusts B" means that B influences A.
  package var reverse = false
  package var loops: LoopPolicy = .refuse
  package var repeats: RepeatPolicy = .refuse
  package var dropsNonPositive = false
  package var source: ColumnReference?
  package var target: ColumnReference?
  /// nil: a column named `weight`, if there is one.
  package var weight: ColumnReference?
  /// Reads no weights even if a column is named so.
  package var ignoresWeights = false
  package var agentsFile: AgentsFileSettings?

  package init(path: String, isDirected: Bool) { (self.path, self.isDirected) = (path, isDirected) }
}

/// What to do with a row that ties an agent to itself.
package enum LoopPolicy: String, CaseIterable, Sendable { case drop, refuse }

/// What was met while reading.
package struct ImportReport: Sendable, Equatable {
  package var rows = 0
  package var comments = 0
  package var loops = 0
  package var repeats = 0
  package var droppedWeights = 0
  package var ignoredColumns: [String] = []
  package var hasHeader = false
  package var hasWeights = false
  /// Agents of the agents file to whom no tie leads.
  package var isolatesAdded = 0
  /// Agents without a row in the agents file.
  package var missingAgents = 0
}

/// A network read from a file, with the ids of its agents.
package struct ImportedNetwork: Sendable {
  package let network: Network
  package let names: NameTable
  package let report: ImportReport
  package let agents: AgentsFile?
  /// Of the edge list.
  package let content: InputContent
}

/// Reads edge lists: separated by blanks or commas, with `#` and `%` comments, any line ends, an optional header, ids of
/// any kind, plain or gzip.
package enum EdgeList {
  /// - Parameter workers: threads that build the network; they change nothing but the time.
  package static func read(
    _ settings: EdgeListSettings, workers: Int = ProcessInfo.processInfo.activeProcessorCount
  ) throws(Failure) -> ImportedNetwork {
    var parser = EdgeListParser(settings)
    try parser.run()
    guard parser.report.rows > 0 else {
      throw Failure(.wrongInput, "\(settings.path): error: the file holds no tie\n  = write one pair of ids per line")
    }
    var agents: AgentsFile?
    if let file = settings.agentsFile {
      agents = try AgentsFile.read(file, names: &parser.names, report: &parser.report)
    }
    let network = try parser.network(workers: workers)
    return ImportedNetwork(
      network: network, names: parser.names, report: parser.report, agents: agents, content: parser.content)
  }
}

/// The state of one reading.
private struct EdgeListParser {
  let settings: EdgeListSettings
  var names = NameTable()
  var report = ImportReport()
  private(set) var content = InputContent()
  /// Ties with weights; those without go into blocks.
  private var weighted: TieList?
  private var ties = TieBlocks()
  private var separator: Fields.Separator?
  private var places = (source: 0, target: 1, weight: Int?.none)
  private var firstLoop = 0
  private var firstWeight: (line: Int, text: String)?
  /// The first row while it is open whether it is a header.
  private var pending: (fields: [[UInt8]], line: Int)?

  init(_ settings: EdgeListSettings) { self.settings = settings }

  mutating func run() throws(Failure) {
    var reader = try LineReader(settings.path)
    var line = [UInt8]()
    var fields = [[UInt8]]()
    while try reader.next(&line) {
      if line.starts(with: [0xEF, 0xBB, 0xBF]) && reader.lineNumber == 1 { line.removeFirst(3) }
      guard let first = line.first(where: { $0 != 32 && $0 != 9 }) else { continue }
      if first == UInt8(ascii: "#") || first == UInt8(ascii: "%") {
        report.comments += 1
        continue
      }
      let number = reader.lineNumber
      if separator == nil { separator = Fields.Separator(firstRow: line) }
      guard let separator, Fields.split(line, separator, into: &fields) else {
        throw problem(number, line, "a quoted field is not closed", "close it with \"")
      }
      if try takesAsHeader(fields, number, line) { continue }
      try row(fields, number, line)
      if report.rows > 0 && pending == nil { plainRows(&reader, separator.plain) }
    }
    content = reader.content
    if let pending { try row(pending.fields, pending.line, []) }
    if report.loops > 0 && settings.loops == .refuse {
      throw Failure(
        .wrongInput,
        "\(settings.path):\(firstLoop): error: \(report.loops) rows tie an agent to itself, the first here\n"
          + "  = write `loops: drop` to leave them out")
    }
    if let firstWeight, !settings.dropsNonPositive {
      throw Failure(
        .wrongInput,
        "\(settings.path):\(firstWeight.line): error: \(report.droppedWeights) weights are not positive, the first is "
          + "\(firstWeight.text)\n  = write `nonPositive: drop` to leave these ties out")
    }
  }

  /// Takes plain rows as long as they come, where a row is two ids and nothing else.
  private mutating func plainRows(_ reader: inout LineReader, _ separator: UInt8) {
    guard weighted == nil, places.weight == nil, max(places.source, places.target) == 1 else { return }
    let isTurned = settings.reverse != (places.source == 1)
    report.rows += reader.plainRows(separator: separator) { first, second in
      // Loops and more names than fit are matters for the other way.
      guard first != second, let one = names.index(adding: first), let two = names.index(adding: second) else {
        return false
      }
      if isTurned { ties.append(two, one) } else { ties.append(one, two) }
      return true
    }
  }

  /// Decides on the header: named columns ask for one, `source` and `target` are one, and words above numbers are one.
  private mutating func takesAsHeader(_ fields: [[UInt8]], _ line: Int, _ text: [UInt8]) throws(Failure) -> Bool {
    if let first = pending {
      pending = nil
      if Self.areNumbers(fields.prefix(2)) && !Self.areNumbers(first.fields.prefix(2)) {
        try header(first.fields, first.line)
      } else {
        try layout(width: first.fields.count, line: first.line)
        try row(first.fields, first.line, [])
      }
      return false
    }
    guard report.rows == 0 && !report.hasHeader else { return false }
    let words = fields.map { String(decoding: $0, as: UTF8.self).lowercased() }
    let asksForNames = [settings.source, settings.target, settings.weight].contains {
      if case .named = $0 { true } else { false }
    }
    if asksForNames || words.contains("source") && words.contains("target") {
      try header(fields, line)
      return true
    }
    guard fields.count >= 2 else { throw oneColumn(line, text) }
    if Self.areNumbers(fields.prefix(2)) {
      try layout(width: fields.count, line: line)
      return false
    }
    pending = (fields, line)
    return true
  }

  private static func areNumbers(_ fields: ArraySlice<[UInt8]>) -> Bool {
    fields.count == 2 && fields.allSatisfy { Double(String(decoding: $0, as: UTF8.self)) != nil }
  }

  private mutating func header(_ fields: [[UInt8]], _ line: Int) throws(Failure) {
    report.hasHeader = true
    let words = fields.map { String(decoding: $0, as: UTF8.self) }
    func find(_ reference: ColumnReference?, _ names: [String], or standard: Int?) throws(Failure) -> Int? {
      switch reference {
      case .named(let name):
        if let place = words.firstIndex(of: name) { return place }
        // Names are shown only where they look like names.
        let areNames = words.count > 1 && words.allSatisfy(ScalarReading.isLabel)
        throw problem(
          line, [], "there is no column `\(name)`",
          areNames ? "known: " + words.joined(separator: ", ") : "head the file with the names of its columns")
      case .numbered(let number): return number - 1
      case nil: return words.firstIndex { names.contains($0.lowercased()) } ?? standard
      }
    }
    places.source = try find(settings.source, ["source"], or: 0) ?? 0
    places.target = try find(settings.target, ["target"], or: 1) ?? 1
    places.weight = settings.ignoresWeights ? nil : try find(settings.weight, ["weight"], or: nil)
    if places.weight != nil { weighted = TieList(weights: []) }
    try checkPlaces(width: words.count, line: line)
    report.ignoredColumns = words.indices.filter { !isUsed($0) }.map { words[$0] }
  }

  private mutating func layout(width: Int, line: Int) throws(Failure) {
    func number(_ reference: ColumnReference?, _ standard: Int) -> Int {
      if case .numbered(let number) = reference { number - 1 } else { standard }
    }
    places.source = number(settings.source, 0)
    places.target = number(settings.target, 1)
    if case .numbered(let number) = settings.weight, !settings.ignoresWeights { places.weight = number - 1 }
    if places.weight != nil { weighted = TieList(weights: []) }
    try checkPlaces(width: width, line: line)
    report.ignoredColumns = (0..<width).filter { !isUsed($0) }.map { "column \($0 + 1)" }
  }

  private func isUsed(_ place: Int) -> Bool {
    place == places.source || place == places.target || place == places.weight
  }

  private func checkPlaces(width: Int, line: Int) throws(Failure) {
    if width < 2 { throw oneColumn(line, []) }
    let last = max(places.source, places.target, places.weight ?? 0)
    if last >= width {
      throw problem(line, [], "there is no column \(last + 1)", "the file has \(width) columns")
    }
  }

  private mutating func row(_ fields: [[UInt8]], _ line: Int, _ text: [UInt8]) throws(Failure) {
    if fields.count < 2 { throw oneColumn(line, text) }
    let last = max(places.source, places.target, places.weight ?? 0)
    guard fields.count > last, !fields[places.source].isEmpty, !fields[places.target].isEmpty else {
      throw problem(line, text, "this row has \(fields.count) fields", "give every row \(last + 1) or more, none empty")
    }
    report.rows += 1
    var weight = 1.0
    if let place = places.weight {
      let word = String(decoding: fields[place], as: UTF8.self)
      guard let value = Double(word), value.isFinite, ScalarReading.isJSONNumber(word) || Int(word) != nil else {
        throw problem(line, text, "the weight `\(word)` is no number", "write a number, or choose another column")
      }
      weight = value
    }
    guard let source = names.index(adding: fields[places.source]),
      let target = names.index(adding: fields[places.target])
    else {
      throw Failure(
        .beyondTheMachine,
        "\(settings.path):\(line): error: more than 2³² − 1 distinct agents\n  = a stored network holds no more")
    }
    if source == target {
      report.loops += 1
      if firstLoop == 0 { firstLoop = line }
      return
    }
    if weight <= 0 {
      report.droppedWeights += 1
      if firstWeight == nil { firstWeight = (line, Digits.shortest(weight)) }
      return
    }
    let tie = settings.reverse ? (target, source) : (source, target)
    if weighted == nil {
      ties.append(tie.0, tie.1)
    } else {
      weighted?.append(tie.0, tie.1)
      weighted?.weights?.append(weight)
    }
  }

  /// The network, with repeated pairs counted and treated as asked.
  mutating func network(workers: Int) throws(Failure) -> Network {
    report.hasWeights = weighted != nil
    let count = weighted?.count ?? ties.count
    guard (settings.isDirected ? 1 : 2) * count < Int(UInt32.max) else {
      throw Failure(
        .beyondTheMachine,
        "\(settings.path): error: \(count) ties exceed the 2³² voices of a stored network\n"
          + "  = keep fewer ties")
    }
    var network =
      weighted.map {
        Network(agentCount: names.count, ties: $0, isDirected: settings.isDirected, repeats: settings.repeats)
      } ?? Network(agentCount: names.count, ties: ties, isDirected: settings.isDirected, workers: workers)
    report.repeats = count - network.tieCount
    if report.repeats > 0 && settings.repeats == .refuse {
      throw Failure(
        .wrongInput,
        "\(settings.path): error: \(report.repeats) rows repeat a pair"
          + "\(settings.isDirected ? "" : " (in an undirected network, also the other way round)")\n"
          + "  = write `repeats: drop` to keep the first, or `repeats: merge` to add the weights up")
    }
    if report.repeats > 0 && settings.repeats == .merge && weighted == nil {
      // A repeat counts 1; multiplicities that are all 1 would say nothing.
      network = Network(
        agentCount: names.count, ties: ties.list(weight: 1), isDirected: settings.isDirected, repeats: .merge)
    }
    return network
  }

  private func oneColumn(_ line: Int, _ text: [UInt8]) -> Failure {
    problem(
      line, text, "a tie needs two ids, here is one column", "write two ids per row, with blanks or a comma between")
  }

  /// Nothing of a file is shown before a tie has been read from it: it may be no network at all, but somebody's secrets.
  private func problem(_ line: Int, _ text: [UInt8], _ what: String, _ remedy: String) -> Failure {
    let excerpt = report.rows > 0 ? String(decoding: text.prefix(200), as: UTF8.self) : ""
    let source = SourceText(name: settings.path, text: excerpt, firstLine: line)
    return Failure(.wrongInput, Problem(source, Place(line: line, column: 1), what, remedy: remedy).message)
  }
}
