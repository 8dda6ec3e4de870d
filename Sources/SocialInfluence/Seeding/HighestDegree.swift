/// The agents with the most out-ties, most first; equal ones in random order, the same in every draw on a network, or
/// by id (`equals: byId`).
struct HighestDegree: SeedingStrategy {
  let byId: Bool

  init(_ values: ParameterValues) { byId = values.text("equals") == "byId" }

  static let description = Description(
    "highest-degree", "the agents with most out-ties, most first", source: "Kempe et al. 2003",
    parameters: [equalsParameter])

  static let equalsParameter = Parameter(
    "equals", .choice(["random", "byId"]), standard: .text("random"), "the order of agents with equally many ties")

  var isFixed: Bool { true }

  func pool(_ context: SeedingContext) -> SeedPool { .ranked(Self.ranking(context, byId: byId)) }

  static func ranking(_ context: SeedingContext, byId: Bool) -> [UInt32] {
    context.ranking(context.outTies, series: 0, byId: byId)
  }
}
