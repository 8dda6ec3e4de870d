internal import SocialInfluence

/// The state while an edge list is read.
struct EdgeListParser {
  let settings: EdgeListSettings
  var names = NameTable()
  var report = ImportReport()
  var content = InputContent()
  /// Ties with weights; ties without are in `ties`.
  var weighted: TieList?
  var ties = TieBlocks()
  var separator: Separator?
  /// The separator that a first line such as `sep=;` gives, as spreadsheets write it.
  private var told: Separator?
  /// The line from which the separator was read.
  private var firstLine = 1
  var places = (source: 0, target: 1, weight: Int?.none)
  /// Fields per row; 0 before the first row.
  var width = 0
  /// Fields before the named ones: 1 if R wrote row numbers.
  var unnamedFieldCount = 0
  /// The row number expected next.
  private var rowNumber = 0
  /// The header as written; empty without one.
  var headerFields: [[UInt8]] = []
  /// The column that says whether each tie is directed.
  var kind: Int?
  /// Whether the header names both ends of a tie.
  var isNamed = false
  var firstLoop = 0
  var firstWeight: (line: Int, text: String)?
  /// The first row, while it is undecided whether it is a header.
  var pending: (fields: [[UInt8]], line: Int, text: [UInt8])?
  /// The last comment before the first row, which may be a header.
  var comment: [UInt8]?
  var lines = TieLines()
  /// A first row of numbers that may be the counts of agents and ties.
  var counts: (numbers: [Double], line: Int)?
  var problems = FileProblems()
  /// A graph with node attributes; its agents are numbered as in the file.
  var said: Graph?
  /// The columns that may hold signs, or say whether there is a tie; the first is the likeliest.
  var unused: [UnusedColumn] = []
  var marks = WeightMarks()
  /// Whether the first row is words that were read as ids.
  var beginsWithWords = false
  /// An unused column that dates ties.
  var timeColumnName: String?
  /// Which of the two ids (0 or 1) has held another separator in every row so far; nil if neither or both.
  private(set) var stray: Int?
  /// The second of three fields while it is the same in all rows, the third field of the first row, and whether third
  /// fields differ.
  var relation: (word: [UInt8], third: [UInt8], differs: Bool)?
  /// Whether every comment is one word, like the agents of LGL; and the number of rows above the last such comment.
  var areNames = true
  var rowsAboveLastName: Int?
  /// The number of rows above a line that is only `#`, which divides nodes from ties in TGF.
  var rowsAboveDivider: Int?
  /// Comments with as many fields as a row: how many, and the line of the first.
  var rowLikeComments: (count: Int, line: Int)?
  var looks = RowLooks()
  /// The first empty line below a row, and the number of rows above it.
  var gap: (line: Int, rows: Int)?
  /// The first id of the last row, if it is a word for a total.
  var sumWord: [UInt8]?
  /// Whether the file calls its ties directed; nil if it does not say.
  var saysDirected: Bool?

  init(_ settings: EdgeListSettings) { self.settings = settings }

  mutating func run() throws(Failure) {
    var reader = try LineReader(settings.path, encoding: settings.encoding)
    var line = [UInt8]()
    var fields = [[UInt8]]()
    while try next(&reader, &line) {
      guard let first = line.first(where: { $0 != 32 && $0 != 9 }) else {
        if report.rows > 0, gap == nil { gap = (reader.lineNumber, report.rows) }
        continue
      }
      if first == UInt8(ascii: "#") || first == UInt8(ascii: "%") {
        try takeComment(line, reader.lineNumber)
        continue
      }
      let number = reader.lineNumber
      if separator == nil, Separator(told: line) != nil {
        told = Separator(told: line)
        continue
      }
      if separator == nil {
        separator = told ?? Separator(firstRow: line)
        firstLine = number
        // A header in the comment above may use a separator that the first row does not need.
        try beginRows(number, line)
      }
      try collect(number) { parser throws(Failure) in try parser.take(line, number, &fields) }
      if width == 2 && pending == nil, let separator { plainRows(&reader, separator.plain) }
    }
    content = reader.content
    if let pending {
      try layout(pending.fields, pending.line)
      try row(pending.fields, pending.line, pending.text)
    }
    try checkEnd()
  }

