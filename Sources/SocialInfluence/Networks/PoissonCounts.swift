/// Poisson counts whose means are mostly equal: tables for the first few means, a sum for the rest.
struct PoissonCounts {
  private var tables: [Table] = []

  /// The distribution function of one mean, and where to begin in it.
  private struct Table {
    let mean: Double
    var cumulative: [Double] = []
    /// The count of the smallest word with these highest bits.
    var starts: [Int] = []
    private static let bits = 8

    init(mean: Double) {
      self.mean = mean
      var term = exponential(-mean)
      var sum = term
      cumulative = [sum]
      while term > 1e-18 || Double(cumulative.count) < mean {
        term *= mean / Double(cumulative.count)
        sum += term
        cumulative.append(sum)
      }
      for slot in 0..<1 << Self.bits {
        starts.append(count(UInt64(slot) << UInt64(64 - Self.bits), from: starts.last ?? 0))
      }
    }

    @inline(__always)
    func count(_ word: UInt64) -> Int { count(word, from: starts[Int(word >> UInt64(64 - Self.bits))]) }

    @inline(__always)
    private func count(_ word: UInt64, from start: Int) -> Int {
      let u = word.openUnitInterval
      var count = start
      while count < cumulative.count && cumulative[count] < u { count += 1 }
      return count
    }
  }

  /// The same count as `Quantile.poisson`, up to rounding of the distribution function.
  mutating func count(_ word: UInt64, mean: Double) -> Int {
    // By place: a table is not copied.
    for place in tables.indices where tables[place].mean == mean { return tables[place].count(word) }
    if tables.count < 4 && mean > 0 && mean <= 200 { tables.append(Table(mean: mean)) }
    return Quantile.poisson(word.openUnitInterval, mean: mean)
  }
}
