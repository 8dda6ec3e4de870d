/// The agents on the most shortest paths, most first; equal ones in random order, the same in every draw on a network.
///
/// Source: L. C. Freeman (1977), Sociometry 40:35, doi:10.2307/3033543. O(agents · ties): for networks of thousands.
struct HighestBetweenness: SeedingStrategy {
  init(_ values: ParameterValues) {}

  static let description = Description(
    "highest-betweenness", "the agents through whom most shortest paths run; for networks of thousands of agents",
    source: "Freeman 1977, doi:10.2307/3033543", parameters: [])

  var isFixed: Bool { true }

  var walksAllPaths: Bool { true }

  func pool(_ context: SeedingContext) -> SeedPool {
    .ranked(context.ranking(Betweenness.of(context.network), series: 16))
  }
}
