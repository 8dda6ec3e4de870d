import ArgumentParser
import Experiments

struct NetworkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "network",
    abstract: "Achieved statistics of a network: of a scenario (.yaml, .yml, .json) or a network file.")

  @Argument(
    help: "A scenario, or a network: an edge list, GraphML, GEXF, GML, Pajek, Matrix Market, UCINET DL; plain or gzip.")
  var file: String
  @Flag(help: "How to read an edge list.")
  var direction: Direction = .undirected
  @Flag(help: "Turn every arrow round: A trusts B means that B influences A.")
  var reverse = false
  @Option(help: ArgumentHelp("Pairs that occur again: drop, merge or refuse.", valueName: "policy"))
  var repeats: Repeats = .refuse
  @Option(help: ArgumentHelp("Rows that tie an agent to itself: drop or refuse.", valueName: "policy"))
  var loops: Loops = .refuse
  @Option(help: ArgumentHelp("Ties whose weight is not above 0: drop or refuse.", valueName: "policy"))
  var nonPositive: Loops = .refuse
  @Option(help: ArgumentHelp("How an edge list is written: utf-8 or latin1.", valueName: "name"))
  var encoding: Encoding = .utf8
  @Option(
    help: ArgumentHelp(
      "Its format: \(Commands.networkFormats.joined(separator: ", ")) (default: by the ending of its name).",
      valueName: "name"))
  var format: String?
  @OptionGroup var settings: SettingOptions

  enum Direction: String, EnumerableFlag { case directed, undirected }
  enum Repeats: String, ExpressibleByArgument, CaseIterable { case drop, merge, refuse }
  enum Encoding: String, ExpressibleByArgument, CaseIterable {
    case utf8 = "utf-8"
    case latin1
  }
  enum Loops: String, ExpressibleByArgument, CaseIterable { case drop, refuse }

  private var isScenario: Bool { [".yaml", ".yml", ".json"].contains { file.lowercased().hasSuffix($0) } }

  func validate() throws {
    if let format, !Commands.networkFormats.contains(format) {
      throw ValidationError("--format takes one of " + Commands.networkFormats.joined(separator: ", "))
    }
    if !isScenario, !settings.all.isEmpty { throw ValidationError("--set and --random-seed belong to scenarios") }
    if reverse && direction == .undirected { throw ValidationError("--reverse needs --directed") }
  }

  func run() throws {
    guard !isScenario else {
      try StandardOutput.write(try Commands.networks(scenario: file, settings: settings.all))
      return
    }
    var options = Commands.NetworkOptions(file: file)
    (options.isDirected, options.reverse, options.format) = (direction == .directed, reverse, format)
    (options.repeats, options.loops) = (repeats.rawValue, loops.rawValue)
    (options.nonPositive, options.encoding) = (nonPositive.rawValue, encoding.rawValue)
    try StandardOutput.write(try Commands.network(options))
  }
}
