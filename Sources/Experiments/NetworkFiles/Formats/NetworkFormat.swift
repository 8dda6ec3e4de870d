internal import SocialInfluence

/// The format of a network file.
enum NetworkFormat: String, CaseIterable, Sendable {
  /// One tie per row.
  case edgeList = "edge-list"
  /// A row per agent: the speaker, then its listeners.
  case alters
  /// A table with a row and a column per agent.
  case matrix
  case graphML = "graphml"
  case gexf
  case gml
  case pajek
  case matrixMarket = "matrix-market"
  case ucinet

  /// The format given by the ending of a file name, `.gz` ignored; an edge list by default.
  init(ofName path: String) {
    let name = path.lowercased().hasSuffix(".gz") ? String(path.dropLast(3)) : path
    switch name.lowercased().split(separator: ".").last {
    case "graphml": self = .graphML
    case "gexf": self = .gexf
    case "gml": self = .gml
    case "net", "paj": self = .pajek
    case "mtx": self = .matrixMarket
    case "dl": self = .ucinet
    default: self = .edgeList
    }
  }

  /// nil for edge lists, which have a parser of their own.
  func reader(_ settings: EdgeListSettings) -> (any GraphReader)? {
    switch self {
    case .edgeList: nil
    case .alters: AlterLists()
    case .matrix: AdjacencyMatrix()
    case .graphML: GraphXML(isGEXF: false, weight: settings.weightName)
    case .gexf: GraphXML(isGEXF: true, weight: settings.weightName)
    case .gml: GraphModelling(weight: settings.weightName)
    case .pajek: Pajek()
    case .matrixMarket: MatrixMarket()
    case .ucinet: UCINET()
    }
  }
}

extension EdgeListSettings {
  /// The name of the weight attribute, if the scenario gives one.
  fileprivate var weightName: String? {
    if case .named(let name) = weight { return name }
    return nil
  }
}

/// Reads files of one format into a graph.
protocol GraphReader {
  /// - Throws: `GraphProblem` at a line of the text.
  func read(_ text: inout LineReader) throws -> Graph
}

/// A problem in a file, and its line.
struct GraphProblem: Error {
  let line: Int
  let what: String
  let remedy: String

  init(_ line: Int, _ what: String, _ remedy: String) { (self.line, self.what, self.remedy) = (line, what, remedy) }

  /// Node attributes at most: nodes × attributes must fit into memory.
  static let mostAttributes = 1000

  static func tooManyAttributes(_ count: Int) -> GraphProblem {
    GraphProblem(
      1, "\(Readable.count(count)) attributes of nodes, more than \(mostAttributes)", "keep those that are needed")
  }

  /// The scenario names a weight attribute that no tie has.
  static func noWeight(_ name: String, _ others: [UnusedColumn]) -> GraphProblem {
    let known = others.isEmpty ? "" : "; known: " + Readable.list(others.map(\.name))
    return GraphProblem(1, "no tie has an attribute `\(name)`", "write `weight: none`, or the name of one\(known)")
  }
}

/// Agents and ties as read from a file.
struct Graph {
  struct Tie {
    let source: Int
    let target: Int
    var weight: Double?
    let line: Int
    /// Whether this is the reverse of the tie before: in a directed graph, an undirected tie becomes two.
    var isOtherWay = false
  }

  /// Ids in the order of the file; empty while agents have only numbers.
  var agents: [String] = []
  /// Agents that have only numbers, from 1.
  private var numbered = 0
  var count: Int { max(numbered, agents.count) }
  var ties: [Tie] = []
  /// Whether the file calls its ties directed; nil if it does not say.
  var isDirected: Bool?
  /// Whether the ties are those of a matrix, with an undirected pair once in either direction.
  var isMatrix = false
  /// Names of columns, if a header stands above lists of alters.
  var header: [String] = []
  /// Warnings about likely mistakes.
  var doubts: [String] = []
  /// The attribute that serves as id, where ids only number the agents.
  private(set) var calledBy = ""
  /// Node attributes, in order of appearance.
  private(set) var columns: [Column] = []
  private var columnPlaces: [String: Int] = [:]

  struct Column {
    let name: String
    /// By agent.
    var cells: [Int: (text: String, line: Int)] = [:]
  }

  /// Unused tie attributes, in order of appearance.
  private(set) var ignored: [UnusedColumn] = []

  mutating func ignore(_ name: String, of text: String, line: Int) {
    let place = ignored.firstIndex { $0.name == name } ?? ignored.count
    if place == ignored.count { ignored.append(UnusedColumn(place: place, name: name, called: "`\(name)`")) }
    ignored[place].take(Array(text.utf8), line)
  }

