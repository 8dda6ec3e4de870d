internal import CMachine

/// Σ 1 − exp(−η) over many voices, and Σ r exp(−η) beside it, where the hazard of a voice is η = r · `factor`.
package struct SuccessSums {
  private static let blockLength = 1024
  private let factor: Double
  private var successes = 0.0
  private var slope = 0.0
  /// Rates that wait until there are enough to work on several at once.
  private var waiting: [Double] = []
  private var count = 0

  package init(factor: Double) { self.factor = factor }

  /// Adds voices of these rates.
  package mutating func add(_ rates: [Double]) {
    rates.withUnsafeBufferPointer { rates in
      // In blocks, so that no sum of millions loses the digits of what is added to it.
      for start in stride(from: 0, to: rates.count, by: Self.blockLength) {
        add(UnsafeBufferPointer(rebasing: rates[start..<min(start + Self.blockLength, rates.count)]))
      }
    }
  }

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
  package mutating func totals() -> (successes: Double, slope: Double) {
    addWaiting()
    return (successes, slope)
  }

  private mutating func addWaiting() {
    let count = count
    self.count = 0
    let rates = waiting
    rates.withUnsafeBufferPointer { add(UnsafeBufferPointer(rebasing: $0[..<count])) }
  }

  private mutating func add(_ rates: UnsafeBufferPointer<Double>) {
    guard let base = rates.baseAddress else { return }
    var sums = machine_sums()
    machine_sum_successes(&sums, base, factor, rates.count)
    successes += sums.successes
    slope += sums.slope
  }
}
