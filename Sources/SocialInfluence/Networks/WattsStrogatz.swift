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
    let ring = try RingTies(agentCount: count, reach: reach)
    guard rewiring > 0, 2 * reach < count - 1 else {
      return Network(agentCount: count, sorting: ring, isDirected: false, workers: demand.workers)
    }
    var world = World(ring, rewiring: rewiring)
    for distance in 0..<reach {
      for start in stride(from: 0, to: count, by: WordBatch.size) {
        world.rewire(start..<min(count, start + WordBatch.size), distance, rewiring, at: address)
      }
    }
    return Network(agentCount: count, sorting: world.ties, isDirected: false, workers: demand.workers)
  }
}

/// The ring while ties move.
private struct World {
  private(set) var ties: RingTies
  private var degrees: [UInt32]
  /// The pairs of ties that have moved; the others are told by their distance.
  private var moved: PairSet
  private var words = WordBatch()

  private var count: Int { ties.agentCount }
  private var reach: Int { ties.reach }

  init(_ ring: RingTies, rewiring: Double) {
    ties = ring
    degrees = [UInt32](repeating: UInt32(2 * ring.reach), count: ring.agentCount)
    // Twelve standard deviations above the mean.
    let mean = rewiring * Double(ring.tieCount)
    moved = PairSet(capacity: min(ring.tieCount, Int(mean + 12 * mean.squareRoot()) + 64))
  }

  /// Whether two agents are tied now.
  private func areTied(_ a: Int, _ b: Int) -> Bool {
    let forward = b < a ? b + count - a : b - a
    let backward = count - forward
    if forward <= reach && ties.targets[(forward - 1) * count + a] == UInt32(truncatingIfNeeded: b) { return true }
    if backward <= reach && ties.targets[(backward - 1) * count + b] == UInt32(truncatingIfNeeded: a) { return true }
    return moved.contains(a, b)
  }

  /// Visits the ties of a batch of agents at one distance.
  mutating func rewire(_ agents: Range<Int>, _ distance: Int, _ rewiring: Double, at address: RandomAddress) {
    words.draw(.network, agents, index: distance << 20, wordsEach: 2, at: address)
    for near in agents where words[0, near - agents.lowerBound].unitInterval < rewiring {
      moved.prefetch(near, words[1, near - agents.lowerBound].below(count))
    }
    for near in agents {
      let place = near - agents.lowerBound
      guard words[0, place].unitInterval < rewiring, Int(degrees[near]) < count - 1 else { continue }
      var new = words[1, place].below(count)
      if new == near || areTied(near, new) {
        var more = words.rest(of: near)
        repeat { new = more.below(count) } while new == near || areTied(near, new)
      }
      let tie = distance * count + near
      degrees[Int(ties.targets[tie])] -= 1
      degrees[new] += 1
      _ = moved.insert(near, new)
      ties.targets[tie] = UInt32(truncatingIfNeeded: new)
    }
  }
}
