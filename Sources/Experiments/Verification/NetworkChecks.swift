internal import Foundation
internal import SocialInfluence

/// Generators against closed forms.
enum NetworkChecks {
  static let tasks: [Verification.Task] = [
    .init(name: "N1") { effort, checks in try gnp(effort, &checks) },
    .init(name: "N1", isQuick: false) { _, checks in try connectivity(&checks) },
    .init(name: "N2") { effort, checks in try gnm(effort, &checks) },
    .init(name: "N3") { effort, checks in try barabasiAlbert(effort, &checks) },
    .init(name: "N4") { effort, checks in try wattsStrogatz(effort, &checks) },
    .init(name: "N5") { effort, checks in try configuration(effort, &checks) },
    .init(name: "N5") { effort, checks in try chungLu(effort, &checks) },
    .init(name: "N5") { effort, checks in try blocks(effort, &checks) },
    .init(name: "N5") { effort, checks in try influence(effort, &checks) },
    .init(name: "N7") { _, checks in try imported(&checks) },
  ]

  /// A generator as written in a scenario.
  private static func generator(_ text: String) throws -> any NetworkGenerator {
    let scenario = Trial.Case(
      agents: 1000, network: text, rule: "{ kind: independent-cascade, probability: 0.1 }", seed: 1
    ).scenario
    guard let generator = try Scenario.parse(Array(scenario.utf8), name: "network").points[0].arms[0].generator else {
      throw Failure(.internalError, "a network file is no generator")
    }
    return generator
  }

  /// Networks of one generator.
  private struct Graphs {
    let generator: any NetworkGenerator
    let agents: Int
    let count: Int
    let seed: UInt64
    var connectivity: [Double] = []
    /// Whether the generator gets latents to invert a law of degrees.
    var drawsLatents = false

    init(_ text: String, agents: Int, count: Int, seed: UInt64) throws {
      generator = try NetworkChecks.generator(text)
      (self.agents, self.count, self.seed) = (agents, count, seed)
    }

    /// Values of each network, one row each.
    func rows(_ values: (Network) -> [Double]) throws -> [[Double]] {
      try (1...count).map { graph in
        let address = RandomAddress(randomSeed: seed, network: graph)
        var demand = NetworkDemand(agentCount: agents, meanDegree: generator.traits.meanDegree ?? 0)
        demand.connectivity = connectivity
        if drawsLatents { demand.latents = Latents(agentCount: agents, at: address).connectivity }
        return values(try generator.network(demand, at: address))
      }
    }
  }

  /// Values of `graphs` networks, one row each.
  private static func sample(
    _ text: String, agents: Int, graphs: Int, seed: UInt64, _ values: (Network) -> [Double]
  ) throws -> [[Double]] {
    try Graphs(text, agents: agents, count: graphs, seed: seed).rows(values)
  }

  private static func degreeVariance(_ network: Network) -> Double {
    let mean = network.meanDegree
    return (0..<network.agentCount).reduce(0) {
      $0 + (Double(network.outDegree($1)) - mean) * (Double(network.outDegree($1)) - mean)
    } / Double(network.agentCount)
  }

  private static func share(_ network: Network, _ condition: (Int) -> Bool) -> Double {
    Double((0..<network.agentCount).count { condition(network.outDegree($0)) }) / Double(network.agentCount)
  }

