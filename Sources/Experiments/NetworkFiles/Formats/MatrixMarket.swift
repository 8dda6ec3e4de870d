/// Matrix Market: a banner, comments, `rows columns entries`, then one entry per line, agents numbered from 1.
///
/// Source: R. F. Boisvert, R. Pozo, K. A. Remington (1996), The Matrix Market exchange formats, NISTIR 5935.
struct MatrixMarket: GraphReader {
  /// The contents of the banner.
  private struct Kind {
    let hasValues: Bool
    let isDirected: Bool
    let line: Int
  }

  func read(_ text: inout LineReader) throws -> Graph {
    let kind = try kind(&text)
    var graph = Graph()
    graph.isDirected = kind.isDirected
    let sizes = try sizes(&text, below: kind.line)
    try graph.addNumbered(sizes.agents)
    while let entry = try text.nextLine() {
      graph.ties.append(try tie(entry.text, entry.line, kind, agents: sizes.agents))
    }
    guard graph.ties.count == sizes.entries else {
      throw GraphProblem(
        sizes.line, "\(sizes.entries) entries are announced, \(graph.ties.count) follow",
        "is the file whole? correct the number")
    }
    return graph
  }

  private func kind(_ text: inout LineReader) throws -> Kind {
    guard let banner = try text.nextLine(comment: "") else {
      throw GraphProblem(1, "the file is empty", "begin it with %%MatrixMarket")
    }
    let words = banner.text.lowercased().split(separator: " ").map(String.init)
    guard words.count == 5, words[0] == "%%matrixmarket", words[1] == "matrix" else {
      throw GraphProblem(
        banner.line, "this is no banner of Matrix Market",
        "write %%MatrixMarket matrix coordinate pattern|real|integer general|symmetric")
    }
    guard words[2] == "coordinate", ["pattern", "real", "integer", "double"].contains(words[3]),
      ["general", "symmetric"].contains(words[4])
    else {
      throw GraphProblem(
        banner.line, "`\(words[2...].joined(separator: " "))` is no network",
        "write coordinate, then pattern, real or integer, then general or symmetric")
    }
    return Kind(hasValues: words[3] != "pattern", isDirected: words[4] == "general", line: banner.line)
  }

  private func sizes(_ text: inout LineReader, below line: Int) throws -> (agents: Int, entries: Int, line: Int) {
    guard let sizes = try text.nextLine() else {
      throw GraphProblem(line, "the sizes are missing", "write n n entries")
    }
    let counts = sizes.text.split(whereSeparator: { $0 == " " || $0 == "\t" }).compactMap { Int($0) }
    guard counts.count == 3, counts.allSatisfy({ $0 >= 0 }) else {
      throw GraphProblem(sizes.line, "these are no sizes", "write rows, columns and entries as whole numbers")
    }
    guard counts[0] == counts[1], counts[0] < Int(UInt32.max) else {
      throw GraphProblem(
        sizes.line,
        "the matrix has \(counts[0]) rows and \(counts[1]) columns: two kinds of nodes are no network of agents",
        "project it onto one kind, or write a square matrix")
    }
    return (counts[0], counts[2], sizes.line)
  }

  private func tie(_ text: String, _ line: Int, _ kind: Kind, agents: Int) throws -> Graph.Tie {
    let fields = text.split(whereSeparator: { $0 == " " || $0 == "\t" })
    guard fields.count == (kind.hasValues ? 3 : 2), let row = Int(fields[0]), let column = Int(fields[1]),
      (1...max(1, agents)).contains(row), (1...max(1, agents)).contains(column)
    else {
      throw GraphProblem(
        line, "this is no entry of a matrix of \(agents) rows",
        "write row, column\(kind.hasValues ? " and value" : ""), numbered from 1")
    }
    let value = kind.hasValues ? graphNumber(fields[2]) : nil
    if kind.hasValues && value == nil {
      throw GraphProblem(line, "the value `\(fields[2])` is no number", "write a number")
    }
    return Graph.Tie(source: row - 1, target: column - 1, weight: value, line: line)
  }
}
