/// Erdős–Rényi G(n, p): every pair is tied with p = z / (N − 1), independently. O(N + m) by geometric skips.
///
/// Sources: E. N. Gilbert (1959), Ann. Math. Stat. 30:1141, doi:10.1214/aoms/1177706098; skips as by V. Batagelj,
/// U. Brandes (2005), Phys. Rev. E 71:036113, doi:10.1103/PhysRevE.71.036113, here one addressed row per agent.
package struct GnpNetwork: NetworkGenerator {
  package let traits: GeneratorTraits

  package init(_ values: ParameterValues) {
    let z = values.number("meanDegree")
    traits = GeneratorTraits(
      meanDegree: z, degreeLaw: .undirected(PoissonLaw(ParameterValues(["mean": .number(z)]))))
  }

  package static let description = Description(
    "gnp", "Erdős–Rényi: every pair tied with probability z / (N − 1)",
    source: "Gilbert 1959, doi:10.1214/aoms/1177706098", parameters: [.meanDegree])

  package func network(_ demand: NetworkDemand, at address: RandomAddress) throws(GenerationFailure) -> Network {
    let count = demand.agentCount
    let chance = count > 1 ? demand.meanDegree / Double(count - 1) : 0
    guard chance <= 1 else { throw GenerationFailure("a mean degree of \(demand.meanDegree) exceeds N − 1") }
    guard chance > 0 else { return Network(agentCount: count, ties: TieList(), isDirected: false) }
    let ties = TieRows.collect(
      agentCount: count, meanRow: demand.meanDegree / 2, workers: demand.workers,
      workspace: { Skips(among: count, chance: chance, at: address) }
    ) { skips, agents, rows in
      for start in stride(from: agents.lowerBound, to: agents.upperBound, by: WordBatch.size) {
        let batch = start..<min(agents.upperBound, start + WordBatch.size)
        skips.collect(&rows, batch)
      }
    }
    return Network(agentCount: count, sorting: OrderedTies(rows: ties), isDirected: false, workers: demand.workers)
  }

  /// Ties of agents to agents of greater id, by skips; those that most agents need are drawn in batches.
  private struct Skips {
    let count: Int
    let chance: Double
    /// Mean skip.
    let spacing: Double
    let address: RandomAddress
    var batch = WordBatch()
    var skips: [UInt32] = []
    var found = Found()

    init(among count: Int, chance: Double, at address: RandomAddress) {
      (self.count, self.chance, self.address) = (count, chance, address)
      spacing = 1 / hazard(ofProbability: chance)
    }

    mutating func collect(_ rows: inout TieRows, _ agents: Range<Int>) {
      let mean = Double(count - 1 - agents.lowerBound) * chance
      batch.draw(.network, agents, wordsEach: min(32, Int(mean + 2 * mean.squareRoot()) + 2), at: address)
      let drawn = batch.wordsEach * WordBatch.size
      if skips.count < drawn { skips = [UInt32](repeating: 0, count: drawn) }
      UInt64.fill(&skips, batch.words, count: drawn, spacing: spacing)
      let start = rows.targets.count
      found.count = 0
      for agent in agents {
        found.makeRoom(for: batch.wordsEach, atOnce: drawn)
        var other = found.leap(skips, agent - agents.lowerBound..<drawn, from: agent, to: count)
        if other < count {
          var more = batch.rest(of: agent)
          other += 1 + more.next().failures(spacing: spacing)
          while other < count {
            found.makeRoom(for: 1, atOnce: drawn)
            found.append(other)
            other += 1 + more.next().failures(spacing: spacing)
          }
        }
        rows.ends.append(UInt32(truncatingIfNeeded: start + found.count))
      }
      rows.targets.append(contentsOf: found.agents[..<found.count])
    }
  }

  /// The agents to which skips lead.
  private struct Found {
    /// Entries beyond `count` are void.
    private(set) var agents: [UInt32] = []
    var count = 0

    @inline(__always)
    mutating func makeRoom(for more: Int, atOnce: Int) {
      if agents.count < count + more { agents += [UInt32](repeating: 0, count: atOnce) }
    }

    @inline(__always)
    mutating func append(_ agent: Int) {
      agents[count] = UInt32(truncatingIfNeeded: agent)
      count += 1
    }

    /// Follows the skips at `places`, one in `WordBatch.size`, up to agent `end`. Where a row ends is unpredictable, so
    /// every skip is followed without a branch, and counted only if it leads to an agent.
    ///
    /// - Returns: where the last skip led.
    @inline(__always)
    mutating func leap(_ skips: [UInt32], _ places: Range<Int>, from agent: Int, to end: Int) -> Int {
      let skips = skips.span
      var (other, place, free) = (agent, places.lowerBound, count)
      var agents = agents.mutableSpan
      while place < places.upperBound {
        other &+= 1 &+ Int(skips[unchecked: place])
        agents[unchecked: free] = UInt32(truncatingIfNeeded: other)
        free &+= oneIf(other, isBelow: end)
        place &+= WordBatch.size
      }
      count = free
      return other
    }
  }
}
