@testable import Experiments
import Testing

@Suite struct TimeSplitTests {
  /// Shares stay what they are when the time of threads becomes time on the wall.
  @Test func sharesAreOfTheWhole() {
    var split = TimeSplit()
    #expect(split.total == 0 && split.share(.writing) == 0)
    let now = ContinuousClock.now
    for (part, seconds) in [(TimeSplit.Part.networks, 6.0), (.cascades, 3), (.cascades, 9), (.statistics, 2)] {
      split.add(part, since: now - .seconds(seconds))
    }
    #expect(abs(split.share(.cascades) - 0.6) < 0.01 && split.share(.writing) == 0)
    let wall = split.scaled(to: .seconds(10))
    #expect(abs(wall.total - 10) < 1e-9)
    for part in TimeSplit.Part.allCases { #expect(abs(wall.share(part) - split.share(part)) < 1e-9) }
    var twice = wall
    twice.add(wall)
    #expect(abs(twice.total - 20) < 1e-9 && abs(twice.share(.statistics) - 0.1) < 0.01)
    #expect(wall.text.hasPrefix("10.0 s: networks 30.0 %, cascades 60"))
  }
}
