/// The gamma law, by mean and coefficient of variation.
struct GammaLaw: Distribution {
  let shape: Double
  let scale: Double

  init(mean: Double, cv: Double) {
    shape = 1 / (cv * cv)
    scale = mean * cv * cv
  }
  init(_ values: ParameterValues) { self.init(mean: values.number("mean"), cv: values.number("cv")) }

  static let description = Description(
    "gamma", "the gamma law", source: "",
    parameters: [
      Parameter("mean", .number(.scale), standard: .number(1), "mean"),
      Parameter("cv", .number(.variation), "coefficient of variation: standard deviation ÷ mean"),
    ])

  var effort: Double { 2000 }
  func value(at u: Double) -> Double { Quantile.gamma(u, shape: shape, scale: scale) }
  func values(atScores scores: [Double]) -> [Double] {
    guard scores.count >= GammaTable.worthwhile, shape <= GammaTable.largestShape else {
      return scores.map { value(at: Quantile.normalCumulative($0)) }
    }
    let table = GammaTable.of(shape: shape)
    return scores.map { score in
      table.value(atScore: score).map { $0 * scale } ?? value(at: Quantile.normalCumulative(score))
    }
  }
  func cumulative(_ x: Double) -> Double { Quantile.gammaCumulative(x, shape: shape, scale: scale) }
  var mean: Double { shape * scale }
}
