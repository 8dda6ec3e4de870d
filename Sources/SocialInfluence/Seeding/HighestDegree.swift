/// The agents with most out-ties, most first.
package struct HighestDegree: SeedingStrategy {
  let byId: Bool

  package init(_ values: ParameterValues) { byId = values.text("equals") == "byId" }

  package static let description = Description(
    "highest-degree", "the agents with most out-ties, most first", source: "Kempe et al. 2003",
    parameters: [equalsParameter])

  static let equalsParameter = Parameter(
    "equals", .choice(["random", "byId"]), standard: .text("random"), "the order of agents with equally many ties")

  package func pool(_ context: SeedingContext) -> SeedPool { .ranked(Self.ranking(context, byId: byId)) }

  static func ranking(_ context: SeedingContext, byId: Bool) -> [UInt32] {
    let degrees = (0..<context.network.agentCount).map { Double(context.network.outDegree($0)) }
    return Ranking.descending(degrees, at: context.address, byId: byId)
  }
}
