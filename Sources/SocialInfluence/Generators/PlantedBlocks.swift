/// Equal groups with a share μ of each agent's ties leading outside; connectors can span more.
///
/// μ_i = μ · S_i · Σκ / Σ(κS), κ^in = κ(1 − μ_i), κ^out = κμ_i. Two agents of one group are tied with probability
/// 1 − exp(−κ^in_i κ^in_j ÷ the group's Σκ^in), two of different groups with
/// 1 − exp(−κ^out_i κ^out_j ÷ ((1 − 1/b) Σκ^out)). Group g holds agents ⌈gN/b⌉ ..< ⌈(g + 1)N/b⌉.
///
/// Source: the degree-corrected block model, B. Karrer, M. E. J. Newman (2011), Phys. Rev. E 83:016107,
/// doi:10.1103/PhysRevE.83.016107. *Differs*: tie probabilities in the exponential form, always below 1.
package struct PlantedBlocks: NetworkGenerator {
  package let traits: GeneratorTraits
  package let groupCount: Int
  let mixing: Double

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    groupCount = values.whole("groups")
    mixing = values.number("mixing")
    let z = values.number("meanDegree")
    let variation = try DegreeVariation.checked(values, meanDegree: z)
    // A group must have room for the ties inside it.
    let groupSize = max(1, z * (1 - mixing) + 1).rounded(.up)
    traits = GeneratorTraits(
      takesConnectivity: true, meanDegree: z, degreeVariation: variation, extraBytesPerAgent: 60,
      groupCount: groupCount, fewestAgents: groupCount * Int(groupSize))
  }

  package static let description = Description(
    "planted-blocks", "equal groups; a share `mixing` of ties leads to other groups",
    source: "Karrer & Newman 2011, doi:10.1103/PhysRevE.83.016107",
    parameters: [
      .meanDegree, DegreeVariation.parameter,
      Parameter("groups", .whole(2...1 << 24), "number of equal groups b"),
      Parameter("mixing", .number(.probability), "share μ of an agent's ties that lead to other groups"),
    ])

  /// The group of `agent` among `agentCount`.
  package func group(of agent: Int, agentCount: Int) -> Int { agent * groupCount / agentCount }

  package func network(_ demand: NetworkDemand, at address: RandomAddress) throws(GenerationFailure) -> Network {
    let count = demand.agentCount
    var expected = demand.expectedTies
    if expected.isEmpty { expected = [Double](repeating: demand.meanDegree, count: count) }
    let outside = try outsideShares(expected, spans: demand.spans)
    let inner = zip(expected, outside).map { $0 * (1 - $1) }
    let outer = zip(expected, outside).map { $0 * $1 }
    var ties = TieList()
    ties.reserveCapacity(Int(demand.meanDegree * Double(count) * 0.55) + 16)
    var counts = PoissonCounts()
    let spread = 2 * (1 - 1 / Double(groupCount))
    let outerEmission = Emission(weights: outer, agentCount: count)
    for group in 0..<groupCount {
      let members = range(of: group, agentCount: count)
      let innerEmission = Emission(weights: Array(inner[members]), agentCount: members.count)
      for agent in members {
        // Inside the group, ids are counted from the group's first agent.
        let inside = Emission.Emitter(agent - members.lowerBound, entity: agent)
        innerEmission.emit(from: inside, mean: inner[agent] / 2, at: address, counts: &counts) {
          ties.append(agent, $0 + members.lowerBound)
        }
        // Emitting to everyone and dropping the agent's own group leaves rate κ^out_i κ^out_j ÷ ((1 − 1/b) Σκ^out) per
        // pair.
        let outside = Emission.Emitter(agent, entity: agent, series: 1)
        outerEmission.emit(from: outside, mean: outer[agent] / spread, at: address, counts: &counts) { other in
          if !members.contains(other) { ties.append(agent, other) }
        }
      }
    }
    return Network(agentCount: count, ties: ties, isDirected: false, workers: demand.workers)
  }

  private func range(of group: Int, agentCount: Int) -> Range<Int> {
    func start(_ group: Int) -> Int { (group * agentCount + groupCount - 1) / groupCount }
    return start(group)..<start(group + 1)
  }

  /// μ_i.
  ///
  /// - Throws: if a μ_i exceeds 1.
  private func outsideShares(_ expected: [Double], spans: [Double]) throws(GenerationFailure) -> [Double] {
    guard !spans.isEmpty else { return [Double](repeating: mixing, count: expected.count) }
    let spanned = zip(expected, spans).reduce(0) { $0 + $1.0 * $1.1 }
    let scale = spanned > 0 ? mixing * expected.reduce(0, +) / spanned : 0
    let shares = spans.map { $0 * scale }
    if let largest = shares.max(), largest > 1 {
      throw GenerationFailure("a connector's span would send \(largest) of its ties outside its group, more than all")
    }
    return shares
  }
}
