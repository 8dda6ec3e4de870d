@testable import Statistics
import Testing

@Suite struct ProportionTests {
  /// Newcombe (1998), Statistics in Medicine 17:857, Table I: Wilson's interval without continuity correction.
  @Test(arguments: [
    (81.0, 263.0, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718),
  ])
  func wilson(successes: Double, count: Double, lower: Double, upper: Double) throws {
    let interval = try #require(Proportion.wilson(share: successes / count, count: count, confidence: 0.95))
    #expect(abs(interval.lower - lower) < 5e-5 && abs(interval.upper - upper) < 5e-5)
  }

  @Test func wilsonAtTheEnds() {
    #expect(Proportion.wilson(share: 0, count: 10, confidence: 0.95)?.lower == 0)
    #expect(Proportion.wilson(share: 1, count: 10, confidence: 0.95)?.upper == 1)
    #expect(Proportion.wilson(share: 0, count: 0, confidence: 0.95) == nil)
  }

  /// Coverage of the true share, summed exactly over the binomial law; references from an independent computation.
  @Test(arguments: [(40, 0.2, 0.928296283), (50, 0.3, 0.956659612), (30, 0.5, 0.957226055)])
  func wilsonCovers(count: Int, share: Double, expected: Double) throws {
    var probability = 1.0
    for _ in 0..<count { probability *= 1 - share }
    var covered = 0.0
    for successes in 0...count {
      let interval = try #require(
        Proportion.wilson(share: Double(successes) / Double(count), count: Double(count), confidence: 0.95))
      if interval.contains(share) { covered += probability }
      probability *= Double(count - successes) / Double(successes + 1) * share / (1 - share)
    }
    #expect(abs(covered - expected) < 1e-8)
  }

  @Test func designEffect() throws {
    // Units all alike inside, half of them 1: the ten trials of a unit count as one.
    let clustered = [1.0, 0, 1, 0, 1, 0, 1, 0]
    let effect = try #require(Proportion.designEffect(shares: clustered, trialsPerUnit: 10))
    #expect(abs(effect - 10 * 8 / 7.0) < 1e-12)
    #expect(Proportion.designEffect(shares: clustered, trialsPerUnit: 1) == 1)
    #expect(Proportion.designEffect(shares: [0.5, 0.5, 0.5], trialsPerUnit: 4) == 0)
    #expect(Proportion.designEffect(shares: [0, 0], trialsPerUnit: 4) == nil)
    #expect(Proportion.designEffect(shares: [0.3], trialsPerUnit: 4) == nil)
  }

  /// Newcombe's method 10 without discordant pairs. All pairs alike at 0: the Wilson limit itself.
  @Test func newcombeWithoutDifferences() throws {
    let none = try #require(Proportion.newcombeWithoutDifferences(share: 0, count: 54, confidence: 0.95))
    let wilson = try #require(Proportion.wilson(share: 0, count: 54, confidence: 0.95))
    #expect(abs(none.upper - wilson.upper) < 1e-12 && none.lower == -none.upper)
    // 36 and 14 concordant pairs of 50, 100 and 100 of 200: from an independent implementation of the same paper.
    let uneven = try #require(Proportion.newcombeWithoutDifferences(share: 0.72, count: 50, confidence: 0.95))
    #expect(abs(uneven.upper - 0.049116890) < 1e-8)
    let even = try #require(Proportion.newcombeWithoutDifferences(share: 0.5, count: 200, confidence: 0.95))
    #expect(abs(even.upper - 0.009707040) < 1e-8)
  }
}

