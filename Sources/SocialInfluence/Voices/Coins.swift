package enum CoinForm: String, Sendable {
  /// Each agent draws one need beforehand.
  case needs
  /// Successes are sampled along ties by geometric skips.
  case ties
}

/// How a rule represents randomness.
package struct Coins: Sendable {
  package let form: CoinForm
  /// p*: the probability at which candidates are sampled in the form `ties`.
  package let ceiling: Double
  /// H = −ln(1 − p*).
  let width: Double
  /// Skips at p*.
  let skips: GeometricSampler

  init(_ form: CoinForm, ceiling: Double) {
    (self.form, self.ceiling) = (form, ceiling)
    width = hazard(ofProbability: ceiling)
    skips = GeometricSampler(hazard: width)
  }

  /// - Parameter standard: p* where nothing is written.
  init(_ values: ParameterValues, standard: Double) {
    self.init(
      values.optionalText("coins") == "ties" ? .ties : .needs, ceiling: values.optionalNumber("ceiling") ?? standard)
  }

  /// p* where the scenario is silent: the largest of its probabilities below 1, the same for all points and arms, so that
  /// candidates are the same everywhere.
  package static func ceiling(for probabilities: [Double]) -> Double {
    probabilities.filter { $0 > 0 && $0 < 1 }.max() ?? 0.5
  }
}
