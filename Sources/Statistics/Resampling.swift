/// Percentile bootstrap of units. The resampled indices are drawn by the caller, who has the addresses.
package enum Resampling {
  /// The means of `values` over each resample: `indices.count == resamples × values.count`.
  package static func means(_ values: [Double], indices: [UInt32]) -> [Double] {
    let count = values.count
    guard count > 0 else { return [] }
    let (values, indices) = (values.span, indices.span)
    var means = [Double]()
    means.reserveCapacity(indices.count / count)
    let together = indices.count / (4 * count) * 4 * count
    for start in stride(from: 0, to: together, by: 4 * count) {
      // Four resamples side by side, each in its own order: within one every addition waits for the one before.
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

  /// The central `confidence` of resampled statistics; nil for none.
  package static func percentileInterval(_ statistics: [Double], confidence: Double) -> Interval? {
    let sorted = statistics.sorted()
    let tail = (1 - confidence) / 2
    guard let lower = Sample.quantile(ascending: sorted, tail), let upper = Sample.quantile(ascending: sorted, 1 - tail)
    else { return nil }
    return Interval(lower, upper)
  }

  /// Two-sided p-value of "the statistic is 0" from resampled statistics.
  ///
  /// Twice the smaller tail, with one resample added to each so that it is never 0. Where fewer than ten resamples lie in
  /// that tail their number says little; then the normal tail at the bootstrap's standard error is used if it is smaller,
  /// so that a long family of comparisons can still be decided with a fixed number of resamples.
  package static func pValue(_ statistics: [Double], estimate: Double) -> Double {
    let count = Double(statistics.count)
    let below = Double(statistics.count { $0 <= 0 })
    let above = Double(statistics.count { $0 >= 0 })
    let tail = min(below, above)
    let percentile = min(1, 2 * (tail + 1) / (count + 1))
    let error = Sample.variance(statistics).squareRoot()
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
