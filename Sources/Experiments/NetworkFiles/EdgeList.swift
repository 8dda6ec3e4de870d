internal import Foundation
internal import SocialInfluence
internal import Synchronization

/// A column by name or by number from 1.
enum ColumnReference: Sendable, Hashable {
  case named(String)
  case numbered(Int)
}

/// How to read a network file.
struct EdgeListSettings: Sendable, Hashable {
  var path: String
  /// The path as written in the scenario.
  var writtenPath = ""
  var isDirected: Bool
  /// Reverses every tie: "A trusts B" means that B influences A.
  var reverse = false
  var loops: LoopPolicy = .refuse
  var repeats: RepeatPolicy = .refuse
  var dropsNonPositive = false
  var source: ColumnReference?
  var target: ColumnReference?
  /// nil: a column named `weight`, if there is one.
  var weight: ColumnReference?
  /// Reads no weights, even if a column is named `weight`.
  var ignoresWeights = false
  var encoding = TextEncoding.utf8
  var agentsFile: AgentsFileSettings?
  /// The node attribute of a graph that holds the agents' groups.
  var group = "group"
  /// nil: by the ending of the file name.
  var format: NetworkFormat?
  /// Whether the settings come from command-line options; remedies then name these.
  var isByOptions = false

  init(path: String, isDirected: Bool) { (self.path, self.isDirected) = (path, isDirected) }
}

/// What to do with a row that ties an agent to itself.
enum LoopPolicy: String, CaseIterable, Sendable { case drop, refuse }

/// What was found while reading.
struct ImportReport: Sendable, Equatable {
  var rows = 0
  var comments = 0
  var loops = 0
  var repeats = 0
  var droppedWeights = 0
  var ignoredColumns: [String] = []
  /// Names in the header; empty without one.
  var header: [String] = []
  var hasHeader: Bool { !header.isEmpty }
  /// The separator of the columns, in words.
  var separator = ""
  /// The attribute that serves as id, where the file only numbers its agents.
  var calledBy = ""
  /// The columns read as speaker, listener and, if there are weights, weight.
  var columns: [String] = []
  var hasWeights = false
  /// nil for an edge list.
  var format: NetworkFormat?
  /// Agents without ties that were added from the agents file.
  var isolatesAdded = 0
  /// Agents without a row in the agents file.
  var missingAgents = 0
  /// Ids that look like numbers in exponent notation, such as 1e+05: how many, and the first.
  var shortened: (count: Int, first: String)? {
    get { shortenedCount > 0 ? (shortenedCount, shortenedFirst) : nil }
    set { (shortenedCount, shortenedFirst) = (newValue?.count ?? 0, newValue?.first ?? "") }
  }
  private var shortenedCount = 0
  private var shortenedFirst = ""
  /// Names of the node attributes in the file.
  var said: [String] = []
  /// Warnings about likely mistakes.
  var doubts: [String] = []
  /// The separator of the agents file, in words; empty without a file.
  var agentsSeparator = ""
  /// Unused columns of the agents file.
  var agentsIgnored: [String] = []
  /// Traits given by the file, and how their values are read.
  var traits: [String] = []
}

/// The order of agents by id, computed on first use.
final class IdOrder: Sendable {
  private let names: NameTable
  private let known = Mutex<[UInt32]?>(nil)

  init(_ names: NameTable) { self.names = names }

  /// The rank of each agent.
  var ranks: [UInt32] {
    known.withLock { known in
      if let known { return known }
      let ranks = names.ranks()
      known = ranks
      return ranks
    }
  }
}

/// A network read from a file, with the ids of its agents.
struct ImportedNetwork: Sendable {
  let network: Network
  let names: NameTable
  let idOrder: IdOrder
  var report: ImportReport
  let agents: AgentsFile?
  /// Size and checksum of the network file.
  let content: InputContent
}

/// Reads network files. Edge lists are separated by commas, semicolons, tabs or blanks, plain or gzip, with `#` and `%`
/// comments, any line ends, an optional header and ids of any kind.
enum EdgeList {
  /// - Parameter workers: threads that build the network; they affect only the time.
  static func read(
    _ settings: EdgeListSettings, workers: Int = ProcessInfo.processInfo.activeProcessorCount
  ) throws(Failure) -> ImportedNetwork {
    var parser = EdgeListParser(settings)
    let format = settings.format ?? NetworkFormat(ofName: settings.path)
    if settings.format == nil { try refuseUnread(settings) }
    if let reader = format.reader(settings) { try parser.run(reader, format) } else { try parser.run() }
    guard parser.report.rows > 0 else {
      let comments = parser.report.comments
      let hint =
        comments > 0 ? "; lines that begin with # or % are comments, here \(comments): write such ids in quotes" : ""
      throw Failure(
        .wrongInput, "\(settings.path): error: the file holds no tie\n  = write one pair of ids per line" + hint)
    }
    var agents: AgentsFile?
    if let file = settings.agentsFile {
      agents = try AgentsFile.read(file, names: &parser.names, report: &parser.report)
    } else if let graph = parser.said {
      agents = try AgentsFile(
        graph, path: settings.path, group: settings.group, count: parser.names.count, report: &parser.report)
    }
    let network = try parser.network(workers: workers)
    return ImportedNetwork(
      network: network, names: parser.names, idOrder: IdOrder(parser.names), report: parser.report, agents: agents,
      content: parser.content)
  }

  /// Refuses LGL by the ending of its name: its agents stand in lines that begin with #, like comments.
  private static func refuseUnread(_ settings: EdgeListSettings) throws(Failure) {
    let name = settings.path.lowercased()
    guard name.hasSuffix(".lgl") || name.hasSuffix(".lgl.gz") else { return }
    throw Failure(
      .wrongInput,
      "\(settings.path): error: by its name this is LGL, which is not read\n"
        + "  = convert it to one tie per row: source,target,weight; if it is an edge list, write "
        + (settings.isByOptions ? "`--format edge-list`" : "`format: edge-list`"))
  }
}
