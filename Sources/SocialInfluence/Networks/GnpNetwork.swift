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
    if chance > 0 {
      let spacing = 1 / hazard(ofProbability: chance)
      for agent in 0..<count {
        var words = address.stream(.network, entity: agent)
        var other = agent + 1 + words.next().failures(spacing: spacing)
        while other < count {
          ties.append(agent, other)
          other += 1 + words.next().failures(spacing: spacing)
        }
      }
    }
    return Network(agentCount: count, ties: ties, isDirected: false)
  }
}
