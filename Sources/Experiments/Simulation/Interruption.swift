internal import CProcess
internal import Foundation
internal import Synchronization

/// Turns SIGINT, SIGTERM and SIGHUP into an orderly stop: the run is asked to stop, and the program ends within two
/// seconds in any case; a second signal ends it at once. No half-written results remain.
enum Interruption {
  /// Milliseconds that a run has to react: it checks between cascades, not within one.
  private static let patience: Int32 = 1500
  private static let running = Mutex<Progress?>(nil)

  /// Call once, before any other thread is created: a thread of its own receives signals, so that no work can delay
  /// them.
  static func begin() {
    process_begin()
    process_catch_faults()
    _ = process_listen { Interruption.listen() }
  }

  /// The run to stop on a signal; nil where nothing needs an orderly end.
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
