@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

/// Independent cascades against bond percolation (Newman 2002).
@Suite struct PercolationTests {
  private func sizes(_ tables: Lab.Tables, _ filter: [String: String] = [:]) throws -> [Int] {
    try tables.rows("cascades.csv", filter).compactMap { Int($0["size"] ?? "") }
  }

  /// Poisson 4, T = .5: P(take-off) = S = .79681213 and the small outbreaks P(1) … P(5), for both forms of coins.
  @Test(arguments: ["needs", "ties"])
  func aboveThreshold(coins: String) throws {
    let tables = try Lab.run(
      """
      format: 1
      name: percolation
      networks: 4000
      agents: 10000
      network: { kind: gnm, meanDegree: 4 }
      rule: { kind: independent-cascade, probability: 0.5, coins: \(coins) }
      """)
    let sizes = try sizes(tables)
    let count = Double(sizes.count)
    let large = sizes.filter { $0 > 1000 }
    let s = 0.79681213
    #expect(abs(Double(large.count) / count - s) < 4 * (s * (1 - s) / count).squareRoot())
    let mean = Double(large.reduce(0, +)) / Double(large.count) / 10_000
    #expect(abs(mean - s) < 4 * 0.0068 / Double(large.count).squareRoot() + 5e-4)
    for (index, p) in [0.13534, 0.03663, 0.01487, 0.00716, 0.00378].enumerated() {
      let found = Double(sizes.count { $0 == index + 1 }) / count
      #expect(abs(found - p) < 4 * (p * (1 - p) / count).squareRoot(), "size \(index + 1)")
    }
    #expect(abs(try tables.number("summary.csv", [:], "theory_global") - s) < 1e-7)
  }

  /// Poisson 4, T = .2: mean 5 and the Borel law.
  @Test func belowThreshold() throws {
    let tables = try Lab.run(
      """
      format: 1
      name: subcritical
      networks: 2000
      draws: 10
      agents: 10000
      network: { kind: gnm, meanDegree: 4 }
      rule: { kind: independent-cascade, probability: 0.2, coins: ties }
      cutoff: none
      """)
    let sizes = try sizes(tables)
    let count = Double(sizes.count)
    let mean = Double(sizes.reduce(0, +)) / count
    // √(R / (1 − R)³) = 10 for R = .8; at N = 10⁴ outbreaks meet themselves a little.
    #expect(abs(mean - 5) < 4 * 10 / count.squareRoot() + 0.05)
    for (index, p) in [0.449329, 0.161517, 0.087089, 0.055654, 0.039073].enumerated() {
      let found = Double(sizes.count { $0 == index + 1 }) / count
      #expect(abs(found - p) < 4 * (p * (1 - p) / count).squareRoot(), "size \(index + 1)")
    }
  }

  /// Hub-rich against even networks of mean degree 4: hubs help below T = .353, evenness above.
  @Test func hubsAgainstEvenness() throws {
    let tables = try Lab.run(
      """
      format: 1
      name: crossing
      networks: 100
      draws: 5
      agents: 10000
      network:
        kind: configuration-model
        meanDegree: 4
        degrees:
          values:
            - { kind: poisson }
            - { kind: negative-binomial, cv: 1.11803398875 }
      rule: { kind: independent-cascade, probability: { values: [0.25, 0.45] } }
      """)
    func probability(_ law: String, _ t: String) throws -> Double {
      try tables.number(
        "summary.csv", ["network_degrees": law, "rule_probability": t], "global_probability")
    }
    // .382 − 0 and .602 − .732; 500 cascades each, standard error at most .022.
    #expect(try probability("negative-binomial", "0.25") - probability("poisson", "0.25") > 0.25)
    #expect(try probability("negative-binomial", "0.45") - probability("poisson", "0.45") < 0)
    for (law, t, expected) in [("negative-binomial", "0.25", 0.382), ("negative-binomial", "0.45", 0.602)] {
      let theory = try tables.number("summary.csv", ["network_degrees": law, "rule_probability": t], "theory_global")
      #expect(abs(theory - expected) < 6e-4)
    }
  }

  /// The cascade engine against an independent percolation engine, written here: one coin per tie, sizes of components.
  @Test func cascadeEngineEqualsPercolation() throws {
    let runs = 10_000
    let generator = GnmNetwork(ParameterValues(["meanDegree": .number(5)]))
    let network = try generator.network(
      NetworkDemand(agentCount: 300, meanDegree: 5), at: RandomAddress(randomSeed: 5, network: 1))
    let folder = try TemporaryFolder()
    let rows = (0..<300).flatMap { agent in
      network.voices(of: agent).map { "\(agent) \(network.targets[$0])" }
    }
    // Every pair stands both ways: the reader keeps one tie of each.
    let path = try folder.write(rows.joined(separator: "\n") + "\n", "ties.txt")
    let first = String(rows[0].split(separator: " ")[0])
    let tables = try Lab.run(
      """
      format: 1
      name: engine
      draws: \(runs)
      network: { kind: file, path: \(path), directed: false, repeats: drop }
      rule: { kind: independent-cascade, probability: 0.22 }
      seeding: { kind: explicit, agents: [\(first)] }
      cutoff: none
      """)
    let cascades = try sizes(tables).sorted()
    var generatorOfCoins = SystemFreeGenerator(state: 77)
    let reference = (0..<runs).map { _ in
      percolate(network, from: Int(first) ?? 0, 0.22, using: &generatorOfCoins)
    }.sorted()
    // Kolmogorov–Smirnov, two samples, at 1e-5: 2.47 √(2 / R).
    let largest = cascades.last.map { max($0, reference[runs - 1]) } ?? 0
    var distance = 0.0
    for size in 1...largest {
      let a = Double(cascades.count { $0 <= size })
      let b = Double(reference.count { $0 <= size })
      distance = max(distance, abs(a - b) / Double(runs))
    }
    #expect(distance < 2.47 * (2 / Double(runs)).squareRoot())
  }

  /// The component of `start` when every tie is open with probability `p`.
  private func percolate(
    _ network: Network, from start: Int, _ p: Double, using random: inout SystemFreeGenerator
  ) -> Int {
    var open = Set<Int>()
    for agent in 0..<network.agentCount {
      for place in network.voices(of: agent) where Int(network.targets[place]) > agent {
        if Double(random.next() >> 11) * 0x1p-53 < p { open.insert(agent * 1000 + Int(network.targets[place])) }
      }
    }
    var reached: Set<Int> = [start]
    var stack = [start]
    while let agent = stack.popLast() {
      for place in network.voices(of: agent) {
        let other = Int(network.targets[place])
        if open.contains(min(agent, other) * 1000 + max(agent, other)), reached.insert(other).inserted {
          stack.append(other)
        }
      }
    }
    return reached.count
  }
}

/// SplitMix64: nothing in common with the generator under test.
struct SystemFreeGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
