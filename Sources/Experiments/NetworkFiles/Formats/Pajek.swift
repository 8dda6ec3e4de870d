/// Pajek: `*Vertices n`, then `*Arcs` (directed), `*Edges`, lists of these, or `*Matrix`; vertices numbered from 1.
///
/// Source: V. Batagelj, A. Mrvar (1998), Pajek – program for large network analysis, Connections 21:47.
struct Pajek: GraphReader {
  func read(_ text: inout LineReader) throws -> Graph {
    var file = PajekSections()
    while let line = try text.nextLine() {
      let fields = try Self.fields(line.text, line.line)
      guard let first = fields.first else { continue }
      if first.hasPrefix("*") { try file.begin(first, fields, line.line) } else { try file.take(fields, line.line) }
    }
    return try file.whole()
  }

  /// Splits a line at blanks; quotes hold a label together.
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

/// The sections read so far.
private struct PajekSections {
  private var graph = Graph()
  private var labels = [Int: String]()
  private var section = ""
  private var met = Set<String>()
  /// The numbers of the relations that sections name.
  private var relations = Set<String>()
  private var count = 0
  private var edges = [Graph.Tie]()
  /// Rows of the matrix read so far.
  private var row = 0

  /// Begins a section, with a line that starts with an asterisk.
  mutating func begin(_ name: String, _ fields: [String], _ line: Int) throws {
    section = name.lowercased()
    switch section {
    case "*network": break
    case "*vertices":
      guard count == 0, fields.count >= 2, let number = Int(fields[1]), number > 0, number < Int(UInt32.max) else {
        throw GraphProblem(line, "the number of vertices is missing, or they come twice", "write *Vertices n once")
      }
      guard fields.count == 2 else {
        throw GraphProblem(
          line, "two kinds of vertices are no network of agents", "project it onto one kind: *Vertices n")
      }
      count = number
      try graph.addNumbered(count)
    case "*arcs", "*edges", "*arcslist", "*edgeslist", "*matrix":
      guard count > 0 else { throw GraphProblem(line, "ties before *Vertices", "begin with *Vertices n") }
      if fields.count > 1 { relations.insert(fields[1]) }
      guard relations.count < 2, met.insert(section).inserted else {
        throw GraphProblem(
          line, "`\(name)` comes a second time: several relations in one file", "keep one relation per file")
      }
    default:
      throw GraphProblem(
        line, "this section is not read", "keep *Vertices, *Arcs, *Edges, *Arcslist, *Edgeslist or *Matrix")
    }
  }

  /// Takes a line of the current section.
  mutating func take(_ fields: [String], _ line: Int) throws {
    switch section {
    case "*vertices":
      guard let place = Int(fields[0]), (1...count).contains(place) else {
        throw GraphProblem(line, "`\(fields[0])` is no vertex from 1 to \(count)", "number the vertices from 1")
      }
      if fields.contains(where: { $0.hasPrefix("[") }) {
        throw GraphProblem(line, "this vertex has times", "export one moment, or all vertices without times")
      }
      guard fields.count == 1 || labels.updateValue(fields[1], forKey: place - 1) == nil else {
        throw GraphProblem(line, "the vertex \(place) comes twice", "keep one")
      }
    case "*arcs", "*edges": try takeTie(fields, line)
    case "*arcslist", "*edgeslist":
      let ends = fields.compactMap { Int($0) }.filter { (1...count).contains($0) }
      guard ends.count == fields.count, ends.count > 1 else {
        throw GraphProblem(line, "a list needs vertices from 1 to \(count)", "write i, then all to whom it is tied")
      }
      for other in ends.dropFirst() {
        add(Graph.Tie(source: ends[0] - 1, target: other - 1, weight: nil, line: line))
      }
    case "*matrix": try takeRow(fields, line)
    default: throw GraphProblem(line, "this stands before any section", "begin with *Vertices n")
    }
  }

  private mutating func takeTie(_ fields: [String], _ line: Int) throws {
    let ends = fields.prefix(2).compactMap { Int($0) }.filter { (1...count).contains($0) }
    guard ends.count == 2 else {
      throw GraphProblem(line, "a tie needs two vertices from 1 to \(count)", "write i j, or i j weight")
    }
    if fields.dropFirst(2).contains(where: { $0.hasPrefix("[") }) {
      throw GraphProblem(line, "this tie has times", "export one moment, or all ties without times")
    }
    var weight: Double?
    if fields.count > 2 {
      guard let value = graphNumber(fields[2]) else {
        throw GraphProblem(line, "the weight `\(fields[2])` is no number", "write a number")
      }
      weight = value
    }
    add(Graph.Tie(source: ends[0] - 1, target: ends[1] - 1, weight: weight, line: line))
  }

  private mutating func takeRow(_ fields: [String], _ line: Int) throws {
    graph.isMatrix = true
    let values = fields.compactMap { graphNumber($0) }
    guard values.count == count, fields.count == count, row < count else {
      throw GraphProblem(line, "a row of the matrix needs \(count) numbers", "write \(count) rows of as many numbers")
    }
    for (column, value) in values.enumerated() where value != 0 {
      graph.ties.append(Graph.Tie(source: row, target: column, weight: value, line: line))
    }
    row += 1
  }

  private mutating func add(_ tie: Graph.Tie) {
    if section.hasPrefix("*arcs") { graph.ties.append(tie) } else { edges.append(tie) }
  }

  /// The graph, once the whole file is read.
  mutating func whole() throws -> Graph {
    guard count > 0 else { throw GraphProblem(1, "there are no vertices", "begin with *Vertices n") }
    if met.contains("*matrix"), row != count {
      throw GraphProblem(
        1, "the matrix has \(row) rows of \(count)", "write a row per vertex; is the file whole?")
    }
    if graph.isMatrix && met.count > 1 {
      throw GraphProblem(1, "a matrix and lists of ties in one file", "keep one of them")
    }
    if !graph.isMatrix && graph.ties.isEmpty {
      graph.ties = edges
      graph.isDirected = edges.isEmpty ? nil : false
    } else if !graph.isMatrix {
      // Among arcs, an edge becomes two.
      graph.isDirected = true
      for edge in edges { graph.addBothWays(edge) }
    }
    // Beside weights, a missing weight is 1.
    if graph.ties.contains(where: { $0.weight != nil }) {
      for place in graph.ties.indices where graph.ties[place].weight == nil { graph.ties[place].weight = 1 }
    }
    graph.rename(labels)
    return graph
  }
}
