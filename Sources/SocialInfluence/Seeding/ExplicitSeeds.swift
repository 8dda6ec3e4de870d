/// The agents named in the scenario, or those that the agents file marks in its column `seed`.
package struct ExplicitSeeds: SeedingStrategy {
  /// Ids as written; empty: the agents marked in the agents file.
  package let agents: [String]

  package init(_ values: ParameterValues) { agents = values.texts("agents") }

  package static let description = Description(
    "explicit", "named agents in the order given", source: "",
    parameters: [
      Parameter.optional(
        "agents", .texts,
        "ids of the network file, or numbers from 0; absent: the agents marked in the agents file's column `seed`")
    ])

  package var isFixed: Bool { true }

  package var aim: SeedingAim { .named(agents) }
  package var takesSelection: Bool { false }

  package func pool(_ context: SeedingContext) -> SeedPool { .ranked(context.named) }
}
