/// Random agents of the top fraction by out-ties: the influentials of Watts and Dodds.
///
/// Source: D. J. Watts, P. S. Dodds (2007), J. Consumer Research 34:441, doi:10.1086/518527 (top tenth).
struct TopFraction: SeedingStrategy {
  let fraction: Double
  let byId: Bool

  init(_ values: ParameterValues) {
    fraction = values.number("fraction")
    byId = values.text("equals") == "byId"
  }

  static let description = Description(
    "top-fraction", "random ones of the top fraction by out-ties", source: "Watts & Dodds 2007, doi:10.1086/518527",
    parameters: [
      Parameter(
        "fraction", .number(ValueRange(0, 1, includesLower: false)), standard: .number(0.1),
        "share of agents that are eligible: the ⌊qN⌋ with most out-ties"),
      HighestDegree.equalsParameter,
    ])

  var seedsTheFew: Bool { true }

  var aim: SeedingAim { .top(fraction: fraction) }

  func pool(_ context: SeedingContext) -> SeedPool {
    let count = Ranking.topCount(fraction, of: context.network.agentCount)
    return .anyOf(HighestDegree.ranking(context, byId: byId).prefix(count).sorted())
  }
}
