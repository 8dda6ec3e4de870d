/// Pajek's .net: `*Vertices n`, then `*Arcs` (directed), `*Edges`, or lists of them; agents numbered from 1, with labels.
///
/// Source: V. Batagelj, A. Mrvar (1998), Pajek – program for large network analysis, Connections 21:47.
struct Pajek: GraphReader {
  func read(_ text: inout LineReader) throws -> Graph {
    var graph = Graph()
    var labels = [Int: String]()
    var section = ""
    var count = 0
    var sections = Set<String>()
    var edges = [Graph.Tie]()
    var row = 0
    while let line = try text.nextLine() {
      let fields = try Self.fields(line.text, line.line)
      guard let first = fields.first else { continue }
      if first.hasPrefix("*") {
        section = first.lowercased()
        switch section {
        case "*network": continue
        case "*vertices":
          guard count == 0, fields.count >= 2, let number = Int(fields[1]), number > 0, number < Int(UInt32.max) else {
            throw GraphProblem(
              line.line, "the number of vertices is missing, or they come twice", "write *Vertices n once")
          }
          guard fields.count == 2 else {
            throw GraphProblem(
              line.line, "two kinds of vertices are no network of agents", "project it onto one kind: *Vertices n")
          }
          count = number
          try graph.addNumbered(count)
        case "*arcs", "*edges", "*arcslist", "*edgeslist", "*matrix":
          guard count > 0 else { throw GraphProblem(line.line, "ties before *Vertices", "begin with *Vertices n") }
          guard sections.insert(section).inserted else {
            throw GraphProblem(
              line.line, "`\(first)` comes a second time: several relations in one file", "keep one relation per file")
          }
        default:
          throw GraphProblem(
            line.line, "the section `\(first)` is not read",
            "keep *Vertices, *Arcs, *Edges, *Arcslist, *Edgeslist or *Matrix")
        }
        continue
      }
      switch section {
      case "*vertices":
        guard let place = Int(first), (1...count).contains(place) else {
          throw GraphProblem(line.line, "`\(first)` is no vertex from 1 to \(count)", "number the vertices from 1")
        }
        if fields.count > 1 { labels[place - 1] = fields[1] }
      case "*arcs", "*edges":
        let ends = fields.prefix(2).compactMap { Int($0) }.filter { (1...count).contains($0) }
        guard ends.count == 2 else {
          throw GraphProblem(line.line, "a tie needs two vertices from 1 to \(count)", "write i j, or i j weight")
        }
        if fields.dropFirst(2).contains(where: { $0.hasPrefix("[") }) {
          throw GraphProblem(line.line, "this tie has times", "export one moment, or all ties without times")
        }
        var weight: Double?
        if fields.count > 2 {
          guard let value = graphNumber(fields[2]) else {
            throw GraphProblem(line.line, "the weight `\(fields[2])` is no number", "write a number")
          }
          weight = value
        }
        let tie = Graph.Tie(source: ends[0] - 1, target: ends[1] - 1, weight: weight, line: line.line)
        if section == "*arcs" { graph.ties.append(tie) } else { edges.append(tie) }
      case "*arcslist", "*edgeslist":
        let ends = fields.compactMap { Int($0) }.filter { (1...count).contains($0) }
        guard ends.count == fields.count, ends.count > 1 else {
          throw GraphProblem(
            line.line, "a list needs vertices from 1 to \(count)", "write i, then all to whom it is tied")
        }
        for other in ends.dropFirst() {
          let tie = Graph.Tie(source: ends[0] - 1, target: other - 1, weight: nil, line: line.line)
          if section == "*arcslist" { graph.ties.append(tie) } else { edges.append(tie) }
        }
      case "*matrix":
        graph.isMatrix = true
        let values = fields.compactMap { graphNumber($0) }
        guard values.count == count, fields.count == count, row < count else {
          throw GraphProblem(
            line.line, "a row of the matrix needs \(count) numbers", "write \(count) rows of as many numbers")
        }
        for (column, value) in values.enumerated() where value != 0 {
          graph.ties.append(Graph.Tie(source: row, target: column, weight: value, line: line.line))
        }
        row += 1
      default: throw GraphProblem(line.line, "this stands before any section", "begin with *Vertices n")
      }
    }
    guard count > 0 else { throw GraphProblem(1, "there are no vertices", "begin with *Vertices n") }
    if graph.isMatrix && sections.count > 1 {
      throw GraphProblem(1, "a matrix and lists of ties in one file", "keep one of them")
    }
    if graph.isMatrix {
      graph.rename(labels)
      return graph
    }
    if graph.ties.isEmpty {
      graph.ties = edges
      graph.isDirected = edges.isEmpty ? nil : false
    } else {
      // Among arcs an edge stands for both.
      graph.isDirected = true
      for edge in edges { graph.addBothWays(edge) }
    }
    graph.rename(labels)
    return graph
  }

  /// Words, of which some stand in quotes.
  private static func fields(_ text: String, _ line: Int) throws -> [String] {
    var fields = [String]()
    var rest = Substring(text)
    while let start = rest.firstIndex(where: { $0 != " " && $0 != "\t" }) {
      rest = rest[start...]
      if rest.first == "\"" {
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: "\"") else {
          throw GraphProblem(line, "a quoted label is not closed", "end it with \"")
        }
        fields.append(String(rest[..<end]))
        rest = rest[rest.index(after: end)...]
        guard rest.first.map({ $0 == " " || $0 == "\t" }) ?? true else {
          throw GraphProblem(line, "text follows a quoted label", "keep quotes out of labels")
        }
      } else {
        let end = rest.firstIndex { $0 == " " || $0 == "\t" } ?? rest.endIndex
        fields.append(String(rest[..<end]))
        rest = rest[end...]
      }
    }
    return fields
  }
}
