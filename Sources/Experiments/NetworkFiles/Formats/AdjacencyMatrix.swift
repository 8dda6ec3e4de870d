/// A table with a row and a column per agent, ids above it, before it, both or neither; 0 or an empty cell is no tie.
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

  /// Takes the ids from the matrix, or numbers the agents from 1.
  private func takeIds(_ rows: inout [Row], into graph: inout Graph) throws {
    dropNothing(&rows)
    guard let head = rows.first else { throw GraphProblem(1, "there are no values", "write a row per agent") }
    let ids: [String]
    var standBefore = true
    switch labels(rows) {
    case .none:
      for number in 0..<rows.count { _ = graph.agent(String(number + 1)) }
      if rows.count > 2, mayBeIds(head.fields), head.fields == rows.map({ $0.fields.first ?? "" }) {
        graph.doubts.append(
          "the first row and the first column are alike and are read as values: if they name agents, write `id` in the corner"
        )
      }
      return
    case .above:
      ids = rows.removeFirst().fields
      standBefore = false
    case .before: ids = rows.map(\.fields[0])
    case .both(let isCorner):
      ids = isCorner ? Array(rows.removeFirst().fields.dropFirst()) : rows.removeFirst().fields
      for (place, row) in rows.enumerated() where place >= ids.count || row.fields.first != ids[place] {
        throw GraphProblem(
          row.line,
          "the row of `\(row.fields.first ?? "")` stands where that of `\(place < ids.count ? ids[place] : "")` belongs",
          "give rows and columns the same names in the same order; where they are others, this is no network of one kind of agents"
        )
      }
      if isCorner { noteCorner(head.fields[0], &graph) }
    }
    for id in ids { _ = graph.agent(id) }
    guard graph.agents.count == ids.count else {
      throw GraphProblem(head.line, "an id comes twice among the labels", "give every agent its own id")
    }
    if let last = ids.last, ids.count > 2, ColumnMeaning.isSum(Array(last.utf8)) {
      throw GraphProblem(head.line, "the last row and column are sums, as it looks: `\(last)`", "leave them out")
    }
    guard standBefore else { return }
    rows = rows.map { (Array($0.fields.dropFirst()), $0.line) }
  }

  /// Where the ids of a matrix stand.
  private enum Labels {
    case none, above, before
    /// With a corner cell, or with a first row that is one cell shorter.
    case both(isCorner: Bool)
  }

  private func labels(_ rows: [Row]) -> Labels {
    let (head, second) = (rows[0].fields, rows.count > 1 ? rows[1].fields : [])
    func isNumber(_ cell: String) -> Bool { graphNumber(cell.replacing(",", with: ".")) != nil }
    func areWords(_ cells: some Collection<String>) -> Bool { cells.allSatisfy { !$0.isEmpty && !isNumber($0) } }
    if head.count + 1 == second.count { return .both(isCorner: false) }
    guard head.count == second.count, let corner = head.first else { return .none }
    if areWords(head), head.count > 1, rows.count == head.count + 1, !areWords(second.prefix(1)) { return .above }
    if areWords(rows.map { $0.fields.first ?? "" }), head.count == rows.count + 1 { return .before }
    // A first cell that is empty like the rest of the diagonal is no corner, unless words stand beside it.
    if corner.isEmpty, head.count > 1, areWords(head.dropFirst()) { return .both(isCorner: true) }
    let hasEmptyDiagonal = rows.indices.allSatisfy { $0 < rows[$0].fields.count && rows[$0].fields[$0].isEmpty }
    let isCorner = !isNumber(corner) && !(corner.isEmpty && hasEmptyDiagonal && rows.count == head.count)
    return isCorner ? .both(isCorner: true) : .none
  }

  /// Drops empty rows and empty last columns, as spreadsheets write them.
  private func dropNothing(_ rows: inout [Row]) {
    rows.removeAll { $0.fields.allSatisfy(\.isEmpty) && $0.fields.count > 1 }
    let widths = Set(rows.map(\.fields.count))
    while widths.count == 1, rows.count > 1, (rows.first?.fields.count ?? 0) > rows.count,
      rows.allSatisfy({ $0.fields.last?.isEmpty == true })
    {
      for place in rows.indices { rows[place].fields.removeLast() }
    }
  }

  /// Whether numbers may be ids, those of a first row or column: they count up from 0, or differ beside an empty corner.
  private func mayBeIds(_ cells: [String]) -> Bool {
    cells.enumerated().allSatisfy { $1 == String($0) } || cells[0].isEmpty && Set(cells).count == cells.count
  }

  /// A doubt about the direction, if the corner, such as `to\from`, says that rows listen.
  private func noteCorner(_ corner: String, _ graph: inout Graph) {
    let word = corner.lowercased().prefix { $0.isLetter }
    guard ["to", "target", "listener", "receiver"].contains(String(word)) else { return }
    graph.doubts.append(
      "the corner `\(corner)` says that rows listen, and rows are read as those who speak: write `reverse: true` where ties have a "
        + "direction")
  }

  /// Refuses mixed decimal marks; doubts numbers whose mark may separate thousands.
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
          // No excerpt before the first number: the file may be private and no matrix.
          throw GraphProblem(
            row.line, !hasNumbers ? "a cell is no number" : "`\(word)` is no number",
            "write 0 where there is no tie, 1 or a weight where there is")
        }
        hasNumbers = true
        if value != 0 { graph.ties.append(Graph.Tie(source: source, target: target, weight: value, line: row.line)) }
      }
    }
  }
}
