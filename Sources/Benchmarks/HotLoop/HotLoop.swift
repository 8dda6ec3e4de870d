import Benchmark
import SocialInfluence
import Synchronization

/// Million ties per second: ties of all adopters for kernels, ties made for generators.
let tieRate = BenchmarkMetric.custom("million ties/s", polarity: .prefersLarger, useScalingFactor: false)

/// The hot loop: every kernel and generator at 10⁴, 10⁵ and 10⁶ agents, mean degree 10.
let benchmarks: @Sendable () -> Void = {
  ProcessMemory.reuse()
  Quantile.prepare()
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .instructions, tieRate], warmupIterations: 1, maxDuration: .seconds(2), maxIterations: 100)
  for count in [10_000, 100_000, 1_000_000] {
    for kind in KernelBench.Kind.allCases {
      let prepared = Mutex<KernelBench?>(nil)
      Benchmark("\(kind.rawValue), \(count) agents") { benchmark in
        prepared.withLock { bench in
          var own = bench ?? KernelBench(kind, agentCount: count)
          measure(benchmark, ties: own.ties) { own.run() }
          bench = own
        }
      }
    }
    for kind in EpidemicBench.Kind.allCases {
      let prepared = Mutex<EpidemicBench?>(nil)
      Benchmark("\(kind.rawValue), \(count) agents") { benchmark in
        prepared.withLock { bench in
          var own = bench ?? EpidemicBench(kind, agentCount: count)
          measure(benchmark, ties: own.ties) { own.run() }
          bench = own
        }
      }
    }
    for (name, generator) in generators {
      let demand = NetworkDemand(agentCount: count, meanDegree: 10)
      let address = RandomAddress(randomSeed: 1, network: 1)
      Benchmark("make \(name), \(count) agents") { benchmark in
        measure(benchmark, ties: 5 * count) { blackHole(try? generator.network(demand, at: address)) }
      }
    }
  }
}

/// Generators at mean degree 10.
private var generators: [(String, any NetworkGenerator)] {
  let values = ParameterValues(["meanDegree": .number(10), "attention": .number(0)])
  let whole = ParameterValues(["meanDegree": .whole(10), "rewiring": .number(0.1)])
  let all: [(String, (any NetworkGenerator)?)] = [
    ("influence network", try? InfluenceNetwork(values)), ("Chung–Lu", try? ChungLu(values)),
    ("G(n,p)", GnpNetwork(values)), ("G(n,m)", GnmNetwork(values)), ("Watts–Strogatz", try? WattsStrogatz(whole)),
    ("Barabási–Albert", try? BarabasiAlbert(whole)),
  ]
  return all.compactMap { name, generator in generator.map { (name, $0) } }
}

/// Times one run and records its rate.
private func measure(_ benchmark: Benchmark, ties: Int, _ run: () -> Void) {
  let clock = ContinuousClock()
  benchmark.startMeasurement()
  let time = clock.measure(run)
  benchmark.stopMeasurement()
  benchmark.measurement(tieRate, Int(Double(ties) / (time / .microseconds(1))))
}