  private static func gnp(_ effort: Effort, _ checks: inout Checks) throws {
    let rows = try sample(
      "{ kind: gnp, meanDegree: 9.99 }", agents: 1000, graphs: effort.runs(1000, quick: 150), seed: 1
    ) {
      [
        Double($0.tieCount), degreeVariance($0), Double(NetworkStatistics.triangles(of: $0).total),
        1000 * share($0) { $0 == 0 }, share($0) { $0 == 10 },
      ]
    }
    checks.mean("G(1000, .01): ties", 4995, "C(n,2)p", of: rows.map { $0[0] })
    // Measured around each graph's own mean, the variance is smaller by 4 · 4995 · .99 ÷ 1000².
    checks.mean("G(1000, .01): degree variance", 9.8901 - 0.0198, "(n−1)p(1−p)", of: rows.map { $0[1] })
    checks.mean("G(1000, .01): triangles", 166.167, "C(n,3)p³", of: rows.map { $0[2] })
    checks.mean("G(1000, .01): isolates", 0.0436, "n(1−p)^(n−1)", of: rows.map { $0[3] }, allowance: 0.001)
    checks.mean("G(1000, .01): share of degree 10", 0.12561, "Binomial(999, .01)", of: rows.map { $0[4] })
    // One agent in ten: their degrees are nearly independent.
    var counts = [Int](repeating: 0, count: 30)
    _ = try sample("{ kind: gnp, meanDegree: 9.99 }", agents: 1000, graphs: effort.runs(400, quick: 80), seed: 5) {
      network in
      for agent in stride(from: 0, to: 1000, by: 10) { counts[min(29, network.outDegree(agent))] += 1 }
      return []
    }
    var binomial = [power(0.99, 999)]
    for k in 1..<30 { binomial.append(binomial[k - 1] * Double(1000 - k) / Double(k) * 0.01 / 0.99) }
    checks.law("G(1000, .01): degrees", binomial, "Binomial(999, .01)", counts: counts)
    let giant = try sample("{ kind: gnp, meanDegree: 1.5 }", agents: 1000, graphs: effort.runs(400, quick: 80), seed: 3)
    {
      [Double(NetworkStatistics.components(of: $0).largest) / 1000]
    }
    checks.mean("np = 1.5: giant component", 0.582812, "Erdős & Rényi 1960", of: giant.map { $0[0] }, allowance: 0.008)
  }

  private static func connectivity(_ checks: inout Checks) throws {
    for (c, expected) in [(0.0, 0.3679), (1, 0.6922), (2, 0.8734)] {
      let z = (naturalLogarithm(1000) + c) / 1000 * 999
      let rows = try sample("{ kind: gnp, meanDegree: \(z) }", agents: 1000, graphs: 2000, seed: 2) {
        [NetworkStatistics.components(of: $0).count == 1 ? 1 : 0]
      }
      checks.mean("p = (ln n + \(c)) ÷ n: connected", expected, "exp(−e^−c)", of: rows.map { $0[0] }, allowance: 0.01)
    }
  }

  private static func gnm(_ effort: Effort, _ checks: inout Checks) throws {
    let (n, m) = (1000.0, 5000.0)
    let pairs = n * (n - 1) / 2
    let triangles = n * (n - 1) * (n - 2) / 6 * (m / pairs) * ((m - 1) / (pairs - 1)) * ((m - 2) / (pairs - 2))
    let rows = try sample("{ kind: gnm, meanDegree: 10 }", agents: 1000, graphs: effort.runs(1000, quick: 150), seed: 4)
    {
      [$0.meanDegree, degreeVariance($0), Double(NetworkStatistics.triangles(of: $0).total)]
    }
    checks.equal("G(1000, 5000): mean degree", Set([10.0]), "2m/n", found: Set(rows.map { $0[0] }))
    checks.mean("G(1000, 5000): degree variance", 9.88012, "hypergeometric", of: rows.map { $0[1] })
    checks.mean("G(1000, 5000): triangles", triangles, "C(n,3)m(m−1)(m−2)/…", of: rows.map { $0[2] })
  }

  private static func barabasiAlbert(_ effort: Effort, _ checks: inout Checks) throws {
    let rows = try sample(
      "{ kind: barabasi-albert, meanDegree: 6 }", agents: 10_000, graphs: effort.runs(100, quick: 15), seed: 11
    ) { network in
      [3, 4, 5, 6, 7, 8].map { k in share(network) { $0 == k } }
        + [
          share(network) { $0 >= 30 }, Double(network.tieCount),
          Double((0..<10_000).map { network.outDegree($0) }.max() ?? 0),
        ]
    }
    let source = "Dorogovtsev et al. 2000"
    for (place, expected) in [0.4, 0.2, 0.114286, 0.071429, 0.047619, 0.033333].enumerated() {
      checks.mean("m = 3: p(\(place + 3))", expected, source, of: rows.map { $0[place] }, allowance: 0.0006)
    }
    checks.mean("m = 3: P(K ≥ 30)", 0.012903, source, of: rows.map { $0[6] }, allowance: 0.0006)
    checks.equal("m = 3: ties", Set([29_991.0]), "m(n − m), from a star of m + 1", found: Set(rows.map { $0[7] }))
    checks.mean("m = 3: largest degree", 320, "about m√n", of: rows.map { $0[8] }, allowance: 40)
  }

