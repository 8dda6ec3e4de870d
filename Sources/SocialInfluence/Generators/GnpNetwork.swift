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
    let spacing = 1 / hazard(ofProbability: chance)
    let ties = TieRows.collect(
      agentCount: count, meanRow: demand.meanDegree / 2, workers: demand.workers, workspace: { Skips() }
    ) { skips, agents, rows in
      for start in stride(from: agents.lowerBound, to: agents.upperBound, by: WordBatch.size) {
        let batch = start..<min(agents.upperBound, start + WordBatch.size)
        skips.collect(&rows, batch, among: count, chance: chance, spacing: spacing, at: address)
      }
    }
    return Network(agentCount: count, sorting: OrderedTies(rows: ties), isDirected: false, workers: demand.workers)
  }

  /// Ties of agents to agents of greater id, by skips; those that most agents need are drawn in batches.
  private struct Skips {
    var batch = WordBatch()
    var skips: [UInt32] = []
    var others: [UInt32] = []

    mutating func collect(
      _ rows: inout TieRows, _ agents: Range<Int>, among count: Int, chance: Double, spacing: Double,
      at address: RandomAddress
    ) {
      let mean = Double(count - 1 - agents.lowerBound) * chance
      batch.draw(.network, agents, wordsEach: min(32, Int(mean + 2 * mean.squareRoot()) + 2), at: address)
      let drawn = batch.wordsEach * WordBatch.size
      if skips.count < drawn { skips = [UInt32](repeating: 0, count: drawn) }
      UInt64.fill(&skips, batch.words, count: drawn, spacing: spacing)
      let start = rows.targets.count
      var found = 0
      for agent in agents {
        if others.count < found + batch.wordsEach { others += [UInt32](repeating: 0, count: drawn) }
        var other = Self.leap(skips, agent - agents.lowerBound..<drawn, from: agent, to: count, &others, &found)
        if other < count {
          var more = batch.rest(of: agent)
          other += 1 + more.next().failures(spacing: spacing)
          while other < count {
            if found == others.count { others += [UInt32](repeating: 0, count: drawn) }
            others[found] = UInt32(truncatingIfNeeded: other)
            found += 1
            other += 1 + more.next().failures(spacing: spacing)
          }
        }
        rows.ends.append(UInt32(truncatingIfNeeded: start + found))
      }
      rows.targets.append(contentsOf: others[..<found])
    }

    /// Follows the skips at `places`, one in `WordBatch.size`. Where a row ends is unpredictable, so every skip is
    /// followed without a branch, and counted only if it leads to an agent.
    ///
    /// - Returns: where the last skip led.
    @inline(__always)
    private static func leap(
      _ skips: [UInt32], _ places: Range<Int>, from agent: Int, to count: Int, _ others: inout [UInt32],
      _ found: inout Int
    ) -> Int {
      let skips = skips.span
      var others = others.mutableSpan
      var (other, place) = (agent, places.lowerBound)
      while place < places.upperBound {
        other &+= 1 &+ Int(skips[unchecked: place])
        others[unchecked: found] = UInt32(truncatingIfNeeded: other)
        found &+= oneIf(other, isBelow: count)
        place &+= WordBatch.size
      }
      return other
    }
  }
}
