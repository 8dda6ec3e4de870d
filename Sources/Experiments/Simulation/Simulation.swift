internal import SocialInfluence

/// Takes the results of a plan's items of work in order, whatever the number of workers.
protocol Observer: Sendable {
  mutating func add(_ result: ItemResult) throws(Failure)
}

/// Runs the replicates of a plan. It knows no files; the observer keeps the results.
enum Simulation {
  /// - Parameter workers: threads, at least 1; results do not depend on them.
  /// - Returns: the observer, with the results of all replicates.
  /// - Throws: if a stop was requested, and what the observer throws.
  static func run<Result: Observer>(
    _ plan: Plan, workers: Int, progress: Progress, into observer: Result
  ) throws -> Result {
    try OrderedWork(items: plan.itemCount, workers: workers).run(
      workspace: { ReplicateWorker(plan, progress, threads: max(1, workers / max(1, plan.itemCount))) },
      work: { worker, item in try worker.run(item: item) },
      into: observer,
      emit: { observer, result in try observer.add(result) })
  }

  /// Runs a plan and keeps only what the analysis needs, for callers that run many plans.
  static func outcomes(_ plan: Plan, workers: Int, progress: Progress) throws -> Outcomes {
    try run(plan, workers: workers, progress: progress, into: Outcomes(plan))
  }
}

extension Outcomes: Observer {
  mutating func add(_ result: ItemResult) {
    for record in result.cascades { add(record, curve: 0) }
    for record in result.networks { add(record) }
    add(failures: result.failures)
  }
}
