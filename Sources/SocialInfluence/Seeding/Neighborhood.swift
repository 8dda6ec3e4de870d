/// A random agent and its listeners, then another such group: seeds side by side, as complex contagion needs them.
///
/// Source: D. Centola, M. Macy (2007), Am. J. Sociology 113:702, doi:10.1086/521848.
struct Neighborhood: SeedingStrategy {
  init(_ values: ParameterValues) {}

  static let description = Description(
    "neighborhood", "a random agent, then those to whom it speaks by id, then the next such group",
    source: "Centola & Macy 2007, doi:10.1086/521848", parameters: [])

  var takesSelection: Bool { false }

  func pool(_ context: SeedingContext) -> SeedPool {
    let (network, idRanks) = (context.network, context.idRanks())
    return .picked(count: network.agentCount) { words in
      let center = words.next().below(network.agentCount)
      var others = Array(network.targets[network.voices(of: center)])
      if !idRanks.isEmpty { others.sort { idRanks[Int($0)] < idRanks[Int($1)] } }
      return [UInt32(center)] + others
    }
  }
}
