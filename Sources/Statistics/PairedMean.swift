internal import CGSL

/// The mean of paired differences of few units, or of units that all differ alike.
///
/// Resampled means never leave the range of the sample: of two units, half of the percentile intervals of a true 95 %
/// would miss. Student's t does not have that limit.
/// Sources: Student (1908), Biometrika 6:1, doi:10.1093/biomet/6.1.1; T. C. Hesterberg (2015), The American Statistician
/// 69:371, doi:10.1080/00031305.2015.1089789, on the bootstrap of small samples.
package struct PairedMean {
  package let interval: Interval
  /// Two-sided, of "the mean is 0".
  package let pValue: Double
  /// The smallest effect found with 80 % power.
  package let smallestDetectable: Double

  /// Below so many units the percentile bootstrap falls short of its confidence.
  package static let fewUnits = 30

  /// Whether all differences are the same.
  package static func areAlike(_ differences: [Double]) -> Bool { Sample.variance(differences) <= 1e-24 }

  /// - Parameters:
  ///   - differences: at least two, each within ± `most`.
  ///   - most: 1 for differences of shares, 2 for differences of these.
  package init(_ differences: [Double], most: Double, confidence: Double) {
    let (mean, count) = (Sample.mean(differences), Double(differences.count))
    let freedom = count - 1
    guard !Self.areAlike(differences) else {
      // Other differences have a chance of at most q = 1 − α^(1/n), and may lie anywhere within ± most.
      let elsewhere = -gsl_expm1(gsl_log1p(-confidence) / count)
      interval = Interval(
        max(-most, mean * (1 - elsewhere) - most * elsewhere), min(most, mean * (1 - elsewhere) + most * elsewhere))
      // The α at which the interval ends at 0.
      pValue = gsl_pow_int(most / (most + abs(mean)), Int32(clamping: differences.count))
      let error = most * elsewhere / Normal.critical(confidence)
      smallestDetectable = (Normal.critical(confidence) + Normal.quantile(0.8)) * error
      return
    }
    let error = (Sample.variance(differences) / count).squareRoot()
    let critical = gsl_cdf_tdist_Pinv(0.5 + confidence / 2, freedom)
    interval = Interval(max(-most, mean - critical * error), min(most, mean + critical * error))
    pValue = 2 * gsl_cdf_tdist_Q(abs(mean) / error, freedom)
    smallestDetectable = (critical + gsl_cdf_tdist_Pinv(0.8, freedom)) * error
  }
}
