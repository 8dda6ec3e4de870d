internal import SocialInfluence

/// The end of a run: writes the files that need all cascades.
struct RunEnding {
  let plan: Plan
  let recorder: Recorder
  let analysis: Analysis
  let staging: String
  let workers: Int
  let progress: Progress

  /// Writes summary, contrasts, curves, findings, the scenario and, last, the manifest.
  ///
  /// - Returns: where the time went.
  func write(_ failures: [String]) throws -> TimeSplit {
    let scenario = plan.scenario
    var times = TimeSplit()
    var files = ResultFiles(recorder, scenario, in: staging)
    try files.write(SummaryTable.name, SummaryTable.columns(scenario)) { file in
      times.add(try SummaryTable.write(plan, analysis.units, to: &file, workers: workers, progress: progress))
    }
    var start = ContinuousClock.now
    try files.write(ContrastsTable.name, ContrastsTable.columns(scenario)) { file in
      try ContrastsTable.write(analysis, scenario, to: &file)
    }
    times.add(.writing, since: start)
    try files.write(CurvesTable.name, CurvesTable.columns(scenario)) { file in
      times.add(try CurvesTable.write(plan, recorder.outcomes, recorder.spool, to: &file, workers: workers))
    }
    start = .now
    try writeLast(&files, failures)
    times.add(.writing, since: start)
    return times
  }

  /// Findings are checked against the tables as written.
  private func writeLast(_ files: inout ResultFiles, _ failures: [String]) throws {
    let findings = try FindingsTable.findings(plan.scenario.head.expectations, in: staging)
    if !findings.isEmpty {
      try files.write(FindingsTable.name, FindingsTable.own) { try $0.write(FindingsTable.rows(findings).bytes) }
    }
    try files.write(ResultsFolder.scenarioName, []) {
      try $0.write(Array(plan.scenarioText(in: FilePath.folder(staging)).utf8))
    }
    try Manifest.write(plan, files: files.all, failures: failures, to: FilePath.join(staging, Manifest.fileName))
  }
}

/// The files of a run, as its manifest lists them.
private struct ResultFiles {
  private let folder: String
  private(set) var all: [(name: String, checksum: String, columns: [Column])]

  /// - Parameter recorder: has written the tables of cascades and networks.
  init(_ recorder: Recorder, _ scenario: Scenario, in folder: String) {
    self.folder = folder
    all = [
      (CascadesTable.name, recorder.cascades.checksum, CascadesTable.columns(scenario)),
      (NetworksTable.name, recorder.networks.checksum, NetworksTable.columns(scenario)),
    ]
    all += recorder.requested.map { ($0.table.name, $0.file.checksum, $0.table.columns(scenario)) }
  }

  mutating func write(
    _ name: String, _ columns: [Column], _ fill: (inout OutputFile) throws -> Void
  ) throws {
    var file = try OutputFile(FilePath.join(folder, name))
    try fill(&file)
    try file.close()
    all.append((name, file.checksum, columns))
  }
}
