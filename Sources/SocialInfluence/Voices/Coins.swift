package enum CoinForm: String, Sendable {
  /// Each agent's need is drawn beforehand.
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
  /// Skips at p*, from a table that a cascade looks up once.
  var skips: GeometricSampler { GeometricSampler(hazard: width) }

  init(_ form: CoinForm, ceiling: Double) {
    (self.form, self.ceiling) = (form, ceiling)
    width = hazard(ofProbability: ceiling)
  }

  /// - Parameter standard: p* unless the scenario gives one.
  init(_ values: ParameterValues, standard: Double) {
    self.init(
      values.optionalText("coins") == "ties" ? .ties : .needs, ceiling: values.optionalNumber("ceiling") ?? standard)
  }

  /// The default p*: the largest of `probabilities` strictly between 0 and 1, ½ without any. One p* for all points and
  /// arms keeps the candidates the same.
  package static func ceiling(for probabilities: [Double]) -> Double {
    probabilities.filter { $0 > 0 && $0 < 1 }.max() ?? 0.5
  }
}
