internal import CMachine

/// Σ 1 − exp(−η) over many voices, and Σ r exp(−η) beside it, where the hazard of a voice is η = r · `factor`.
struct SuccessSums {
  private static let blockLength = 1024
  private let factor: Double
  private var successes = 0.0
  private var slope = 0.0
  /// Rates that wait until there are enough to work on several at once.
  private var waiting: [Double] = []
  private var count = 0

  init(factor: Double) { self.factor = factor }

  /// Adds voices of these rates.
  mutating func add(_ rates: [Double]) { add(rates, rates.count) }

  /// Adds the voices at `places`.
  @inline(__always)
  mutating func add(_ places: Range<Int>, _ rate: (_ place: Int) -> Double) {
    if waiting.isEmpty { waiting = [Double](repeating: 0, count: Self.blockLength) }
    var place = places.lowerBound
    while place < places.upperBound {
      let end = min(places.upperBound, place + Self.blockLength - count)
      let shift = count - place
      var rates = waiting.mutableSpan
      for next in place..<end { rates[next + shift] = rate(next) }
      count += end - place
      place = end
      if count == Self.blockLength { addWaiting() }
    }
  }

  /// The sums of all that was added.
  mutating func totals() -> (successes: Double, slope: Double) {
    addWaiting()
    return (successes, slope)
  }

  private mutating func addWaiting() {
    add(waiting, count)
    count = 0
  }

  private mutating func add(_ rates: [Double], _ count: Int) {
    var sums = [0.0, 0.0]
    machine_sum_successes(&sums, rates, factor, count)
    successes += sums[0]
    slope += sums[1]
  }
}
