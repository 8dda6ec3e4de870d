/// Seeds drawn uniformly from all agents.
struct RandomSeeds: SeedingStrategy {
  init(_ values: ParameterValues) {}

  static let description = Description("random", "random agents", source: "", parameters: [])

  var aim: SeedingAim { .everyone }

  func pool(_ context: SeedingContext) -> SeedPool { .everyone }
}