  private static func wattsStrogatz(_ effort: Effort, _ checks: inout Checks) throws {
    let source = "Barrat & Weigt 2000"
    for (p, transitivity, variance, tens) in [
      (0.01, 0.6440, 0.0995, 0.9069), (0.1, 0.4783, 0.95, 0.4633), (0.5, 0.086, 3.75, 0.2046), (1, 0.0083, 5, 0.1755),
    ] {
      let rows = try sample(
        "{ kind: watts-strogatz, meanDegree: 10, rewiring: \(p) }", agents: 1000, graphs: effort.runs(200, quick: 30),
        seed: 10
      ) {
        [
          NetworkStatistics.clustering(of: $0)?.global ?? 0, degreeVariance($0), share($0) { $0 == 10 },
          share($0) { $0 < 5 },
        ]
      }
      checks.mean("rewiring \(p): transitivity", transitivity, source, of: rows.map { $0[0] }, allowance: 0.012)
      checks.mean("rewiring \(p): degree variance", variance, "(k/2)p(2−p)", of: rows.map { $0[1] }, allowance: 0.012)
      checks.mean("rewiring \(p): share of degree 10", tens, source, of: rows.map { $0[2] }, allowance: 0.012)
      checks.equal("rewiring \(p): agents below k/2", Set([0.0]), "by construction", found: Set(rows.map { $0[3] }))
    }
    let ring = try sample("{ kind: ring-lattice, meanDegree: 10 }", agents: 1000, graphs: 1, seed: 1) {
      [NetworkStatistics.clustering(of: $0)?.global ?? 0, meanDistance($0)]
    }
    checks.value("ring: transitivity", 2.0 / 3, "3(k−2)/(4(k−1))", found: ring[0][0], within: 1e-12)
    checks.value("ring: mean distance", 50.450450, "Watts & Strogatz 1998", found: ring[0][1], within: 1e-5)
  }

  /// Mean distance from agent 0; on a ring it is the same from every agent.
  private static func meanDistance(_ network: Network) -> Double {
    var distances = [Int](repeating: -1, count: network.agentCount)
    distances[0] = 0
    var queue = [0]
    var head = 0
    while head < queue.count {
      let agent = queue[head]
      head += 1
      for place in network.voices(of: agent) where distances[Int(network.targets[place])] < 0 {
        distances[Int(network.targets[place])] = distances[agent] + 1
        queue.append(Int(network.targets[place]))
      }
    }
    return Double(distances.reduce(0, +)) / Double(network.agentCount - 1)
  }

  /// The degree law, no loops or repeats, and transitivity at chance level.
  private static func configuration(_ effort: Effort, _ checks: inout Checks) throws {
    var graphs = try Graphs(
      "{ kind: configuration-model, meanDegree: 4, degrees: { kind: poisson } }", agents: 2000,
      count: effort.runs(400, quick: 60), seed: 15)
    graphs.drawsLatents = true
    let rows = try graphs.rows {
      [
        $0.meanDegree, degreeVariance($0), NetworkStatistics.clustering(of: $0)?.global ?? 0,
        $0.firstBrokenInvariant() == nil ? 0 : 1,
      ]
    }
    checks.mean(
      "configuration model, Poisson 4: mean degree", 4, "degree law", of: rows.map { $0[0] }, allowance: 0.001)
    checks.mean(
      "configuration model, Poisson 4: degree variance", 4, "degree law", of: rows.map { $0[1] }, allowance: 0.01)
    // ν² ÷ (nz) with ν = z: z ÷ n.
    checks.mean(
      "configuration model, Poisson 4: transitivity", 4.0 / 2000, "ν²/(nz)", of: rows.map { $0[2] }, allowance: 1e-4)
    checks.equal("configuration model: loops and repeats", Set([0.0]), "switched away", found: Set(rows.map { $0[3] }))
  }

  private static func chungLu(_ effort: Effort, _ checks: inout Checks) throws {
    let n = 300
    let connectivity = (0..<n).map { $0 % 10 == 0 ? 5 : 5.0 / 9 }
    var demand = NetworkDemand(agentCount: n, meanDegree: 8)
    demand.connectivity = connectivity
    let weights = demand.expectedTies
    let total = weights.reduce(0, +)
    func expected(_ i: Int) -> Double {
      (0..<n).reduce(0) { $1 == i ? $0 : $0 + probability(ofHazard: weights[i] * weights[$1] / total) }
    }
    var graphs = try Graphs(
      "{ kind: chung-lu, meanDegree: 8 }", agents: n, count: effort.runs(4000, quick: 600), seed: 12)
    graphs.connectivity = connectivity
    let rows = try graphs.rows { [Double($0.outDegree(0)), Double($0.outDegree(1)), Double($0.tieCount)] }
    checks.mean("Chung–Lu: degree of a hub", expected(0), "Σ(1 − exp(−wᵢwⱼ/W))", of: rows.map { $0[0] })
    checks.mean("Chung–Lu: degree of another", expected(1), "Σ(1 − exp(−wᵢwⱼ/W))", of: rows.map { $0[1] })
    checks.mean(
      "Chung–Lu: ties", (0..<n).reduce(0) { $0 + expected($1) } / 2, "half their sum", of: rows.map { $0[2] })
  }

