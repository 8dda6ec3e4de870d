/// What a generator must provide: the number of agents, and the number of ties expected of each.
package struct NetworkDemand: Sendable {
  package let agentCount: Int
  /// z, before connectivity and gains.
  package let meanDegree: Double
  /// c: the trait of each agent; empty if it is 1 for everyone.
  package var connectivity: [Double] = []
  /// G: the gain of each agent's connectivity; empty if it is 1 for everyone.
  package var gains: [Double] = []
  /// S: the span of each agent across groups; empty if it is 1 for everyone.
  package var spans: [Double] = []
  /// The latent normal of connectivity, for generators that invert a degree law; empty if none needs it.
  package var latents: [Double] = []
  /// Whether gains redistribute ties (Σκ is kept) or add to them.
  package var equalMass = true
  /// Threads per network; they change nothing but the time.
  package var workers = 1

  package init(agentCount: Int, meanDegree: Double) {
    (self.agentCount, self.meanDegree) = (agentCount, meanDegree)
  }

  /// κ_i = z · c_i · G_i · Σc / Σ(cG), or z · c_i · G_i without equal mass. Empty if κ is z for everyone.
  package var expectedTies: [Double] {
    if connectivity.isEmpty && gains.isEmpty { return [] }
    let plain = connectivity.isEmpty ? [Double](repeating: 1, count: agentCount) : connectivity
    if gains.isEmpty { return plain.map { meanDegree * $0 } }
    var raised = plain
    for agent in 0..<agentCount { raised[agent] *= gains[agent] }
    let mass = raised.reduce(0, +)
    // If all connectivity is 0, there is no mass to keep.
    let kept = equalMass && mass > 0 ? plain.reduce(0, +) / mass : 1
    return raised.map { meanDegree * $0 * kept }
  }
}

/// The failure of one replicate; the run lists it and goes on.
package struct GenerationFailure: Error, Sendable, Equatable {
  package let reason: String
  /// Whether a larger network of the same kind also fails.
  package let holdsForMore: Bool

  package init(_ reason: String, holdsForMore: Bool = false) {
    (self.reason, self.holdsForMore) = (reason, holdsForMore)
  }
}

package protocol NetworkGenerator: Variant {
  /// What scenario and analysis need to know before a network is generated.
  var traits: GeneratorTraits { get }
  /// The network of replicate `address.network`.
  func network(_ demand: NetworkDemand, at address: RandomAddress) throws(GenerationFailure) -> Network
}

/// What holds for every network of a generator.
package struct GeneratorTraits: Sendable {
  /// Whether the generator follows expected ties κ, so that connectors can have a gain.
  package var takesConnectivity = false
  package var isDirected = false
  /// Without randomness there is only one network, and the draw is the unit of inference.
  package var isRandom = true
  /// z, if the parameters fix it.
  package var meanDegree: Double?
  /// N, if the parameters fix it.
  package var agentCount: Int?
  /// γ, if the coefficient of variation of degrees is a parameter.
  package var degreeVariation: Double?
  /// The law of degrees for agents of constant connectivity, for theory; nil if unknown.
  package var degreeLaw: DegreeLaw?
  /// Whether a larger z only adds ties.
  package var nestsInMeanDegree = false
  /// Whether degrees invert a law at the latent normal of connectivity, so that ties rank agents by connectivity.
  package var invertsDegrees = false
  /// The degrees, if the parameters list them.
  package var givenDegrees: [Int]?
  /// Whether an agent of expected ties κ has Poisson(κ) ties, connectors included.
  package var hasPoissonTies = false
  /// Whether everyone is tied to everyone.
  package var isComplete = false
  /// Agents per clique, if the network consists of separate cliques.
  package var cliqueSize: Int?
  /// Whether ties follow from integer arithmetic alone: no logarithm, no distribution function.
  package var isIntegerOnly = false
  /// How path lengths grow with the number of agents.
  package var width = NetworkWidth.short
  /// Bytes per agent that generation needs beside the network.
  package var extraBytesPerAgent = 0.0
  /// Whether untied pairs are found by trial, which takes many tries on nearly complete networks.
  package var looksForFreePlaces = false
  /// Time per tie, relative to a random network.
  package var effort = 1.0
  /// Whether picks may fall on so few agents that all others must be compared to fill a row.
  package var comparesAll = false
  /// b: the number of groups by id; agent a is in group ⌊ab ÷ N⌋.
  package var groupCount: Int?
  /// N must be a multiple of this.
  package var agentMultiple = 1
  /// N must not be less than this, to have room for the ties.
  package var fewestAgents = 1
}

/// The law of degrees, for theory.
package enum DegreeLaw: Sendable {
  /// Undirected, configuration-like, with this law.
  case undirected(any Distribution)
  /// Directed: out-ties by this law, to uniformly random others.
  case directed(any Distribution)
}

/// How path lengths grow with the number of agents.
package enum NetworkWidth: Sendable {
  /// Slowly, as on random networks.
  case short
  /// Like the side of a grid; also taken for rings with rewired ties.
  case grid
  /// Like a ring.
  case ring
}
