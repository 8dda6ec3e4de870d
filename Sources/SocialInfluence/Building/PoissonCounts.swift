internal import CMachine

/// Each agent's mean: `each`, or else `common`, times `factor`.
struct MeanCounts: Sendable {
  let common: Double
  let each: [Double]
  var factor = 1.0

  @inline(__always)
  subscript(agent: Int) -> Double { (each.isEmpty ? common : each[agent]) * factor }
}

/// Poisson counts for means that are mostly equal: tables for the first four means up to 200, `Quantile.poisson` for
/// others.
struct PoissonCounts {
  private var tables: [Table] = []

  /// The distribution function of one mean, with an index of where to begin the search.
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

  /// The counts of `agents`, from their first words.
  mutating func fill(_ counts: inout [UInt32], _ words: WordBatch, _ agents: Range<Int>, _ mean: MeanCounts) {
    if counts.count < agents.count { counts = [UInt32](repeating: 0, count: agents.count) }
    if mean.each.isEmpty {
      // The first count adds the table, if this mean can have one.
      counts[0] = UInt32(truncatingIfNeeded: count(words[0, 0], mean: mean.common * mean.factor))
      if let table = tables.first(where: { $0.mean == mean.common * mean.factor }), table.cumulative.count <= 64 {
        machine_count_less(&counts, words.words, table.cumulative, table.cumulative.count, agents.count)
        return
      }
    }
    for place in 0..<agents.count {
      counts[place] = UInt32(
        truncatingIfNeeded: count(words[0, place], mean: mean[agents.lowerBound + place]))
    }
  }

  /// The same count as `Quantile.poisson`, up to rounding of the distribution function.
  mutating func count(_ word: UInt64, mean: Double) -> Int {
    // By index, because iterating would copy the table.
    for place in tables.indices where tables[place].mean == mean { return tables[place].count(word) }
    if tables.count < 4 && mean > 0 && mean <= 200 { tables.append(Table(mean: mean)) }
    return Quantile.poisson(word.openUnitInterval, mean: mean)
  }
}
