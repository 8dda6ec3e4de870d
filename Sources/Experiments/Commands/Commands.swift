internal import Foundation
internal import SocialInfluence

/// What each command does. `run`, `export` and `verify` print; the others return text.
package enum Commands {
  /// The options of `influents run`.
  package struct RunOptions: Sendable {
    package var scenario: String?
    package var output: String?
    package var replaces = false
    package var workers: Int?
    package var settings: [String] = []
    package var isQuiet = false
    package var isWide = false

    package init() {}
  }

  package static let version = Manifest.version

  /// Call once, first: prepares signals and faults, checks threads and files, limits memory.
  package static func begin() {
    Interruption.begin()
    Machine.checkThreads()
    Machine.checkFiles()
    Machine.limitMemory()
    Quantile.prepare()
  }

  /// Runs a scenario unless its results are complete, and prints the report.
  package static func run(_ options: RunOptions) throws {
    Quantile.prepare()
    ProcessMemory.reuse()
    let scenario = try load(options.scenario, settings: options.settings)
    let plan = try Plan(scenario)
    let workers = options.workers ?? ProcessInfo.processInfo.activeProcessorCount
    let estimate = Estimate(plan, workers: workers)
    try estimate.check()
    let folder = ResultsFolder(options.output ?? "results/" + scenario.head.name)
    try InputGuard.check(plan, targets: Manifest.tableNames(plan).map { FilePath.join(folder.path, $0) })
    var outcome: Runner.Outcome?
    if try isComplete(folder, plan, replaces: options.replaces) {
      if !options.isQuiet { note("\(folder.path): complete, checksums verified; nothing was run") }
    } else {
      outcome = try simulate(plan, folder, workers: workers, options)
    }
    if !options.isQuiet {
      tellFiles(of: plan)
      try StandardOutput.write(try VerdictReport(folder.path, isWide: options.isWide).text)
      for warning in outcome?.warnings ?? [] { note(Readable.wrapped("warning: " + warning)) }
      if let outcome {
        let peak = Machine.peak.map { "\(Readable.bytes($0)) at the peak, " } ?? ""
        note("time: \(outcome.times.text)")
        note("memory: \(peak)at most \(Readable.bytes(estimate.memory)) predicted\nresults: \(folder.path)")
      }
    }
    try reportFindings(plan, folder, isQuiet: options.isQuiet)
    // The exit code is the same whenever finished results are looked at.
    let failures = try Manifest.facts(folder.path).failures
    if !failures.isEmpty {
      throw Failure(
        .somethingFailed,
        "\(failures.count)\(failures.count == Manifest.mostFailures ? " or more" : "") replicates could not be made and are left out:\n"
          + failures.prefix(20).map { "  " + $0 }.joined(separator: "\n"))
    }
  }

  /// Prints the expected findings and what was found.
  ///
  /// - Throws: exit code 1 if a finding fails.
  private static func reportFindings(_ plan: Plan, _ folder: ResultsFolder, isQuiet: Bool) throws {
    let findings = try FindingsTable.findings(plan.scenario.head.expectations, in: folder.path)
    guard !findings.isEmpty else { return }
    if !isQuiet { try StandardOutput.write("\n" + FindingsTable.text(findings)) }
    let failed = findings.count { !$0.holds }
    if failed > 0 { throw Failure(.somethingFailed, "\(failed) of \(findings.count) expected findings fail") }
  }

  /// Whether the target holds this run's complete results.
  ///
  /// - Throws: exit code 73 if something there must not be replaced; 75 if another run is writing there.
  private static func isComplete(_ folder: ResultsFolder, _ plan: Plan, replaces: Bool) throws(Failure) -> Bool {
    // What a killed run left is first published or removed.
    if Staging.isIn(folder.path), FileSystem.kind(folder.path) == .folder { try Staging.enter(folder.path).leave() }
    let state = folder.state(for: plan)
    try folder.checkReplaceable(state, replaces: replaces)
    switch state {
    case .complete: return !replaces
    case .incomplete(let reason):
      note("\(folder.path): \(reason); starting anew")
      return false
    case .free, .other, .foreign: return false
    }
  }

  private static func simulate(
    _ plan: Plan, _ folder: ResultsFolder, workers: Int, _ options: RunOptions
  ) throws -> Runner.Outcome {
    let progress = Progress(total: plan.totalWork)
    Interruption.watch(progress)
    let display = ProgressDisplay(progress, cascades: plan.cascadeCount)
    let timer = options.isQuiet ? nil : display.begin()
    defer {
      timer.map { display.end($0) }
      Interruption.watch(nil)
    }
    return try Runner.run(plan, into: folder, replaces: options.replaces, workers: workers, progress: progress)
  }

  /// Notes what was read from a plan's files.
  private static func tellFiles(of plan: Plan) {
    for file in plan.filesInOrder { note(ImportText.lines(file.path, file.report)) }
  }

  /// The text of `influents check`.
  package static func check(_ path: String?, settings: [String]) throws -> String {
    Quantile.prepare()
    let plan = try Plan(try load(path, settings: settings))
    let workers = ProcessInfo.processInfo.activeProcessorCount
    try Estimate(plan, workers: workers).check()
    let rehearsal = try Rehearsal(plan)
    return PlanReport(plan, workers: workers, rehearsal: rehearsal, forecast: try Forecast(plan, workers: workers)).text
  }

  /// The text of `influents network` for a scenario: the first network of each distinct network setting.
  package static func networks(scenario path: String, settings: [String]) throws -> String {
    Quantile.prepare()
    let workers = ProcessInfo.processInfo.activeProcessorCount
    let plan = try Plan(try load(path, settings: settings))
    try Estimate(plan, workers: 1).check()
    tellFiles(of: plan)
    var seen = Set<Int32>()
    var parts = [String]()
    for index in plan.order where seen.insert(plan[index].keys.network).inserted {
      let condition = plan[index]
      var memo = Memo(workers: workers)
      memo.begin(1)
      let address = RandomAddress(randomSeed: plan.randomSeed(point: index.point), network: 1)
      do { try memo.prepare(condition, plan, address) } catch { throw Failure(.somethingFailed, error.reason) }
      let labels = zip(plan.scenario.sweeps, plan.scenario.labels(index.point)).map { "\($0.column) \($1)" }
      let title = (labels + ["arm " + plan.scenario.armNames[index.arm]]).joined(separator: ", ")
      var groups: [Int]? = plan.files[condition.keys.network]?.agents?.groups
      if let count = condition.generator?.traits.groupCount {
        groups = (0..<memo.network.agentCount).map { $0 * count / memo.network.agentCount }
      }
      parts.append(title + "\n" + NetworkReport.text(memo.network, groups: groups, workers: workers))
    }
    return parts.joined(separator: "\n")
  }

  /// The formats of network files.
  package static var networkFormats: [String] { NetworkFormat.allCases.map(\.rawValue) }

  /// The options of `influents network` for a network file; policies and encoding by their raw values.
  package struct NetworkOptions: Sendable {
    package var file: String
    package var isDirected = false
    package var reverse = false
    package var repeats = ""
    package var loops = ""
    package var nonPositive = ""
    package var encoding = ""
    package var format: String?

    package init(file: String) { self.file = file }
  }

  /// The text of `influents network` for a network file.
  package static func network(_ options: NetworkOptions) throws -> String {
    var settings = EdgeListSettings(path: options.file, isDirected: options.isDirected)
    settings.format = options.format.flatMap { NetworkFormat(rawValue: $0) }
    settings.isByOptions = true
    settings.dropsNonPositive = options.nonPositive == "drop"
    settings.encoding = TextEncoding(rawValue: options.encoding) ?? .utf8
    settings.reverse = options.reverse
    settings.repeats = RepeatPolicy(rawValue: options.repeats) ?? .refuse
    settings.loops = LoopPolicy(rawValue: options.loops) ?? .refuse
    let workers = ProcessInfo.processInfo.activeProcessorCount
    let imported = try EdgeList.read(settings, workers: workers)
    return ImportText.lines(options.file, imported.report) + "\n"
      + NetworkReport.text(imported.network, groups: nil, workers: workers)
  }

  /// The options of `influents export`.
  package struct ExportOptions: Sendable {
    package var scenario: String?
    package var settings: [String] = []
    package var point = 1
    /// Nil for the first arm.
    package var arm: String?
    package var replicate = 1
    package var draw = 1
    package var format = ExportFormat.csv
    /// A folder for csv, a file for the other formats.
    package var output: String
    package var replaces = false

    package init(output: String) { self.output = output }
  }

  /// Writes one cascade with its network, completely or not at all.
  package static func export(_ options: ExportOptions) throws {
    Quantile.prepare()
    let plan = try Plan(try load(options.scenario, settings: options.settings))
    try Estimate(plan, workers: 1).check()
    let target = ExportTarget(options.output, options.format)
    let names = options.format == .csv ? [Manifest.edgesName, "agents.csv"] : []
    try InputGuard.check(
      plan, targets: names.isEmpty ? [options.output] : names.map { FilePath.join(options.output, $0) })
    try target.check(replaces: options.replaces)
    let realization = try Realization(
      plan, point: options.point, arm: options.arm, replicate: options.replicate, draw: options.draw)
    tellFiles(of: plan)
    let written = try target.write(realization, replaces: options.replaces)
    note("exported: \(written.joined(separator: ", "))")
  }

  /// The groups of `influents verify`.
  package static let verificationGroups = Verification.Group.allCases.map(\.rawValue)

  /// Checks this build and prints the table; all groups if none is named.
  ///
  /// - Throws: exit code 1 if a check fails.
  package static func verify(groups: [String], isFull: Bool, isWide: Bool, workers: Int?) throws {
    let chosen = Verification.Group.allCases.filter { groups.isEmpty || groups.contains($0.rawValue) }
    let report = try Verification.run(
      chosen, effort: isFull ? .full : .quick, workers: workers ?? ProcessInfo.processInfo.activeProcessorCount)
    try StandardOutput.write(Verification.text(report, isWide: isWide))
    if report.failures > 0 {
      throw Failure(.somethingFailed, "\(report.failures) of \(report.results.count) checks failed")
    }
  }

  /// The scenario at `path`, or the embedded one.
  private static func load(_ path: String?, settings: [String]) throws(Failure) -> Scenario {
    if let path { return try Scenario.load(path, overrides: settings) }
    return try Scenario.parse(EmbeddedScenario.bytes, name: EmbeddedScenario.name, overrides: settings)
  }

  /// Writes a line to standard error.
  package static func note(_ text: String) { StandardError.note(text) }
}
