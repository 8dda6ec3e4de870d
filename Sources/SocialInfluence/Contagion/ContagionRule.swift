/// How agents influence one another. Each family of rules has its own kernel: exposure-driven progressive rules
/// (`NeedRule`), rules with recovery (`EpidemicRule`, `ContinuousSIR`), remembered doses (`DoseMemory`) and time-driven
/// progressive rules (`TimeDrivenRule`).
///
/// The tie u → v has weight w(u, v); v's responsiveness is s · h_v (story times susceptibility).
package protocol ContagionRule: Variant {
  var traits: RuleTraits { get }
  /// Whether a drawn threshold may be 0 or less, so that its agent adopts by itself.
  var mayHaveInstigators: Bool { get }
  /// Whether integer counts alone decide when all voices are 1, so that no result depends on the C library.
  var isIntegerOnly: Bool { get }
  /// Whether each voice is divided by the sum of its listener's voices: only relative voice acts, and λ is 1.
  var usesRelativeVoice: Bool { get }
  /// Where the hazard of a voice of weight 1 comes from.
  var hazardSource: HazardSource { get }
  /// Whether thresholds in an agents file replace the drawn ones.
  var takesThresholds: Bool { get }
  /// The demand of an agent whose threshold a file gives.
  func demand(ofGiven threshold: Double, agent: Int, at address: RandomAddress) -> Double
  /// λ: the factor on `raised` weights at which their mean influence over ties equals that of `plain` weights; `plain`
  /// nil: all 1.
  func force(raised: [Double], plain: [Double]?, hazards: TieHazards) -> Double
  /// What the exposures of weighted voices depend on; nil if the rule sums no exposures.
  var exposureBasis: ExposureBasis? { get }
  /// Writes the exposure that each voice gives its listener, in fixed-point units; `exposures` has one entry per voice.
  func fillExposures(_ exposures: inout [UInt64], weights: [Double]?, _ listeners: Listeners, _ network: Network)
  /// Computes once what one-step reach and the cascade of a draw both use.
  func prepare(_ audience: inout Audience, on network: Network)
  /// Draws each agent's demand; empties `demands` if the rule has none.
  func fillDemands(_ demands: inout [Double], at address: RandomAddress)
  /// Runs one cascade with the family's kernel; `workspace.outcome` holds it.
  ///
  /// - Precondition: distinct seeds below `network.agentCount`.
  /// - Throws: if the cascade exceeds a limit of the kernel.
  func spread(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace
  ) throws(GenerationFailure)
  /// Who convinced whom in a cascade of this rule.
  func trace(_ traced: Traced) -> InfluenceTrace
  /// One-step reach of every agent; nil where the rule defines none.
  func reach(_ audience: Audience, on network: Network) -> [Double]?
  /// One-step reach summed over the agents `eligible` and over everyone; nil where the rule defines none.
  func reachTotals(_ audience: Audience, on network: Network, of eligible: [UInt32]) -> ReachTotals?
}

extension ContagionRule {
  package var mayHaveInstigators: Bool { false }
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

  /// If influence is linear in the weight, a ratio of sums keeps its mean over ties.
  package func force(raised: [Double], plain: [Double]?, hazards: TieHazards) -> Double {
    if raised.isEmpty || raised == plain { return 1 }
    return (plain?.reduce(0, +) ?? Double(raised.count)) / raised.reduce(0, +)
  }
}

/// Whether exposures depend on the story as well as on weights.
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
    mayHaveInstigators = rule.mayHaveInstigators
  }
}

extension Voice {
  /// w of each tie under `rule`, nil where all are 1, and λ: with `equalMass` λ keeps the mean influence over ties,
  /// otherwise it is 1. Under rules of relative voice each weight is divided by the mean over its listener's voices.
  package func weights(
    under rule: any ContagionRule, _ listeners: Listeners, on network: Network, equalMass: Bool
  ) -> (weights: [Double]?, force: Double) {
    guard let raised else { return (nil, 1) }
    if rule.usesRelativeVoice { return (network.relativeToListener(raised), 1) }
    let force = equalMass ? rule.force(raised: raised, plain: plain, hazards: TieHazards(listeners, network)) : 1
    return (force == 1 ? raised : raised.map { $0 * force }, force)
  }
}
