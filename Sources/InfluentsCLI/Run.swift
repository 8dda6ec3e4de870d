import ArgumentParser
import Experiments

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a scenario and print its verdict.",
    discussion: "Results that are there and whole are verified and printed; nothing is run again.")

  @Argument(help: "A scenario file; without one, the embedded law-of-the-few.")
  var scenario: String?
  @Option(help: "Where results go (default: results/<name>).")
  var output: String?
  @Flag(help: "Replace the results of another run; nothing else is ever replaced.")
  var force = false
  @OptionGroup var settings: SettingOptions
  @Option(help: "Threads; they change nothing but the time (default: one per core).")
  var workers: Int?
  @Flag(help: "Print every group of points, in lines as long as they come.")
  var wide = false
  @Flag(help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    if output == "" { throw ValidationError("--output takes the name of a folder") }
    if let workers, !(1...1024).contains(workers) { throw ValidationError("--workers takes 1 to 1024") }
  }

  func run() throws {
    var options = Commands.RunOptions()
    options.scenario = scenario
    options.output = output
    options.replaces = force
    options.workers = workers
    options.settings = settings.all
    options.isQuiet = quiet
    options.isWide = wide
    try Commands.run(options)
  }
}

/// Overrides of a scenario from the command line.
struct SettingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Override a value, such as story=1.5 or network.meanDegree=8.", valueName: "path=value"))
  var `set`: [String] = []
  @Option(help: "The key of all random numbers.")
  var randomSeed: UInt64?

  var all: [String] { self.set + (randomSeed.map { ["randomSeed=\($0)"] } ?? []) }
}
