import ArgumentParser
import Experiments

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write one cascade with its network: ties, agents, when each adopted and who convinced it.",
    discussion: "Any row of cascades.csv can be replayed: give its point, arm, replicate and draw.")

  @Argument(help: "A scenario file; without one, the embedded law-of-the-few.")
  var scenario: String?
  @Option(help: "Design point, from 1.")
  var point = 1
  @Option(help: "Name of the arm (default: the first).")
  var arm: String?
  @Option(help: "Network replicate, from 1.")
  var replicate = 1
  @Option(help: "Draw on that network, from 1.")
  var draw = 1
  @Option(help: "csv (a folder with edges.csv and agents.csv), graphml or gexf (a file with a timeline).")
  var format: Format = .csv
  @Option(help: "Where it goes: a folder for csv, a file otherwise.")
  var output: String
  @Flag(help: "Replace an earlier export; nothing else is ever replaced.")
  var force = false
  @OptionGroup var settings: SettingOptions

  enum Format: String, ExpressibleByArgument, CaseIterable { case csv, graphml, gexf }

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output takes the name of a folder or a file") }
  }

  func run() throws {
    var options = Commands.ExportOptions(output: output)
    (options.scenario, options.settings, options.replaces) = (scenario, settings.all, force)
    (options.point, options.arm, options.replicate, options.draw) = (point, arm, replicate, draw)
    options.format = ExportFormat(rawValue: format.rawValue) ?? .csv
    try Commands.export(options)
  }
}
