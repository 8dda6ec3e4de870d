/// How agents influence one another. Families differ in when an agent can change, and each has its own kernel:
/// exposure-driven progressive rules (`NeedRule`), recovering rules (`EpidemicRule`, `ContinuousSIR`), remembered doses (`DoseMemory`)
/// and time-driven progressive rules (`TimeDrivenRule`).
///
/// The tie u → v has weight w(u, v); v's responsiveness is s · h_v (story times susceptibility).
package protocol ContagionRule: Variant {
  var traits: RuleTraits { get }
  /// Whether some threshold of the rule may be 0 or less, so that its agent adopts by itself.
  var mayAdoptAlone: Bool { get }
  /// Whether counts alone decide when all voices are 1, so that no result depends on the C library.
  var isIntegerOnly: Bool { get }
  /// Whether voices are divided by the sum of the listener's voices: then only relative voice acts, and there is no λ.
  var usesRelativeVoice: Bool { get }
  /// Where the hazard of a voice of weight 1 comes from.
  var hazardSource: HazardSource { get }
  /// Whether the thresholds of an agents file stand for the drawn ones.
  var takesThresholds: Bool { get }
  /// What an agent demands whose threshold a file gives.
  func demand(ofGiven threshold: Double, agent: Int, at address: RandomAddress) -> Double
  /// λ: the factor on `raised` weights that keeps the mean over ties of the influence of `plain` weights, which are 1
  /// for all where they are nil.
  func force(raised: [Double], plain: [Double]?, hazards: TieHazards) -> Double
  /// What the exposures of weighted voices are made of; nil where none are summed.
  var exposureBasis: ExposureBasis? { get }
  /// What a voice of each tie gives its listener, in fixed-point units, into `exposures`, which has room for all.
  func fillExposures(_ exposures: inout [UInt64], weights: [Double]?, _ listeners: Listeners, _ network: Network)
  /// What one-step reach and the cascade of a draw both need, worked out once.
  func prepare(_ audience: inout Audience, on network: Network)
  /// Draws what each agent demands; leaves `demands` empty where the rule has no use for it.
  func fillDemands(_ demands: inout [Double], at address: RandomAddress)
  /// One cascade, by the family's kernel, into `workspace`.
  ///
  /// - Precondition: distinct seeds below `network.agentCount`.
  /// - Throws: where the parameters are beyond what the kernel can address.
  func spread(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace
  ) throws(GenerationFailure)
  /// Who convinced whom in a cascade of this rule.
  func trace(_ traced: Traced) -> InfluenceTrace
  /// One-step reach of every agent; nil where the rule defines none.
  func reach(_ audience: Audience, on network: Network) -> [Double]?
  /// Its sums over the agents `eligible` and over everyone, by the shortest way; nil where the rule defines none.
  func reachTotals(_ audience: Audience, on network: Network, of eligible: [UInt32]) -> ReachTotals?
}

extension ContagionRule {
  package var mayAdoptAlone: Bool { false }
  package var usesRelativeVoice: Bool { false }
  package var hazardSource: HazardSource { .none }
  package var takesThresholds: Bool { false }
  package var exposureBasis: ExposureBasis? { nil }
  package func fillExposures(
    _ exposures: inout [UInt64], weights: [Double]?, _ listeners: Listeners, _ network: Network
  ) {}
  package func prepare(_ audience: inout Audience, on network: Network) {}
  package func demand(ofGiven threshold: Double, agent: Int, at address: RandomAddress) -> Double { threshold }
  package func reach(_ audience: Audience, on network: Network) -> [Double]? { nil }
  package func reachTotals(_ audience: Audience, on network: Network, of eligible: [UInt32]) -> ReachTotals? {
    reach(audience, on: network).map { reach in
      ReachTotals(eligible: eligible.reduce(0) { $0 + reach[Int($1)] }, everyone: reach.reduce(0, +))
    }
  }
  package func fillDemands(_ demands: inout [Double], at address: RandomAddress) { demands.removeAll() }

  /// Where influence is linear in the weight, its mean over ties is kept by a ratio of sums.
  package func force(raised: [Double], plain: [Double]?, hazards: TieHazards) -> Double {
    if raised.isEmpty || raised == plain { return 1 }
    return (plain?.reduce(0, +) ?? Double(raised.count)) / raised.reduce(0, +)
  }
}

/// What exposures change with, beside weights: nothing, where the story scales the needs; or the story itself.
package enum ExposureBasis: Sendable {
  case voices
  case voicesAndStory
}

extension Listeners {
  /// Listeners of a rule on `network` for the draw at `address`: demands and hazards; story and susceptibility are 1.
  package init(_ rule: any ContagionRule, on network: Network, at address: RandomAddress) {
    self.init(demands: [], hazards: [], hazard: 0, story: 1, susceptibility: [])
    demands = [Double](repeating: 0, count: network.agentCount)
    rule.fillDemands(&demands, at: address)
    drawHazards(rule.hazardSource, on: network, at: address)
    mayAdoptAlone = rule.mayAdoptAlone
  }
}

extension Voice {
  /// w of each tie under `rule`: λ is 1, or keeps the mean influence over ties; nil where w is 1 for all. Under rules of
  /// relative voice the weights are divided by the mean of the listener's.
  package func weights(
    under rule: any ContagionRule, _ listeners: Listeners, on network: Network, equalMass: Bool
  ) -> (weights: [Double]?, force: Double) {
    guard let raised else { return (nil, 1) }
    if rule.usesRelativeVoice { return (network.relativeToListener(raised), 1) }
    let force = equalMass ? rule.force(raised: raised, plain: plain, hazards: TieHazards(listeners, network)) : 1
    return (force == 1 ? raised : raised.map { $0 * force }, force)
  }
}
