/// Undirected ties with probability 1 − exp(−κ_i κ_j / Σκ), always below 1.
///
/// Made as the simple graph below a Poisson multigraph: agent i emits Poisson(κ_i / 2) ties to agents picked in
/// proportion to κ; a pair then meets Poisson(κ_i κ_j / Σκ) times, and repeats and loops are dropped. O(N + m).
///
/// Source: F. Chung, L. Lu (2002), Ann. Combinatorics 6:125, doi:10.1007/PL00012580.
/// *Differs*: the exponential form of I. Norros, H. Reittu (2006), Adv. Appl. Prob. 38:59, doi:10.1239/aap/1143936140,
/// which needs no cap at 1. Loops and repeats make the mean degree slightly smaller than z: E[k_i] = Σ_j (1 − exp(…)).
package struct ChungLu: NetworkGenerator {
  package let traits: GeneratorTraits

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    let z = values.number("meanDegree")
    let variation = try DegreeVariation.checked(values, meanDegree: z)
    // Counts by inverse distribution function, targets by one addressed sequence: a larger z only adds ties.
    traits = GeneratorTraits(
      takesConnectivity: true, meanDegree: z, degreeVariation: variation,
      degreeLaw: .undirected(PoissonLaw(ParameterValues(["mean": .number(z)]))),
      nestsInMeanDegree: variation == nil)
  }

  package static let description = Description(
    "chung-lu", "undirected: tie probability 1 − exp(−κ_i κ_j / Σκ)",
    source: "Chung & Lu 2002, doi:10.1007/PL00012580; Norros & Reittu 2006, doi:10.1239/aap/1143936140",
    parameters: [.meanDegree, DegreeVariation.parameter])

  package func network(_ demand: NetworkDemand, at address: RandomAddress) -> Network {
    let expected = demand.expectedTies
    let emission = Emission(weights: expected, agentCount: demand.agentCount)
    let ties = TieRows.collect(
      agentCount: demand.agentCount, meanRow: demand.meanDegree / 2, workers: demand.workers,
      workspace: { Emission.Batch() }
    ) { batch, agents, rows in
      for start in stride(from: agents.lowerBound, to: agents.upperBound, by: WordBatch.size) {
        let some = start..<min(agents.upperBound, start + WordBatch.size)
        emission.emit(from: some, at: address, &batch, into: &rows) { agent in
          (expected.isEmpty ? demand.meanDegree : expected[agent]) / 2
        }
      }
    }
    return Network(agentCount: demand.agentCount, sorting: ties, isDirected: false, workers: demand.workers)
  }
}

/// Poisson numbers of ties to agents picked in proportion to their weights.
struct Emission: Sendable {
  private let picks: AliasTable?
  private let agentCount: Int

  /// - Parameter weights: empty for a uniform pick.
  init(weights: [Double], agentCount: Int) {
    picks = weights.isEmpty || weights.allSatisfy { $0 == 0 } ? nil : AliasTable(weights: weights)
    self.agentCount = agentCount
  }

  /// Emits the ties of agent number `agent` of the weights, loops left out, with the random numbers of `entity`.
  /// `series` keeps several emissions of one entity apart.
  @inline(__always)
  func emit(
    from agent: Int, entity: Int, mean: Double, at address: RandomAddress, series: Int = 0, counts: inout PoissonCounts,
    _ tie: (Int) -> Void
  ) {
    var words = address.stream(.network, entity: entity, index: series << 32)
    for _ in 0..<counts.count(words.next(), mean: mean) {
      let other = picks?.agent(words.next()) ?? words.below(agentCount)
      if other != agent { tie(other) }
    }
  }

  /// What a worker reuses from batch to batch.
  struct Batch {
    fileprivate var words = WordBatch()
    fileprivate var counts = PoissonCounts()
    /// A word for each tie, agent by agent, and where the ties of each agent end.
    fileprivate var drawn: [UInt64] = []
    fileprivate var ends: [Int] = []
  }

  /// Emits the ties of up to `WordBatch.size` agents, as `emit` does for each with itself as entity: what the tables of
  /// picks hold is asked for before it is read.
  func emit(
    from agents: Range<Int>, at address: RandomAddress, _ batch: inout Batch, into rows: inout TieRows,
    mean: (Int) -> Double
  ) {
    let typical = mean(agents.lowerBound)
    batch.words.draw(
      .network, agents, wordsEach: min(64, Int(typical + 2 * typical.squareRoot()) + 3), at: address)
    batch.drawn.removeAll(keepingCapacity: true)
    batch.ends.removeAll(keepingCapacity: true)
    for agent in agents {
      let place = agent - agents.lowerBound
      let count = batch.counts.count(batch.words[0, place], mean: mean(agent))
      let known = min(count, batch.words.wordsEach - 1)
      for tie in 0..<known { batch.drawn.append(batch.words[tie + 1, place]) }
      if known < count {
        var more = batch.words.rest(of: agent)
        for _ in known..<count { batch.drawn.append(more.next()) }
      }
      batch.ends.append(batch.drawn.count)
    }
    guard let picks else {
      Self.append(batch, from: agents, to: &rows) { $0.below(agentCount) }
      return
    }
    for word in batch.drawn { picks.prefetch(word) }
    Self.append(batch, from: agents, to: &rows) { picks.agent($0) }
  }

  @inline(__always)
  private static func append(
    _ batch: Batch, from agents: Range<Int>, to rows: inout TieRows, _ pick: (_ word: UInt64) -> Int
  ) {
    let drawn = batch.drawn.span
    var start = 0
    for (place, end) in batch.ends.enumerated() {
      for tie in start..<end {
        let other = pick(drawn[tie])
        if other != agents.lowerBound + place { rows.targets.append(UInt32(truncatingIfNeeded: other)) }
      }
      rows.endRow()
      start = end
    }
  }
}
