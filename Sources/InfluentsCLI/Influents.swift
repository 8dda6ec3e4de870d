import ArgumentParser
import Experiments

/// `influents`: parsing and exit codes only.
@main
struct Influents: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "influents",
    abstract: "How a social epidemic gets going: the Law of the Few against density and a good story.",
    discussion: """
      Exit codes: 0 done; 1 finished, but some networks could not be made, or a check of `verify` or an expected finding failed; 64
      wrong usage; 65 the scenario or network file is wrong; 66 it is missing; 69 beyond this machine; 70 a bug in influents; 73
      the output cannot be created, or something stands there that is not to be replaced; 74 writing failed; 75 another run
      writes there; 129, 130, 143 stopped by a signal, nothing half-written.
      """,
    version: Commands.version,
    subcommands: [Run.self, Check.self, List.self, NetworkCommand.self, Export.self, Verify.self])

  /// Runs the command. Every write to standard output is checked, so that a full device is never taken for success.
  static func main() {
    Commands.begin()
    do {
      try checkArguments()
      var command = try parseAsRoot()
      try command.run()
    } catch {
      finish(error)
    }
  }

  /// A name that is not UTF-8 would be read as another name.
  private static func checkArguments() throws {
    for place in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[place], String(validatingCString: argument) == nil else { continue }
      throw ValidationError(
        "argument \(place), `\(String(cString: argument))`, is not UTF-8: rename the file or folder")
    }
  }

  private static func finish(_ error: any Error) -> Never {
    if let failure = error as? Failure {
      Commands.note(failure.message)
      exit(withError: ExitCode(failure.code.rawValue))
    }
    // Any error that is not the parser's own is a bug in us.
    let isBug = exitCode(for: error) == .failure
    let code = isBug ? ExitCode(Failure.Code.internalError.rawValue) : exitCode(for: error)
    let message = fullMessage(for: error)
    if code.isSuccess {
      do { try StandardOutput.write(message + "\n") } catch { finish(error) }
    } else {
      Commands.note(message)
    }
    exit(withError: code)
  }
}
