import SocialInfluence

/// Whole cascades on one network; restoring the state is included.
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
  private var audience: Audience
  private var workspace = Workspace()

  /// Cascades start from ten random seeds at p = .15, thresholds of .1 from one agent in a thousand: most agents adopt.
  init(_ kind: Kind, agentCount: Int) {
    self.kind = kind
    let generator = GnmNetwork(ParameterValues(["meanDegree": .number(10)]))
    let demand = NetworkDemand(agentCount: agentCount, meanDegree: 10)
    let isThreshold = kind == .threshold || kind == .weightedThreshold
    guard let network = try? generator.network(demand, at: address),
      let cascade = try? Self.cascade(kind == .coinsByTies ? .ties : .needs)
    else { preconditionFailure("ten ties per agent fit") }
    self.network = network
    rule =
      isThreshold
      ? FractionalThreshold(
        ParameterValues(["threshold": .distribution(Constant(value: 0.1)), "convention": .text("atLeast")])) : cascade
    audience = Audience(Listeners(rule, on: network, at: address))
    seeds = SeedPool.everyone.seeds(count: isThreshold ? agentCount / 1000 : 10, on: network, at: address)
    if kind == .weightedThreshold || kind == .byTraits {
      audience.weights = kind == .byTraits ? Self.weights(network) : [Double](repeating: 1, count: network.voiceCount)
      audience.exposures = [UInt64](repeating: 0, count: network.voiceCount)
      rule.fillExposures(&audience.exposures, weights: audience.weights, audience.listeners, network)
    }
    run()
    let adopters = workspace.outcome.queue[..<workspace.outcome.size]
    ties = adopters.reduce(0) { $0 + network.outDegree(Int($1)) }
  }

  private static func cascade(_ coins: CoinForm) throws -> IndependentCascade {
    try IndependentCascade(
      ParameterValues([
        "probability": .distribution(Constant(value: 0.15)), "by": .text("listener"), "coins": .text(coins.rawValue),
      ]))
  }

  /// Mavens and salesmen, one agent in twenty each, three times as trusted or persuasive.
  private static func weights(_ network: Network) -> [Double]? {
    func raised(_ first: Int) -> [Double] { (0..<network.agentCount).map { $0 % 20 == first ? 3 : 1 } }
    return Voice(on: network, expertise: raised(0), persuasion: raised(7), weighting: .ignore).raised
  }

  mutating func run() {
    if kind == .needsDrawn || kind == .byTraits { rule.fillDemands(&audience.listeners.demands, at: address) }
    try? rule.spread(from: seeds, on: network, audience, at: address, in: &workspace)
  }
}
