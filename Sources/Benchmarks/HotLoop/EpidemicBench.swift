import SocialInfluence

/// Whole epidemics on a small-world network of degree 10, 1 % of its ties rewired, from 1 % seeds; drawing all random
/// numbers and restoring the state included.
struct EpidemicBench: Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case discrete = "SIR in rounds"
    case byTies = "SIR in rounds, coins by ties"
    case continuous = "SIR in continuous time"
    case doses = "remembered doses, 20 steps"
  }

  /// Ties of all adopters of one run.
  private(set) var ties = 0
  private let network: Network
  private let seeds: [UInt32]
  private let rule: any ContagionRule
  private let address = RandomAddress(randomSeed: 1, network: 1, draw: 1)
  private var audience: Audience
  private var workspace = Workspace()

  /// Transmission .1 and recovery .3 per round, 100 rounds; the same rates in continuous time; doses with exposure .3
  /// and a memory of 10 steps.
  init(_ kind: Kind, agentCount: Int) {
    let world = ParameterValues(["meanDegree": .whole(10), "rewiring": .number(0.01)])
    let discrete = ParameterValues([
      "transmission": .number(0.1), "recovery": .number(0.3), "steps": .whole(100),
      "coins": .text(kind == .byTies ? "ties" : "needs"),
    ])
    let continuous = ParameterValues([
      "transmissionRate": .number(0.1), "recoveryRate": .number(0.3), "stepLength": .number(1),
    ])
    let one = ParameterValue.distribution(Constant(value: 1))
    let doses = ParameterValues([
      "exposure": .number(0.3), "dose": one, "threshold": one, "memory": .whole(10), "recovery": .number(1),
      "resusceptibility": .number(1), "contacts": .text("voices"), "steps": .whole(20),
    ])
    let made: (any ContagionRule)?
    switch kind {
    case .discrete, .byTies: made = try? SusceptibleInfectedRecovered(discrete)
    case .continuous: made = try? ContinuousSIR(continuous)
    case .doses: made = DoseMemory(doses)
    }
    guard
      let network = try? WattsStrogatz(world).network(
        NetworkDemand(agentCount: agentCount, meanDegree: 10), at: address),
      let rule = made
    else { preconditionFailure("the parameters are sound") }
    (self.network, self.rule) = (network, rule)
    seeds = SeedPool.everyone.seeds(count: agentCount / 100, on: network, at: address)
    audience = Audience(Listeners(rule, on: network, at: address))
    run()
    ties = 10 * workspace.outcome.size
  }

  mutating func run() {
    rule.fillDemands(&audience.listeners.demands, at: address)
    try? rule.spread(from: seeds, on: network, audience, at: address, in: &workspace)
  }

  var size: Int { workspace.outcome.size }
}
