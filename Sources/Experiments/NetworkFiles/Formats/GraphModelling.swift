/// GML: nested groups of keys and values, `graph [ node [ id 0 label "A" ] edge [ source 0 target 1 ] ]`.
///
/// Source: M. Himsolt (1997), GML: A portable graph file format, Universität Passau.
struct GraphModelling: GraphReader {
  /// The key of weights; nil: `weight` in any case, or `value`.
  let weight: String?

  fileprivate enum Token { case open, close, text(String), word(String) }

  func read(_ text: inout LineReader) throws -> Graph {
    var tokens = [(token: Token, line: Int)]()
    try Self.tokens(&text, &tokens)
    var groups = ModelledGroups(weight: weight)
    for (token, line) in tokens {
      switch token {
      case .open: try groups.open(line)
      case .close: try groups.close(line)
      case .text(let value): try groups.take(value, isText: true, line)
      case .word(let value): try groups.take(value, isText: false, line)
      }
    }
    return try groups.whole(last: tokens.last?.line ?? 1)
  }

  private static func tokens(_ text: inout LineReader, _ tokens: inout [(token: Token, line: Int)]) throws {
    /// A quoted text that began on an earlier line.
    var open: (text: String, line: Int)?
    while let (line, number) = try text.nextLine(comment: "#") {
      var rest = Substring(line)
      while true {
        if let begun = open {
          guard let end = rest.firstIndex(of: "\"") else {
            open = (begun.text + rest + "\n", begun.line)
            break
          }
          tokens.append((.text(unescaped(begun.text + rest[..<end])), begun.line))
          open = nil
          rest = rest[rest.index(after: end)...]
        }
        guard let start = rest.firstIndex(where: { $0 != " " && $0 != "\t" }) else { break }
        rest = rest[start...]
        switch rest.first {
        case "[", "]":
          tokens.append((rest.first == "[" ? .open : .close, number))
          rest = rest.dropFirst()
        case "\"":
          open = ("", number)
          rest = rest.dropFirst()
        default:
          let end = rest.firstIndex { " \t[]\"".contains($0) } ?? rest.endIndex
          tokens.append((.word(String(rest[..<end])), number))
          rest = rest[end...]
        }
      }
    }
    if let open { throw GraphProblem(open.line, "a text is not closed", "end it with \"") }
  }

  /// Replaces `&quot;`, `&amp;` and other character references.
  private static func unescaped(_ text: some StringProtocol) -> String {
    guard text.contains("&") else { return String(text) }
    var result = ""
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...]
      guard let end = rest.prefix(12).firstIndex(of: ";") else { break }
      let name = rest[rest.index(after: rest.startIndex)..<end]
      let known = ["quot": "\"", "amp": "&", "lt": "<", "gt": ">", "apos": "'"]
      let number = name.hasPrefix("#") ? UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) : nil
      result += known[String(name)] ?? number.map { String(Character($0)) } ?? String(rest[...end])
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}

/// The groups read so far.
private struct ModelledGroups {
  let weight: String?
  private var graph = Graph()
  private var labels = [Int: String]()
  /// Keys of the open groups.
  private var path = [String]()
  private var key: (name: String, line: Int)?
  /// The values of the open node or edge, and the line where it began.
  private var current = [String: (value: String, line: Int)]()
  private var start = 0
  private var hasGraph = false
  private var hasWeight = false
  private var ends = [(source: String, target: String, weight: Double?, line: Int)]()
  private var ids = [String: Int]()

  init(weight: String?) { self.weight = weight }

  mutating func open(_ line: Int) throws {
    guard let name = key?.name else { throw GraphProblem(line, "`[` without a key", "write key [ … ]") }
    path.append(name)
    key = nil
    if path == ["graph", "node"] || path == ["graph", "edge"] { (current, start) = ([:], line) }
    if path == ["graph"] {
      guard !hasGraph else { throw GraphProblem(line, "a second graph", "keep one graph per file") }
      hasGraph = true
    }
    if path == ["graph", "node", "graph"] { throw GraphProblem(line, "a graph within a node", "keep one graph") }
  }

  mutating func close(_ line: Int) throws {
    guard !path.isEmpty, key == nil else {
      throw GraphProblem(line, "`]` closes nothing, or a value is missing", "close each group once")
    }
    if path == ["graph", "node"] { try endNode() }
    if path == ["graph", "edge"] { try endEdge() }
    path.removeLast()
  }

  /// Takes a key, or the value of the last key.
  mutating func take(_ value: String, isText: Bool, _ line: Int) throws {
    guard let own = key else {
      guard !isText else { throw GraphProblem(line, "a text without a key", "write key \"text\"") }
      key = (value, line)
      return
    }
    if path == ["graph"] && own.name == "directed" { graph.isDirected = value == "1" }
    if path.count == 2 {
      guard current[own.name] == nil || !["id", "source", "target", weight ?? "weight"].contains(own.name) else {
        throw GraphProblem(line, "`\(own.name)` is said twice", "keep one")
      }
      current[own.name] = (value, line)
    }
    key = nil
  }

  private mutating func endNode() throws {
    guard let id = current["id"]?.value else { throw GraphProblem(start, "a node has no id", "write node [ id … ]") }
    guard ids[id] == nil else { throw GraphProblem(start, "the node `\(id)` comes twice", "keep one") }
    let agent = graph.agent(id)
    ids[id] = agent
    labels[agent] = current["label"]?.value
    for (name, said) in saidInOrder where name != "id" && name != "label" {
      graph.say(name, of: agent, said.value, line: said.line)
    }
  }

  private mutating func endEdge() throws {
    guard let source = current["source"]?.value, let target = current["target"]?.value else {
      throw GraphProblem(start, "an edge has no source or no target", "write edge [ source … target … ]")
    }
    let named = weight ?? current.keys.filter { $0.lowercased() == "weight" }.min() ?? "value"
    for (name, said) in saidInOrder where !["source", "target", "id", named].contains(name) {
      graph.ignore(name, of: said.value, line: said.line)
    }
    let value = current[named].flatMap { graphNumber($0.value) }
    if let written = current[named], value == nil {
      throw GraphProblem(written.line, "the weight `\(written.value)` is no number", "write a number")
    }
    hasWeight = hasWeight || value != nil
    ends.append((source, target, value, start))
  }

  private var saidInOrder: [(key: String, value: (value: String, line: Int))] {
    current.sorted { ($0.value.line, $0.key) < ($1.value.line, $1.key) }
  }

  /// The graph, once the whole file is read.
  mutating func whole(last: Int) throws -> Graph {
    guard path.isEmpty else { throw GraphProblem(last, "a group is not closed", "end it with ]") }
    guard !ids.isEmpty else { throw GraphProblem(1, "there is no node in a graph", "write graph [ node [ id 0 ] … ]") }
    if graph.columns.count > GraphProblem.mostAttributes { throw GraphProblem.tooManyAttributes(graph.columns.count) }
    // GML is undirected unless it says otherwise.
    graph.isDirected = graph.isDirected ?? false
    for end in ends {
      guard let source = ids[end.source], let target = ids[end.target] else {
        throw GraphProblem(
          end.line,
          "an edge names the node `\(ids[end.source] == nil ? end.source : end.target)`, which does not exist",
          "add the node, or correct the edge")
      }
      graph.ties.append(Graph.Tie(source: source, target: target, weight: end.weight, line: end.line))
    }
    if let weight, !hasWeight, !ends.isEmpty { throw GraphProblem.noWeight(weight, graph.ignored) }
    graph.rename(labels)
    if labels.isEmpty { graph.renameNumbered(prefix: "") }
    return graph
  }
}
