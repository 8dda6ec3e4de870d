/// Separate cliques of equal size: personal networks without ties between them.
///
/// Group i holds the agents i · size ..< (i + 1) · size. N must be a multiple of the size.
///
/// Source: the market of J. Goldenberg, B. Libai, E. Muller (2001), Marketing Letters 12:211,
/// doi:10.1023/A:1011122126881.
struct DisjointCliques: NetworkGenerator {
  let traits: GeneratorTraits
  let size: Int

  init(_ values: ParameterValues) {
    size = values.whole("size")
    traits = GeneratorTraits(
      isRandom: false, meanDegree: Double(size - 1), cliqueSize: size, isIntegerOnly: true, agentMultiple: size)
  }

  static let description = Description(
    "disjoint-cliques", "separate groups of `size` agents, everybody tied to everybody within",
    source: "Goldenberg, Libai & Muller 2001, doi:10.1023/A:1011122126881",
    parameters: [Parameter("size", .whole(2...100_000), unit: "agents", "agents of each group; N is a multiple of it")])

  func network(_ demand: NetworkDemand, at address: RandomAddress) throws(GenerationFailure) -> Network {
    guard demand.agentCount % size == 0 else {
      throw GenerationFailure("\(demand.agentCount) agents do not split into groups of \(size)")
    }
    var targets = [UInt32]()
    targets.reserveCapacity(demand.agentCount * (size - 1))
    var offsets: [UInt32] = [0]
    offsets.reserveCapacity(demand.agentCount + 1)
    for agent in 0..<demand.agentCount {
      let first = agent / size * size
      for other in first..<first + size where other != agent { targets.append(UInt32(other)) }
      offsets.append(UInt32(targets.count))
    }
    return Network(offsets: offsets, targets: targets, weights: nil, isDirected: false)
  }
}
