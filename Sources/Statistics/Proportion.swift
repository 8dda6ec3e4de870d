internal import CGSL

/// A closed interval.
package struct Interval: Sendable, Equatable {
  package let lower: Double
  package let upper: Double

  init(_ lower: Double, _ upper: Double) { (self.lower, self.upper) = (lower, upper) }

  package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

/// The normal law.
package enum Normal {
  /// z with P(Z ≤ z) = `probability`.
  package static func quantile(_ probability: Double) -> Double { gsl_cdf_ugaussian_Pinv(probability) }
  /// P(Z ≤ z).
  package static func cumulative(_ z: Double) -> Double { gsl_cdf_ugaussian_P(z) }
  /// P(|Z| ≥ |z|).
  static func twoSided(_ z: Double) -> Double { 2 * gsl_cdf_ugaussian_Q(abs(z)) }
  /// The two-sided critical value at `confidence`.
  package static func critical(_ confidence: Double) -> Double { quantile(0.5 + confidence / 2) }
}

/// Estimates of a share.
package enum Proportion {
  /// Wilson's score interval for a share `share` of `count` (not necessarily whole) trials; nil without trials.
  ///
  /// Source: E. B. Wilson (1927), J. Am. Stat. Assoc. 22:209, doi:10.1080/01621459.1927.10502953.
  package static func wilson(share: Double, count: Double, confidence: Double) -> Interval? {
    guard count > 0 else { return nil }
    let z = Normal.critical(confidence)
    let scale = 1 + z * z / count
    let center = (share + z * z / (2 * count)) / scale
    let half = z / scale * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
    // At a share of 0 or 1 the score interval touches 0 or 1 exactly; rounding must not leave it short.
    return Interval(share == 0 ? 0 : max(0, center - half), share == 1 ? 1 : min(1, center + half))
  }

  /// The design effect of clustered trials: between-unit variance of the shares × trials per unit ÷ P(1 − P).
  ///
  /// 1 if each unit is a single trial; nil for fewer than two units, or if P is 0 or 1.
  package static func designEffect(shares: [Double], trialsPerUnit: Double) -> Double? {
    guard shares.count > 1 else { return nil }
    let mean = Sample.mean(shares)
    guard mean > 0 && mean < 1 else { return nil }
    if trialsPerUnit == 1 { return 1 }
    return Sample.variance(shares) * trialsPerUnit / (mean * (1 - mean))
  }

  /// Newcombe's paired score interval (his method 10) for P₁ − P₂ of `count` pairs of binary outcomes, none of which
  /// differs.
  ///
  /// The resampled differences are then all 0 and say nothing about what more pairs would show; this interval does.
  /// Source: R. G. Newcombe (1998), Statistics in Medicine 17:2635,
  /// doi:10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C.
  package static func newcombeWithoutDifferences(share: Double, count: Double, confidence: Double) -> Interval? {
    guard let wilson = wilson(share: share, count: count, confidence: confidence) else { return nil }
    let (both, neither) = (share * count, (1 - share) * count)
    let correlation = both * neither > 0 ? max(0, both * neither - count / 2) / (both * neither) : 0
    let (down, up) = (share - wilson.lower, wilson.upper - share)
    let half = max(0, down * down - 2 * correlation * down * up + up * up).squareRoot()
    return Interval(-half, half)
  }
}

/// Moments and quantiles of a sample.
package enum Sample {
  package static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }

  /// The unbiased variance (÷ n − 1); 0 below two values.
  package static func variance(_ values: [Double]) -> Double {
    values.count < 2 ? 0 : gsl_stats_variance(values, 1, values.count)
  }

  /// Student's t interval for the mean of shares, cut to [0, 1]; nil for fewer than two.
  ///
  /// If all n shares are equal, other values have a chance of at most q = 1 − α^(1/n) and may lie anywhere in [0, 1].
  package static func meanOfShares(_ shares: [Double], confidence: Double) -> Interval? {
    guard shares.count > 1 else { return nil }
    let (mean, count) = (min(1, max(0, Sample.mean(shares))), Double(shares.count))
    let variance = Sample.variance(shares)
    guard variance > 1e-24 else {
      let elsewhere = -gsl_expm1(-gsl_log1p(confidence / (1 - confidence)) / count)
      return Interval(mean * (1 - elsewhere), mean + (1 - mean) * elsewhere)
    }
    let reach = gsl_cdf_tdist_Pinv(0.5 + confidence / 2, count - 1) * (variance / count).squareRoot()
    return Interval(max(0, mean - reach), min(1, mean + reach))
  }

  /// The quantile of ascending values, linear between order statistics; nil for none.
  package static func quantile(ascending values: [Double], _ fraction: Double) -> Double? {
    values.isEmpty ? nil : gsl_stats_quantile_from_sorted_data(values, 1, values.count, fraction)
  }

  /// Variance between units (of their means, sampling error removed) and within them, from equally many values per
  /// unit.
  ///
  /// One-way random-effects estimates. `between` is at least 0, nil for fewer than two units; `within` is nil for
  /// single values.
  package static func components(units: [[Double]]) -> (between: Double?, within: Double?) {
    let means = units.map(mean)
    let sizes = units.map { Double($0.count) }
    let within: Double? =
      sizes.contains { $0 > 1 }
      ? units.reduce(0) { $0 + variance($1) * Double($1.count - 1) } / sizes.reduce(0) { $0 + $1 - 1 } : nil
    guard units.count > 1 else { return (nil, within) }
    let size = sizes.reduce(0, +) / Double(units.count)
    return (max(0, variance(means) - (within ?? 0) / size), within)
  }
}
