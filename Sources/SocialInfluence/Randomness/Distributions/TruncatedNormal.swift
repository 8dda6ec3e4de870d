/// A normal law truncated to (from, to].
struct TruncatedNormal: Distribution {
  let center: Double
  let deviation: Double
  let from: Double
  let to: Double
  private let below: Double
  private let width: Double

  init(mean: Double, sd: Double, from: Double = 0, to: Double = 1) throws(InvalidParameter) {
    (center, deviation, self.from, self.to) = (mean, sd, from, to)
    below = Quantile.normalCumulative((from - mean) / sd)
    width = Quantile.normalCumulative((to - mean) / sd) - below
    guard from < to else { throw InvalidParameter("to", "does not lie above `from`", remedy: "write from < to") }
    guard width > 1e-9 else {
      throw InvalidParameter(
        "mean", "leaves nothing of the normal law between `from` and `to`", remedy: "move the mean")
    }
  }

  init(_ values: ParameterValues) throws(InvalidParameter) {
    try self.init(
      mean: values.number("mean"), sd: values.number("sd"), from: values.number("from"), to: values.number("to"))
  }

  static let description = Description(
    "normal", "a normal law cut to (from, to]", source: "",
    parameters: [
      Parameter("mean", .number(.any), "mean of the normal law before it is cut"),
      Parameter("sd", .number(.positive), "standard deviation before it is cut"),
      Parameter("from", .number(.any), standard: .number(0), "lower end, excluded"),
      Parameter("to", .number(.any), standard: .number(1), "upper end, included"),
    ])

  func value(at u: Double) -> Double {
    min(to, max(from, center + deviation * Quantile.normal(below + u * width)))
  }
  func cumulative(_ x: Double) -> Double {
    x <= from ? 0 : x >= to ? 1 : (Quantile.normalCumulative((x - center) / deviation) - below) / width
  }
  var mean: Double {
    func density(_ x: Double) -> Double { exponential(-x * x / 2) * 0.3989422804014327 }
    let (a, b) = ((from - center) / deviation, (to - center) / deviation)
    return center + deviation * (density(a) - density(b)) / width
  }
}
