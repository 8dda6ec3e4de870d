internal import SocialInfluence
internal import Theory

/// Cascades on random networks against percolation (Newman 2002), and cascades from many seeds.
enum PercolationChecks {
  static let tasks: [Verification.Task] = [
    .init(name: "table 5") { _, checks in sizes(&checks) },
    .init(name: "table 5") { _, checks in small(&checks) },
    .init(name: "table 5") { _, checks in removal(&checks) },
    .init(name: "P1") { effort, checks in try above(effort, &checks, coins: "needs") },
    .init(name: "P1", isQuick: false) { effort, checks in try above(effort, &checks, coins: "ties") },
    .init(name: "P2") { effort, checks in try below(effort, &checks) },
    .init(name: "P3") { effort, checks in try crossing(effort, &checks) },
    .init(name: "P4") { effort, checks in try engines(effort, &checks) },
    .init(name: "P5") { effort, checks in try bigSeeds(effort, &checks) },
    .init(name: "P5") { effort, checks in try friends(effort, &checks) },
    .init(name: "P6", isQuick: false) { effort, checks in try assertions(effort, &checks) },
  ]

  private static let newman = "Newman 2002"

  static func poisson(_ mean: Double) -> [Double] { DegreeProbabilities.poisson(mean: mean) }

  /// A degree law p_k ∝ `weight(k)` for k ≥ `first`, normalized.
  private static func law(_ weight: (Double) -> Double, from first: Int) -> [Double] {
    let raw = (0..<6000).map { $0 < first ? 0 : weight(Double($0)) }
    let sum = raw.reduce(0, +)
    return raw.map { $0 / sum }
  }
  private static let exponentialLaw = law({ exponential(-$0 / 3) }, from: 0)
  private static let power20 = law({ power($0, -2) * exponential(-$0 / 20) }, from: 1)
  private static let power40 = law({ power($0, -2) * exponential(-$0 / 40) }, from: 1)
  private static let power100 = law({ power($0, -2.5) * exponential(-$0 / 100) }, from: 1)
  private static let geometric4 = law({ power(0.8, $0) }, from: 0)

  /// Degree laws; for each T the share S of a giant outbreak and the mean size of a small one.
  private static let published: [(String, [Double], [(Double, Double, Double)])] = [
    (
      "Poisson 3", poisson(3),
      [
        (0.2, 0, 2.5), (0.3, 0, 10), (0.4, 0.31369833, 5.667713), (0.5, 0.58281164, 2.672243),
        (1, 0.94047979, 1.217375),
      ]
    ),
    (
      "Poisson 4", poisson(4),
      [
        (0.1, 0, 1.666667), (0.2, 0, 5), (0.3, 0.31369833, 5.667713), (0.5, 0.79681213, 1.684567),
        (1, 0.98017260, 1.086141),
      ]
    ),
    (
      "exponential, κ 3", exponentialLaw,
      [(0.1, 0, 1.511215), (0.2, 0.00733054, 46.027712), (0.5, 0.47959574, 1.276697), (1, 0.69649989, 1.082296)]
    ),
    (
      "power law 2, cut-off 20", power20,
      [(0.1, 0, 1.460287), (0.5, 0.31705277, 1.936856), (1, 0.71033886, 2.557429)]
    ),
    (
      "power law 2, cut-off 40", power40,
      [(0.1, 0, 8.394916), (0.2, 0.10894967, 1.676427), (1, 0.78104917, 2.384350)]
    ),
    (
      "power law 2.5, cut-off 100", power100,
      [(0.1, 0, 1.448884), (0.2, 0.01488874, 2.907102), (0.5, 0.18952682, 2.123481), (1, 0.52239428, 2.776025)]
    ),
    ("geometric 4", geometric4, [(0.1, 0, 3), (0.2, 0.27525513, 1.779039), (0.5, 0.63397460, 1.122008)]),
  ]

