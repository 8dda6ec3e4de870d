import ArgumentParser
import Experiments

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check this build against theory, exact enumeration and published values.",
    discussion: "Exits with 1 if a check fails. Groups: " + Commands.verificationGroups.joined(separator: ", ") + ".")

  @Argument(help: "The groups to check; all where none is named.")
  var groups: [String] = []

  @Flag(help: "Within a minute (the default), or every case, in about four minutes.")
  var effort: EffortOption = .quick

  @Flag(help: "Show sources and standard errors, in lines over 80 columns.")
  var wide = false

  @Option(help: "Threads; they change nothing but the time.")
  var workers: Int?

  enum EffortOption: String, EnumerableFlag {
    case quick, full
  }

  func validate() throws {
    for group in groups where !Commands.verificationGroups.contains(group) {
      throw ValidationError(
        "`\(group)` is not a group; known: " + Commands.verificationGroups.joined(separator: ", "))
    }
    if let workers, !(1...1024).contains(workers) { throw ValidationError("--workers takes 1 to 1024") }
  }

  func run() throws {
    try Commands.verify(groups: groups, isFull: effort == .full, isWide: wide, workers: workers)
  }
}
