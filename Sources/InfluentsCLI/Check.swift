import ArgumentParser
import Experiments

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Validate a scenario and print its plan; run nothing.")

  @Argument(help: "A scenario file; without one, the embedded law-of-the-few.")
  var scenario: String?
  @OptionGroup var settings: SettingOptions

  func run() throws { try StandardOutput.write(try Commands.check(scenario, settings: settings.all)) }
}