  private static func sizes(_ checks: inout Checks) {
    for (name, degrees, cases) in published {
      for (t, size, mean) in cases {
        let solved = Percolation(degrees: degrees, transmissibility: t)
        checks.value("\(name), T \(t): S", size, newman, found: solved.size, within: 1e-6)
        checks.value(
          "\(name), T \(t): mean small outbreak", mean, newman, found: solved.meanSmallOutbreak ?? .nan, within: 2e-4)
      }
    }
    let (even, hubs) = (
      Percolation(degrees: poisson(4), transmissibility: 0.3533450872),
      Percolation(degrees: geometric4, transmissibility: 0.3533450872)
    )
    checks.value("crossing of Poisson 4 and geometric 4: S", 0.5214686, newman, found: even.size, within: 1e-6)
    checks.value("crossing: difference", 0, newman, found: even.size - hubs.size, within: 1e-6)
    checks.value(
      "geometric 4, T .15: top tenth ÷ random", 3.216, newman,
      found: {
        let solved = Percolation(degrees: geometric4, transmissibility: 0.15).takeOff
        return solved.top(fraction: 0.1) / solved.random
      }(), within: 6e-4)
  }

  private static func small(_ checks: inout Checks) {
    for (name, degrees, t, law) in [
      ("Poisson 4", poisson(4), 0.2, [0.449329, 0.161517, 0.087089, 0.055654, 0.039073]),
      ("Poisson 4", poisson(4), 0.5, [0.13534, 0.03663, 0.01487, 0.00716, 0.00378]),
      ("3-regular", [0, 0, 0, 1], 0.3, [0.343000, 0.216090, 0.136137, 0.088943, 0.060036]),
      ("geometric 4", geometric4, 0.2, [0.555556, 0.076208, 0.031361, 0.017208, 0.010819]),
    ] {
      for (place, found) in SmallOutbreaks.sizes(degrees: degrees, transmissibility: t, upTo: 5).enumerated() {
        checks.value("\(name), T \(t): P(size \(place + 1))", law[place], "Newman 2007", found: found, within: 6e-6)
      }
    }
  }

  private static func removal(_ checks: inout Checks) {
    for (name, degrees, cases) in [
      ("Poisson 4", poisson(4), [(0.01, 0.967831, 0.0), (0.1, 0.851209, 0.872555), (0.3, 0.408686, 0.647482)]),
      ("geometric 4", geometric4, [(0.01, 0.770781, 0), (0.1, 0.584911, 0.696165), (0.2, 0.245027, 0.6)]),
    ] {
      for (fraction, top, random) in cases {
        let kept = Percolation.removingTop(fraction: fraction, of: degrees)
        checks.value(
          "\(name) without the top \(fraction)", top, "Callaway et al. 2000",
          found: Percolation.size(degrees: degrees, transmissibility: 1, kept: kept), within: 1e-6)
        guard random > 0 else { continue }
        checks.value(
          "\(name) without a random \(fraction)", random, "Callaway et al. 2000",
          found: Percolation.size(
            degrees: degrees, transmissibility: 1,
            kept: Percolation.removingRandom(fraction: fraction, of: degrees)), within: 1e-6)
      }
    }
  }

  private static func above(_ effort: Effort, _ checks: inout Checks, coins: String) throws {
    let graphs = effort.runs(4000, quick: 300)
    let sizes = try Trial.sizes(
      Trial.Case(
        networks: graphs, agents: 10_000, network: "{ kind: gnm, meanDegree: 4 }",
        rule: "{ kind: independent-cascade, probability: 0.5, coins: \(coins) }", seed: 1))
    let solved = Percolation(degrees: poisson(4), transmissibility: 0.5)
    let large = sizes.filter { $0 > 1000 }
    checks.share(
      "Poisson 4, T .5, coins \(coins): take-off", solved.takeOff.random, newman,
      found: Checks.Hits(large.count, of: graphs))
    let deviation = Percolation.giantDeviation(reproduction: 2, agentCount: 10_000) ?? 0.0068
    checks.estimate(
      "Poisson 4, T .5, coins \(coins): size of an epidemic", solved.size, newman,
      found: Checks.Estimate(
        Double(large.reduce(0, +)) / Double(large.count) / 10_000, error: deviation / Double(large.count).squareRoot()),
      allowance: 5e-4)
    for (place, p) in SmallOutbreaks.sizes(degrees: poisson(4), transmissibility: 0.5, upTo: 5).enumerated() {
      checks.share(
        "Poisson 4, T .5, coins \(coins): P(size \(place + 1))", p, "Newman 2007",
        found: Checks.Hits(sizes.count { $0 == place + 1 }, of: graphs))
    }
  }

