/// The agents with the fewest out-ties, fewest first, equal ones as under `highest-degree`, of which this is the
/// control.
struct LowestDegree: SeedingStrategy {
  let byId: Bool

  init(_ values: ParameterValues) { byId = values.text("equals") == "byId" }

  static let description = Description(
    "lowest-degree", "the agents with fewest out-ties, fewest first",
    source: "Hinz et al. 2011, doi:10.1509/jm.10.0088",
    parameters: [HighestDegree.equalsParameter])

  var isFixed: Bool { true }

  func pool(_ context: SeedingContext) -> SeedPool {
    .ranked(context.ranking(context.outTies.map { -$0 }, series: 0, byId: byId))
  }
}
