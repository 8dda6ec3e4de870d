/// The small world: a ring lattice in which the far end of each tie moves to a random agent with probability `rewiring`.
///
/// Ties are visited as in the paper, nearest distance first and around the ring; a new end is uniform over the agents to
/// whom the near end is not tied yet.
///
/// Source: D. J. Watts, S. H. Strogatz (1998), Nature 393:440, doi:10.1038/30918.
package struct WattsStrogatz: NetworkGenerator {
  package let traits: GeneratorTraits
  let reach: Int
  let rewiring: Double

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    reach = try RingLattice.reach(values)
    rewiring = values.number("rewiring")
    traits = GeneratorTraits(meanDegree: Double(2 * reach))
  }

  package static let description = Description(
    "watts-strogatz", "a ring lattice with a share of its ties rewired at one end",
    source: "Watts & Strogatz 1998, doi:10.1038/30918",
    parameters: [
      .evenMeanDegree,
      Parameter("rewiring", .number(.probability), "probability that a tie's far end moves to a random agent"),
    ])

  package func network(_ demand: NetworkDemand, at address: RandomAddress) throws(GenerationFailure) -> Network {
    let count = demand.agentCount
    var ties = try RingLattice.ties(agentCount: count, reach: reach)
    guard rewiring > 0, 2 * reach < count - 1 else { return Network(agentCount: count, ties: ties, isDirected: false) }
    var known = PairSet(capacity: 2 * ties.count)
    var degrees = [Int](repeating: 2 * reach, count: count)
    for place in 0..<ties.count { _ = known.insert(Int(ties.sources[place]), Int(ties.targets[place])) }
    for place in 0..<ties.count {
      let near = Int(ties.sources[place])
      let distance = place / count
      var words = address.stream(.network, entity: near, index: distance << 20)
      guard words.bernoulli(rewiring), degrees[near] < count - 1 else { continue }
      let far = Int(ties.targets[place])
      var new = words.below(count)
      while new == near || known.contains(near, new) { new = words.below(count) }
      known.remove(near, far)
      _ = known.insert(near, new)
      ties.targets[place] = UInt32(new)
      degrees[far] -= 1
      degrees[new] += 1
    }
    return Network(agentCount: count, ties: ties, isDirected: false)
  }
}
