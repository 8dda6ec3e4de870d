import SocialInfluence

/// Whole cascades on one network, state restored included.
struct KernelBench: Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case needsDrawn = "cascade, needs drawn"
    case needsGiven = "cascade, needs given"
    case byTraits = "cascade by traits, needs drawn"
    case coinsByTies = "cascade, coins by ties"
    case threshold = "fractional threshold"
    case weightedThreshold = "weighted threshold"
  }

  /// Ties of all adopters of one cascade.
  private(set) var ties = 0
  private let kind: Kind
  private let network: Network
  private let seeds: [UInt32]
  private let address = RandomAddress(randomSeed: 1, network: 1, draw: 1)
  private let rule: any NeedRule
  private var listeners: Listeners
  private var counts: [UInt32]
  private var missing: [UInt32]
  private var units: [UInt64] = []
  private var missingUnits: [UInt64] = []
  private var exposures: [UInt64] = []
  private var hasExposures = false
  private var weights: [Double]?
  private let byTies: IndependentCascade
  private let audience: Audience
  private var workspace = Workspace()
  private var queue: [UInt32]
  private var stepEnds: [Int] = []

  /// Cascades start from ten random seeds at p = .15, thresholds of .1 from one agent in a thousand: most adopt.
  init(_ kind: Kind, agentCount: Int) {
    self.kind = kind
    let generator = GnmNetwork(ParameterValues(["meanDegree": .number(10)]))
    let demand = NetworkDemand(agentCount: agentCount, meanDegree: 10)
    guard let network = try? generator.network(demand, at: address),
      let cascade = try? Self.cascade(.needs), let byTies = try? Self.cascade(.ties)
    else { preconditionFailure("ten ties per agent fit") }
    (self.network, self.byTies) = (network, byTies)
    audience = Audience(Listeners(byTies, on: network, at: address))
    let isThreshold = kind == .threshold || kind == .weightedThreshold
    rule =
      isThreshold
      ? FractionalThreshold(
        ParameterValues(["threshold": .distribution(Constant(value: 0.1)), "convention": .text("atLeast")])) : cascade
    listeners = Listeners(
      demands: [Double](repeating: 0, count: agentCount), hazards: [],
      hazard: isThreshold ? 0 : hazard(ofProbability: 0.15), story: 1, susceptibility: [])
    seeds = SeedPool.everyone.seeds(count: isThreshold ? agentCount / 1000 : 10, on: network, at: address)
    counts = [UInt32](repeating: 0, count: agentCount)
    missing = counts
    queue = counts
    if kind == .weightedThreshold || kind == .byTraits {
      units = [UInt64](repeating: 0, count: agentCount)
      exposures = [UInt64](repeating: 0, count: network.voiceCount)
    }
    if kind == .byTraits { weights = Self.weights(network) }
    draw()
    run()
    let adopters =
      kind == .coinsByTies ? workspace.outcome.queue[..<workspace.outcome.size] : queue[..<(stepEnds.last ?? 0)]
    ties = adopters.reduce(0) { $0 + network.outDegree(Int($1)) }
  }

  private static func cascade(_ coins: CoinForm) throws -> IndependentCascade {
    try IndependentCascade(
      ParameterValues([
        "probability": .distribution(Constant(value: 0.15)), "by": .text("listener"), "coins": .text(coins.rawValue),
      ]))
  }

  private mutating func draw() {
    rule.fillDemands(&listeners.demands, at: address)
    rule.fillCounts(&counts, listeners, network)
    guard !exposures.isEmpty else { return }
    rule.fillUnits(&units, listeners, network)
    if !hasExposures { rule.fillExposures(&exposures, weights: weights, listeners, network) }
    hasExposures = true
  }

  /// Mavens and salesmen, one agent in twenty each, three times as trusted or persuasive.
  private static func weights(_ network: Network) -> [Double]? {
    func raised(_ first: Int) -> [Double] { (0..<network.agentCount).map { $0 % 20 == first ? 3 : 1 } }
    return Voice(on: network, expertise: raised(0), persuasion: raised(7), weighting: .ignore).raised
  }

  mutating func run() {
    switch kind {
    case .coinsByTies:
      try? byTies.spread(from: seeds, on: network, audience, at: address, in: &workspace)
    case .weightedThreshold, .byTraits:
      if kind == .byTraits { draw() }
      missingUnits = units
      ProgressiveKernel.spread(
        from: seeds, on: network, exposures: exposures, missing: &missingUnits, queue: &queue, stepEnds: &stepEnds)
    case .needsDrawn, .needsGiven, .threshold:
      if kind == .needsDrawn { draw() }
      missing = counts
      ProgressiveKernel.spread(from: seeds, on: network, missing: &missing, queue: &queue, stepEnds: &stepEnds)
    }
  }
}
