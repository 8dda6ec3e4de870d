internal import CProcess
internal import Foundation
internal import Synchronization

/// SIGINT, SIGTERM and SIGHUP as an orderly stop: what is under way is asked to end, and ends within two seconds, wherever it
/// is; a second signal ends it at once. Nothing half-written stays behind.
enum Interruption {
  /// How long a run may take to notice, in milliseconds: it looks between cascades, not inside of one.
  private static let patience: Int32 = 1500
  private static let running = Mutex<Progress?>(nil)

  /// Once, before any other thread is made: signals are heard by a thread of their own, so that no work can keep them waiting.
  static func begin() {
    process_begin()
    process_catch_faults()
    _ = process_listen { Interruption.listen() }
  }

  /// What is to be asked to stop; nil where there is nothing that would have to end in order.
  static func watch(_ progress: Progress?) { running.withLock { $0 = progress } }

  fileprivate static func listen() {
    guard let code = code(process_next_signal(-1)) else { return }
    guard let progress = running.withLock({ $0 }) else { process_leave(code.rawValue, nil) }
    progress.requestStop(code)
    _ = process_next_signal(patience)
    process_leave(code.rawValue, (isatty(2) == 1 ? "\r\u{1B}[K" : "") + Progress.stopped + "\n")
  }

  private static func code(_ signal: Int32) -> Failure.Code? {
    switch signal {
    case SIGINT: .interrupted
    case SIGTERM: .terminated
    case SIGHUP: .hungUp
    default: nil
    }
  }
}
