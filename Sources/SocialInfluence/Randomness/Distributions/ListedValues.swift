/// Each of the listed whole numbers with equal probability; as a degree law, the sequence itself.
struct ListedValues: Distribution {
  let values: [Int]
  private let sorted: [Int]

  init(_ parameters: ParameterValues) throws(InvalidParameter) {
    values = parameters.wholes("values")
    sorted = values.sorted()
    if values.isEmpty { throw InvalidParameter("values", "is empty", remedy: "list at least one whole number") }
  }

  static let description = Description(
    "list", "the listed whole numbers, equally likely; as a degree law, the given sequence (one number per agent)",
    source: "", parameters: [Parameter("values", .wholes(0...Int(UInt32.max) - 1), "the numbers")])

  func value(at u: Double) -> Double { Double(sorted[min(sorted.count - 1, Int(u * Double(sorted.count)))]) }
  func cumulative(_ x: Double) -> Double {
    Double(sorted.count { Double($0) <= x }) / Double(sorted.count)
  }
  var mean: Double { sorted.reduce(0) { $0 + Double($1) } / Double(sorted.count) }
  var listed: [Int]? { values }
}
