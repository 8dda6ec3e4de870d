import Dispatch
import Foundation
import SocialInfluence

/// Cascades from 10⁴ agents to as many as fit: cost per tie, what memory alone would allow, and the gain from a second
/// worker.
///
/// Usage: `ScaleBench [LARGEST]`, 10⁸ by default. Independent cascades with p = .15 from ten random seeds on G(n,m) of
/// mean degree 10; medians of five; memory as the system counts it.
@main
struct ScaleBench {
  static func main() {
    ProcessMemory.reuse()
    Quantile.prepare()
    let largest = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 0 : 100_000_000
    print(
      "    agents   made, s   peak, GiB |   coins by ties, ns a tie   M ties/s |   by needs   M ties/s | bare loop, of its rate"
    )
    for agents in [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000] where agents <= largest {
      row(agents)
    }
  }

  private static func row(_ agents: Int) {
    let clock = ContinuousClock()
    var made: Network?
    var demand = NetworkDemand(agentCount: agents, meanDegree: 10)
    demand.workers = ProcessInfo.processInfo.activeProcessorCount
    let values = ParameterValues(["meanDegree": .number(10)])
    // G(n,p) needs half as much extra memory while it is made; at this size the two networks are indistinguishable.
    let generator: any NetworkGenerator = agents > 10_000_000 ? GnpNetwork(values) : GnmNetwork(values)
    let making = clock.measure {
      made = try? generator.network(demand, at: RandomAddress(randomSeed: 1, network: 1))
    }
    guard let network = made else { preconditionFailure("a mean degree of 10 fits") }
    made = nil
    var ties = Cascades("ties", network)
    let byTies = ties.median(of: agents >= 100_000_000 ? 1 : 5, workers: 1)
    let text = String(
      format: "%10d %9.2f %11.2f | %25.3f %10.0f", agents, making / .seconds(1), Memory.peak,
      1e9 * byTies.seconds / Double(byTies.ties), Double(byTies.ties) / byTies.seconds / 1e6)
    print(text, terminator: "")
    var needs = Cascades("needs", network)
    let byNeeds = needs.median(of: agents >= 100_000_000 ? 1 : 5, workers: 1)
    print(
      String(
        format: " | %10.3f %10.0f", 1e9 * byNeeds.seconds / Double(byNeeds.ties),
        Double(byNeeds.ties) / byNeeds.seconds / 1e6), terminator: "")
    let loop = BareLoop(like: network)
    let successes = Int(0.15 * Double(byTies.ties))
    let bare = (0..<5).map { seed in
      clock.measure { Sink.take(loop.run(speakers: byTies.size, successes: successes, seed: UInt64(seed))) }
        / .seconds(1)
    }.sorted()[2]
    print(String(format: " | %8.1f ms, %.2f", bare * 1e3, bare / byTies.seconds))
    print(String(format: "%60s peak %.2f GiB", "", Memory.peak))
    guard agents == 10_000_000 else { return }
    gains(network, loop, byTies, successes)
  }

  /// The gain from a second worker: two copies of the bare loop, two replicates, one cascade.
  private static func gains(_ network: Network, _ loop: BareLoop, _ one: Measured, _ successes: Int) {
    func time(_ work: () -> Void) -> Double { ContinuousClock().measure(work) / .seconds(1) }
    func alone() -> Double { time { Sink.take(loop.run(speakers: one.size, successes: successes, seed: 7)) } }
    func both() -> Double {
      time {
        DispatchQueue.concurrentPerform(iterations: 2) { copy in
          Sink.take(loop.run(speakers: one.size, successes: successes, seed: UInt64(copy)))
        }
      }
    }
    var cascades = Cascades("ties", network)
    var pairs = [(loop: Double, replicates: Double, inside: Double)]()
    for _ in 0..<5 {
      let loopGain = 2 * alone() / both()
      let single = cascades.median(of: 1, workers: 1).rate
      pairs.append((loopGain, cascades.replicates(2) / single, cascades.median(of: 1, workers: 2).rate / single))
    }
    func median(_ value: ((loop: Double, replicates: Double, inside: Double)) -> Double) -> Double {
      pairs.map(value).sorted()[2]
    }
    print(
      String(
        format: "a second worker: bare loop × %.2f, replicates × %.2f (%.2f of it), one cascade × %.2f (%.2f of it)",
        median { $0.loop }, median { $0.replicates }, median { $0.replicates / $0.loop }, median { $0.inside },
        median { $0.inside / $0.loop }))
  }
}

/// Keeps results from being optimized away.
enum Sink {
  nonisolated(unsafe) static var sum: UInt64 = 0
  @inline(never) static func take(_ value: UInt64) { sum = value }
}

enum Memory {
  /// Peak memory of the process, in GiB.
  static var peak: Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Double($0.split(separator: " ")[1]) }.map { $0 / 1_048_576 } ?? .nan
  }
}
