/// The directed influence network: agent i speaks to n_i ~ Poisson(κ_i) distinct others, picked in proportion to κ^a.
///
/// Attention a = 0 is the basic model of Watts and Dodds: agents that speak to many listen to no more than others.
/// With a = 1 they also listen to many. Targets are the first n_i distinct others of i's addressed sequence, so that
/// for a = 0 a larger κ_i keeps the old ties and adds new ones. n_i is at most N − 1.
///
/// Source: D. J. Watts, P. S. Dodds (2007), J. Consumer Research 34:441, doi:10.1086/518527.
/// *Differs*: n_i follows a Poisson law with a mean per agent; the paper's own influence law is not fully specified.
package struct InfluenceNetwork: NetworkGenerator {
  let attention: Double
  package let traits: GeneratorTraits

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    attention = values.number("attention")
    let z = values.number("meanDegree")
    let variation = try DegreeVariation.checked(values, meanDegree: z)
    traits = GeneratorTraits(
      takesConnectivity: true, isDirected: true, meanDegree: z, degreeVariation: variation,
      degreeLaw: attention == 0 ? .directed(PoissonLaw(ParameterValues(["mean": .number(z)]))) : nil,
      nestsInMeanDegree: attention == 0 && variation == nil, hasPoissonTies: true,
      comparesAll: attention > 4)
  }

  package static let description = Description(
    "influence-network", "directed: agent i speaks to Poisson(κ_i) others, picked in proportion to κ^attention",
    source: "Watts & Dodds 2007, doi:10.1086/518527",
    parameters: [
      .meanDegree, DegreeVariation.parameter,
      Parameter(
        "attention", .number(ValueRange(0, 8)), standard: .number(0),
        "0: nobody is listened to by design; 1: who speaks to many also listens to many"),
    ])

  package func network(_ demand: NetworkDemand, at address: RandomAddress) -> Network {
    let expected = demand.expectedTies
    let weights = expected.isEmpty || attention == 0 ? [] : expected.map { power($0, attention) }
    let speaking = Speaking(
      agentCount: demand.agentCount, weights: weights,
      picks: Emission(weights: weights, agentCount: demand.agentCount), address: address)
    let means = MeanCounts(common: demand.meanDegree, each: expected)
    let rows = TieRows.collect(
      agentCount: demand.agentCount, meanRow: demand.meanDegree, workers: demand.workers,
      workspace: { Emission.Batch() }
    ) { batch, agents, rows in
      for start in stride(from: agents.lowerBound, to: agents.upperBound, by: WordBatch.size) {
        let some = start..<min(agents.upperBound, start + WordBatch.size)
        speaking.speak(from: some, &batch, into: &rows, mean: means)
      }
    }
    let (offsets, targets) = rows.joined(workers: demand.workers)
    return Network(offsets: offsets, targets: targets, weights: nil, isDirected: true)
  }
}

/// Picks distinct listeners for each agent.
private struct Speaking: Sendable {
  let agentCount: Int
  /// Empty for uniform picks.
  let weights: [Double]
  let picks: Emission
  let address: RandomAddress

  /// Appends the rows of up to `WordBatch.size` agents.
  func speak(from agents: Range<Int>, _ batch: inout Emission.Batch, into rows: inout TieRows, mean: MeanCounts) {
    picks.draw(from: agents, at: address, most: agentCount - 1, &batch, mean: mean)
    let isOdd = batch.sort(from: agents)
    let picked = batch.picked
    // The first picks are nearly always distinct others, so whole stretches are copied.
    var (taken, start) = (0, 0)
    for (place, agent) in agents.enumerated() {
      let end = Int(batch.ends[place])
      if isOdd[place] != 0 {
        rows.targets.append(contentsOf: picked[taken..<start])
        settle(picked[start..<end], of: agent, into: &rows)
        taken = end
      }
      start = end
      rows.ends.append(UInt32(truncatingIfNeeded: rows.targets.count + end - taken))
    }
    rows.targets.append(contentsOf: picked[taken...])
  }

