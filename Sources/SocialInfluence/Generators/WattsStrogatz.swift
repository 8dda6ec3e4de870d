/// The small world: a ring lattice in which the far end of each tie moves to a random agent with probability
/// `rewiring`.
///
/// Ties are visited as in the paper, nearest distance first and around the ring; a new end is uniform over the agents
/// to which the near end is not yet tied.
///
/// Source: D. J. Watts, S. H. Strogatz (1998), Nature 393:440, doi:10.1038/30918.
package struct WattsStrogatz: NetworkGenerator {
  package let traits: GeneratorTraits
  let reach: Int
  let rewiring: Double

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    reach = try RingLattice.reach(values)
    rewiring = values.number("rewiring")
    traits = GeneratorTraits(
      meanDegree: Double(2 * reach), isIntegerOnly: true, width: .grid, looksForFreePlaces: rewiring > 0,
      fewestAgents: 2 * reach + 1)
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
    for moves in Self.moves(ring, rewiring, workers: demand.workers, at: address) {
      try world.make(moves, at: address)
    }
    return Network(agentCount: count, sorting: world.ties, isDirected: false, workers: demand.workers)
  }
}

extension WattsStrogatz {
  /// Ties of one distance that are to move, with the first agent picked as new end of each.
  fileprivate struct Moves: Sendable {
    let distance: Int
    var agents: [UInt32] = []
    var picks: [UInt32] = []
  }

  /// All moves in the order of the visits. Drawing them is independent; only making them depends on the order.
  fileprivate static func moves(
    _ ring: RingTies, _ rewiring: Double, workers: Int, at address: RandomAddress
  ) -> [Moves] {
    let (count, width) = (ring.agentCount, 1 << 14)
    let pieces = (count + width - 1) / width
    return Parallel.map(ring.reach * pieces, workers: workers, workspace: { WordBatch() }) { words, piece in
      var moves = Moves(distance: piece / pieces)
      let first = piece % pieces * width
      for start in stride(from: first, to: min(count, first + width), by: WordBatch.size) {
        let agents = start..<min(count, start + WordBatch.size)
        words.draw(.network, agents, index: moves.distance << 20, wordsEach: 2, at: address)
        for place in 0..<agents.count where words[0, place].unitInterval < rewiring {
          moves.agents.append(UInt32(truncatingIfNeeded: start + place))
          moves.picks.append(UInt32(truncatingIfNeeded: words[1, place].below(count)))
        }
      }
      return moves
    }
  }
}

/// The ring during rewiring.
private struct World {
  private(set) var ties: RingTies
  private var degrees: [UInt32]
  /// The pairs of ties that have moved; the other ties are recognized by their distance.
  private var moved: PairSet

  private var count: Int { ties.agentCount }
  private var reach: Int { ties.reach }

  init(_ ring: RingTies, rewiring: Double) {
    ties = ring
    degrees = [UInt32](repeating: UInt32(2 * ring.reach), count: ring.agentCount)
    // Twelve standard deviations above the mean of moved ties.
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

  mutating func make(_ moves: WattsStrogatz.Moves, at address: RandomAddress) throws(GenerationFailure) {
    let ahead = 16
    for place in moves.agents.indices {
      if place + ahead < moves.agents.count {
        let (near, new) = (Int(moves.agents[place + ahead]), Int(moves.picks[place + ahead]))
        moved.prefetch(near, new)
        degrees.prefetch(new)
      }
      let near = Int(moves.agents[place])
      guard Int(degrees[near]) < count - 1 else { continue }
      var new = Int(moves.picks[place])
      if new == near || areTied(near, new) {
        var more = address.stream(.network, entity: near, index: (moves.distance << 20) + 1)
        // At least one of N agents is free: 500 N picks miss it with probability e⁻⁵⁰⁰.
        var patience = 500 * count
        repeat {
          guard patience > 0 else { throw GenerationFailure("the picks for a tie that moves do not end") }
          patience -= 1
          new = more.below(count)
        } while new == near || areTied(near, new)
      }
      let tie = moves.distance * count + near
      degrees[Int(ties.targets[tie])] -= 1
      degrees[new] += 1
      _ = moved.insert(near, new)
      ties.targets[tie] = UInt32(truncatingIfNeeded: new)
    }
  }
}
