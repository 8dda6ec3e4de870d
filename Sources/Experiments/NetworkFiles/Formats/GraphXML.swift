internal import Foundation
internal import FoundationXML

/// GraphML and GEXF, read with Foundation's XML parser.
///
/// Sources: U. Brandes et al. (2002), GraphML progress report, doi:10.1007/3-540-45848-4_59; gexf.net, GEXF 1.2, 1.3.
struct GraphXML: GraphReader {
  let isGEXF: Bool
  /// The attribute of weights; nil: `weight`, in any case.
  let weight: String?

  /// Refuses declarations of entities and elements, which neither format needs: they may expand without bound, refer to
  /// other files, or trap the parser. Refuses markup that is not closed, whose end the parser would search for again
  /// and again.
  private static func refuseHarmfulMarkup(_ bytes: [UInt8]) throws {
    func problem(_ place: Int, _ what: String, _ remedy: String) -> GraphProblem {
      GraphProblem(1 + bytes[..<place].count { $0 == 10 }, what, remedy)
    }
    for declaration in ["ENTITY", "ATTLIST", "NOTATION", "ELEMENT"] {
      if let place = bytes.place(of: Array("<!\(declaration)".utf8)) {
        throw problem(
          place, "the file declares " + (declaration == "ENTITY" ? "entities" : "a type of document of its own"),
          declaration == "ENTITY" ? "write the characters themselves" : "leave out what stands in [ ] behind DOCTYPE")
      }
    }
    let kinds = [
      ("<!--", "-->", "a comment"), ("<![CDATA[", "]]>", "a stretch of characters"), ("<?", "?>", "an instruction"),
    ].map { (opening: Array($0.0.utf8), closing: Array($0.1.utf8), name: $0.2) }
    var place = 0
    while let start = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
      place = start + 1
      guard place < bytes.count, bytes[place] == UInt8(ascii: "!") || bytes[place] == UInt8(ascii: "?"),
        let kind = kinds.first(where: { bytes[start...].starts(with: $0.opening) })
      else {
        // The parser compares each attribute of an element with all others. (A `<` ends the search, too: attributes
        // hold none, and a file full of `<` would be searched once for each.)
        if let end = bytes[place...].firstIndex(where: { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") }),
          end - start > 30_000,
          bytes[start..<end].count(where: { $0 == UInt8(ascii: "=") }) > 10_000
        {
          throw problem(start, "an element has more than 10,000 attributes", "is this a network?")
        }
        continue
      }
      guard let end = bytes.place(of: kind.closing, from: start + kind.opening.count) else {
        throw problem(
          start, "\(kind.name) is not closed", "end it with \(String(decoding: kind.closing, as: UTF8.self))")
      }
      if kind.name.hasSuffix("characters"), spaced(Array(bytes[start..<end])).count > end - start {
        throw problem(start, "an instruction stands in a stretch of characters", "write &lt; for <")
      }
      place = end + kind.closing.count
    }
  }

  /// The parser traps on instructions without data, such as `<?style?>`, even after an error: each gets a blank.
  private static func spaced(_ bytes: [UInt8]) -> [UInt8] {
    var spaced = [UInt8]()
    var (taken, place) = (0, 0)
    while let end = bytes.place(of: Array("?>".utf8), from: place) {
      var start = end - 1
      while start > place, bytes[start] > 32 {
        if bytes[start] == UInt8(ascii: "?"), bytes[start - 1] == UInt8(ascii: "<") {
          spaced += bytes[taken..<end]
          spaced.append(UInt8(ascii: " "))
          taken = end
          break
        }
        start -= 1
      }
      place = end + 2
    }
    return taken == 0 ? bytes : spaced + bytes[taken...]
  }

  /// The text has been converted to UTF-8, whatever its declaration says.
  private static func declareUTF8(_ bytes: inout [UInt8]) {
    guard bytes.starts(with: Array("<?xml".utf8)), let end = bytes.place(of: Array("?>".utf8)) else { return }
    bytes.replaceSubrange(..<(end + 2), with: Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>".utf8))
  }

  func read(_ text: inout LineReader) throws -> Graph {
    var bytes = [UInt8]()
    var line = [UInt8]()
    while try text.next(&line) {
      bytes += line
      bytes.append(10)
      guard bytes.count < 1 << 31 else {
        throw GraphProblem(1, "more than 2 GiB of XML", "convert it to an edge list: source,target,weight")
      }
    }
    try Self.refuseHarmfulMarkup(bytes)
    bytes = Self.spaced(bytes)
    Self.declareUTF8(&bytes)
    let parser = XMLParser(stream: InputStream(data: Data(bytes)))
    let delegate = GraphDelegate(isGEXF: isGEXF, weight: weight)
    parser.delegate = delegate
    parser.shouldResolveExternalEntities = false
    let isWhole = parser.parse()
    if let problem = delegate.problem { throw problem }
    guard isWhole, parser.parserError == nil, delegate.depth == 0 else {
      throw GraphProblem(
        max(1, parser.lineNumber), "this is not well-formed XML", "export the file again; is it whole?")
    }
    return try delegate.graph()
  }
}

/// Collects the elements of a graph while the file is parsed.
private final class GraphDelegate: NSObject, XMLParserDelegate {
  private let isGEXF: Bool
  private let weight: String?
  private var nodes = Graph()
  private var edges = [(source: String, target: String, weight: String?, isDirected: Bool?, line: Int)]()
  private var isDirected: Bool?
  private var hasGraph = false
  /// The keys of weights, and the default weight; networkx writes one key for integers and one for other numbers.
  private var weightKeys = Set<String>()
  private var standard: String?
  /// Names and defaults of node attributes, by key.
  private var nodeKeys: [String: String] = [:]
  private var nodeDefaults: [String: String] = [:]
  /// The id of the open declaration, and whether it declares node attributes.
  private var declared: String?
  private var isOfNodes = false
  /// Names of tie attributes, by key, and those given so far for the open tie.
  private var edgeKeys: [String: String] = [:]
  private var saidOfEdge: Set<String>?
  /// Edges of GraphML with a weight in their own element, which the format does not know.
  private var strayWeights = 0
  private var node: Int?
  private var said: String?
  private var text: String?
  private(set) var problem: GraphProblem?
  /// The number of open elements: the parser does not report a truncated file.
  private(set) var depth = 0

  init(isGEXF: Bool, weight: String?) { (self.isGEXF, self.weight) = (isGEXF, weight) }

  private func isWeight(_ name: String) -> Bool { weight.map { $0 == name } ?? (name.lowercased() == "weight") }

  private func refuse(_ parser: XMLParser, _ what: String, _ remedy: String) {
    if problem == nil { problem = GraphProblem(max(1, parser.lineNumber), what, remedy) }
    parser.abortParsing()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    depth += 1
    let element = name.split(separator: ":").last.map(String.init) ?? name
    switch element {
    case "gexf" where !isGEXF: refuse(parser, "this is GEXF", "write `format: gexf`, or end the name with .gexf")
    case "graphml" where isGEXF:
      refuse(parser, "this is GraphML", "write `format: graphml`, or end the name with .graphml")
    case "graph": startGraph(attributes, parser)
    case "key" where !isGEXF: declare(attributes)
    case "attributes" where isGEXF: isOfNodes = attributes["class"] == "node"
    case "attribute" where isGEXF: declareAttribute(attributes)
    case "default": text = declared == nil ? nil : ""
    case "attvalue":
      guard let key = attributes["for"] ?? attributes["id"] else { return }
      if saidOfEdge != nil { return sayOfEdge(key, attributes["value"] ?? "", parser) }
      guard let node, let name = nodeKeys[key] else { return }
      nodes.say(name, of: node, attributes["value"] ?? "", line: parser.lineNumber)
    case "node": startNode(attributes, parser)
    case "spell" where isGEXF && (saidOfEdge != nil || node != nil):
      refuse(
        parser, "this \(saidOfEdge != nil ? "tie" : "node") has times", "export one moment, or all ties without times")
    case "hyperedge": refuse(parser, "a hyperedge ties more than two", "write it as ties of two")
    case "edge": startEdge(attributes, parser)
    case "data" where !isGEXF:
      said = attributes["key"]
      text = ""
    default: break
    }
  }

  private func startGraph(_ attributes: [String: String], _ parser: XMLParser) {
    if hasGraph { return refuse(parser, "a second graph, or a graph within a node", "keep one graph per file") }
    hasGraph = true
    if attributes["mode"] == "dynamic" {
      return refuse(parser, "the ties of a dynamic graph come and go", "export one moment, or all ties without times")
    }
    let kind = attributes[isGEXF ? "defaultedgetype" : "edgedefault"]
    isDirected = kind.map { $0 == "directed" } ?? (isGEXF ? false : nil)
  }

  /// Declares an attribute of GraphML.
  private func declare(_ attributes: [String: String]) {
    declared = attributes["id"]
    guard let id = declared else { return }
    let (kind, name) = (attributes["for"] ?? "all", attributes["attr.name"] ?? id)
    if kind == "edge" || kind == "all" {
      edgeKeys[id] = name
      if isWeight(name) { weightKeys.insert(id) }
    }
    if kind == "node" || kind == "all" { nodeKeys[id] = name }
  }

  /// Declares an attribute of GEXF.
  private func declareAttribute(_ attributes: [String: String]) {
    declared = attributes["id"]
    guard let id = declared else { return }
    let name = attributes["title"] ?? id
    if isOfNodes {
      nodeKeys[id] = name
    } else {
      edgeKeys[id] = name
      if isWeight(name) { weightKeys.insert(id) }
    }
  }

  private func startNode(_ attributes: [String: String], _ parser: XMLParser) {
    guard let id = attributes["id"] else { return refuse(parser, "a node has no id", "write id=\"…\"") }
    if isGEXF, hasTimes(attributes) {
      return refuse(parser, "this node has times", "export one moment, or all nodes without times")
    }
    if nodes.place(of: id) != nil { return refuse(parser, "the node `\(id)` comes twice", "keep one") }
    let agent = nodes.agent(id)
    node = agent
    if let label = attributes["label"], isGEXF { nodes.say("label", of: agent, label, line: parser.lineNumber) }
  }

  private func startEdge(_ attributes: [String: String], _ parser: XMLParser) {
    guard let source = attributes["source"], let target = attributes["target"] else {
      return refuse(parser, "an edge has no source or no target", "write source=\"…\" target=\"…\"")
    }
    if isGEXF && hasTimes(attributes) {
      return refuse(parser, "this tie has times", "export one moment, or all ties without times")
    }
    let own = isGEXF ? attributes["type"].map { $0 == "directed" } : attributes["directed"].map { $0 == "true" }
    // GEXF has a weight attribute of its own on edges.
    let written = isGEXF && isWeight("weight") ? attributes["weight"] : nil
    if !isGEXF, attributes["weight"] != nil { strayWeights += 1 }
    edges.append((source, target, written, own, parser.lineNumber))
    saidOfEdge = []
  }

  private func hasTimes(_ attributes: [String: String]) -> Bool {
    ["start", "end", "startopen", "endopen"].contains { attributes[$0] != nil }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text?.append(string) }

  func parser(_ parser: XMLParser, foundCDATA block: Data) { text?.append(String(decoding: block, as: UTF8.self)) }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    depth -= 1
    switch name.split(separator: ":").last.map(String.init) ?? name {
    case "key", "attribute": declared = nil
    case "node": node = nil
    case "edge": saidOfEdge = nil
    case "data", "default":
      guard let word = text?.trimmingCharacters(in: .whitespacesAndNewlines) else { return }
      take(word, isDefault: said == nil, parser)
      (said, text) = (nil, nil)
    default: break
    }
  }

  /// Takes the text of a default, or of an attribute of a node or edge.
  private func take(_ word: String, isDefault: Bool, _ parser: XMLParser) {
    guard let key = isDefault ? declared : said else { return }
    if isDefault {
      // GEXF numbers node attributes and tie attributes separately.
      if weightKeys.contains(key) && !(isGEXF && isOfNodes) { standard = word }
      if nodeKeys[key] != nil && (!isGEXF || isOfNodes) { nodeDefaults[key] = word }
    } else if let node {
      if let name = nodeKeys[key] { nodes.say(name, of: node, word, line: parser.lineNumber) }
    } else if saidOfEdge != nil {
      sayOfEdge(key, word, parser)
    }
  }

  private func sayOfEdge(_ key: String, _ word: String, _ parser: XMLParser) {
    guard saidOfEdge?.insert(key).inserted ?? false else {
      return refuse(parser, "`\(edgeKeys[key] ?? key)` is said twice of one tie", "keep one")
    }
    guard weightKeys.contains(key), edges[edges.count - 1].weight == nil else {
      return nodes.ignore(edgeKeys[key] ?? key, of: word, line: parser.lineNumber)
    }
    edges[edges.count - 1].weight = word
  }

  private var strayDoubt: [String] {
    strayWeights == 0
      ? []
      : [
        "\(Readable.plural(strayWeights, "edge has", "edges have")) a weight in the element itself, where GraphML knows none: it is "
          + "ignored; write it as <data>"
      ]
  }

  /// The graph, once the whole file is read.
  func graph() throws -> Graph {
    guard hasGraph, !nodes.agents.isEmpty else {
      throw GraphProblem(1, "there is no graph with nodes", "export it as \(isGEXF ? "GEXF" : "GraphML")")
    }
    if let weight, weightKeys.isEmpty, !(isGEXF && weight == "weight") {
      throw GraphProblem.noWeight(weight, nodes.ignored)
    }
    let most = GraphProblem.mostAttributes
    if nodeKeys.count > most { throw GraphProblem.tooManyAttributes(nodeKeys.count) }
    var graph = nodes
    graph.doubts += strayDoubt
    for (key, standard) in nodeDefaults { nodeKeys[key].map { graph.sayOfOthers($0, standard) } }
    let kinds = Set(edges.map { $0.isDirected ?? isDirected ?? false })
    graph.isDirected = kinds.count == 1 ? kinds.first : kinds.isEmpty ? isDirected : true
    let isWeighted = edges.contains { $0.weight != nil } || standard != nil
    for edge in edges {
      guard let source = nodes.place(of: edge.source), let target = nodes.place(of: edge.target) else {
        throw GraphProblem(
          edge.line,
          "an edge names the node `\(nodes.place(of: edge.source) == nil ? edge.source : edge.target)`, which "
            + "does not exist", "add the node, or correct the edge")
      }
      var value: Double?
      // In GEXF, a missing weight is 1.
      if isWeighted, let written = edge.weight ?? standard ?? (isGEXF ? "1" : nil) {
        guard let number = graphNumber(written) else {
          throw GraphProblem(edge.line, "the weight `\(written)` is no number", "write a number")
        }
        value = number
      }
      let tie = Graph.Tie(source: source, target: target, weight: value, line: edge.line)
      if kinds.count == 2 && !(edge.isDirected ?? isDirected ?? false) {
        graph.addBothWays(tie)
      } else {
        graph.ties.append(tie)
      }
    }
    if !isGEXF { graph.renameNumbered(prefix: "n") }
    return graph
  }
}

extension [UInt8] {
  /// The first occurrence of `bytes` at or after `start`; Foundation's search takes a hundred times as long.
  fileprivate func place(of bytes: [UInt8], from start: Int = 0) -> Int? {
    guard let first = bytes.first, start <= count - bytes.count else { return nil }
    return (start...count - bytes.count).first {
      self[$0] == first && self[$0..<$0 + bytes.count].elementsEqual(bytes)
    }
  }
}
