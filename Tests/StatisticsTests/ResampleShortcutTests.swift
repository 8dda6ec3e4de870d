import Testing

@testable import Statistics

/// The shortcuts of the bootstrap against the bootstrap itself.
struct ResampleShortcutTests {
  /// A stream of its own for tests: what is drawn only has to be random enough.
  struct Words {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }

    mutating func below(_ count: Int) -> Int { Int(next() >> 11) % count }
    mutating func uniform() -> Double { Double(next() >> 11) / 0x1p53 }
  }

  @Test("blocks hold every value once, and there are none for few values")
  func blocks() throws {
    let values = (0..<1037).map(Double.init)
    let blocks = try #require(Resampling.blocks(values, most: 100))
    #expect(blocks.sums.count == 100 && blocks.sizes.reduce(0, +) == 1037)
    #expect(blocks.sums.reduce(0, +) == values.reduce(0, +))
    #expect(blocks.sizes.allSatisfy { $0 == 10 || $0 == 11 })
    #expect(Resampling.blocks(values, most: 1037) == nil)
  }

  @Test("intervals from blocks cover the mean as often as they say, for skewed values, too")
  func coverage() throws {
    var words = Words(state: 7)
    let (samples, units, most, resamples) = (400, 1200, 300, 400)
    // One in thirty differs, as where global cascades are rare: skewness 5.2.
    let chance = 1.0 / 30
    var covered = 0
    for _ in 0..<samples {
      let values = (0..<units).map { _ in words.uniform() < chance ? 1.0 : 0 }
      let blocks = try #require(Resampling.blocks(values, most: most))
      let indices = (0..<resamples * most).map { _ in UInt32(words.below(most)) }
      let means = zip(
        Resampling.means(blocks.sums, indices: indices), Resampling.means(blocks.sizes, indices: indices)
      ).map { $0 / $1 }
      let interval = try #require(ResampledStatistic(means).interval(confidence: 0.95))
      if interval.contains(chance) { covered += 1 }
    }
    // 95 % of 400 are 380, standard error 4.4; a percentile interval of 40 events covers some 1 % less.
    #expect(abs(Double(covered) - 376) < 18)
  }

  @Test func `the ends of an interval of any confidence are the quantiles of what was sorted`() throws {
    var words = Words(state: 5)
    for count in [1, 2, 3, 10, 999, 1000, 1001, 2000] {
      // Some values occur more than once.
      let values = (0..<count).map { _ in Double(words.below(1 + count / 2)) + 0.25 }
      let ascending = values.sorted()
      for confidence in [0.95, 0.5, 0.1, 1e-3, 1e-4, 1e-9, 1 - 1e-9] {
        let interval = try #require(ResampledStatistic(values).interval(confidence: confidence))
        let tail = (1 - confidence) / 2
        for (end, fraction) in [(interval.lower, tail), (interval.upper, 1 - tail)] {
          let quantile = try #require(Sample.quantile(ascending: ascending, fraction))
          #expect(abs(end - quantile) < 1e-9, "\(count) values, confidence \(confidence)")
        }
      }
    }
  }
}
