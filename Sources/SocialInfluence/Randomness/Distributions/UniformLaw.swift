/// The uniform law between two ends.
package struct UniformLaw: Distribution {
  let from: Double
  let to: Double

  /// The uniform law on (0, 1).
  static let unit = UniformLaw(from: 0, to: 1)

  private init(from: Double, to: Double) { (self.from, self.to) = (from, to) }

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    (from, to) = (values.number("from"), values.number("to"))
    guard from < to else { throw InvalidParameter("to", "does not lie above `from`", remedy: "write from < to") }
  }

  package static let description = Description(
    "uniform", "equal density between `from` and `to`", source: "",
    parameters: [
      Parameter("from", .number(.any), standard: .number(0), "lower end"),
      Parameter("to", .number(.any), standard: .number(1), "upper end"),
    ])

  package func value(at u: Double) -> Double { from + u * (to - from) }
  package func cumulative(_ x: Double) -> Double { min(1, max(0, (x - from) / (to - from))) }
  package var mean: Double { (from + to) / 2 }
}
