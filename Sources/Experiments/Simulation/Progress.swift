internal import Foundation
internal import SocialInfluence
internal import Synchronization

/// How much of the work is done, and whether somebody wants it stopped. Shared by all workers.
final class Progress: Sendable {
  // A class because one count is shared by threads that come and go.
  private let done = Atomic<Int>(0)
  private let stop = Atomic<Int32>(0)
  let total: Int

  static let stopped = "stopped in order; nothing was written"

  init(total: Int) { self.total = max(1, total) }

  func add(_ work: Int) { done.wrappingAdd(work, ordering: .relaxed) }

  /// Share of the work that is done, by ties to be walked, not by runs.
  var fraction: Double { min(1, Double(done.load(ordering: .relaxed)) / Double(total)) }

  /// Asks the workers to stop, with the exit code of the reason.
  func requestStop(_ code: Failure.Code) { stop.store(code.rawValue, ordering: .relaxed) }

  var isStopping: Bool { stop.load(ordering: .relaxed) != 0 }

  /// - Throws: when a stop was asked for.
  func check() throws(Failure) {
    let code = stop.load(ordering: .relaxed)
    guard code != 0 else { return }
    throw Failure(Failure.Code(rawValue: code) ?? .interrupted, Self.stopped)
  }
}

extension Plan {
  /// Work of one draw of a condition: ties that may be walked, and agents that are touched once.
  func weight(_ condition: Condition) -> Int {
    Int(saturating: Double(agentCount(condition)) * (1 + meanDegree(condition)))
  }
}
