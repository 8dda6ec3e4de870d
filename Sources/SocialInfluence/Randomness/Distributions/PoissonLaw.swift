/// Poisson counts.
struct PoissonLaw: Distribution {
  package let mean: Double

  init(_ values: ParameterValues) { mean = values.number("mean") }

  package static let description = Description(
    "poisson", "Poisson counts", source: "",
    parameters: [Parameter("mean", .number(ValueRange(0, 1e9)), "mean")])

  package var effort: Double { 2000 }
  package func value(at u: Double) -> Double { Double(Quantile.poisson(u, mean: mean)) }
  package func cumulative(_ x: Double) -> Double { Quantile.poissonCumulative(Int(x.rounded(.down)), mean: mean) }
}
