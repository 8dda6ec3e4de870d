/// The inputs of a cascade beside the network.
package struct Audience: Sendable {
  package var listeners: Listeners
  /// w of each tie, parallel to the network's targets; nil where it is 1 for all.
  package var weights: [Double]?
  /// The exposure of each voice, in the rule's units; empty if not yet computed. Need rules only.
  package var exposures: [UInt64] = []
  /// The need of each listener, in the same units; empty if not yet computed.
  package var units: [UInt64] = []
  /// q of each agent; empty where it is 1 for everyone. It acts where agents meet without a tie.
  package var persuasion: [Double] = []
  /// The mean that q is scaled to where agents meet without a tie: 1, or the mean of the file's values.
  package var meanPersuasion = 1.0

  package init(_ listeners: Listeners, weights: [Double]? = nil) {
    (self.listeners, self.weights) = (listeners, weights)
  }

  /// By what q is divided where agents meet without a tie: its mean ÷ `meanPersuasion`.
  var persuasionScale: Double { persuasion.reduce(0, +) / Double(max(1, persuasion.count)) / meanPersuasion }
}

/// The agents as listeners: their demands and how they respond.
package struct Listeners: Sendable {
  /// One demand per agent; empty if the rule has none.
  package var demands: [Double]
  /// H = −ln(1 − p) of a voice of weight 1: one per agent, or empty where `hazard` is common.
  package var hazards: [Double]
  package var hazard: Double
  /// H along each tie, parallel to the network's targets; empty where hazards belong to listeners.
  package var tieHazards: [Double] = []
  package var story: Double
  /// h, or empty where it is 1 for everyone.
  package var susceptibility: [Double]
  /// Thresholds of an agents file, nil for agents without one; empty if the file gives none.
  package var givenThresholds: [Double?] = []
  /// Whether some demand may be 0 or less: such agents adopt by themselves in step 1, unless s · h = 0.
  package var mayHaveInstigators = false

  package init(demands: [Double], hazards: [Double], hazard: Double, story: Double, susceptibility: [Double]) {
    (self.demands, self.hazards, self.hazard) = (demands, hazards, hazard)
    (self.story, self.susceptibility) = (story, susceptibility)
  }

  /// Whether all listeners have the same hazard and respond alike.
  var areAlike: Bool { hazards.isEmpty && susceptibility.isEmpty }

  /// s · h of an agent.
  @inline(__always)
  func responsiveness(_ agent: Int) -> Double {
    susceptibility.isEmpty ? story : story * susceptibility[agent]
  }

  /// Whether an agent adopts by itself in step 1.
  func isInstigator(_ agent: Int) -> Bool {
    mayHaveInstigators && demands[agent] <= 0 && responsiveness(agent) > 0
  }

  /// The values of a listener; its hazard is that of the tie at `place`, if hazards differ by tie.
  @inline(__always)
  func listener(_ agent: Int, on network: Network, place: Int? = nil) -> Listener {
    var hazard = hazards.isEmpty ? hazard : hazards[agent]
    if let place, !tieHazards.isEmpty { hazard = tieHazards[place] }
    return Listener(
      demand: demands.isEmpty ? 0 : demands[agent], hazard: hazard, inDegree: Int(network.inDegrees[agent]),
      responsiveness: responsiveness(agent))
  }
}

/// One listener's values, for computing its need.
package struct Listener {
  /// E, φ or θ.
  package let demand: Double
  /// H = −ln(1 − p) of a voice of weight 1, for rules by hazards; 0 for thresholds.
  package let hazard: Double
  /// k: the number of its voices.
  package let inDegree: Int
  /// s · h.
  let responsiveness: Double

  init(demand: Double, hazard: Double, inDegree: Int, responsiveness: Double) {
    (self.demand, self.hazard, self.inDegree, self.responsiveness) = (demand, hazard, inDegree, responsiveness)
  }
}