  /// Appends a row whose picks may be unsorted, repeat or include the agent itself.
  private func settle(_ picked: ArraySlice<UInt32>, of agent: Int, into rows: inout TieRows) {
    let start = rows.targets.count
    rows.targets.append(contentsOf: picked)
    rows.sortRow(from: start)
    guard !rows.isRow(from: start, of: agent) else { return }
    rows.targets.removeSubrange(start...)
    meet(picked.count, of: agent, into: &rows.targets)
    rows.sortRow(from: start)
  }

  /// Appends the first `wanted` distinct others of an agent's sequence of picks, one by one.
  private func meet(_ wanted: Int, of agent: Int, into targets: inout [UInt32]) {
    var words = address.stream(.network, entity: agent)
    _ = words.next()
    let start = targets.count
    var met = PairSet(capacity: wanted + 1)
    // Weighted picks might never end, as the weights of the last agents can be tiny; 500 N uniform picks miss a given
    // agent with probability e⁻⁵⁰⁰.
    var patience = picks.isUniform ? 500 * agentCount : 64 + 16 * wanted
    while targets.count - start < wanted && patience > 0 {
      let other = picks.pick(words.next())
      if other != agent && met.insert(agent, other) { targets.append(UInt32(other)) }
      patience -= 1
    }
    guard targets.count - start < wanted else { return }
    for other in rest(wanted - (targets.count - start), of: agent, after: met) { targets.append(other) }
  }

  /// The next `count` new agents of a sequence of weighted picks, without drawing it: ascending Exp(1) ÷ weight has the
  /// law of the order in which the sequence first picks them, and no memory. Fewer if the rest has no weight.
  private func rest(_ count: Int, of agent: Int, after met: PairSet) -> [UInt32] {
    var clocks = [(time: Double, agent: Int)]()
    for other in 0..<agentCount where other != agent && !met.contains(agent, other) {
      let weight = picks.isUniform ? 1 : weights[other]
      guard weight > 0 else { continue }
      let word = address.words(.network, entity: agent, index: (1 << 35) + other).0
      clocks.append((-naturalLogarithm(word.openUnitInterval) / weight, other))
    }
    clocks.sort { $0.time < $1.time || $0.time == $1.time && $0.agent < $1.agent }
    return clocks.prefix(count).map { UInt32($0.agent) }
  }
}

extension Parameter {
  /// z, shared by all generators that take it.
  static let meanDegree = Parameter(
    "meanDegree", .number(ValueRange(0, 4e9)), unit: "ties", "z: mean number of out-ties of an agent")
  static let evenMeanDegree = Parameter(
    "meanDegree", .whole(0...1 << 30), unit: "ties", "z: number of ties of an agent, even")
}

/// The coefficient of variation of degrees as a parameter: γ² = 1/z + Var c, with c gamma of shape 1/(γ² − 1/z).
package enum DegreeVariation {
  static let parameter = Parameter.optional(
    "degreeCV", .number(ValueRange(0, 1e3, includesLower: false)),
    "coefficient of variation of out-ties without the few; at least 1/√z; connectivity is then gamma")

  static func checked(_ values: ParameterValues, meanDegree z: Double) throws(InvalidParameter) -> Double? {
    guard let variation = values.optionalNumber("degreeCV") else { return nil }
    if variation * variation * z - 1 < -1e-3 {
      let least = (1 / z.squareRoot() * 1e4).rounded(.up) / 1e4
      throw InvalidParameter(
        "degreeCV", "\(variation) lies below 1/√z, the variation of random ties alone",
        remedy: "write at least \(least) for a mean degree of \(z)")
    }
    return variation
  }

  /// The law of connectivity that gives `variation` at mean degree `z`; nil for a constant.
  package static func connectivityLaw(variation: Double, meanDegree z: Double) -> (any Distribution)? {
    let excess = variation * variation - 1 / z
    return abs(variation * variation * z - 1) <= 1e-3 ? nil : GammaLaw(mean: 1, cv: excess.squareRoot())
  }
}
