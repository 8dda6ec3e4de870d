import SocialInfluence
import Testing

/// Small networks with known answers, and shorthands for rules and generators.
enum Fixture {
  static func network(_ count: Int, _ ties: [(Int, Int)], isDirected: Bool = false) -> Network {
    var list = TieList()
    for (a, b) in ties { list.append(a, b) }
    return Network(agentCount: count, ties: list, isDirected: isDirected)
  }

  static func path(_ n: Int) -> Network { network(n, (0..<n - 1).map { ($0, $0 + 1) }) }
  static func cycle(_ n: Int) -> Network { network(n, (0..<n).map { ($0, ($0 + 1) % n) }) }
  static func star(_ n: Int) -> Network { network(n, (1..<n).map { (0, $0) }) }
  static func clique(_ n: Int) -> Network {
    network(n, (0..<n).flatMap { a in (a + 1..<n).map { (a, $0) } })
  }
  /// 3 × 3, row by row.
  static var grid: Network {
    network(9, [(0, 1), (1, 2), (3, 4), (4, 5), (6, 7), (7, 8), (0, 3), (1, 4), (2, 5), (3, 6), (4, 7), (5, 8)])
  }
  /// Outer cycle 0 … 4, inner agents 5 … 9.
  static var petersen: Network {
    let outer = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]
    let spokes = [(0, 5), (1, 6), (2, 7), (3, 8), (4, 9)]
    return network(10, outer + spokes + [(5, 7), (6, 8), (7, 9), (8, 5), (9, 6)])
  }
  /// Zachary's karate club, ids from 0 (networkx 3.6.1).
  static var karate: Network {
    let rows = [
      0: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31], 1: [2, 3, 7, 13, 17, 19, 21, 30],
      2: [3, 7, 8, 9, 13, 27, 28, 32], 3: [7, 12, 13], 4: [6, 10], 5: [6, 10, 16], 6: [16], 8: [30, 32, 33],
      9: [33], 13: [33], 14: [32, 33], 15: [32, 33], 18: [32, 33], 19: [33], 20: [32, 33], 22: [32, 33],
      23: [25, 27, 29, 32, 33], 24: [25, 27, 31], 25: [31], 26: [29, 33], 27: [33], 28: [31, 33], 29: [32, 33],
      30: [32, 33], 31: [32, 33], 32: [33],
    ]
    return network(34, rows.sorted { $0.key < $1.key }.flatMap { row in row.value.map { (row.key, $0) } })
  }

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
