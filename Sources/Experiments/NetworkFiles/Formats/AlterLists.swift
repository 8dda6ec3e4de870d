/// A row per agent: who, then those to whom it speaks. A row of one names an agent that speaks to nobody.
struct AlterLists: GraphReader {
  func read(_ text: inout LineReader) throws -> Graph {
    var graph = Graph()
    var bytes = [UInt8]()
    var fields = [[UInt8]]()
    var separator: Separator?
    var header: (names: [String], line: Int)?
    while try text.next(&bytes) {
      guard let first = bytes.first(where: { $0 != 32 && $0 != 9 }), first != UInt8(ascii: "#"),
        first != UInt8(ascii: "%")
      else { continue }
      if separator == nil { separator = Separator(firstRow: bytes) }
      guard separator?.split(bytes, into: &fields) == true else {
        throw GraphProblem(text.lineNumber, "a quoted field is not closed, or text follows it", "end the field with \"")
      }
      while fields.last?.isEmpty == true { fields.removeLast() }
      Self.split(&fields, separator)
      if fields.count == 1, fields[0].contains(where: { separator?.isStray($0) ?? false }) {
        throw GraphProblem(
          text.lineNumber, "this row is separated otherwise than the first, by \(separator?.words ?? "blanks")",
          "separate all rows alike, or put the id in quotes")
      }
      // Names of columns, if they are, come nowhere else.
      if graph.agents.isEmpty, header == nil, Self.areNames(fields) {
        header = (fields.map { String(decoding: $0, as: UTF8.self) }, text.lineNumber)
        continue
      }
      try Self.check(fields, text.lineNumber)
      let agents = fields.map { graph.agent(String(decoding: $0, as: UTF8.self)) }
      for alter in agents.dropFirst() {
        graph.ties.append(Graph.Tie(source: agents[0], target: alter, weight: nil, line: text.lineNumber))
      }
    }
    if let header, let again = header.names.first(where: { graph.place(of: $0) != nil }) {
      throw GraphProblem(
        header.line, "the first row looks like names of columns, but `\(again)` comes again as an id",
        "begin the row with # if it is a header, or give the agents other ids")
    }
    graph.header = header?.names ?? []
    return graph
  }

  private static func check(_ fields: [[UInt8]], _ line: Int) throws {
    for field in fields {
      let word = String(decoding: field, as: UTF8.self)
      if ForeignFormat.isNothing(field) {
        throw GraphProblem(line, "`\(word)` is no id", "write ids, or end the row before it")
      }
      if word.hasPrefix("[") || word.hasSuffix("]") || ["->", "--", "→"].contains(word) {
        throw GraphProblem(line, "`\(word)` is no id, but a sign of YAML, JSON or DOT", "write ids with commas between")
      }
    }
  }

  /// `ann: bob, cy` and `ann;bob,cy`: a colon after the first id, and commas between alters, separate, too.
  private static func split(_ fields: inout [[UInt8]], _ separator: Separator?) {
    let (colon, comma, blank) = (UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: " "))
    guard var ego = fields.first else { return }
    var rest = Array(fields.dropFirst())
    if ego.count > 1, ego.last == colon {
      ego.removeLast()
    } else if let place = ego.firstRange(of: [colon, blank])?.lowerBound, place > 0 {
      rest.insert(Array(ego[(place + 1)...].drop { $0 == blank }), at: 0)
      ego = Array(ego[..<place])
    }
    if separator != .comma, rest.count == 1, rest[0].contains(comma) {
      rest = rest[0].split(separator: comma).map { Array($0.drop { $0 == blank }) }
    }
    fields = [ego] + rest.filter { !$0.isEmpty }
  }

  /// Whether the first row names columns: the end of a tie, and others, or the same with numbers.
  private static func areNames(_ fields: [[UInt8]]) -> Bool {
    let words = fields.map { String(decoding: $0, as: UTF8.self).lowercased() }
    guard words.count > 1 else { return false }
    if EdgeListHeader([fields[0], fields[1]]).ends != nil { return true }
    let egos: Set = ["ego", "id", "name", "node", "person", "respondent", "user", "agent", "student", "source", "from"]
    let alters = [
      "alter", "friend", "contact", "nominee", "nomination", "neighbor", "neighbour", "tie", "peer", "target", "to",
      "follow",
    ]
    return egos.contains(words[0]) && alters.contains { words[1].hasPrefix($0) }
  }
}

/// A table with a row and a column per agent, ids above and before it or neither; 0 or nothing is no tie.
struct AdjacencyMatrix: GraphReader {
  private typealias Row = (fields: [String], line: Int)

