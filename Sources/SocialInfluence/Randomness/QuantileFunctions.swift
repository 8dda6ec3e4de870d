internal import CGSL

/// Inverse distribution functions: GSL's for continuous laws, a search of the distribution function for counts.
///
/// The only file of the model that calls GSL. Each value takes one uniform and never falls as the uniform grows: this
/// keeps arms paired.
package enum Quantile {
  /// Switches off GSL's default error handler, which would abort the process; results that are not finite are handled
  /// here.
  package static func prepare() { _ = gsl_set_error_handler_off() }

  static func normal(_ u: Double) -> Double {
    u <= 0.5 ? gsl_cdf_ugaussian_Pinv(u) : gsl_cdf_ugaussian_Qinv(1 - u)
  }

  static func normalCumulative(_ x: Double) -> Double { gsl_cdf_ugaussian_P(x) }

  static func gamma(_ u: Double, shape: Double, scale: Double) -> Double {
    gamma(below: u, above: 1 - u, shape: shape) * scale
  }

  /// The quantile of scale 1 with probability `below` under it and `above` over it: near 1 `above` is the more precise.
  private static func gamma(below u: Double, above: Double, shape: Double) -> Double {
    // For larger shapes GSL's inverse fails; the cube of a normal number is accurate to six digits there.
    // Source: E. B. Wilson, M. M. Hilferty (1931), PNAS 17:684, doi:10.1073/pnas.17.12.684.
    if shape > 1e5 {
      let root = 1 - 1 / (9 * shape) + normal(u) / (3 * shape.squareRoot())
      return shape * root * root * root
    }
    if shape >= 0.25 {
      let x = u <= 0.5 ? gsl_cdf_gamma_Pinv(u, shape, 1) : gsl_cdf_gamma_Qinv(above, shape, 1)
      if x.isFinite { return x }
    }
    // GSL's inverse does not converge for small shapes: bisect its distribution function in ln x.
    return exponential(
      bisect(from: -745, to: naturalLogarithm(shape + 40 + 40 * shape.squareRoot())) { logarithm in
        let x = exponential(logarithm)
        return u <= 0.5 ? gsl_cdf_gamma_P(x, shape, 1) >= u : gsl_cdf_gamma_Q(x, shape, 1) <= above
      })
  }

  /// The logarithm of the gamma quantile at a normal score, and its slope; scale 1.
  static func gammaLogarithm(atScore score: Double, shape: Double) -> (value: Double, slope: Double) {
    let x = gamma(below: gsl_cdf_ugaussian_P(score), above: gsl_cdf_ugaussian_Q(score), shape: shape)
    return (naturalLogarithm(x), gsl_ran_ugaussian_pdf(score) / (x * gsl_ran_gamma_pdf(x, shape, 1)))
  }

  static func gammaCumulative(_ x: Double, shape: Double, scale: Double) -> Double {
    x <= 0 ? 0 : gsl_cdf_gamma_P(x, shape, scale)
  }

  static func beta(_ u: Double, _ a: Double, _ b: Double) -> Double {
    // For larger sums GSL's inverse may never end.
    if a + b <= 1e4 {
      let x = u <= 0.5 ? gsl_cdf_beta_Pinv(u, a, b) : gsl_cdf_beta_Qinv(1 - u, a, b)
      if x.isFinite { return x }
    }
    return bisect(from: 0, to: 1) { u <= 0.5 ? gsl_cdf_beta_P($0, a, b) >= u : gsl_cdf_beta_Q($0, a, b) <= 1 - u }
  }

  /// The smallest argument at which `reaches` is true, by 70 halvings.
  private static func bisect(from lower: Double, to upper: Double, _ reaches: (Double) -> Bool) -> Double {
    var (low, high) = (lower, upper)
    for _ in 0..<70 {
      let middle = (low + high) / 2
      if reaches(middle) { high = middle } else { low = middle }
    }
    return high
  }

  static func betaCumulative(_ x: Double, _ a: Double, _ b: Double) -> Double {
    x <= 0 ? 0 : x >= 1 ? 1 : gsl_cdf_beta_P(x, a, b)
  }

  /// GSL takes no larger counts.
  private static let largestCount = Int(UInt32.max)

  /// The smallest count whose Poisson distribution function reaches `u`, at most 2³² − 1.
  package static func poisson(_ u: Double, mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    guard mean < 4e9 else { return largestCount }
    if mean > 200 {
      return count(u, near: mean, deviation: mean.squareRoot()) {
        gsl_cdf_poisson_P(UInt32(clamping: $0), mean)
      } upper: {
        gsl_cdf_poisson_Q(UInt32(clamping: $0), mean)
      }
    }
    // Summing from 0 is exact to rounding and several times faster than the incomplete gamma function.
    var term = exponential(-mean)
    var sum = term
    var count = 0
    while sum < u && (term > 1e-18 || Double(count) < mean) {
      count += 1
      term *= mean / Double(count)
      sum += term
    }
    return count
  }

  static func poissonCumulative(_ count: Int, mean: Double) -> Double {
    count < 0 ? 0 : gsl_cdf_poisson_P(UInt32(clamping: count), mean)
  }

  /// The smallest count whose negative binomial distribution function (`size` > 0, success `probability`) reaches `u`,
  /// at most 2³² − 1.
  static func negativeBinomial(_ u: Double, probability: Double, size: Double) -> Int {
    let mean = size * (1 - probability) / probability
    return count(u, near: mean, deviation: (mean / probability).squareRoot()) {
      gsl_cdf_negative_binomial_P(UInt32(clamping: $0), probability, size)
    } upper: {
      gsl_cdf_negative_binomial_Q(UInt32(clamping: $0), probability, size)
    }
  }

  static func negativeBinomialCumulative(_ count: Int, probability: Double, size: Double) -> Double {
    count < 0 ? 0 : gsl_cdf_negative_binomial_P(UInt32(clamping: count), probability, size)
  }

  /// Bisection between bounds that double around `mean`. Above the median upper tails are compared, which are precise
  /// there.
  private static func count(
    _ u: Double, near mean: Double, deviation: Double, lower: (Int) -> Double, upper: (Int) -> Double
  ) -> Int {
    func reaches(_ count: Int) -> Bool {
      count >= 0 && (u <= 0.5 ? lower(count) >= u : upper(count) <= 1 - u)
    }
    func whole(_ number: Double) -> Int { number < Double(largestCount) ? Int(number) : largestCount }
    var step = max(1, whole(deviation))
    var high = whole(mean)
    var low = high
    while high < largestCount && !reaches(high) {
      low = high + 1
      high = min(largestCount, high + step)
      step *= 2
    }
    step = max(1, whole(deviation))
    while low > 0 && reaches(low - 1) {
      high = low - 1
      low = max(0, low - step)
      step *= 2
    }
    while low < high {
      let middle = (low + high) / 2
      if reaches(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
