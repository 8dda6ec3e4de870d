/// Poisson counts, by mean.
struct PoissonLaw: Distribution {
  let mean: Double

  init(_ values: ParameterValues) { mean = values.number("mean") }

  static let description = Description(
    "poisson", "Poisson counts", source: "",
    parameters: [Parameter("mean", .number(ValueRange(0, 1e9)), "mean")])

  // Beyond a mean of 200 GSL sums the distribution function at every look.
  var effort: Double { mean > 200 ? 20_000 : 2000 }
  // Uniform numbers as small as 2⁻⁵³ lie within nine standard deviations.
  var ends: ClosedRange<Double>? { mean > 200 ? 1...2 * mean : nil }
  func value(at u: Double) -> Double { Double(Quantile.poisson(u, mean: mean)) }
  func cumulative(_ x: Double) -> Double { Quantile.poissonCumulative(Int(x.rounded(.down)), mean: mean) }
}
