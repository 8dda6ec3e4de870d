/// Seconds of a run by kind of work.
struct TimeSplit: Sendable {
  enum Part: Int, CaseIterable, Sendable {
    /// Building networks, agents and voices.
    case networks
    /// Seeds, needs and coins, and the cascades themselves.
    case cascades
    /// Results computed from cascades and networks: columns, traces, intervals.
    case statistics
    /// Writing rows to files.
    case writing
  }

  private var seconds = [Double](repeating: 0, count: Part.allCases.count)

  init() {}

  var total: Double { seconds.reduce(0, +) }
  func share(_ part: Part) -> Double { total > 0 ? self[part] / total : 0 }

  subscript(part: Part) -> Double { seconds[part.rawValue] }

  mutating func add(_ part: Part, since start: ContinuousClock.Instant) {
    seconds[part.rawValue] += (ContinuousClock.now - start) / .seconds(1)
  }

  mutating func add(_ other: TimeSplit) {
    for place in seconds.indices { seconds[place] += other.seconds[place] }
  }

  /// The same shares of another total: turns thread time into wall time.
  func scaled(to wall: Duration) -> TimeSplit {
    var scaled = self
    let factor = total > 0 ? wall / .seconds(1) / total : 0
    for place in seconds.indices { scaled.seconds[place] *= factor }
    return scaled
  }

  var text: String {
    let parts = Part.allCases.map { "\($0) \(Readable.fixed(100 * share($0), 1)) %" }
    return "\(Readable.fixed(total, 1)) s: " + parts.joined(separator: ", ")
  }
}