  /// The next line. An unreadable line ends the reading; earlier problems are reported with it.
  mutating func next(_ reader: inout LineReader, _ line: inout [UInt8]) throws(Failure) -> Bool {
    do {
      return try reader.next(&line)
    } catch {
      guard error.code == .wrongInput, !problems.isEmpty else { throw error }
      problems.add(error, line: reader.lineNumber)
      throw problems.failure
    }
  }

  private mutating func takeComment(_ line: [UInt8], _ number: Int) throws(Failure) {
    report.comments += 1
    if report.rows > 0, line.drop(while: { $0 == 32 || $0 == 9 }).elementsEqual([UInt8(ascii: "#")]) {
      rowsAboveDivider = report.rows
    }
    if areNames {
      let words = line.drop { $0 == 32 || $0 == 9 }.split { $0 == 32 || $0 == 9 }
      areNames = words.count == 2 && words[0] == [UInt8(ascii: "#")] && (report.comments == 1) == (separator == nil)
      if report.rows > 0 || pending != nil { rowsAboveLastName = report.rows }
    }
    if separator == nil { saysDirected = ColumnMeaning.direction(comment: line) ?? saysDirected }
    if let separator {
      let content = line.drop { $0 == 32 || $0 == 9 }.dropFirst()
      var fields = [[UInt8]]()
      guard let first = content.first, ![32, 9, UInt8(ascii: "#"), UInt8(ascii: "%")].contains(first),
        separator.split(line, into: &fields), fields.count == (pending?.fields.count ?? width + unnamedFieldCount)
      else { return }
      rowLikeComments = ((rowLikeComments?.count ?? 0) + 1, rowLikeComments?.line ?? number)
      return
    }
    if line.starts(with: Array("%%MatrixMarket".utf8)) { try refuseForeign([line], number) }
    if line.starts(with: Array("% bip".utf8)) { throw twoKinds(number, "the file says that it is bipartite") }
    comment = line
  }

  /// Takes a line that is no comment: a header, or a row.
  mutating func take(_ line: [UInt8], _ number: Int, _ fields: inout [[UInt8]]) throws(Failure) {
    guard let separator, separator.split(line, into: &fields) else {
      throw problem(
        number, line, "a quoted field is not closed, or text follows it",
        "end the field with \" on the same line, and double a \" within it")
    }
    // Spreadsheets write empty rows below the last one.
    if fields.allSatisfy(\.isEmpty) {
      if report.rows > 0, gap == nil { gap = (number, report.rows) }
      return
    }
    if try !takesAsHeader(fields, number, line) { try row(fields, number, line) }
  }

  /// Collects problems, so that one row does not hide those of others. Before the first tie, the first problem ends the
  /// reading.
  mutating func collect(
    _ line: Int, _ work: (inout EdgeListParser) throws(Failure) -> Void
  ) throws(Failure) {
    do {
      try work(&self)
    } catch {
      guard report.rows > 0, error.code == .wrongInput else { throw error }
      problems.add(error, line: line)
    }
  }

  /// Reads consecutive plain rows, if a row is two ids and nothing else.
  mutating func plainRows(_ reader: inout LineReader, _ separator: UInt8) {
    guard weighted == nil, places.weight == nil, unnamedFieldCount == 0, max(places.source, places.target) == 1 else {
      return
    }
    let isTurned = settings.reverse != (places.source == 1)
    report.rows += reader.plainRows(separator: separator) { first, second in
      // Loops and too many ids are left to the slow path.
      guard first != second, let one = names.index(adding: first), let two = names.index(adding: second) else {
        return false
      }
      if isTurned { ties.append(two, one) } else { ties.append(one, two) }
      return true
    }
  }

  // MARK: Rows

