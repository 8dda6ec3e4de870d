@testable import Experiments
internal import Foundation
@testable import SocialInfluence

/// Random scenarios against the program, in this process: `Fuzz plan|run|files COUNT [SEED [FIRST]]`.
///
/// `plan` plans extreme scenarios: each must be valid or refused within two seconds. `files` reads network and agents
/// files of every format with random changes. `run` runs small scenarios with one and with three workers: results must
/// be complete and have equal bytes. `fuzz-last.yaml` in the temporary folder holds the current scenario, for tracing a
/// trap. Exit code 1 if something is wrong.
@main
enum Fuzz {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3, let count = Int(arguments[2]), ["plan", "run", "files"].contains(arguments[1]) else {
      print("usage: Fuzz plan|run|files COUNT [SEED [FIRST]]")
      exit(64)
    }
    Quantile.prepare()
    let seed = arguments.count > 3 ? UInt64(arguments[3]) ?? 1 : 1
    let first = arguments.count > 4 ? Int(arguments[4]) ?? 0 : 0
    if arguments[1] == "files" {
      print(FileTrial(seed: seed).run(first..<first + count))
      exit(0)
    }
    var trial = Trial(isRun: arguments[1] == "run", seed: seed)
    // `run` counts valid scenarios only.
    for number in first..<first + (trial.isRun ? 20 : 1) * count where !trial.isRun || trial.sound < count {
      trial.try(number)
      if (number + 1) % 100_000 == 0 { print("\(number + 1) tried") }
    }
    print(trial.report)
    exit(trial.failures.isEmpty ? 0 : 1)
  }
}

/// The trials so far, and their results.
struct Trial {
  let isRun: Bool
  private(set) var sound = 0
  private let seed: UInt64
  private let folder = NSTemporaryDirectory()
  private let last: FileHandle?
  private(set) var failures: [String] = []
  private var codes: [Int32: Int] = [:]
  private var reasons: [String: Int] = [:]
  private var slowest = (seconds: 0.0, text: "")

  init(isRun: Bool, seed: UInt64) {
    (self.isRun, self.seed) = (isRun, seed)
    let path = folder + "/fuzz-last.yaml"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    last = FileHandle(forWritingAtPath: path)
  }

  mutating func `try`(_ number: Int) {
    var scenario = RandomScenario(number: number, seed: seed, isRun ? .small : .extreme)
    let text = scenario.text(file: isRun ? files(number) : nil)
    try? last?.truncate(atOffset: 0)
    try? last?.seek(toOffset: 0)
    last?.write(Data("# number \(number), seed \(seed)\n\(text)".utf8))
    let start = ContinuousClock.now
    var code: Int32 = 0
    do {
      let plan = try Plan(try Scenario.parse(Array(text.utf8), name: "fuzz.yaml"))
      let estimate = Estimate(plan, workers: 2)
      _ = PlanReport(plan, workers: 2).text
      try estimate.check()
      // Everything that `check` does; for extreme scenarios only now and then, since it takes time.
      if isRun || number % 50 == 0 {
        let rehearsal = try Rehearsal(plan)
        _ = PlanReport(plan, workers: 2, rehearsal: rehearsal, forecast: try Forecast(plan, workers: 2)).text
      }
      if isRun { try run(plan, number, text) }
      sound += 1
    } catch let failure as Failure {
      code = failure.code.rawValue
      reasons[reason(failure), default: 0] += 1
      if failure.message.contains("\n0 problems") || code == 70 { failures.append(failure.message + "\n" + text) }
    } catch {
      failures.append("\(error)\n\(text)")
    }
    codes[code, default: 0] += 1
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    if seconds > slowest.seconds { slowest = (seconds, "# number \(number)\n" + text) }
    if !isRun && seconds > 2 { failures.append("\(seconds) s for number \(number)\n\(text)") }
  }

  /// Runs with one and with three workers must give equal bytes and complete results.
  private mutating func run(_ plan: Plan, _ number: Int, _ text: String) throws {
    let paths = [1, 3].map { folder + "/fuzz-\(getpid())-\(number)-\($0)" }
    defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
    for (path, workers) in zip(paths, [1, 3]) {
      let outcome = try Runner.run(
        plan, into: ResultsFolder(path), workers: workers, progress: Progress(total: plan.totalWork))
      if let failure = outcome.failures.first {
        failures.append("number \(number): sound, but a replicate failed: \(failure)\n\(text)")
      }
      guard case .complete = ResultsFolder(path).state(for: plan) else {
        failures.append("number \(number): not complete\n\(text)")
        return
      }
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: paths[0]) {
      let contents = paths.map { FileManager.default.contents(atPath: $0 + "/" + name) }
      if contents[0] != contents[1] { failures.append("number \(number): \(name) depends on workers\n\(text)") }
    }
    // The resolved scenario must read back to the same run.
    let resolved = try Scenario.load(paths[0] + "/scenario.yaml")
    if !plan.scenario.readsFiles {
      guard case .complete = ResultsFolder(paths[0]).state(for: try Plan(resolved)) else {
        failures.append("number \(number): scenario.yaml reads back to another run\n\(text)")
        return
      }
    }
  }

  /// Writes a small edge list and an agents file; returns their paths.
  private func files(_ number: Int) -> (ties: String, agents: String) {
    var dice = Dice(UInt64(number) &* 77)
    let agents = dice.below(12) + 2
    let ties = (0..<dice.below(30) + 1).map { _ in "\(dice.below(agents)),\(dice.below(agents)),\(dice.below(4))" }
    let rows = (0..<agents).map {
      "\($0),\(dice.below(3)),\(dice.below(3) + 1),\(Double(dice.below(11)) / 10),\(dice.below(2))"
    }
    let paths = (ties: folder + "/fuzz-\(getpid())-ties.csv", agents: folder + "/fuzz-\(getpid())-agents.csv")
    try? Data(("source,target,weight\n0,1,1\n" + ties.joined(separator: "\n") + "\n").utf8).write(
      to: URL(fileURLWithPath: paths.ties))
    try? Data(("id,group,expertise,threshold,seed\n" + rows.joined(separator: "\n") + "\n").utf8).write(
      to: URL(fileURLWithPath: paths.agents))
    return paths
  }

  /// The first problem, with its numbers replaced.
  private func reason(_ failure: Failure) -> String {
    let line = failure.message.split(separator: "\n").first.map(String.init) ?? ""
    let what = line.components(separatedBy: "error: ").last ?? line
    return what.replacing(/[0-9.e+-]{2,}|[0-9]+/, with: "#")
  }

  var report: String {
    let ends = codes.sorted { $0.key < $1.key }.map { "\($0.value) ended with \($0.key)" }.joined(separator: ", ")
    let why = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(8).map { "  \($0.value) × \($0.key)\n" }
    return failures.prefix(20).map { "FAILED: \($0)\n" }.joined()
      + "refused most often because\n" + why.joined()
      + "\(ends); slowest \(String(format: "%.3f", slowest.seconds)) s:\n\(slowest.text)"
      + (failures.isEmpty ? "nothing is wrong\n" : "\(failures.count) are wrong\n")
  }
}
