internal import CGSL

/// Means over Binomial(n, p).
enum BinomialMean {
  /// E[f(X)], X ~ Binomial(n, p): summed from the most likely count outwards until terms fall below 10⁻²⁰ of the
  /// largest.
  static func of(trials: Int, probability: Double, _ value: (Int) -> Double) -> Double {
    if probability <= 0 { return value(0) }
    if probability >= 1 { return value(trials) }
    let odds = probability / (1 - probability)
    let mode = min(trials, Int(Double(trials + 1) * probability))
    let largest = gsl_ran_binomial_pdf(UInt32(mode), probability, UInt32(trials))
    var sum = largest * value(mode)
    var term = largest
    var count = mode
    while count < trials && term > 1e-20 * largest {
      term *= odds * Double(trials - count) / Double(count + 1)
      count += 1
      sum += term * value(count)
    }
    (term, count) = (largest, mode)
    while count > 0 && term > 1e-20 * largest {
      term *= Double(count) / (Double(trials - count + 1) * odds)
      count -= 1
      sum += term * value(count)
    }
    return sum
  }
}