  mutating func row(_ fields: [[UInt8]], _ line: Int, _ text: [UInt8]) throws(Failure) {
    if fields.count < 2 { throw oneColumn(line, text) }
    if fields.count != width + unnamedFieldCount { try settle(fields, line, text) }
    if unnamedFieldCount > 0 { try checkRowNumber(fields, line, text) }
    if report.rows == 0 { try refuseMatrix(fields, line) }
    if let first = headerFields.first?.first, let own = fields[0].first, own | 32 == first | 32, isHeader(fields) {
      throw problem(
        line, text, "the header comes again: these seem to be files put together", "keep the first header alone")
    }
    if let kind { try checkKind(fields[unnamedFieldCount + kind], line, text) }
    let (one, other) = (fields[unnamedFieldCount + places.source], fields[unnamedFieldCount + places.target])
    for (id, place) in [(one, places.source), (other, places.target)] where ForeignFormat.isNothing(id) {
      throw problem(
        line, text, column: Fields.column(of: unnamedFieldCount + place, fields, in: text),
        id.isEmpty ? "an id is empty" : "`\(String(decoding: id, as: UTF8.self))` is a word for nothing, not an id",
        "write both ids, leave the row out, or give the agent another id")
    }
    watch(fields, one, other, line)
    if places.source == 0, places.target == 1, unnamedFieldCount == 0, settings.source == nil, settings.target == nil {
      looks.take(fields, isNamed: isNamed, mayBeHeader: beginsWithWords && report.rows == 0)
    }
    sumWord = ColumnMeaning.isSum(one) ? one : nil
    report.rows += 1
    var weight: Double?
    if let place = places.weight {
      weight = try self.weight(fields, unnamedFieldCount + place, line, text)
    }
    let known = names.count
    guard let source = names.index(adding: one), let target = names.index(adding: other) else {
      throw Failure(
        .beyondTheMachine,
        "\(settings.path):\(line): error: more than 2³² − 1 distinct agents\n  = a stored network holds no more")
    }
    // Known ids were checked at their first appearance.
    if names.count > known {
      try checkControls(one, line, text)
      try checkControls(other, line, text)
    }
    add(source, target, weight, line)
  }

  /// Whether a row is the header again, in letters of any case.
  private func isHeader(_ fields: [[UInt8]]) -> Bool {
    func words(_ fields: [[UInt8]]) -> [String] { fields.map { String(decoding: $0, as: UTF8.self).lowercased() } }
    return fields.count == headerFields.count && fields[0].count == headerFields[0].count
      && words(fields) == words(headerFields)
  }

  private func refuseMatrix(_ fields: [[UInt8]], _ line: Int) throws(Failure) {
    guard ForeignFormat.isMatrix(header: report.header, fields) else { return }
    throw problem(
      line, [], "this looks like an adjacency matrix, not like an edge list",
      "write `format: matrix`, or convert it to one tie per row: source,target,weight")
  }

  /// Collects evidence, judged at the end of the file, that the rows are not ties.
  private mutating func watch(_ fields: [[UInt8]], _ one: [UInt8], _ other: [UInt8], _ line: Int) {
    if let relation {
      if fields[1] != relation.word {
        self.relation = nil
      } else if fields[2] != relation.third {
        self.relation?.differs = true
      }
    }
    for place in unused.indices { unused[place].take(fields[unnamedFieldCount + unused[place].place], line) }
    let strays = [one, other].map { id in id.contains { separator?.isStray($0) ?? false } }
    let own = strays[0] == strays[1] ? nil : strays[0] ? 0 : 1
    stray = report.rows == 0 || stray == own ? own : nil
  }

  /// Refuses a field before the named columns that does not count the rows.
  private mutating func checkRowNumber(_ fields: [[UInt8]], _ line: Int, _ text: [UInt8]) throws(Failure) {
    let word = String(decoding: fields[0], as: UTF8.self)
    if report.rows == 0 { rowNumber = Int(word) ?? -1 }
    guard Int(word) == rowNumber else {
      throw problem(
        line, text, "rows have one field more than the header, and the first does not count them: `\(word)`",
        "name every column in the header, or remove the field that has no name")
    }
    rowNumber += 1
  }

  /// Refuses a row whose direction contradicts the scenario.
  private func checkKind(_ cell: [UInt8], _ line: Int, _ text: [UInt8]) throws(Failure) {
    let word = String(decoding: cell, as: UTF8.self).lowercased()
    let name = kind.map { String(decoding: headerFields[$0], as: UTF8.self) } ?? ""
    let isDirected: Bool
    switch word {
    case "directed", "->", "→", "-->": isDirected = true
    case "undirected", "mutual", "<->", "↔", "both", "--": isDirected = false
    case "true" where name.lowercased() == "directed": isDirected = true
    case "false" where name.lowercased() == "directed": isDirected = false
    case "<-", "←", "<--":
      throw problem(
        line, text, "the column \(name) says that this tie goes back",
        "write its ends the other way round, and the others as they are")
    default: return
    }
    guard isDirected != settings.isDirected else { return }
    if report.rows > 0 {
      throw problem(
        line, text, "this tie is \(isDirected ? "directed" : "undirected") by the column \(name), and others are not",
        "write two rows for each undirected tie, one either way, call all of them directed, and read them as directed")
    }
    throw problem(
      line, text, "the column \(name) says that this tie is \(isDirected ? "directed" : "undirected")",
      "write \(flag("directed", isDirected)); if that is not meant, leave the column out")
  }

