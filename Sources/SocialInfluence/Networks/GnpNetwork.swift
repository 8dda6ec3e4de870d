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
    var ties = TieList()
    let chance = count > 1 ? demand.meanDegree / Double(count - 1) : 0
    guard chance <= 1 else { throw GenerationFailure("a mean degree of \(demand.meanDegree) exceeds N − 1") }
    ties.reserveCapacity(Int(demand.meanDegree * Double(count) * 0.51) + 16)
    if chance > 0 { Self.collect(&ties, among: count, chance: chance, at: address) }
    return Network(agentCount: count, ascending: ties)
  }

  /// Ties of each agent to later ones, by skips: what most agents need is drawn for many at once.
  private static func collect(_ ties: inout TieList, among count: Int, chance: Double, at address: RandomAddress) {
    let spacing = 1 / hazard(ofProbability: chance)
    let batch = 256
    var words = [UInt64]()
    var skips = [UInt32]()
    for start in stride(from: 0, to: count, by: batch) {
      let agents = start..<min(count, start + batch)
      let mean = Double(count - 1 - start) * chance
      let blocks = min(16, Int((mean + 2 * mean.squareRoot()) / 2) + 1)
      if words.count < 2 * blocks * batch {
        words = [UInt64](repeating: 0, count: 2 * blocks * batch)
        skips = [UInt32](repeating: 0, count: words.count)
      }
      address.draw(.network, agents, blocks: blocks, stride: batch, into: &words)
      UInt64.fill(&skips, words, count: 2 * blocks * batch, spacing: spacing)
      for agent in agents {
        var place = agent - start
        var other = agent + 1 + Int(skips[place])
        while other < count {
          ties.append(agent, other)
          place += batch
          guard place < 2 * blocks * batch else { break }
          other += 1 + Int(skips[place])
        }
        guard other < count else { continue }
        var more = address.stream(.network, entity: agent, index: blocks)
        other += 1 + more.next().failures(spacing: spacing)
        while other < count {
          ties.append(agent, other)
          other += 1 + more.next().failures(spacing: spacing)
        }
      }
    }
  }
}
