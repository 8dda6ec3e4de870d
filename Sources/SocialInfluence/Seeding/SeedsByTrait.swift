/// The agents with the highest value of a trait, highest first; equal ones in random order, the same in every draw on a
/// network.
struct SeedsByTrait: SeedingStrategy {
  let trait: Trait

  init(_ values: ParameterValues) {
    let name = values.text("trait")
    trait = Trait.allCases.first { $0.name == name } ?? .connectivity
  }

  static let description = Description(
    "by-trait", "the agents with the highest value of a trait, highest first", source: "",
    parameters: [Parameter("trait", .choice(Trait.allCases.map(\.name)), "the trait, gains included")])

  var isFixed: Bool { true }

  func pool(_ context: SeedingContext) -> SeedPool {
    let values = context.trait(trait)
    let scores = values.isEmpty ? [Double](repeating: 1, count: context.network.agentCount) : values
    return .ranked(context.ranking(scores, series: 8 + trait.rawValue))
  }
}