  /// Refuses control characters in ids, which are printed and written to tables.
  func checkControls(_ id: [UInt8], _ line: Int, _ text: [UInt8]) throws(Failure) {
    // First bytes of non-ASCII control characters: C1, direction marks, line and paragraph separators, BOM.
    guard id.contains(where: { $0 < 32 || $0 == 127 || $0 == 0xC2 || $0 == 0xE2 || $0 == 0xEF }) else { return }
    guard let control = Printable.firstControl(String(decoding: id, as: UTF8.self)) else { return }
    throw problem(line, text, "an id holds the control character \(control)", "leave it out")
  }

  /// Adds one tie, or counts it as a loop or as a weight that is not positive.
  mutating func add(_ source: Int, _ target: Int, _ weight: Double?, _ line: Int) {
    if source == target {
      report.loops += 1
      if firstLoop == 0 { firstLoop = line }
      return
    }
    if let weight, weight <= 0 {
      report.droppedWeights += 1
      if firstWeight == nil { firstWeight = (line, Digits.shortest(weight)) }
      return
    }
    let tie = settings.reverse ? (target, source) : (source, target)
    if let weight {
      lines.note(tie: weighted?.count ?? 0, line)
      weighted?.append(tie.0, tie.1)
      weighted?.weights?.append(weight)
    } else {
      lines.note(tie: ties.count, line)
      ties.append(tie.0, tie.1)
    }
  }

  /// Handles a row of another width than the first: empty fields at its end and unnamed row numbers are accepted.
  mutating func settle(_ fields: [[UInt8]], _ line: Int, _ text: [UInt8]) throws(Failure) {
    let expected = width + unnamedFieldCount
    if fields.count > expected, fields[expected...].allSatisfy(\.isEmpty) { return }
    let isNumbered = [Array("0".utf8), Array("1".utf8)].contains(fields[0])
    if fields.count == width + 1, isNumbered, report.rows == 0, isNamed {
      unnamedFieldCount = 1
      report.ignoredColumns.insert("row numbers, which the header does not name", at: 0)
      return
    }
    let isDecimal = separator == .comma && Self.hasDecimalCommas(text)
    let what = "this row has \(fields.count) fields, the first \(expected); the separator is \(separator?.words ?? "")"
    let remedy =
      isDecimal
      ? "decimal commas? write points, or separate the columns by semicolons"
      : firstIsTitle(above: text)
        ? "begin line \(firstLine) with # if it is a title: the separator is taken from it"
        : "write one tie per row, all of them with the same columns; a list of alters per row is `format: alters`; METIS or a "
          + "line of counts is no edge list"
    throw problem(line, text, what, remedy)
  }

  /// Whether a comma stands between two digits.
  static func hasDecimalCommas(_ text: [UInt8]) -> Bool {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return text.indices.dropFirst().dropLast().contains {
      text[$0] == UInt8(ascii: ",") && digits.contains(text[$0 - 1]) && digits.contains(text[$0 + 1])
    }
  }

  func oneColumn(_ line: Int, _ text: [UInt8]) -> Failure {
    problem(
      line, text, "a tie needs two ids, here is one column",
      firstIsTitle(above: text)
        ? "begin line \(firstLine) with # if it is a title: the separator is taken from it"
        : "write two ids per row, with a comma, a semicolon, a tab or blanks between")
  }

  /// Whether the first row may be a title: it is separated by blanks, and the row below it has commas or semicolons.
  private func firstIsTitle(above text: [UInt8]) -> Bool {
    report.rows < 2 && separator?.plain == 32 && text.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }
  }

  /// No excerpt until three rows are read, unless the header names both ends: the file may be private and no network.
  ///
  /// - Parameter column: from 1.
  func problem(
    _ line: Int, _ text: [UInt8], column: Int = 1, _ what: String, _ remedy: String
  ) -> Failure {
    let excerpt = report.rows > 2 || isNamed ? String(decoding: text.prefix(200), as: UTF8.self) : ""
    let source = SourceText(name: settings.path, text: excerpt, firstLine: line)
    return Failure(.wrongInput, Problem(source, Place(line: line, column: column), what, remedy: remedy).message)
  }
}
