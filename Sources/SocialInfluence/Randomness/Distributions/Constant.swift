/// Always the same value.
package struct Constant: Distribution {
  package let value: Double

  package init(value: Double) { self.value = value }
  package init(_ values: ParameterValues) { value = values.number("mean") }

  package static let description = Description(
    "constant", "the same value for everyone", source: "",
    parameters: [Parameter("mean", .number(.any), "the value")])

  package func value(at u: Double) -> Double { value }
  package func cumulative(_ x: Double) -> Double { x >= value ? 1 : 0 }
  package var mean: Double { value }
  package var constant: Double? { value }
}
