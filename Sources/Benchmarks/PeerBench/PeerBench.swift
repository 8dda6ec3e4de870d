import Dispatch
@testable import Experiments
import Foundation
import SocialInfluence

/// Runs tasks that a driver requests, so that another program can be timed in turn on the same file or the same task.
///
/// Each line of standard input names a task; the answer is one line that begins with seconds:
/// - `WORK CASCADES WORKERS`: cascades on the network given as argument: seconds per cascade, mean size and its
///   standard error. Seeding, drawing what the work needs and restoring the state are part of every cascade.
/// - `make KIND AGENTS WORKERS`: a fresh network of mean degree 10: seconds and ties.
/// - `read PATH WORKERS`: the network of an edge list, which replaces the one before: seconds, ties, and bytes of the
///   finished network.
/// - `measure METRIC WORKERS`: clustering, components or cores of the network: seconds and a number to compare.
@main
struct PeerBench {
  static func main() throws {
    ProcessMemory.reuse()
    Quantile.prepare()
    var network = Network(agentCount: 0, ties: TieList(), isDirected: false)
    var first = 1
    if CommandLine.arguments.count == 2 { network = try read(CommandLine.arguments[1], workers: 2) }
    say("read \(network.agentCount) \(network.tieCount)")
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      switch words.first {
      case "make": say(Generation.make(words[1], agents: Int(words[2]) ?? 0, workers: Int(words[3]) ?? 1))
      case "read":
        let time = try ContinuousClock().measure { network = try read(words[1], workers: Int(words[2]) ?? 1) }
        let bytes = 4 * (network.offsets.count + network.targets.count + network.inDegrees.count)
        say("\(time / .seconds(1)) \(network.tieCount) \(bytes)")
      case "measure": say(measure(words[1], network, workers: Int(words[2]) ?? 1))
      default: say(try cascades(words, network, &first))
      }
    }
  }

  private static func read(_ path: String, workers: Int) throws -> Network {
    try EdgeList.read(EdgeListSettings(path: path, isDirected: false), workers: workers).network
  }

  private static func measure(_ metric: String, _ network: Network, workers: Int) -> String {
    var value = 0.0
    let time = ContinuousClock().measure {
      switch metric {
      case "clustering": value = NetworkStatistics.clustering(of: network, workers: workers)?.meanLocal ?? 0
      case "components": value = Double(NetworkStatistics.components(of: network).count)
      case "cores": value = Double(NetworkStatistics.cores(of: network).max() ?? 0)
      default: preconditionFailure("\(metric): no such metric")
      }
    }
    return "\(time / .seconds(1)) \(value)"
  }

  private static func cascades(_ words: [String], _ network: Network, _ first: inout Int) throws -> String {
    guard words.count == 3, let work = Work(rawValue: words[0]), let cascades = Int(words[1]),
      let workers = Int(words[2])
    else { preconditionFailure("\(words): no such work") }
    let bench = try Bench(work, network)
    // A warm-up before the clock starts.
    _ = bench.run(first..<first + workers, workers: workers)
    var sizes = [Int]()
    let time = ContinuousClock().measure { sizes = bench.run(first..<first + cascades, workers: workers) }
    first += cascades
    let mean = Double(sizes.reduce(0, +)) / Double(sizes.count)
    let squares = sizes.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    let error = (squares / Double(max(1, sizes.count - 1)) / Double(sizes.count)).squareRoot()
    return "\(time / .seconds(1) / Double(cascades)) \(mean) \(error)"
  }

  /// Writes a line at once, past the buffer of standard output.
  private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  enum Work: String {
    case ties, needs, linear, fractional, tiny, rounds, continuous
  }

  struct Bench: Sendable {
    let work: Work
    let network: Network
    let rule: any ContagionRule
    let seeds: Int

    init(_ work: Work, _ network: Network) throws {
      (self.work, self.network) = (work, network)
      func cascade(_ p: Double, _ coins: String) throws -> IndependentCascade {
        try IndependentCascade(
          ParameterValues([
            "probability": .distribution(Constant(value: p)), "by": .text("listener"), "coins": .text(coins),
          ]))
      }
      switch work {
      case .ties: (rule, seeds) = (try cascade(0.15, "ties"), 10)
      case .needs: (rule, seeds) = (try cascade(0.15, "needs"), 10)
      case .tiny: (rule, seeds) = (try cascade(0.05, "ties"), 1)
      case .rounds:
        let values: [String: ParameterValue] = [
          "transmission": .number(0.1), "recovery": .number(0.3), "steps": .whole(100),
        ]
        (rule, seeds) = (try SusceptibleInfectedRecovered(ParameterValues(values)), network.agentCount / 100)
      case .continuous:
        let values: [String: ParameterValue] = [
          "transmissionRate": .number(0.1), "recoveryRate": .number(0.3), "stepLength": .number(1),
        ]
        (rule, seeds) = (try ContinuousSIR(ParameterValues(values)), network.agentCount / 100)
      case .linear: (rule, seeds) = (LinearThreshold(ParameterValues([:])), 1000)
      case .fractional:
        let uniform = try UniformLaw(ParameterValues(["from": .number(0), "to": .number(1)]))
        rule = FractionalThreshold(
          ParameterValues(["threshold": .distribution(uniform), "convention": .text("atLeast")]))
        seeds = 1000
      }
    }

    /// The sizes of the cascades of `draws`, divided among the workers.
    func run(_ draws: Range<Int>, workers: Int) -> [Int] {
      var sizes = [[Int]](repeating: [], count: workers)
      sizes.withUnsafeMutableBufferPointer { sizes in
        nonisolated(unsafe) let sizes = sizes
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
          var own = [Int]()
          var workspace = Workspace()
          var audience = Audience(
            Listeners(demands: [], hazards: [], hazard: 0, story: 1, susceptibility: []))
          audience.listeners.demands = [Double](repeating: 0, count: network.agentCount)
          let fixed = RandomAddress(randomSeed: 1, network: 1)
          audience.listeners.drawHazards(rule.hazardSource, on: network, at: fixed)
          for draw in draws where draw % workers == worker {
            let address = RandomAddress(randomSeed: 1, network: 1, draw: draw)
            rule.fillDemands(&audience.listeners.demands, at: address)
            let chosen = SeedPool.everyone.seeds(count: seeds, on: network, at: address)
            try? rule.spread(from: chosen, on: network, audience, at: address, in: &workspace)
            own.append(workspace.outcome.size)
          }
          sizes[worker] = own
        }
      }
      return sizes.flatMap { $0 }
    }
  }
}
