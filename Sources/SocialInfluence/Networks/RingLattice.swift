/// A ring on which everyone is tied to the z / 2 nearest on each side.
package struct RingLattice: NetworkGenerator {
  package let traits: GeneratorTraits
  let reach: Int

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    reach = try Self.reach(values)
    traits = GeneratorTraits(isRandom: false, meanDegree: Double(2 * reach))
  }

  package static let description = Description(
    "ring-lattice", "a ring with ties to the z / 2 nearest on each side", source: "Watts & Strogatz 1998",
    parameters: [.evenMeanDegree])

  package func network(_ demand: NetworkDemand, at address: RandomAddress) throws(GenerationFailure) -> Network {
    let ties = try Self.ties(agentCount: demand.agentCount, reach: reach)
    return Network(agentCount: demand.agentCount, ties: ties, isDirected: false, workers: demand.workers)
  }

  static func reach(_ values: ParameterValues) throws(InvalidParameter) -> Int {
    let degree = values.whole("meanDegree")
    guard degree % 2 == 0 else {
      throw InvalidParameter("meanDegree", "\(degree) is odd", remedy: "write an even number: half of it on each side")
    }
    return degree / 2
  }

  /// Nearest ties first, all agents, then the next distance.
  static func ties(agentCount: Int, reach: Int) throws(GenerationFailure) -> TieList {
    guard 2 * reach < agentCount || agentCount == 0 else {
      throw GenerationFailure("a ring of \(agentCount) agents has no room for \(2 * reach) neighbors each")
    }
    var ties = TieList()
    ties.reserveCapacity(agentCount * reach)
    for distance in stride(from: 1, through: reach, by: 1) {
      for agent in 0..<agentCount { ties.append(agent, (agent + distance) % agentCount) }
    }
    return ties
  }
}
