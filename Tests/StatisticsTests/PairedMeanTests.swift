import Testing

@testable import Statistics

/// Intervals of paired differences of few units.
struct PairedMeanTests {
  /// Student's t by hand: mean .3, s = .264575, t(2, .975) = 4.302653, t(2, .8) = 1.060660.
  @Test func byHand() {
    let found = PairedMean([0.1, 0.2, 0.6], most: 1, confidence: 0.95)
    let error = 0.264575 / 3.0.squareRoot()
    #expect(abs(found.interval.lower - (0.3 - 4.302653 * error)) < 1e-5)
    #expect(abs(found.interval.upper - (0.3 + 4.302653 * error)) < 1e-5)
    #expect(abs(found.smallestDetectable - (4.302653 + 1.060660) * error) < 1e-5)
    // P(|T₂| ≥ t) = 1 − t / √(t² + 2).
    let t = 0.3 / error
    #expect(abs(found.pValue - (1 - t / (t * t + 2).squareRoot())) < 1e-5)
  }

  /// Two equal differences prove little, a thousand nearly all; p is the α at which the interval ends at 0.
  @Test(arguments: [2, 10, 30, 1000])
  func alike(count: Int) {
    let values = [Double](repeating: 0.25, count: count)
    let found = PairedMean(values, most: 1, confidence: 0.95)
    // q = 1 − α^(1/n) by bisection of (1 − q)ⁿ = α.
    var (elsewhere, high) = (0.0, 1.0)
    for _ in 0..<200 {
      let middle = (elsewhere + high) / 2
      let power = (0..<count).reduce(1.0) { product, _ in product * (1 - middle) }
      if power > 0.05 { elsewhere = middle } else { high = middle }
    }
    #expect(abs(found.interval.lower - (0.25 * (1 - elsewhere) - elsewhere)) < 1e-9)
    #expect(abs(found.interval.upper - (0.25 * (1 - elsewhere) + elsewhere)) < 1e-9)
    if found.pValue > 1e-9 {
      let edge = PairedMean(values, most: 1, confidence: 1 - found.pValue)
      #expect(abs(edge.interval.lower) < 1e-6)
    }
    #expect(PairedMean([1, 1], most: 1, confidence: 0.95).interval.upper == 1)
  }

  /// Means of 40 cascades that are all or nothing, treated and not: of 4,000 samples the interval covers the true difference in 95 of
  /// 100, whatever the number of units. (Percentiles over resamples: 50 of 100 for two units.)
  @Test(arguments: [2, 3, 5, 10, 20, 29])
  func coverage(units: Int) {
    var words = ResampleShortcutTests.Words(state: UInt64(40 + units))
    let (samples, cascades) = (4000, 40)
    var covered = 0
    for _ in 0..<samples {
      let differences = (0..<units).map { _ -> Double in
        // Networks differ, and so do their two chances.
        let base = 0.2 + 0.2 * words.uniform()
        let treated = base + 0.1 + 0.2 * words.uniform()
        func share(_ chance: Double) -> Double {
          Double((0..<cascades).count { _ in words.uniform() < chance }) / Double(cascades)
        }
        return share(treated) - share(base)
      }
      covered += PairedMean(differences, most: 1, confidence: 0.95).interval.contains(0.2) ? 1 : 0
    }
    // The chance of .95, four standard errors of its estimate; less than .01 for the lattice of shares.
    let error = (0.95 * 0.05 / Double(samples)).squareRoot()
    #expect(Double(covered) / Double(samples) > 0.95 - 4 * error - 0.005)
    // Two or three units are sometimes alike, and their intervals then hold more.
    #expect(units < 5 || Double(covered) / Double(samples) < 0.95 + 4 * error + 0.01)
  }
}
