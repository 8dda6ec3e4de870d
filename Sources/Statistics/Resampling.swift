internal import CGSL

/// Percentile bootstrap of units. The caller, who has the addresses, draws the resampled indices.
package enum Resampling {
  /// The mean of `values` in each resample; `indices.count` == resamples × `values.count`.
  package static func means(_ values: [Double], indices: [UInt32]) -> [Double] {
    let count = values.count
    guard count > 0 else { return [] }
    let (values, indices) = (values.span, indices.span)
    var means = [Double]()
    means.reserveCapacity(indices.count / count)
    let together = indices.count / (4 * count) * 4 * count
    for start in stride(from: 0, to: together, by: 4 * count) {
      // Four resamples in parallel, because within one each addition waits for the last; every sum keeps its own order.
      var sums = SIMD4<Double>.zero
      for place in start..<start + count {
        sums += SIMD4(
          values[Int(indices[place])], values[Int(indices[place + count])], values[Int(indices[place + 2 * count])],
          values[Int(indices[place + 3 * count])])
      }
      for resample in sums.indices { means.append(sums[resample] / Double(count)) }
    }
    for start in stride(from: together, to: indices.count, by: count) {
      var sum = 0.0
      for place in start..<start + count { sum += values[Int(indices[place])] }
      means.append(sum / Double(count))
    }
    return means
  }

  /// The same for up to eight statistics of the same units in one pass over the indices; each is summed in its own
  /// order.
  package static func means(_ values: ArraySlice<[Double]>, indices: [UInt32]) -> [[Double]] {
    guard let count = values.first?.count, count > 0 else { return values.map { _ in [] } }
    var rows = [SIMD8<Double>](repeating: .zero, count: count)
    for (lane, own) in values.enumerated() {
      for unit in 0..<count { rows[unit][lane] = own[unit] }
    }
    var means = values.map { _ in
      var means = [Double]()
      means.reserveCapacity(indices.count / count)
      return means
    }
    let (units, drawn) = (rows.span, indices.span)
    for start in stride(from: 0, to: indices.count, by: count) {
      var sums = SIMD8<Double>.zero
      for place in start..<start + count { sums += units[Int(drawn[place])] }
      for lane in means.indices { means[lane].append(sums[lane] / Double(count)) }
    }
    return means
  }

  /// Statistics in one pass.
  package static let atATime = 8

  /// Above so many units, blocks of units are resampled.
  package static let mostUnits = 10_000

  /// The sums and sizes of `most` blocks of neighboring values; nil if there are at most `most` values. Valid because
  /// units are independent: mean and variance of the resamples are unchanged.
  package static func blocks(_ values: [Double], most: Int = mostUnits) -> (sums: [Double], sizes: [Double])? {
    guard values.count > most else { return nil }
    var (sums, sizes) = ([Double](), [Double]())
    for block in 0..<most {
      let range = block * values.count / most..<(block + 1) * values.count / most
      sums.append(values[range].reduce(0, +))
      sizes.append(Double(range.count))
    }
    return (sums, sizes)
  }
}

/// The resampled values of a statistic.
package struct ResampledStatistic: Sendable {
  private let values: [Double]
  package let count: Int
  /// The standard error: the standard deviation of the resampled values.
  package let error: Double

  package init(_ statistics: [Double]) {
    (values, count) = (statistics, statistics.count)
    let mean = Sample.mean(statistics)
    let squares = statistics.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    error = count < 2 ? 0 : (squares / Double(count - 1)).squareRoot()
  }

  /// The order statistics of `ranks`, from 0. Ranks need not be sorted: the neighbors of two close ends can cross. For
  /// few ranks selection is faster than a full sort.
  private func values(ranks: [Int]) -> [Double] {
    var open = values
    var first = 0
    var found = [Double](repeating: 0, count: ranks.count)
    for place in ranks.indices.sorted(by: { ranks[$0] < ranks[$1] }) {
      // Selection puts no greater value before the found rank, and no smaller one after it.
      let rank = ranks[place]
      found[place] = gsl_stats_select(&open, 1, open.count, rank - first)
      open.removeFirst(rank - first)
      first = rank
    }
    return found
  }

  /// The central `confidence` of the resampled values, linear between order statistics as in
  /// ``Sample/quantile(ascending:_:)``; nil without values.
  package func interval(confidence: Double) -> Interval? {
    guard count > 0 else { return nil }
    let tail = (1 - confidence) / 2
    let places = [tail, 1 - tail].map { $0 * Double(count - 1) }
    let below = places.map { min(count - 1, Int($0)) }
    let found = values(ranks: below.flatMap { [$0, min(count - 1, $0 + 1)] })
    let ends = places.indices.map { end in
      let part = places[end] - Double(below[end])
      return (1 - part) * found[2 * end] + part * found[2 * end + 1]
    }
    return Interval(ends[0], ends[1])
  }

  /// Two-sided p-value of "the statistic is 0".
  ///
  /// Twice the smaller tail, with one resample added to each tail so that it is never 0. With fewer than ten resamples
  /// in the tail the percentile is imprecise; the normal tail at the bootstrap's standard error then replaces it if it
  /// is smaller, so that a long family of comparisons can still be decided with a fixed number of resamples.
  package func pValue(estimate: Double) -> Double {
    let tail = Double(min(values.count { $0 <= 0 }, values.count { $0 >= 0 }))
    let percentile = min(1, 2 * (tail + 1) / (Double(count) + 1))
    return tail < 10 && error > 0 ? min(percentile, Normal.twoSided(estimate / error)) : percentile
  }
}

/// Families of tests.
package enum MultipleComparisons {
  /// Holm's adjusted p-values, in the order given.
  ///
  /// Source: S. Holm (1979), Scand. J. Statistics 6:65.
  package static func holm(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var adjusted = pValues
    var largest = 0.0
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, pValues[index] * Double(pValues.count - rank)))
      adjusted[index] = largest
    }
    return adjusted
  }
}