  private static func below(_ effort: Effort, _ checks: inout Checks) throws {
    let networks = effort.runs(2000, quick: 200)
    let sizes = try Trial.sizes(
      Trial.Case(
        networks: networks, draws: 10, agents: 10_000, network: "{ kind: gnm, meanDegree: 4 }",
        rule: "{ kind: independent-cascade, probability: 0.2, coins: ties }", seed: 2, more: "cutoff: none"))
    checks.estimate(
      "Poisson 4, T .2: mean outbreak", 5, newman,
      found: Checks.Estimate(
        Double(sizes.reduce(0, +)) / Double(sizes.count), error: 10 / Double(sizes.count).squareRoot()), allowance: 0.05
    )
    for size in 1...5 {
      checks.share(
        "Poisson 4, T .2: P(size \(size))", SmallOutbreaks.borel(reproduction: 0.8, size: size), "Borel law",
        found: Checks.Hits(sizes.count { $0 == size }, of: sizes.count))
    }
  }

  private static func crossing(_ effort: Effort, _ checks: inout Checks) throws {
    let records = try Trial.cascades(
      Trial.Case(
        networks: effort.runs(100, quick: 60), draws: 5, agents: 10_000,
        network: """
          { kind: configuration-model, meanDegree: 4,
            degrees: { values: [ { kind: poisson }, { kind: negative-binomial, cv: 1.11803398875 } ] } }
          """, rule: "{ kind: independent-cascade, probability: { values: [0.25, 0.45] } }", seed: 3))
    func share(_ point: Int) -> Double {
      Double(records[point].count { $0.cascade.size > 1000 }) / Double(records[point].count)
    }
    // Points: Poisson .25, Poisson .45, geometric .25, geometric .45.
    checks.holds(
      "T .25: hubs help", "> 0 (theory .382)", newman, found: Checks.text(share(2) - share(0)), share(2) - share(0) > 0)
    checks.holds(
      "T .45: evenness helps", "< 0 (theory −.130)", newman, found: Checks.text(share(3) - share(1)),
      share(3) - share(1) < 0)
  }

  /// The cascade against a separate percolation engine: one coin per tie, then the seed's component.
  private static func engines(_ effort: Effort, _ checks: inout Checks) throws {
    let runs = effort.runs(10_000, quick: 2000)
    let network = try GnmNetwork(ParameterValues(["meanDegree": .number(5)])).network(
      NetworkDemand(agentCount: 300, meanDegree: 5), at: RandomAddress(randomSeed: 5, network: 1))
    var words = SplitMix64(state: 77)
    let reference = (0..<runs).map { _ -> Double in
      var parents = Array(0..<300)
      func root(_ agent: Int) -> Int {
        var agent = agent
        while parents[agent] != agent { agent = parents[agent] }
        return agent
      }
      for agent in 0..<300 {
        for place in network.voices(of: agent) where Int(network.targets[place]) > agent {
          if words.next().unitInterval < 0.22 { parents[root(agent)] = root(Int(network.targets[place])) }
        }
      }
      let own = root(0)
      return Double((0..<300).count { root($0) == own })
    }
    for coins in ["needs", "ties"] {
      var bench = try Bench(
        network, "{ kind: independent-cascade, probability: 0.22, coins: \(coins) }", seed: 6)
      let sizes = try (1...runs).map { Double(try bench.run(from: [0], draw: $0).size) }
      checks.sameLaw("cascade and percolation engines, coins \(coins)", "Newman 2002", sizes, reference)
    }
  }

  private static func bigSeeds(_ effort: Effort, _ checks: inout Checks) throws {
    let theory = BigSeed(seedCount: 1000, reproduction: 0.5)
    checks.value("1000 seeds, R .5: total", 2000, "Watts & Peretti 2007", found: theory.total, within: 1e-9)
    let tide = BigSeed(seedCount: 900_000, reproduction: 40.0 / 940)
    checks.value(
      "Tide Coldwater: extra people", 40_000, "Watts & Peretti 2007", found: tide.total - 900_000, within: 50)
    let runs = effort.runs(400, quick: 60)
    let agents = effort.runs(1_000_000, quick: 300_000)
    let sizes = try Trial.sizes(
      Trial.Case(
        networks: runs / 20, draws: 20, agents: agents, network: "{ kind: gnm, meanDegree: 4 }",
        rule: "{ kind: independent-cascade, probability: 0.125, coins: ties }", seed: 4,
        more: "seeds: 1000\ncutoff: none"))
    // Trees meet: a share of up to total ÷ N of listeners has adopted already, at a loss of some total² ÷ N; twice that
    // is allowed.
    checks.estimate(
      "1000 seeds, R .5: total", theory.total, "Watts & Peretti 2007",
      found: Checks.Estimate(
        Double(sizes.reduce(0, +)) / Double(sizes.count), error: theory.deviation / Double(sizes.count).squareRoot()),
      allowance: 2 * theory.total * theory.total / Double(agents))
  }

