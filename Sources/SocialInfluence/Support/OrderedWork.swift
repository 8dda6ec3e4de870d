private import Dispatch
private import Synchronization

/// Runs items of work on threads by `DispatchQueue.concurrentPerform`, and emits their results in order.
///
/// Each worker makes its workspace once and reuses it. At most 4 · `workers` items are begun and not yet emitted, so
/// that memory is bounded by workers, not by items. The number of workers changes nothing but the time.
package struct OrderedWork: Sendable {
  /// Number of items.
  private let items: Int
  /// At least 1.
  private let workers: Int

  package init(items: Int, workers: Int) { (self.items, self.workers) = (items, workers) }

  /// - Parameters:
  ///   - workspace: makes the state of one worker.
  ///   - work: computes item `index` in a workspace.
  ///   - output: collects the results.
  ///   - emit: called with the results of items 0, 1, 2, …, never concurrently.
  /// - Returns: the output with all results.
  /// - Throws: the error of the lowest item that failed; no item is begun after a failure.
  package func run<Scratch: ~Copyable, Result: Sendable, Output: Sendable>(
    workspace: @Sendable () -> Scratch,
    work: @Sendable (inout Scratch, Int) throws -> Result, into output: Output,
    emit: @Sendable (inout Output, Result) throws -> Void
  ) throws -> Output {
    let state = Mutex(Progress<Result, Output>(output: output))
    let tickets = DispatchSemaphore(value: 4 * workers)
    DispatchQueue.concurrentPerform(iterations: min(workers, items)) { _ in
      var own = workspace()
      while true {
        tickets.wait()
        let index = state.withLock { $0.claim(of: items) }
        guard let index else {
          tickets.signal()
          return
        }
        do {
          let result = try work(&own, index)
          try state.withLock { state in
            state.waiting[index] = result
            while state.failure == nil, let next = state.waiting.removeValue(forKey: state.emitted) {
              try emit(&state.output, next)
              state.emitted += 1
              tickets.signal()
            }
          }
        } catch {
          state.withLock { state in
            if state.failure.map({ index < $0.index }) ?? true { state.failure = (index, error) }
          }
          // Workers that wait for a ticket must wake up to see the failure.
          for _ in 0..<workers { tickets.signal() }
          return
        }
      }
    }
    // Destroying a semaphore below its initial value would trap.
    for _ in 0..<4 * workers { tickets.signal() }
    return try state.withLock { state in
      if let failure = state.failure { throw failure.error }
      return state.output
    }
  }
}

/// State shared by the workers.
private struct Progress<Result, Output> {
  var output: Output
  var claimed = 0
  var emitted = 0
  var waiting: [Int: Result] = [:]
  var failure: (index: Int, error: any Error)?

  /// Claims the next item; nil if none is left or one has failed.
  mutating func claim(of items: Int) -> Int? {
    guard failure == nil, claimed < items else { return nil }
    claimed += 1
    return claimed - 1
  }
}
