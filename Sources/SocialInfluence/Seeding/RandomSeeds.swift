/// Random agents.
struct RandomSeeds: SeedingStrategy {
  init(_ values: ParameterValues) {}

  package static let description = Description("random", "random agents", source: "", parameters: [])

  package var aim: SeedingAim { .everyone }

  package func pool(_ context: SeedingContext) -> SeedPool { .everyone }
}
