/// Undirected ties with probability 1 − exp(−κ_i κ_j / Σκ), always below 1.
///
/// Generated as the simple graph below a Poisson multigraph: agent i emits Poisson(κ_i / 2) ties to agents picked in
/// proportion to κ; a pair then gets Poisson(κ_i κ_j / Σκ) ties, and repeats and loops are dropped. O(N + m).
///
/// Source: F. Chung, L. Lu (2002), Ann. Combinatorics 6:125, doi:10.1007/PL00012580.
/// *Differs*: the exponential form of I. Norros, H. Reittu (2006), Adv. Appl. Prob. 38:59, doi:10.1239/aap/1143936140,
/// which needs no cap at 1. Loops and repeats make the mean degree slightly smaller than z: E[k_i] = Σ_j (1 − exp(…)).
package struct ChungLu: NetworkGenerator {
  package let traits: GeneratorTraits

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    let z = values.number("meanDegree")
    let variation = try DegreeVariation.checked(values, meanDegree: z)
    // Counts invert their distribution function and targets come from one addressed sequence: a larger z only adds
    // ties.
    traits = GeneratorTraits(
      takesConnectivity: true, meanDegree: z, degreeVariation: variation,
      degreeLaw: .undirected(PoissonLaw(ParameterValues(["mean": .number(z)]))),
      nestsInMeanDegree: variation == nil, hasPoissonTies: true)
  }

  package static let description = Description(
    "chung-lu", "undirected: tie probability 1 − exp(−κ_i κ_j / Σκ)",
    source: "Chung & Lu 2002, doi:10.1007/PL00012580; Norros & Reittu 2006, doi:10.1239/aap/1143936140",
    parameters: [.meanDegree, DegreeVariation.parameter])

  package func network(_ demand: NetworkDemand, at address: RandomAddress) -> Network {
    let expected = demand.expectedTies
    let emission = Emission(weights: expected, agentCount: demand.agentCount)
    let means = MeanCounts(common: demand.meanDegree, each: expected, factor: 0.5)
    let ties = TieRows.collect(
      agentCount: demand.agentCount, meanRow: demand.meanDegree / 2, workers: demand.workers,
      workspace: { Emission.Batch() }
    ) { batch, agents, rows in
      var start = agents.lowerBound
      while start < agents.upperBound {
        var end = min(agents.upperBound, start + WordBatch.size)
        if let heavy = (start..<end).first(where: { emission.isForEach(means[$0]) }) { end = heavy }
        if start == end {
          emission.emitToEach(from: Emission.Emitter(start, entity: start), mean: means[start], at: address) {
            rows.targets.append(UInt32(truncatingIfNeeded: $0))
          }
          rows.ends.append(UInt32(truncatingIfNeeded: rows.targets.count))
          start += 1
          continue
        }
        emission.draw(from: start..<end, at: address, &batch, mean: means)
        rows.append(batch, from: start..<end)
        start = end
      }
    }
    return Network(agentCount: demand.agentCount, sorting: ties, isDirected: false, workers: demand.workers)
  }
}

extension TieRows {
  /// Appends the picks of `agents`, without loops.
  fileprivate mutating func append(_ batch: Emission.Batch, from agents: Range<Int>) {
    let start = targets.count
    targets.append(contentsOf: batch.picked)
    guard batch.hasLoops(from: agents) else {
      for end in batch.ends { ends.append(UInt32(truncatingIfNeeded: start) &+ end) }
      return
    }
    var (free, read) = (start, 0)
    for (end, agent) in zip(batch.ends, agents) {
      for place in read..<Int(end) where batch.picked[place] != agent {
        targets[free] = batch.picked[place]
        free += 1
      }
      read = Int(end)
      ends.append(UInt32(truncatingIfNeeded: free))
    }
    targets.removeLast(targets.count - free)
  }
}
