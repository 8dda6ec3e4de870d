@testable import SocialInfluence
import Testing

/// Small networks with known answers, and shorthands for rules and generators.
enum Fixture {
  static func network(_ count: Int, _ ties: [(Int, Int)], isDirected: Bool = false) -> Network {
    SmallNetworks.network(count, ties, isDirected: isDirected)
  }

  static func path(_ n: Int) -> Network { SmallNetworks.path(n) }
  static func cycle(_ n: Int) -> Network { SmallNetworks.cycle(n) }
  static func star(_ n: Int) -> Network { SmallNetworks.star(n) }
  static func clique(_ n: Int) -> Network { SmallNetworks.clique(n) }
  static var grid: Network { SmallNetworks.grid }
  static var petersen: Network { SmallNetworks.petersen }
  static var karate: Network { SmallNetworks.karate }

  static func cascade(_ probability: Double, ties: Bool = false, ceiling: Double? = nil) throws -> IndependentCascade {
    var values: [String: ParameterValue] = [
      "probability": .distribution(Constant(value: probability)), "coins": .text(ties ? "ties" : "needs"),
      "by": .text("listener"),
    ]
    if let ceiling { values["ceiling"] = .number(ceiling) }
    return try IndependentCascade(ParameterValues(values))
  }

  static func fractional(
    _ threshold: Double, _ convention: ThresholdConvention = .atLeast
  ) -> FractionalThreshold {
    FractionalThreshold(
      ParameterValues([
        "threshold": .distribution(Constant(value: threshold)), "convention": .text(convention.rawValue),
      ]))
  }

  static func absolute(_ threshold: Double, _ convention: ThresholdConvention = .atLeast) -> AbsoluteThreshold {
    AbsoluteThreshold(
      ParameterValues([
        "threshold": .distribution(Constant(value: threshold)), "convention": .text(convention.rawValue),
      ]))
  }

  static func generator<G: NetworkGenerator>(_ type: G.Type, _ values: [String: ParameterValue]) throws -> G {
    var all: [String: ParameterValue] = type is InfluenceNetwork.Type ? ["attention": .number(0)] : [:]
    for (key, value) in values { all[key] = value }
    return try type.init(ParameterValues(all))
  }

  static func random(_ seed: UInt64, network: Int = 1, draw: Int = 0) -> RandomAddress {
    RandomAddress(randomSeed: seed, network: network, draw: draw)
  }
}

/// One cascade at a time, through the same kernels as the program.
struct Simulator {
  let network: Network
  let rule: any ContagionRule
  var story = 1.0
  var susceptibility: [Double] = []
  var weights: [Double]?
  private var workspace = Workspace()

  init(_ network: Network, _ rule: any ContagionRule) { (self.network, self.rule) = (network, rule) }

  var outcome: Workspace.Outcome { workspace.outcome }
  var stepEnds: [Int] { outcome.stepEnds }
  var order: [UInt32] { Array(outcome.queue.prefix(size)) }
  var size: Int { outcome.size }

  /// What the listeners of one draw work with.
  func audience(_ address: RandomAddress) -> Audience {
    var listeners = Listeners(rule, on: network, at: address)
    (listeners.story, listeners.susceptibility) = (story, susceptibility)
    return Audience(listeners, weights: weights)
  }

  /// Runs from `seeds` with the needs or coins of `address`.
  mutating func run(_ seeds: [UInt32], _ address: RandomAddress) {
    do {
      try rule.spread(from: seeds, on: network, audience(address), at: address, in: &workspace)
    } catch {
      Issue.record("\(error.reason)")
    }
  }
}
