/// The beta law on (0, 1), by mean and concentration.
struct BetaLaw: Distribution {
  let alpha: Double
  let beta: Double

  init(_ values: ParameterValues) {
    let (mean, concentration) = (values.number("mean"), values.number("concentration"))
    (alpha, beta) = (mean * concentration, (1 - mean) * concentration)
  }

  static let description = Description(
    "beta", "the beta law on (0, 1)", source: "",
    parameters: [
      Parameter("mean", .number(ValueRange(1e-6, 1 - 1e-6)), "mean"),
      Parameter("concentration", .number(ValueRange(1e-3, 1e6)), "α + β: the larger, the closer to the mean"),
    ])

  func value(at u: Double) -> Double { Quantile.beta(u, alpha, beta) }
  func cumulative(_ x: Double) -> Double { Quantile.betaCumulative(x, alpha, beta) }
  var mean: Double { alpha / (alpha + beta) }
  // Where both shapes are 1 or more, no value is rounded to 0.
  var ends: ClosedRange<Double>? { min(alpha, beta) >= 1 && effort > 500 ? .leastNonzeroMagnitude...1 : nil }
  // GSL's inverse is slow for laws concentrated at the ends, or in one place.
  var effort: Double {
    max(alpha, beta) > 1e4 ? 60_000 : min(alpha, beta) < 0.1 || max(alpha, beta) > 100 ? 15_000 : 500
  }
}
