internal import Foundation
internal import SocialInfluence

/// Checks that this build computes what theory says: groups of checks against known answers, exact enumeration, closed
/// forms or published values.
enum Verification {
  /// Groups that can be verified separately.
  enum Group: String, CaseIterable, Sendable {
    case randomness, networks, exact, percolation, thresholds, recovering, bass

    fileprivate var tasks: [Task] {
      switch self {
      case .randomness: RandomnessChecks.tasks
      case .networks: NetworkChecks.tasks
      case .exact: ExactChecks.tasks
      case .percolation: PercolationChecks.tasks
      case .thresholds: ThresholdChecks.tasks
      case .recovering: RecoveringChecks.tasks + DoseChecks.tasks
      case .bass: BassChecks.tasks
      }
    }
  }

  /// Checks that share their simulations.
  struct Task: Sendable {
    /// The case, such as T1 or battery.
    let name: String
    /// Whether `--quick` runs it too.
    var isQuick = true
    let run: @Sendable (Effort, inout Checks) throws -> Void
  }

  /// The results of a verification.
  struct Report: Sendable {
    fileprivate(set) var results: [(group: Group, name: String, check: Check)] = []
    var failures: Int { results.count { !$0.check.passes } }
  }

  /// Runs the groups' checks on `workers` threads; the order of results does not depend on them.
  ///
  /// - Parameter finished: called after each task, in order.
  static func run(
    _ groups: [Group], effort: Effort, workers: Int, finished: @escaping @Sendable (Group, String) -> Void = { _, _ in }
  ) throws -> Report {
    Quantile.prepare()
    ProcessMemory.reuse()
    let tasks = Group.allCases.filter { groups.contains($0) }.flatMap { group in
      group.tasks.filter { $0.isQuick || effort == .full }.map { (group: group, task: $0) }
    }
    return try OrderedWork(items: tasks.count, workers: workers).run(
      workspace: { 0 },
      work: { _, item in
        var checks = Checks()
        try tasks[item].task.run(effort, &checks)
        return (tasks[item].group, tasks[item].task.name, checks.all)
      }, into: Report()
    ) { report, result in
      report.results += result.2.map { (result.0, result.1, $0) }
      finished(result.0, result.1)
    }
  }

  /// The report as text: a table per group, and a summary.
  ///
  /// - Parameter isWide: whether lines may exceed 80 columns; otherwise sources and standard errors are left out, and long
  ///   cells are cut.
  static func text(_ report: Report, isWide: Bool) -> String {
    var parts = [String]()
    for group in Group.allCases {
      let rows = report.results.filter { $0.group == group }
      guard !rows.isEmpty else { continue }
      var table =
        isWide
        ? TextTable(["case", "what", "theory or source", "expected", "found", "s.e.", ""], alignsLeft: [0, 1, 2, 6])
        : TextTable(["case", "what", "expected", "found", ""], alignsLeft: [0, 1, 4])
      for row in rows {
        let check = row.check
        let end = check.passes ? "ok" : "FAILED"
        let error = check.standardError.map { String(format: "%.2g", $0) } ?? ""
        func cut(_ text: String) -> String { text.count > 13 ? text.prefix(12) + "…" : text }
        table.add(
          isWide
            ? [row.name, check.what, check.source, check.expected, check.found, error, end]
            : [row.name, Readable.shortened(check.what, to: 34), cut(check.expected), cut(check.found), end])
      }
      parts.append("\(group.rawValue)\n" + table.text())
    }
    let count = report.results.count
    let summary =
      report.failures == 0
      ? "\(count) checks, all passed; tolerance 4 standard errors plus what a case allows for finite size"
      : "\(report.failures) of \(count) checks FAILED"
    return parts.joined(separator: "\n\n") + "\n\n" + (isWide ? summary : Readable.wrapped(summary)) + "\n"
  }
}
