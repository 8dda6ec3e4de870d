internal import SocialInfluence

/// Takes the results of a plan's replicates, one after the other in their order, whatever the number of workers.
protocol Observer: Sendable {
  mutating func add(_ result: ItemResult) throws(Failure)
}

/// Runs the replicates of a plan. It knows no file: what becomes of the results is the observer's.
enum Simulation {
  /// - Parameter workers: threads, at least 1; they change nothing but the time.
  /// - Returns: the observer, with the results of all replicates.
  /// - Throws: when a stop is asked for, and what the observer throws.
  static func run<Result: Observer>(
    _ plan: Plan, workers: Int, progress: Progress, into observer: Result
  ) throws -> Result {
    try OrderedWork.run(
      items: plan.itemCount, workers: workers,
      workspace: { ReplicateWorker(plan, progress, threads: max(1, workers / max(1, plan.itemCount))) },
      work: { worker, item in try worker.run(item: item) },
      into: observer,
      emit: { observer, result in try observer.add(result) })
  }

  /// What the analysis needs of a plan's cascades, and nothing else: for whatever runs a plan again and again.
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
