/// The exponential law, by mean.
struct ExponentialLaw: Distribution {
  let mean: Double

  init(_ values: ParameterValues) { mean = values.number("mean") }

  static let description = Description(
    "exponential", "the exponential law", source: "",
    parameters: [Parameter("mean", .number(.scale), standard: .number(1), "mean")])

  func value(at u: Double) -> Double { -mean * naturalLogarithm(1 - u) }
  func cumulative(_ x: Double) -> Double { x <= 0 ? 0 : probability(ofHazard: x / mean) }
}
