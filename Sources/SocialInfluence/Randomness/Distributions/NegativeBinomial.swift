/// Negative binomial counts from 0, by mean and coefficient of variation; geometric where cv² = 1 + 1/mean.
package struct NegativeBinomial: Distribution {
  package let mean: Double
  private let success: Double
  private let size: Double

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    mean = values.number("mean")
    let cv = values.number("cv")
    let variance = cv * cv * mean * mean
    guard variance > mean * (1 + 1e-9) else {
      throw InvalidParameter(
        "cv", "is too small for a negative binomial law with this mean",
        remedy: "write a cv above 1/√mean, or use `poisson`")
    }
    success = mean / variance
    size = mean * mean / (variance - mean)
  }

  package static let description = Description(
    "negative-binomial", "negative binomial counts from 0; geometric where cv² = 1 + 1/mean", source: "",
    parameters: [
      Parameter("mean", .number(.scale), "mean"),
      Parameter("cv", .number(.variation), "coefficient of variation: standard deviation ÷ mean, above 1/√mean"),
    ])

  package var effort: Double { mean > 200 ? 40_000 : 2000 }
  package func value(at u: Double) -> Double {
    Double(Quantile.negativeBinomial(u, probability: success, size: size))
  }
  package func cumulative(_ x: Double) -> Double {
    Quantile.negativeBinomialCumulative(Int(x.rounded(.down)), probability: success, size: size)
  }
}
