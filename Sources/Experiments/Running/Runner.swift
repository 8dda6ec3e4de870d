internal import Foundation
internal import SocialInfluence

/// Runs a plan and publishes its results folder.
enum Runner {
  /// Messages about a run, besides its results.
  struct Outcome: Sendable {
    let warnings: [String]
    /// Replicates that could not be made, each with its reason.
    let failures: [String]
    /// Where the time went.
    let times: TimeSplit
  }

  /// - Parameters:
  ///   - replaces: whether results of another run may be replaced.
  ///   - workers: threads, at least 1; results do not depend on them.
  /// - Throws: if nothing was written; the target is then unchanged.
  static func run(
    _ plan: Plan, into folder: ResultsFolder, replaces: Bool = false, workers: Int, progress: Progress
  ) throws -> Outcome {
    Quantile.prepare()
    let staging = try Staging.enter(folder.path)
    let outcome: Outcome
    do {
      // Another run may have finished here before the lock was taken.
      try folder.checkReplaceable(folder.state(for: plan), replaces: replaces)
      outcome = try run(plan, staging, workers: workers, progress: progress)
      try progress.check()
    } catch {
      staging.leave()
      throw error
    }
    do {
      try staging.publish()
    } catch {
      // If the folder belongs to another run, this run must not remove anything.
      if (try? staging.checkIsOwn()) == nil { staging.leave() }
      throw error
    }
    return outcome
  }

  private static func run(
    _ plan: Plan, _ staging: Staging, workers: Int, progress: Progress
  ) throws -> Outcome {
    let begin = ContinuousClock.now
    var recorder = try Simulation.run(
      plan, workers: workers, progress: progress, into: try Recorder(plan, in: staging.path))
    var times = recorder.times.scaled(to: ContinuousClock.now - begin)
    var start = ContinuousClock.now
    try recorder.finish()
    times.add(.writing, since: start)
    defer { recorder.spool.close() }
    // More files follow; never write them into another run's folder.
    try staging.checkIsOwn()
    start = .now
    let analysis = try Analysis(plan, recorder.outcomes, workers: workers, progress: progress)
    times.add(.statistics, since: start)
    let failures = recorder.outcomes.failures.map { failure in
      "network \(failure.replicate), point \(failure.condition.point + 1), arm "
        + "\(plan.scenario.armNames[failure.condition.arm]): \(failure.reason)"
    }
    let ending = RunEnding(
      plan: plan, recorder: recorder, analysis: analysis, staging: staging.path, workers: workers, progress: progress)
    times.add(try ending.write(failures))
    return Outcome(warnings: RunWarnings(plan: plan, units: analysis.units).all, failures: failures, times: times)
  }
}