  var withoutTies: Graph {
    var graph = self
    graph.ties = []
    return graph
  }

  mutating func say(_ name: String, of agent: Int, _ text: String, line: Int) {
    let place = columnPlaces[name] ?? columns.count
    if place == columns.count {
      columnPlaces[name] = place
      columns.append(Column(name: name))
    }
    columns[place].cells[agent] = (text, line)
  }

  /// Sets an attribute of all agents that do not have it yet.
  mutating func sayOfOthers(_ name: String, _ text: String) {
    let known = columnPlaces[name].map { columns[$0].cells } ?? [:]
    for agent in 0..<count where known[agent] == nil { say(name, of: agent, text, line: 1) }
  }

  private var places: [String: Int] = [:]

  init() {}

  /// The agent with this id, added if it is new.
  mutating func agent(_ id: String) -> Int {
    if let known = places[id] { return known }
    places[id] = agents.count
    agents.append(id)
    return agents.count - 1
  }

  /// Adds agents with only numbers, from 1, and without a look-up: a header may declare many agents without ties.
  ///
  /// - Throws: 69 if it declares more than this machine can hold.
  mutating func addNumbered(_ count: Int) throws {
    guard 120 * count < Machine.memory else {
      throw Failure(
        .beyondTheMachine,
        "error: the file speaks of \(Readable.count(count)) agents, more than this machine can hold\n"
          + "  = correct the number at the head of the file, or write one tie per row: source,target")
    }
    numbered = count
  }

  /// Makes the numbers of agents their ids, if they have no others.
  ///
  /// - Throws: if over 10⁷ agents have at most one tie per 1,000 agents: such a header is mistaken, and would cost time
  ///   and memory.
  mutating func nameNumbered() throws {
    guard agents.isEmpty, numbered > 0 else { return }
    guard numbered <= 10_000_000 || numbered / 1000 < ties.count else {
      throw GraphProblem(
        1, "the file speaks of \(Readable.count(numbered)) agents and ties \(Readable.count(ties.count)) pairs",
        "correct the number at its head")
    }
    agents = (0..<numbered).map { String($0 + 1) }
  }

  func place(of id: String) -> Int? { places[id] }

  /// Uses labels as ids if every agent has one of its own; otherwise adds a doubt.
  mutating func rename(_ labels: [Int: String]) {
    guard !labels.isEmpty else { return }
    let missing = count - labels.values.count { !ForeignFormat.isNothing(Array($0.utf8)) }
    let double = labels.count - Set(labels.values).count
    guard missing == 0 && double == 0 else {
      let reason =
        missing > 0 ? "\(Readable.plural(missing, "agent has", "agents have")) none" : "two agents have the same"
      doubts.append("labels are not used: \(reason); agents are called by their numbers")
      return
    }
    call((0..<count).map { labels[$0] ?? "" })
  }

  /// Uses the attribute `name` or `label` as ids, where ids only number the agents from 0, as igraph writes them.
  mutating func renameNumbered(prefix: String) {
    guard count > 0, agents.enumerated().allSatisfy({ $1 == "\(prefix)\($0)" }) else { return }
    for word in ["name", "label"] {
      guard let place = columns.firstIndex(where: { $0.name.lowercased() == word }) else { continue }
      let names = (0..<count).map { columns[place].cells[$0]?.text ?? "" }
      guard Set(names).count == count, !names.contains(where: { ForeignFormat.isNothing(Array($0.utf8)) }) else {
        continue
      }
      calledBy = columns[place].name
      columns.remove(at: place)
      columnPlaces = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1.name, $0) })
      return call(names)
    }
  }

  private mutating func call(_ names: [String]) {
    agents = names
    places = Dictionary(uniqueKeysWithValues: agents.enumerated().map { ($1, $0) })
  }

  /// Adds an undirected tie to a directed graph: as two ties.
  mutating func addBothWays(_ tie: Tie) {
    ties.append(tie)
    if tie.source != tie.target {
      ties.append(
        Tie(source: tie.target, target: tie.source, weight: tie.weight, line: tie.line, isOtherWay: true))
    }
  }
}

extension LineReader {
  /// The next line that is neither empty nor a comment, with its number.
  mutating func nextLine(comment: String = "%") throws(Failure) -> (text: String, line: Int)? {
    var bytes = [UInt8]()
    while try next(&bytes) {
      guard let first = bytes.first(where: { $0 != 32 && $0 != 9 }), !comment.utf8.contains(first) else { continue }
      return (String(decoding: bytes, as: UTF8.self), lineNumber)
    }
    return nil
  }
}

/// A finite number; nil if `word` is none.
func graphNumber(_ word: some StringProtocol) -> Double? {
  guard let value = Double(word), value.isFinite else { return nil }
  return value
}