  private static func assertions(_ effort: Effort, _ checks: inout Checks) throws {
    // Excess degree of the power law 2, cut-off 40, is 9.67: R = .5 at p = .0517.
    let sizes = try Trial.sizes(
      Trial.Case(
        networks: 100, draws: 20, agents: 10_000,
        network: "{ kind: configuration-model, degrees: { kind: power-law, exponent: 2, cutoff: 40 } }",
        rule: "{ kind: independent-cascade, probability: 0.0517 }", seed: 7, more: "cutoff: none")
    ).sorted()
    checks.equal("power law, R .5: median cascade", 1, "Goel et al. 2016", found: sizes[sizes.count / 2])
    let small = Double(sizes.count { $0 <= 2 }) / Double(sizes.count)
    checks.holds(
      "power law, R .5: sizes 1 and 2", "> 85 %", "Goel et al. 2016", found: Checks.text(small), small > 0.85)
    let (free, capped) = (
      Percolation(degrees: power40, transmissibility: 0.3).size,
      Percolation(degrees: power20, transmissibility: 0.3).size
    )
    checks.holds(
      "capping degrees at fixed T", "S falls", "Delre et al. 2010",
      found: "\(Checks.text(free)) to \(Checks.text(capped))", capped < free)
    let solved = Percolation(degrees: power40, transmissibility: 0.3).takeOff
    let multiplier = solved.top(fraction: 0.1) / solved.random
    checks.value("power law 2/40, T .3: top tenth ÷ random", 3.082, "Newman 2002", found: multiplier, within: 6e-4)
    // Reach per unit of cost of a seed in the top tenth against a random seed, at costs above and below the multiplier.
    func mean(_ seeding: String) throws -> Double {
      let sizes = try Trial.sizes(
        Trial.Case(
          networks: 100, draws: 10, agents: 10_000,
          network: "{ kind: configuration-model, degrees: { kind: power-law, exponent: 2, cutoff: 40 } }",
          rule: "{ kind: independent-cascade, probability: 0.3 }", seed: 8, more: "cutoff: none\nseeding: \(seeding)"))
      return Double(sizes.reduce(0, +)) / Double(sizes.count)
    }
    let (random, top) = (try mean("{ kind: random }"), try mean("{ kind: top-fraction, fraction: 0.1 }"))
    for (cost, winner) in [(1.3 * multiplier, "ordinary"), (multiplier / 1.3, "top")] {
      let found = random > top / cost ? "ordinary" : "top"
      checks.equal(
        "power law 2/40, a top seed at \(Checks.text(cost)): reach per cost", winner, "Bakshy et al. 2011", found: found
      )
    }
  }
}

extension PercolationChecks {
  /// The seed is a random friend of a random agent, at z = 8.
  private static func friends(_ effort: Effort, _ checks: inout Checks) throws {
    let networks = effort.runs(400, quick: 60)
    for (p, friend, random) in [(0.15, 0.342515, 0.313698), (0.25, 0.834737, 0.796812)] {
      for (seeding, expected) in [("random-friend", friend), ("random", random)] {
        let records = try Trial.cascades(
          Trial.Case(
            networks: networks, draws: 20, agents: 20_000, network: "{ kind: gnp, meanDegree: 8 }",
            rule: "{ kind: independent-cascade, probability: \(p) }", seed: 9, more: "seeding: { kind: \(seeding) }"))[
            0]
        let shares = Dictionary(grouping: records, by: \.replicate).values.map { own in
          Double(own.count { $0.cascade.size > 2000 }) / Double(own.count)
        }
        checks.mean("z 8, p \(p), \(seeding): P(global)", expected, "branching", of: shares, allowance: 0.004)
      }
    }
  }
}

/// SplitMix64: independent of the generator under test.
struct SplitMix64 {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
