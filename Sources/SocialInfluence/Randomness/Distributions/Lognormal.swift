/// The lognormal law, by mean and coefficient of variation.
struct Lognormal: Distribution {
  let logMean: Double
  let logDeviation: Double
  let mean: Double

  init(_ values: ParameterValues) {
    let cv = values.number("cv")
    mean = values.number("mean")
    let variance = naturalLogarithm(1 + cv * cv)
    logDeviation = variance.squareRoot()
    logMean = naturalLogarithm(mean) - variance / 2
  }

  static let description = Description(
    "lognormal", "the exponential of a normal law; rounded to whole ties as a degree law", source: "",
    parameters: [
      Parameter("mean", .number(.scale), standard: .number(1), "mean"),
      Parameter("cv", .number(.variation), "coefficient of variation: standard deviation ÷ mean"),
    ])

  func value(at u: Double) -> Double { exponential(logMean + logDeviation * Quantile.normal(u)) }
  func cumulative(_ x: Double) -> Double {
    x <= 0 ? 0 : Quantile.normalCumulative((naturalLogarithm(x) - logMean) / logDeviation)
  }
  var isRoundedToDegrees: Bool { true }
}
