/// Random agents.
package struct RandomSeeds: SeedingStrategy {
  package init(_ values: ParameterValues) {}

  package static let description = Description("random", "random agents", source: "", parameters: [])

  package var aim: SeedingAim { .everyone }

  package func pool(_ context: SeedingContext) -> SeedPool { .everyone }
}
