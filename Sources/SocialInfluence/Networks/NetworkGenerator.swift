/// What a generator is asked for: how many agents, and how many ties each of them is expected to have.
package struct NetworkDemand: Sendable {
  package let agentCount: Int
  /// z, before connectivity and gains.
  package let meanDegree: Double
  /// c: the trait of each agent; empty where it is 1 for everyone.
  package var connectivity: [Double] = []
  /// G: the gain of each agent's connectivity; empty where it is 1 for everyone.
  package var gains: [Double] = []
  /// S: the span of each agent across groups; empty where it is 1 for everyone.
  package var spans: [Double] = []
  /// The latent normal of connectivity, for generators that invert a degree law; empty where none needs it.
  package var latents: [Double] = []
  /// Whether gains redistribute ties (Σκ is kept) or add to them.
  package var equalMass = true

  package init(agentCount: Int, meanDegree: Double) {
    (self.agentCount, self.meanDegree) = (agentCount, meanDegree)
  }

  /// κ_i = z · c_i · G_i · Σc / Σ(cG), or z · c_i · G_i where mass is not equal. Empty where κ is z for everyone.
  package var expectedTies: [Double] {
    if connectivity.isEmpty && gains.isEmpty { return [] }
    let plain = connectivity.isEmpty ? [Double](repeating: 1, count: agentCount) : connectivity
    if gains.isEmpty { return plain.map { meanDegree * $0 } }
    var raised = plain
    for agent in 0..<agentCount { raised[agent] *= gains[agent] }
    let kept = equalMass ? plain.reduce(0, +) / raised.reduce(0, +) : 1
    return raised.map { meanDegree * $0 * kept }
  }
}

/// A replicate that could not be made. The run goes on and lists it.
package struct GenerationFailure: Error, Sendable, Equatable {
  package let reason: String
  package init(_ reason: String) { self.reason = reason }
}

/// One way to make a network.
package protocol NetworkGenerator: Variant {
  /// What the scenario and the analysis need to know before a network is made.
  var traits: GeneratorTraits { get }
  /// The network of replicate `address.network`.
  func network(_ demand: NetworkDemand, at address: RandomAddress) throws(GenerationFailure) -> Network
}

/// What holds for every network of a generator.
package struct GeneratorTraits: Sendable {
  /// Whether expected ties κ act, so that connectors can have a gain.
  package var takesConnectivity = false
  package var isDirected = false
  /// Without randomness there is one network, and the draw is the unit of inference.
  package var isRandom = true
  /// z, where the parameters fix it.
  package var meanDegree: Double?
  /// N, where the parameters fix it.
  package var agentCount: Int?
  /// γ, where the coefficient of variation of degrees is a parameter.
  package var degreeVariation: Double?
  /// The law of degrees for agents of constant connectivity, for theory; nil where none is known.
  package var degreeLaw: DegreeLaw?
  /// Whether z grows by adding ties to those that were there.
  package var nestsInMeanDegree = false
  /// N must be a multiple of this.
  package var agentMultiple = 1
}

/// The law of degrees as theory needs it.
package enum DegreeLaw: Sendable {
  /// Undirected, configuration-like, with this law.
  case undirected(any Distribution)
  /// Directed: out-ties by this law to uniformly random others.
  case directed(any Distribution)
}

/// Poisson counts whose means are mostly equal: tables for the first few means, a sum for the rest.
struct PoissonCounts {
  private var means: [Double] = []
  private var tables: [[Double]] = []

  /// The same count as `Quantile.poisson`, up to rounding of the distribution function.
  mutating func count(_ word: UInt64, mean: Double) -> Int {
    let u = word.openUnitInterval
    for (index, known) in means.enumerated() where known == mean {
      let table = tables[index]
      var count = 0
      while count < table.count && table[count] < u { count += 1 }
      return count
    }
    if means.count < 4 && mean > 0 && mean <= 200 {
      means.append(mean)
      tables.append(Self.table(mean))
    }
    return Quantile.poisson(u, mean: mean)
  }

  private static func table(_ mean: Double) -> [Double] {
    var term = exponential(-mean)
    var sum = term
    var table = [sum]
    while term > 1e-18 || Double(table.count) < mean {
      term *= mean / Double(table.count)
      sum += term
      table.append(sum)
    }
    return table
  }
}

/// Marks the agents met so far by one agent at a time; starting the next agent costs nothing.
struct MeetingMarks {
  private var marks: [UInt32]
  private var current: UInt32 = 0

  init(agentCount: Int) { marks = [UInt32](repeating: 0, count: agentCount) }

  mutating func begin() { current += 1 }

  /// True the first time that `agent` is met since `begin()`.
  mutating func isNew(_ agent: Int) -> Bool {
    if marks[agent] == current { return false }
    marks[agent] = current
    return true
  }
}