  func read(_ text: inout LineReader) throws -> Graph {
    var graph = Graph()
    var (rows, separator) = try rows(&text)
    guard let head = rows.first else { return graph }
    graph.isMatrix = true
    try takeIds(&rows, into: &graph)
    let count = graph.agents.count
    guard rows.count == count else {
      throw GraphProblem(
        head.line, "\(count) columns and \(rows.count) rows are no square", "write as many rows as columns")
    }
    let hasDecimalCommas = separator?.takesDecimalCommas == true
    if hasDecimalCommas { try checkMarks(rows, &graph) }
    try takeTies(rows, hasDecimalCommas: hasDecimalCommas, into: &graph)
    return graph
  }

  private func rows(_ text: inout LineReader) throws -> ([Row], Separator?) {
    var (bytes, fields) = ([UInt8](), [[UInt8]]())
    var separator: Separator?
    var rows = [Row]()
    while try text.next(&bytes) {
      guard let first = bytes.first(where: { $0 != 32 && $0 != 9 }) else { continue }
      if first == UInt8(ascii: "#") || first == UInt8(ascii: "%") { continue }
      if separator == nil { separator = Separator(firstRow: bytes) }
      guard separator?.split(bytes, into: &fields) == true else {
        throw GraphProblem(text.lineNumber, "a quoted field is not closed, or text follows it", "end the field with \"")
      }
      rows.append((fields.map { String(decoding: $0, as: UTF8.self) }, text.lineNumber))
    }
    return (rows, separator)
  }

  /// Takes the ids above and before the values, or numbers the agents from 1.
  private func takeIds(_ rows: inout [Row], into graph: inout Graph) throws {
    guard let ids = names(rows[0].fields, rows.count > 1 ? rows[1].fields : []) else {
      for number in 0..<rows.count { _ = graph.agent(String(number + 1)) }
      return
    }
    let head = rows.removeFirst()
    for id in ids { _ = graph.agent(id) }
    guard graph.agents.count == ids.count else {
      throw GraphProblem(head.line, "an id comes twice in the first row", "give every column its own id")
    }
    for (place, row) in rows.enumerated() where place >= ids.count || row.fields.first != ids[place] {
      throw GraphProblem(
        row.line, "the row of `\(row.fields.first ?? "")` is not that of its column",
        "give rows and columns the same order")
    }
    rows = rows.map { (Array($0.fields.dropFirst()), $0.line) }
  }

  /// One decimal mark for all, and none between thousands.
  private func checkMarks(_ rows: [Row], _ graph: inout Graph) throws {
    let words = rows.flatMap(\.fields)
    if var left = DecimalMarks.mixed(words.map { Array($0.utf8) }) {
      let row = rows.first {
        left -= $0.fields.count
        return left < 0
      }
      throw GraphProblem(
        row?.line ?? rows[0].line, "decimal commas and decimal points stand in one matrix",
        "write all numbers with the same mark, and none between thousands")
    }
    if let example = DecimalMarks.thousands(words) ?? DecimalMarks.points(words) {
      graph.doubts.append(DecimalMarks.doubt("the weights", example))
    }
  }

  private func takeTies(_ rows: [Row], hasDecimalCommas: Bool, into graph: inout Graph) throws {
    let count = graph.agents.count
    var hasNumbers = false
    for (source, row) in rows.enumerated() {
      guard row.fields.count == count else {
        throw GraphProblem(
          row.line, "this row has \(row.fields.count) values, not \(count)", "write one value per agent")
      }
      for (target, word) in row.fields.enumerated() where !word.isEmpty {
        guard let value = graphNumber(hasDecimalCommas ? word.replacing(",", with: ".") : word) else {
          // Without a number so far this may be no matrix, but somebody's secrets.
          throw GraphProblem(
            row.line, !hasNumbers ? "a cell is no number" : "`\(word)` is no number",
            "write 0 where there is no tie, 1 or a weight where there is")
        }
        hasNumbers = true
        if value != 0 { graph.ties.append(Graph.Tie(source: source, target: target, weight: value, line: row.line)) }
      }
    }
  }

  /// The ids of the first row: all of it, or all after a corner; nil where it is a row of values.
  private func names(_ head: [String], _ second: [String]) -> [String]? {
    let hasCorner = head.count == second.count && head.first.map { graphNumber($0) == nil } ?? false
    guard hasCorner || head.count + 1 == second.count else { return nil }
    let ids = hasCorner ? Array(head.dropFirst()) : head
    return ids.first == second.first ? ids : nil
  }
}
