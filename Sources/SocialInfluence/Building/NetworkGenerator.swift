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
  /// Threads that may work on the network; they change nothing but the time.
  package var workers = 1

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
    let mass = raised.reduce(0, +)
    // Where nobody has any connectivity there is nothing to keep.
    let kept = equalMass && mass > 0 ? plain.reduce(0, +) / mass : 1
    return raised.map { meanDegree * $0 * kept }
  }
}

/// A replicate that could not be made. The run goes on and lists it.
package struct GenerationFailure: Error, Sendable, Equatable {
  package let reason: String
  /// Whether a larger network of the same kind fails, too.
  package let holdsForMore: Bool

  package init(_ reason: String, holdsForMore: Bool = false) {
    (self.reason, self.holdsForMore) = (reason, holdsForMore)
  }
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
  /// Whether degrees come from a law at the latent normal of connectivity; the ties then rank it.
  package var invertsDegrees = false
  /// The degrees, where they are listed.
  package var givenDegrees: [Int]?
  /// Whether agents of κ have Poisson ties, connectors as others.
  package var hasPoissonTies = false
  /// Whether everyone is tied to everyone.
  package var isComplete = false
  /// Agents of each of the separate groups in which everyone is tied to everyone.
  package var cliqueSize: Int?
  /// Whether the ties are decided by whole numbers alone: no logarithm, no distribution function.
  package var isIntegerOnly = false
  /// The way across, as ties on the shortest one.
  package var width = NetworkWidth.short
  /// Bytes that a generator needs for each agent, beside the network.
  package var extraBytesPerAgent = 0.0
  /// Whether the last free places for ties are found by trying, over and over where nearly everybody is tied to everybody.
  package var looksForFreePlaces = false
  /// What a tie costs, against one of a random network.
  package var effort = 1.0
  /// Whether picks may fall on so few agents that everybody else must be compared before a row is full.
  package var comparesAll = false
  /// The number of groups into which agents are divided by id, group i agents i · N ÷ b to (i + 1) · N ÷ b.
  package var groupCount: Int?
  /// N must be a multiple of this.
  package var agentMultiple = 1
  /// N must not be less than this: fewer agents have no room for the ties.
  package var fewestAgents = 1
}

/// The law of degrees as theory needs it.
package enum DegreeLaw: Sendable {
  /// Undirected, configuration-like, with this law.
  case undirected(any Distribution)
  /// Directed: out-ties by this law to uniformly random others.
  case directed(any Distribution)
}

/// How the way across a network grows with its agents.
package enum NetworkWidth: Sendable {
  /// A few ties, as on random networks.
  case short
  /// As the side of a grid, or of a ring with some ties rewired.
  case grid
  /// As a ring.
  case ring
}
