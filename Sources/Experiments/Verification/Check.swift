internal import Foundation
internal import Statistics

/// One check: the expected value, the value found, and whether it passes.
package struct Check: Sendable {
  package let what: String
  /// The expected value, as printed.
  let expected: String
  /// The theory, table or paper behind it.
  let source: String
  /// The value found, as printed.
  let found: String
  /// Standard error of the value found; nil for exact checks.
  let standardError: Double?
  let passes: Bool
}

/// How much `verify` simulates.
enum Effort: Sendable {
  /// Within a minute on two cores.
  case quick
  /// Every case, in about four minutes.
  case full

  /// `full` or `quick` runs, by effort.
  func runs(_ full: Int, quick: Int) -> Int { self == .full ? full : quick }
}

/// Collects checks. A simulated value may deviate by 4 standard errors plus an allowance that the check names: a
/// correct program fails one check in 16,000, and random seeds are fixed.
struct Checks {
  private(set) var all: [Check] = []

  /// A value found, with its standard error.
  struct Estimate {
    let value: Double
    let error: Double

    init(_ value: Double, error: Double) { (self.value, self.error) = (value, error) }
  }

  /// How many of a number of trials hit.
  struct Hits {
    let hits: Int
    let trials: Int
    /// 1 for independent trials, more for correlated ones.
    let designEffect: Double

    init(_ hits: Int, of trials: Int, designEffect: Double = 1) {
      (self.hits, self.trials, self.designEffect) = (hits, trials, designEffect)
    }
  }

  /// A mean over independent values.
  mutating func mean(
    _ what: String, _ expected: Double, _ source: String, of values: [Double], allowance: Double = 0
  ) {
    let found = Sample.mean(values)
    let error = (Sample.variance(values) / Double(max(1, values.count))).squareRoot()
    estimate(what, expected, source, found: Estimate(found, error: error), allowance: allowance)
  }

  /// A share of trials, whose error follows from the share expected.
  mutating func share(
    _ what: String, _ expected: Double, _ source: String, found: Hits, allowance: Double = 0
  ) {
    let error = (found.designEffect * expected * (1 - expected) / Double(found.trials)).squareRoot()
    let share = Estimate(Double(found.hits) / Double(found.trials), error: error)
    estimate(what, expected, source, found: share, allowance: allowance)
  }

  mutating func estimate(
    _ what: String, _ expected: Double, _ source: String, found: Estimate, allowance: Double = 0
  ) {
    let passes = abs(found.value - expected) <= 4 * found.error + allowance + 1e-12
    all.append(
      Check(
        what: what, expected: Self.text(expected), source: source, found: Self.text(found.value),
        standardError: found.error, passes: passes))
  }

  /// A computed number, within `tolerance`.
  mutating func value(
    _ what: String, _ expected: Double, _ source: String, found: Double, within tolerance: Double
  ) {
    add(what, Self.text(expected), source, Self.text(found), abs(found - expected) <= tolerance)
  }

  mutating func equal<Value: Equatable>(_ what: String, _ expected: Value, _ source: String, found: Value) {
    add(what, "\(expected)", source, "\(found)", expected == found)
  }

  /// A condition, in words.
  mutating func holds(_ what: String, _ expected: String, _ source: String, found: String, _ holds: Bool) {
    add(what, expected, source, found, holds)
  }

  /// Counts against a law, by a χ² test at 10⁻⁵; values with expected counts below 5 are pooled.
  mutating func law(_ what: String, _ law: [Double], _ source: String, counts: [Int]) {
    let total = Double(counts.reduce(0, +))
    var (statistic, cells) = (0.0, 0)
    var pool = (expected: 0.0, found: 0.0)
    var impossible = 0
    for place in 0..<max(law.count, counts.count) {
      let expected = place < law.count ? law[place] * total : 0
      let found = place < counts.count ? Double(counts[place]) : 0
      if expected <= 1e-9 * total { impossible += Int(found) }
      guard expected >= 5 else {
        pool.expected += expected
        pool.found += found
        continue
      }
      statistic += (found - expected) * (found - expected) / expected
      cells += 1
    }
    if pool.expected >= 5 {
      statistic += (pool.found - pool.expected) * (pool.found - pool.expected) / pool.expected
      cells += 1
    }
    let p = cells > 1 ? ChiSquare.upperTail(statistic, freedom: Double(cells - 1)) : 1
    let words = impossible > 0 ? "\(impossible) impossible values" : "χ² \(Self.text(statistic)), p \(Self.text(p))"
    add(what + ": law", "χ² on \(cells - 1)", source, words, p > 1e-5 && impossible == 0)
  }

  /// Two samples of one law, by a Kolmogorov–Smirnov test at 10⁻⁵; conservative for counts.
  mutating func sameLaw(_ what: String, _ source: String, _ first: [Double], _ second: [Double]) {
    let (distance, p) = KolmogorovSmirnov.twoSamples(first, second)
    add(what, "one law", source, "D \(Self.text(distance)), p \(Self.text(p))", p > 1e-5)
  }

  /// A check without an error of its own.
  private mutating func add(_ what: String, _ expected: String, _ source: String, _ found: String, _ passes: Bool) {
    all.append(
      Check(what: what, expected: expected, source: source, found: found, standardError: nil, passes: passes))
  }

  /// Six significant digits.
  static func text(_ value: Double) -> String { String(format: "%.6g", value) }
}
