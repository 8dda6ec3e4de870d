internal import CGSL

/// The χ² law.
package enum ChiSquare {
  /// P(X > x) with `freedom` degrees of freedom.
  package static func upperTail(_ x: Double, freedom: Double) -> Double { gsl_cdf_chisq_Q(x, freedom) }
}

/// The Kolmogorov–Smirnov test.
package enum KolmogorovSmirnov {
  /// The largest distance between two empirical distribution functions, and its asymptotic p-value. Conservative if
  /// values repeat. An empty sample gives (0, 1).
  package static func twoSamples(_ first: [Double], _ second: [Double]) -> (distance: Double, pValue: Double) {
    let (a, b) = (first.sorted(), second.sorted())
    guard !a.isEmpty && !b.isEmpty else { return (0, 1) }
    var (i, j, distance) = (0, 0, 0.0)
    while i < a.count && j < b.count {
      let x = min(a[i], b[j])
      while i < a.count && a[i] == x { i += 1 }
      while j < b.count && b[j] == x { j += 1 }
      distance = max(distance, abs(Double(i) / Double(a.count) - Double(j) / Double(b.count)))
    }
    let size = Double(a.count) * Double(b.count) / Double(a.count + b.count)
    return (distance, upperTail(distance * size.squareRoot()))
  }

  /// The distance of a sample from the uniform law on (0, 1), and its asymptotic p-value.
  package static func uniform(_ values: [Double]) -> (distance: Double, pValue: Double) {
    let sorted = values.sorted()
    let count = Double(sorted.count)
    var distance = 0.0
    for (place, value) in sorted.enumerated() {
      distance = max(distance, Double(place + 1) / count - value, value - Double(place) / count)
    }
    return (distance, upperTail(distance * count.squareRoot()))
  }

  /// Kolmogorov's limit law: P(K > x) = 2 Σ (−1)^(i−1) exp(−2 i² x²).
  private static func upperTail(_ x: Double) -> Double {
    guard x > 0.2 else { return 1 }
    var sum = 0.0
    for i in 1...100 {
      let term = exponential(-2 * Double(i * i) * x * x)
      sum += i % 2 == 1 ? term : -term
      if term < 1e-17 { break }
    }
    return min(1, max(0, 2 * sum))
  }

  /// exp(x) for x ≤ 0, to 1e-16.
  private static func exponential(_ x: Double) -> Double { 1 + gsl_expm1(x) }
}