@Suite struct SampleTests {
  /// Student's t by hand; where all are equal, what n equal values leave open: q = 1 − .05^(1/n).
  @Test func meansOfShares() throws {
    let found = try #require(Sample.meanOfShares([0.1, 0.2, 0.6], confidence: 0.95))
    // Mean .3, s = .264575, t(2, .975) = 4.302653.
    let reach = 4.302653 * 0.264575 / 3.0.squareRoot()
    #expect(abs(found.upper - (0.3 + reach)) < 1e-5 && found.lower == 0)
    let same = try #require(Sample.meanOfShares([Double](repeating: 0.5, count: 100), confidence: 0.95))
    #expect(abs(same.lower - 0.5 * (1 - 0.0295130)) < 1e-6 && abs(same.upper - (0.5 + 0.5 * 0.0295130)) < 1e-6)
    #expect(Sample.meanOfShares([0.5], confidence: 0.95) == nil)
  }

  /// A rare large value is not covered by equal small ones unless the interval says so: of 400 draws of a share that is 1 with
  /// chance .005, the interval holds .005 in 95 of 100 samples and more.
  @Test func equalSharesCoverRareOnes() throws {
    var (hits, state) = (0, UInt64(1))
    for _ in 0..<1000 {
      let shares = (0..<400).map { _ -> Double in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 40) / Double(1 << 24) < 0.005 ? 1 : 0
      }
      let interval = try #require(Sample.meanOfShares(shares, confidence: 0.95))
      // Where no rare one came, the interval must reach it.
      if shares.allSatisfy({ $0 == 0 }) { hits += interval.contains(0.005) ? 1 : -1000 }
    }
    #expect(hits > 0)
  }

  @Test func moments() {
    #expect(Sample.mean([1, 2, 6]) == 3 && Sample.variance([1, 2, 6]) == 7)
    #expect(Sample.mean([]) == 0 && Sample.variance([4]) == 0)
    #expect(Sample.quantile(ascending: [1, 2, 3, 4], 0.5) == 2.5)
    #expect(Sample.quantile(ascending: [], 0.5) == nil)
  }

  /// Two units of two values: within (0 + 2)/2 = 1, means 1 and 4, between 4.5 − 1/2 = 4.
  @Test func varianceComponents() {
    let components = Sample.components(units: [[1, 1], [3, 5]])
    #expect(components.within == 1 && components.between == 4)
    #expect(Sample.components(units: [[1], [2]]).within == nil)
    #expect(Sample.components(units: [[1, 3], [1, 3]]).between == 0)
    #expect(Sample.components(units: [[1, 3]]).between == nil)
  }
}

@Suite struct ResamplingTests {
  @Test func means() {
    #expect(Resampling.means([1, 2, 6], indices: [0, 0, 0, 1, 2, 2]) == [1, 14.0 / 3])
    #expect(Resampling.means([], indices: []) == [])
  }

  @Test func percentiles() throws {
    let interval = try #require(ResampledStatistic((0...1000).map(Double.init)).interval(confidence: 0.95))
    #expect(abs(interval.lower - 25) < 1e-9 && abs(interval.upper - 975) < 1e-9)
    #expect(ResampledStatistic([]).interval(confidence: 0.95) == nil)
  }

  @Test func pValues() {
    let around = (0..<2000).map { Double($0) - 999.5 }
    #expect(ResampledStatistic(around).pValue(estimate: 0) == 1)
    let above = (0..<2000).map { 10 + Double($0 % 7) / 7 }
    #expect(ResampledStatistic(above).pValue(estimate: 10.4) < 1e-6)
    let mostly = (0..<2000).map { $0 < 20 ? -1.0 : 1 }
    #expect(abs(ResampledStatistic(mostly).pValue(estimate: 0.98) - 2 * 21.0 / 2001) < 1e-12)
  }

  /// Holm (1979): .01, .04, .03, .005 become .03, .06, .06, .02.
  @Test func holm() {
    let adjusted = MultipleComparisons.holm([0.01, 0.04, 0.03, 0.005])
    for (found, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) { #expect(abs(found - expected) < 1e-12) }
    #expect(MultipleComparisons.holm([]) == [] && MultipleComparisons.holm([0.9, 0.8]) == [1, 1])
  }
}
