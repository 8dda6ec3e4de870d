internal import Foundation
internal import SocialInfluence
internal import Synchronization

/// How much work is done, and whether a stop was requested. Shared by all workers.
final class Progress: Sendable {
  // A class, because threads share its counters.
  private let done = Atomic<Int>(0)
  private let stop = Atomic<Int32>(0)
  let total: Int

  static let stopped = "stopped in order; nothing was written"

  init(total: Int) { self.total = max(1, total) }

  func add(_ work: Int) { done.wrappingAdd(work, ordering: .relaxed) }

  /// Share of the work done, measured in ties walked, not in runs.
  var fraction: Double { min(1, Double(done.load(ordering: .relaxed)) / Double(total)) }

  /// Asks the workers to stop, with the exit code to end with.
  func requestStop(_ code: Failure.Code) { stop.store(code.rawValue, ordering: .relaxed) }

  var isStopping: Bool { stop.load(ordering: .relaxed) != 0 }

  /// - Throws: if a stop was requested.
  func check() throws(Failure) {
    let code = stop.load(ordering: .relaxed)
    guard code != 0 else { return }
    throw Failure(Failure.Code(rawValue: code) ?? .interrupted, Self.stopped)
  }
}

extension Plan {
  /// Work of one draw of a condition: every tie and every agent counts once.
  func weight(_ condition: Condition) -> Int {
    Int(saturating: Double(agentCount(condition)) * (1 + meanDegree(condition)))
  }
}
