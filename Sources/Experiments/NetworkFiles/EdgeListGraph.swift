internal import SocialInfluence

/// Files of other formats: each tie is taken as if it were a row.
extension EdgeListParser {
  /// Reads a file of another format.
  mutating func run(_ format: any GraphReader, _ kind: NetworkFormat) throws(Failure) {
    var reader = try LineReader(settings.path, encoding: settings.encoding)
    reader.takeLongLines()
    var graph: Graph
    do {
      graph = try format.read(&reader)
      try graph.nameNumbered()
      // Reads to the end, so that size and checksum cover the whole file.
      var rest = [UInt8]()
      while try reader.next(&rest) {}
    } catch let wrong as GraphProblem {
      let other = settings.format == nil ? "; if it is an edge list, write \(option("format", "edge-list"))" : ""
      throw problem(wrong.line, [], wrong.what, wrong.remedy + other)
    } catch {
      throw error as? Failure ?? Failure(.wrongInput, "\(settings.path): error: cannot be read")
    }
    content = reader.content
    report.format = kind
    try take(graph)
    if !graph.columns.isEmpty { said = graph.withoutTies }
    try checkEnd()
  }

  /// Takes the agents and ties of a graph, each tie as a row.
  mutating func take(_ graph: Graph) throws(Failure) {
    if settings.isDirected && graph.isDirected == false {
      throw problem(
        1, [], "the ties of this file have no direction",
        "write \(settings.isByOptions ? "`--undirected`" : "`directed: false`")")
    }
    if !graph.isMatrix { saysDirected = graph.isDirected }
    for agent in graph.agents { try take(agent) }
    var graph = graph
    if graph.isMatrix && !settings.isDirected { graph.ties = try upperHalf(graph) }
    let isWeighted = !settings.ignoresWeights && graph.ties.contains { $0.weight != nil && $0.weight != 1 }
    if isWeighted {
      weighted = TieList(weights: [])
      if let bare = graph.ties.first(where: { $0.weight == nil }) {
        throw problem(
          bare.line, [], "this tie has no weight, and others have one",
          "give every tie a weight, or write `weight: none`")
      }
    }
    try checkKinds(graph)
    if settings.agentsFile != nil, !graph.columns.isEmpty {
      report.doubts.append(
        "what the graph says of its agents is left out beside an agents file: "
          + Readable.list(graph.columns.map(\.name)))
    }
    for tie in graph.ties where settings.isDirected || !tie.isOtherWay {
      report.rows += 1
      add(tie.source, tie.target, isWeighted ? tie.weight : nil, tie.line)
    }
    report.columns = []
    report.ignoredColumns = graph.ignored.map(\.name)
    report.header = graph.header
    report.doubts += graph.doubts
    doubtOfKinds(graph).map { report.doubts.append($0) }
    report.calledBy = graph.calledBy
    unused = graph.ignored.filter { $0.signed != nil || ColumnMeaning.isTie(name: $0.name) }
  }

  private mutating func take(_ agent: String) throws(Failure) {
    let id = Array(agent.utf8)
    if ForeignFormat.isNothing(id) {
      throw problem(
        1, [], id.isEmpty ? "an id is empty" : "`\(agent)` is a word for nothing, not an id",
        "give the agent another id")
    }
    try checkControls(id, 1, [])
    guard names.index(adding: id) != nil else {
      throw Failure(.beyondTheMachine, "\(settings.path): error: more than 2³² − 1 distinct agents\n  = use fewer")
    }
  }

  func twoKinds(_ line: Int, _ what: String) -> Failure {
    problem(
      line, [], "\(what): in a two-mode network nobody is tied to anybody of its own kind",
      "tie those who share one, one pair per row, and leave out the other kind")
  }

  /// Refuses two-mode networks, as networkx and igraph mark them: two kinds of nodes, and ties only between the kinds.
  private func checkKinds(_ graph: Graph) throws(Failure) {
    for column in graph.columns where ["bipartite", "type"].contains(column.name.lowercased()) {
      let words = Set(column.cells.values.map { $0.text.lowercased() })
      guard words == ["0", "1"] || words == ["false", "true"], column.cells.count == graph.count,
        graph.ties.allSatisfy({ column.cells[$0.source]?.text != column.cells[$0.target]?.text })
      else { continue }
      // A single node of its type may be the center of a star.
      let sizes = words.map { word in column.cells.values.count { $0.text.lowercased() == word } }
      guard column.name.lowercased() == "bipartite" || sizes.allSatisfy({ $0 > 1 }) else { continue }
      throw twoKinds(1, "the nodes are of two kinds (`\(column.name)`), and every tie joins one of each")
    }
  }

  /// A doubt about two kinds of nodes by other attributes: people may be of two kinds, too.
  private func doubtOfKinds(_ graph: Graph) -> String? {
    let names: Set = [
      "type", "mode", "kind", "nodetype", "node_type", "bipartite", "category", "class", "role", "partition",
    ]
    for column in graph.columns where names.contains(column.name.lowercased()) {
      let words = Set(column.cells.values.map(\.text))
      guard words.count == 2, column.cells.count == graph.count, graph.ties.count > 1,
        graph.ties.allSatisfy({ column.cells[$0.source]?.text != column.cells[$0.target]?.text })
      else { continue }
      let kinds = words.sorted()
      return
        "every tie joins a node of `\(column.name)` \(kinds[0]) and one of \(kinds[1]); if these are two kinds of nodes, such as people "
        + "and clubs, nobody here is tied to anybody: tie those who share one"
    }
    return nil
  }

  /// Each pair of an undirected matrix once.
  ///
  /// - Throws: 65 if the matrix is not symmetric.
  func upperHalf(_ graph: Graph) throws(Failure) -> [Graph.Tie] {
    struct Pair: Hashable { let source, target: Int }
    let weights = Dictionary(
      graph.ties.map { (Pair(source: $0.source, target: $0.target), $0.weight) },
      uniquingKeysWith: { first, _ in first })
    for tie in graph.ties where weights[Pair(source: tie.target, target: tie.source)] != .some(tie.weight) {
      throw problem(
        tie.line, [],
        "the matrix is not symmetric: `\(graph.agents[tie.source])` and `\(graph.agents[tie.target])` differ",
        "correct it, or read it as directed")
    }
    return graph.ties.filter { $0.source <= $0.target }
  }
}
