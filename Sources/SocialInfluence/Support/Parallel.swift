private import Dispatch
private import Synchronization

/// Runs independent pieces of one task on threads by `DispatchQueue.concurrentPerform`. Each piece must depend on its
/// number alone; then the number of workers changes nothing but the time.
package enum Parallel {
  /// - Parameters:
  ///   - pieces: number of pieces.
  ///   - workers: at least 1; with one, everything runs on the caller's thread.
  ///   - workspace: makes the state of one worker, reused from piece to piece.
  package static func forEach<Scratch>(
    _ pieces: Int, workers: Int, workspace: @Sendable () -> Scratch,
    _ work: @Sendable (inout Scratch, Int) -> Void
  ) {
    guard workers > 1 && pieces > 1 else {
      var own = workspace()
      for piece in 0..<pieces { work(&own, piece) }
      return
    }
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(workers, pieces)) { _ in
      var own = workspace()
      while true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard piece < pieces else { return }
        work(&own, piece)
      }
    }
  }

  package static func forEach(_ pieces: Int, workers: Int, _ work: @Sendable (Int) -> Void) {
    forEach(pieces, workers: workers, workspace: {}) { _, piece in work(piece) }
  }

  /// The results of the pieces, in order.
  package static func map<Scratch, Result: Sendable>(
    _ pieces: Int, workers: Int, workspace: @Sendable () -> Scratch,
    _ work: @Sendable (inout Scratch, Int) -> Result
  ) -> [Result] {
    [Result](count: pieces) { results in
      forEach(pieces, workers: workers, workspace: workspace) { own, piece in
        results.put(work(&own, piece), at: piece)
      }
    }
  }

  package static func map<Result: Sendable>(
    _ pieces: Int, workers: Int, _ work: @Sendable (Int) -> Result
  ) -> [Result] {
    map(pieces, workers: workers, workspace: {}) { _, piece in work(piece) }
  }
}
