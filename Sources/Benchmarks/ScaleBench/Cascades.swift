import Dispatch
import SocialInfluence

/// A cascade's seconds, adopters, and ties of all adopters.
struct Measured {
  let seconds: Double
  let size: Int
  let ties: Int
  /// Ties per second.
  var rate: Double { Double(ties) / seconds }
}

/// Whole cascades on one network; seeding, drawing needs and restoring the state are included.
struct Cascades: Sendable {
  private let network: Network
  private let rule: IndependentCascade
  private var audience: Audience
  private var workspace = Workspace()
  private var draw = 0

  init(_ coins: String, _ network: Network) {
    self.network = network
    guard
      let rule = try? IndependentCascade(
        ParameterValues([
          "probability": .distribution(Constant(value: 0.15)), "by": .text("listener"), "coins": .text(coins),
        ]))
    else { preconditionFailure("p = .15 is a probability") }
    self.rule = rule
    audience = Audience(Listeners(rule, on: network, at: RandomAddress(randomSeed: 1, network: 1)))
  }

  /// The median by rate of `count` cascades, after one warm-up.
  mutating func median(of count: Int, workers: Int) -> Measured {
    _ = run(workers)
    return (0..<count).map { _ in run(workers) }.sorted { $0.rate < $1.rate }[count / 2]
  }

  private mutating func run(_ workers: Int) -> Measured {
    draw += 1
    let address = RandomAddress(randomSeed: 1, network: 1, draw: draw)
    workspace.workers = workers
    let time = ContinuousClock().measure {
      rule.fillDemands(&audience.listeners.demands, at: address)
      let seeds = SeedPool.everyone.seeds(count: 10, on: network, at: address)
      try? rule.spread(from: seeds, on: network, audience, at: address, in: &workspace)
    }
    let ties = workspace.outcome.queue[..<workspace.outcome.size].reduce(0) { $0 + network.outDegree(Int($1)) }
    return Measured(seconds: time / .seconds(1), size: workspace.outcome.size, ties: ties)
  }

  /// Ties per second of all workers, each with a cascade of its own.
  func replicates(_ workers: Int) -> Double {
    var all = [Cascades](repeating: self, count: workers)
    for worker in 0..<workers { all[worker].draw = 100 * (worker + 1) }
    // A warm-up before the clock starts.
    return all.withUnsafeMutableBufferPointer { all in
      nonisolated(unsafe) let all = all
      DispatchQueue.concurrentPerform(iterations: workers) { worker in _ = all[worker].run(1) }
      var measured = [Measured?](repeating: nil, count: workers)
      measured.withUnsafeMutableBufferPointer { measured in
        nonisolated(unsafe) let measured = measured
        DispatchQueue.concurrentPerform(iterations: workers) { worker in measured[worker] = all[worker].run(1) }
      }
      let known = measured.compactMap { $0 }
      // Until the last worker has ended. As for one cascade, counting ties is not timed.
      return Double(known.reduce(0) { $0 + $1.ties }) / (known.map(\.seconds).max() ?? .infinity)
    }
  }
}
