internal import Dispatch
internal import Foundation

/// Progress on standard error: a bar on a terminal, one plain line a minute elsewhere.
struct ProgressDisplay: Sendable {
  private let progress: Progress
  private let isTerminal: Bool
  private let hasColor: Bool
  private let cascades: Int
  private let start = DispatchTime.now()

  init(_ progress: Progress, cascades: Int) {
    self.progress = progress
    self.cascades = cascades
    // A dumb terminal cannot move its cursor back.
    isTerminal = isatty(2) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    hasColor = isTerminal && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
  }

  /// - Returns: the timer that shows the progress, to be passed to `end`.
  func begin() -> any DispatchSourceTimer {
    let source = DispatchSource.makeTimerSource(queue: .global())
    let interval = isTerminal ? DispatchTimeInterval.milliseconds(200) : .seconds(60)
    source.schedule(deadline: .now() + interval, repeating: interval)
    source.setEventHandler { show() }
    source.resume()
    return source
  }

  func end(_ timer: any DispatchSourceTimer) {
    timer.cancel()
    if isTerminal { Self.write("\r\u{1B}[K") }
  }

  private func show() {
    let elapsed = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    let fraction = progress.fraction
    // Time left in proportion to work, not to cascades: those on dense networks take longer.
    let left = fraction > 0 ? Readable.seconds(elapsed * (1 - fraction) / fraction) + " left" : "starting"
    let rate = Readable.count(Int(fraction * Double(cascades) / max(elapsed, 1e-9))) + " cascades/s"
    let percent = "\(Int(100 * fraction)) %"
    guard isTerminal else {
      Self.write("\(percent), \(rate), \(left)\n")
      return
    }
    let full = Int(30 * fraction)
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: 30 - full)
    Self.write("\r\u{1B}[K" + (hasColor ? "\u{1B}[36m\(bar)\u{1B}[0m" : bar) + " \(percent)  \(rate)  \(left)")
  }

  private static func write(_ text: String) { StandardError.write(text) }
}
