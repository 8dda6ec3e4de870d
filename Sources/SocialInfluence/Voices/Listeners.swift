/// What one cascade works with besides the network.
package struct Audience: Sendable {
  package var listeners: Listeners
  /// w of each tie, parallel to the network's targets; nil where it is 1 for all.
  package var weights: [Double]?
  /// What each voice gives, in the rule's units; empty where it has not been worked out. Need rules only.
  package var exposures: [UInt64] = []
  /// What each listener needs, in the same units; empty where it has not been worked out.
  package var units: [UInt64] = []
  /// q of each agent; empty where it is 1 for everyone. It acts where people meet without a tie.
  package var persuasion: [Double] = []
  /// To which mean q is scaled there: 1, or that of a file's values as they stand.
  package var meanPersuasion = 1.0

  package init(_ listeners: Listeners, weights: [Double]? = nil) {
    (self.listeners, self.weights) = (listeners, weights)
  }
}

/// The agents as listeners: what they demand and how they respond.
package struct Listeners: Sendable {
  /// `demands.count == agentCount`, or empty where the rule needs none.
  package var demands: [Double]
  /// H = −ln(1 − p) of a voice of weight 1: one per agent, or empty where `hazard` is common.
  package var hazards: [Double]
  package var hazard: Double
  /// H along each tie, parallel to the network's targets; empty where it belongs to the listener.
  package var tieHazards: [Double] = []
  package var story: Double
  /// h, or empty where it is 1 for everyone.
  package var susceptibility: [Double]
  /// Thresholds of an agents file; empty where it gives none.
  package var givenThresholds: [Double?] = []
  /// Whether some demand may be 0 or less: such agents adopt by themselves in step 1, unless they are immune.
  package var mayAdoptAlone = false

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

  /// Whether an agent adopts by itself.
  package func adoptsAlone(_ agent: Int) -> Bool {
    mayAdoptAlone && demands[agent] <= 0 && responsiveness(agent) > 0
  }

  /// The listener at the end of the tie at `place`.
  @inline(__always)
  func listener(_ agent: Int, on network: Network, place: Int? = nil) -> Listener {
    var hazard = hazards.isEmpty ? hazard : hazards[agent]
    if let place, !tieHazards.isEmpty { hazard = tieHazards[place] }
    return Listener(
      demand: demands.isEmpty ? 0 : demands[agent], hazard: hazard, inDegree: Int(network.inDegrees[agent]),
      responsiveness: responsiveness(agent))
  }
}

/// One listener at the moment when its need is worked out.
package struct Listener {
  /// E, φ or θ.
  package let demand: Double
  /// H = −ln(1 − p) of a voice of weight 1, for rules by hazards; 0 for thresholds.
  package let hazard: Double
  /// k: the voices it listens to.
  package let inDegree: Int
  /// s · h.
  let responsiveness: Double

  init(demand: Double, hazard: Double, inDegree: Int, responsiveness: Double) {
    (self.demand, self.hazard, self.inDegree, self.responsiveness) = (demand, hazard, inDegree, responsiveness)
  }
}