  private static func blocks(_ effort: Effort, _ checks: inout Checks) throws {
    let (n, b) = (1000, 4)
    func group(_ agent: Int) -> Int { agent * b / n }
    let rows = try sample(
      "{ kind: planted-blocks, meanDegree: 10, groups: 4, mixing: 0.3 }", agents: n,
      graphs: effort.runs(400, quick: 60), seed: 16
    ) { network in
      var within = 0
      for agent in 0..<n {
        for place in network.voices(of: agent) where group(Int(network.targets[place])) == group(agent) { within += 1 }
      }
      return [network.meanDegree, Double(within) / Double(network.voiceCount)]
    }
    // Probabilities 1 − exp(−κκ/Σκ): over 249 others within a group, over 750 outside.
    let within = 249 * probability(ofHazard: 7.0 * 7 / (250 * 7))
    let outside = 750 * probability(ofHazard: 3.0 * 3 / (0.75 * 3000))
    checks.mean("planted blocks: mean degree", within + outside, "(c_in + (b−1)c_out)/b", of: rows.map { $0[0] })
    checks.mean(
      "planted blocks: share within", within / (within + outside), "c_in/(c_in + (b−1)c_out)", of: rows.map { $0[1] },
      allowance: 2e-4)
  }

  private static func influence(_ effort: Effort, _ checks: inout Checks) throws {
    let n = 2000
    let connectivity = (0..<n).map { $0 < 200 ? 5.5 : 0.5 }
    var demand = NetworkDemand(agentCount: n, meanDegree: 5)
    demand.connectivity = connectivity
    let expected = demand.expectedTies
    var graphs = try Graphs(
      "{ kind: influence-network, meanDegree: 5 }", agents: n, count: effort.runs(1000, quick: 150), seed: 13)
    graphs.connectivity = connectivity
    let rows = try graphs.rows {
      [Double($0.outDegree(0)), Double($0.outDegree(n - 1)), Double($0.inDegrees[0]), Double($0.inDegrees[n - 1])]
    }
    checks.mean("influence network: out-ties of a hub", expected[0], "Watts & Dodds 2007", of: rows.map { $0[0] })
    checks.mean("influence network: out-ties of another", expected[n - 1], "Watts & Dodds 2007", of: rows.map { $0[1] })
    checks.mean("influence network: in-ties of a hub", 5, "attention 0", of: rows.map { $0[2] }, allowance: 0.02)
    checks.mean("influence network: in-ties of another", 5, "attention 0", of: rows.map { $0[3] }, allowance: 0.02)
  }

  /// Zachary's karate club from an edge list, and directed ties read as written.
  private static func imported(_ checks: inout Checks) throws {
    let karate = SmallNetworks.karate
    let rows = (0..<34).flatMap { agent in
      karate.voices(of: agent).filter { Int(karate.targets[$0]) > agent }.map { "\(agent),\(karate.targets[$0])" }
    }
    let path =
      FileManager.default.temporaryDirectory.path + "/influents-verify-\(ProcessInfo.processInfo.processIdentifier).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    func read(_ text: String, directed: Bool) throws -> Network {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return try EdgeList.read(EdgeListSettings(path: path, isDirected: directed)).network
    }
    let network = try read("source,target\n" + rows.joined(separator: "\n") + "\n", directed: false)
    checks.equal(
      "karate club: agents and ties", [34, 78], "Zachary 1977", found: [network.agentCount, network.tieCount])
    checks.equal(
      "karate club: triangles", 45, "Zachary 1977", found: Int(NetworkStatistics.triangles(of: network).total))
    let arrows = try read("a b\na c\nb c\n", directed: true)
    checks.equal(
      "arrows: out-ties in file order", [2, 1, 0], "as written", found: (0..<3).map { arrows.outDegree($0) })
    checks.equal("arrows: in-ties", [0, 1, 2], "as written", found: arrows.inDegrees.map(Int.init))
  }
}
