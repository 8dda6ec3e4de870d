/// Matrix Market: a banner, comments, `rows columns entries`, then one entry per line, agents numbered from 1.
///
/// Source: R. F. Boisvert, R. Pozo, K. A. Remington (1996), The Matrix Market exchange formats, NISTIR 5935.
struct MatrixMarket: GraphReader {
  func read(_ text: inout LineReader) throws -> Graph {
    var graph = Graph()
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
    let isPattern = words[3] == "pattern"
    graph.isDirected = words[4] == "general"
    guard let sizes = try text.nextLine() else {
      throw GraphProblem(banner.line, "the sizes are missing", "write n n entries")
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
    try graph.addNumbered(counts[0])
    while let entry = try text.nextLine() {
      let fields = entry.text.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard fields.count == (isPattern ? 2 : 3), let row = Int(fields[0]), let column = Int(fields[1]),
        (1...max(1, counts[0])).contains(row), (1...max(1, counts[0])).contains(column)
      else {
        throw GraphProblem(
          entry.line, "this is no entry of a matrix of \(counts[0]) rows",
          "write row, column\(isPattern ? "" : " and value"), numbered from 1")
      }
      var weight: Double?
      if !isPattern {
        guard let value = graphNumber(fields[2]) else {
          throw GraphProblem(entry.line, "the value `\(fields[2])` is no number", "write a number")
        }
        weight = value
      }
      graph.ties.append(Graph.Tie(source: row - 1, target: column - 1, weight: weight, line: entry.line))
    }
    guard graph.ties.count == counts[2] else {
      throw GraphProblem(
        sizes.line, "\(counts[2]) entries are announced, \(graph.ties.count) follow",
        "is the file whole? correct the number")
    }
    return graph
  }
}
