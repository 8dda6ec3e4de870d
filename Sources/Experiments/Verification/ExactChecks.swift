internal import SocialInfluence

/// Small graphs on which every outcome can be enumerated: means and whole laws of every rule.
enum ExactChecks {
  static let tasks: [Verification.Task] =
    [
      .init(name: "X1") { effort, checks in try cascades(effort, &checks, coins: "needs") },
      .init(name: "X1") { effort, checks in try cascades(effort, &checks, coins: "ties") },
      .init(name: "X1") { effort, checks in try attention(effort, &checks) },
      .init(name: "X2") { effort, checks in try karate(effort, &checks) },
      .init(name: "X3") { _, checks in structuralVirality(&checks) },
      .init(name: "X3") { effort, checks in try whoConvincedWhom(effort, &checks) },
      .init(name: "X4") { effort, checks in try metamorphic(effort, &checks) },
    ] + RuleLaws.tasks + TraceLaws.tasks

  /// A rule against its enumeration: the law of sizes, and the mean number of adopters after the first steps.
  static func compare(
    _ what: String, _ source: String, _ law: ExactLaw, _ tally: Bench.Tally, _ checks: inout Checks
  ) {
    let total = Double(tally.runs)
    let variance = law.sizes.enumerated().reduce(0) { sum, item in
      sum + (Double(item.offset) - law.mean) * (Double(item.offset) - law.mean) * item.element
    }
    let mean = tally.sizes.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) } / total
    checks.estimate(
      "\(what): mean", law.mean, source, found: Checks.Estimate(mean, error: (variance / total).squareRoot()),
      allowance: 1e-6)
    checks.law(what, law.sizes, source, counts: tally.sizes)
    for step in 1..<max(1, min(4, law.steps.count)) {
      let sums = tally.adopters[step]
      let found = sums.sum / total
      let error = (max(0, sums.squares / total - found * found) / total).squareRoot()
      // The allowance is for steps that hardly vary, where one outcome can exceed 4 standard errors.
      checks.estimate(
        "\(what): adopters after step \(step)", law.steps[step], source, found: Checks.Estimate(found, error: error),
        allowance: 10 / total)
    }
    if !tally.prevalence.isEmpty { checks.mean("\(what): prevalence", law.prevalence, source, of: tally.prevalence) }
  }

  private struct Graph {
    let name: String
    let network: Network
    let seed: UInt32
    /// Mean size of independent cascades with p = 1/2 (or as named), from an independent computation.
    let mean: Double
    /// P(size 1), P(size 2), …, likewise; empty where only the mean is known.
    var law: [Double] = []
  }

  /// What an independent enumeration found.
  private struct Known {
    let source: String
    let mean: Double
    /// P(size 1), P(size 2), …, each within `tolerance`; empty where only the mean is known.
    let sizes: [Double]
    let tolerance: Double
  }

  /// The enumeration against an independent one.
  private static func compare(_ what: String, _ law: ExactLaw, with known: Known, _ checks: inout Checks) {
    checks.value("\(what): enumeration", known.mean, known.source, found: law.mean, within: 1e-9)
    for (place, chance) in known.sizes.enumerated() {
      checks.value(
        "\(what): enumeration, size \(place + 1)", chance, known.source, found: law.sizes[place + 1],
        within: known.tolerance)
    }
  }

  private static let halves = [
    Graph(
      name: "path of 5, end", network: SmallNetworks.path(5), seed: 0, mean: 31.0 / 16,
      law: [1.0 / 2, 1.0 / 4, 1.0 / 8, 1.0 / 16, 1.0 / 16]),
    Graph(
      name: "star of 5, hub", network: SmallNetworks.star(5), seed: 0, mean: 3,
      law: [1.0 / 16, 1.0 / 4, 3.0 / 8, 1.0 / 4, 1.0 / 16]),
    Graph(
      name: "star of 5, leaf", network: SmallNetworks.star(5), seed: 1, mean: 9.0 / 4,
      law: [1.0 / 2, 1.0 / 16, 3.0 / 16, 3.0 / 16, 1.0 / 16]),
    Graph(
      name: "clique of 3", network: SmallNetworks.clique(3), seed: 0, mean: 9.0 / 4, law: [1.0 / 4, 1.0 / 4, 1.0 / 2]),
    Graph(
      name: "clique of 4", network: SmallNetworks.clique(4), seed: 0, mean: 13.0 / 4,
      law: [1.0 / 8, 3.0 / 32, 3.0 / 16, 19.0 / 32]),
    Graph(
      name: "clique of 5", network: SmallNetworks.clique(5), seed: 0, mean: 565.0 / 128,
      law: [1.0 / 16, 1.0 / 32, 3.0 / 64, 19.0 / 128, 91.0 / 128]),
    Graph(
      name: "cycle of 4", network: SmallNetworks.cycle(4), seed: 0, mean: 41.0 / 16,
      law: [1.0 / 4, 1.0 / 4, 3.0 / 16, 5.0 / 16]),
    Graph(
      name: "cycle of 5", network: SmallNetworks.cycle(5), seed: 0, mean: 11.0 / 4,
      law: [1.0 / 4, 1.0 / 4, 3.0 / 16, 1.0 / 8, 3.0 / 16]),
    Graph(
      name: "grid, corner", network: SmallNetworks.grid, seed: 0, mean: 17927.0 / 4096,
      law: [0.25, 0.125, 0.09375, 0.06640625, 0.0732421875, 0.089599609, 0.095214844, 0.1015625, 0.105224609]),
    Graph(
      name: "grid, center", network: SmallNetworks.grid, seed: 4, mean: 5617.0 / 1024,
      law: [0.0625, 0.0625, 0.0859375, 0.12890625, 0.136962891, 0.158203125, 0.134765625, 0.125, 0.105224609]),
    Graph(
      name: "Petersen graph", network: SmallNetworks.petersen, seed: 0, mean: 24859.0 / 4096,
      law: [
        0.125, 0.09375, 0.0703125, 0.0546875, 0.064453125, 0.068481445, 0.092712402, 0.11279297, 0.13568115, 0.18212891,
      ]),
  ]

  private static let tenths = [
    Graph(name: "path of 5, end", network: SmallNetworks.path(5), seed: 0, mean: 1.1111),
    Graph(name: "star of 5, hub", network: SmallNetworks.star(5), seed: 0, mean: 7.0 / 5),
    Graph(name: "star of 5, leaf", network: SmallNetworks.star(5), seed: 1, mean: 113.0 / 100),
    Graph(name: "clique of 3", network: SmallNetworks.clique(3), seed: 0, mean: 609.0 / 500),
    Graph(name: "clique of 4", network: SmallNetworks.clique(4), seed: 0, mean: 1.358104),
    Graph(name: "clique of 5", network: SmallNetworks.clique(5), seed: 0, mean: 1.5253626344),
    Graph(name: "cycle of 4", network: SmallNetworks.cycle(4), seed: 0, mean: 1.2217),
    Graph(name: "cycle of 5", network: SmallNetworks.cycle(5), seed: 0, mean: 15277.0 / 12500),
  ]

  private static func cascades(_ effort: Effort, _ checks: inout Checks, coins: String) throws {
    let all =
      halves.map { ($0, 0.5) } + tenths.map { ($0, 0.1) }
      + [
        (
          Graph(name: "Petersen graph", network: SmallNetworks.petersen, seed: 0, mean: 1.9745803359354888), 0.2
        )
      ]
    for (graph, p) in all {
      let law = ExactLaw.exposure(agents: graph.network.agentCount, seeds: 1 << Int(graph.seed)) { v, set in
        power(1 - p, Double(voices(of: v, in: set, on: graph.network)))
      }
      // Decimal values are given to eight places.
      let known = Known(source: "2^ties coins", mean: graph.mean, sizes: graph.law, tolerance: 6e-9)
      compare("\(graph.name), p \(p)", law, with: known, &checks)
      let ceiling = coins == "ties" ? ", ceiling: \(p)" : ""
      var bench = try Bench(
        graph.network, "{ kind: independent-cascade, probability: \(p), coins: \(coins)\(ceiling) }", seed: 11)
      try compare(
        "\(graph.name), p \(p), coins \(coins)", "2^ties coins", law,
        bench.tally(from: [graph.seed], runs: effort.runs(100_000, quick: 20_000)), &checks)
    }
  }

  /// The number of voices of v in a set.
  static func voices(of v: Int, in set: Int, on network: Network) -> Int {
    (0..<network.agentCount).count { set & 1 << $0 != 0 && network.speaks($0, to: v) }
  }

  /// Linear threshold and weighted cascade with equal voices.
  private static func attention(_ effort: Effort, _ checks: inout Checks) throws {
    let linear: [(Int, Double, [Double])] = [
      (0, 2, [1.0 / 2, 1.0 / 4, 1.0 / 8, 0, 1.0 / 8]), (1, 5, [0, 0, 0, 0, 1]), (2, 2, [3.0 / 4, 0, 0, 0, 1.0 / 4]),
      (3, 5.0 / 2, []), (4, 26.0 / 9, []), (5, 103.0 / 32, [81.0 / 256, 1.0 / 8, 9.0 / 128, 0, 125.0 / 256]),
      (6, 11.0 / 4, [1.0 / 4, 1.0 / 4, 0, 1.0 / 2]), (7, 23.0 / 8, [1.0 / 4, 1.0 / 4, 3.0 / 16, 0, 5.0 / 16]),
      (10, 24008.0 / 6561, []),
    ]
    for (place, mean, sizes) in linear {
      let graph = halves[place]
      let network = graph.network
      let law = ExactLaw.exposure(agents: network.agentCount, seeds: 1 << Int(graph.seed)) { v, set in
        1 - Double(voices(of: v, in: set, on: network)) / Double(network.inDegrees[v])
      }
      let known = Known(source: "one in-tie each", mean: mean, sizes: sizes, tolerance: 1e-12)
      compare("\(graph.name), linear threshold", law, with: known, &checks)
      var bench = try Bench(network, "{ kind: linear-threshold }", seed: 12)
      try compare(
        "\(graph.name), linear threshold", "one in-tie each", law,
        bench.tally(from: [graph.seed], runs: effort.runs(100_000, quick: 20_000)), &checks)
      // The last idle agent would have all its attention on adopters: exactly one idle agent cannot remain.
      let idle = try bench.tally(from: [graph.seed], runs: 10_000).sizes[network.agentCount - 1]
      checks.equal("\(graph.name), linear threshold: one idle agent left", 0, "Σb = 1", found: idle)
    }
    for (place, mean) in [(0, 2.0), (1, 5), (5, 352015.0 / 131072)] {
      let graph = halves[place]
      let network = graph.network
      let law = ExactLaw.exposure(agents: network.agentCount, seeds: 1 << Int(graph.seed)) { v, set in
        power(1 - 1 / Double(network.inDegrees[v]), Double(voices(of: v, in: set, on: network)))
      }
      checks.value(
        "\(graph.name), weighted cascade: enumeration", mean, "Kempe et al. 2003", found: law.mean, within: 1e-9)
      for coins in ["needs", "ties"] {
        var bench = try Bench(network, "{ kind: weighted-cascade, coins: \(coins) }", seed: 13)
        try compare(
          "\(graph.name), weighted cascade, coins \(coins)", "1 ÷ in-degree", law,
          bench.tally(from: [graph.seed], runs: effort.runs(100_000, quick: 20_000)), &checks)
      }
    }
  }

  /// Zachary's karate club.
  private static func karate(_ effort: Effort, _ checks: inout Checks) throws {
    let source = "Zachary 1977, enumerated"
    let runs = effort.runs(1_000_000, quick: 50_000)
    let law = [
      0.1853020189, 0.2394116023, 0.1957350245, 0.1367932097, 0.0896253823, 0.0570218975, 0.0358938234, 0.0226607642,
      0.0144497752,
    ]
    for (p, means) in [
      (0.1, [3.4126505075, 3.5019919554, 1.3173816158, 6.4245447251]),
      (0.05, [1.9639083029, 2.0062822904, 1.1205834945, 3.9063662631]),
    ] {
      for (seeds, mean) in zip([[0], [33], [16], [0, 33]] as [[UInt32]], means) {
        for coins in effort == .full ? ["needs", "ties, ceiling: \(p)"] : ["needs"] {
          var bench = try Bench(
            SmallNetworks.karate, "{ kind: independent-cascade, probability: \(p), coins: \(coins) }", seed: 33)
          let sizes = try bench.tally(from: seeds, runs: runs).sizes
          let values = sizes.enumerated().flatMap { size, count in [Double](repeating: Double(size), count: count) }
          checks.mean(
            "karate, p \(p), seeds \(seeds), coins \(coins.prefix(5))", mean, source, of: values, allowance: 1e-6)
          if p == 0.1 && seeds == [0] {
            checks.law(
              "karate, p .1, seed 0", law + [1 - law.reduce(0, +)], source,
              counts: Array(sizes[1...9]) + [sizes[10...].reduce(0, +)])
          }
        }
      }
    }
    try weightedKarate(effort, runs, &checks)
    if effort == .full { try bestPair(runs, source, &checks) }
  }

  /// Weighted cascade: means of an independent simulation of 10⁷ runs, with their standard errors.
  private static func weightedKarate(_ effort: Effort, _ runs: Int, _ checks: inout Checks) throws {
    let weighted: [([UInt32], Double, Double)] = [
      ([0], 10.0279, 0.0016), ([33], 10.5520, 0.0016), ([16], 2.2872, 0.0009), ([0, 33], 17.7390, 0.0014),
    ]
    for (seeds, mean, own) in weighted {
      for coins in effort == .full ? ["needs", "ties"] : ["needs"] {
        var bench = try Bench(SmallNetworks.karate, "{ kind: weighted-cascade, coins: \(coins) }", seed: 35)
        let sizes = try bench.tally(from: seeds, runs: runs).sizes.map(Double.init)
        let total = Double(runs)
        let found = sizes.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element } / total
        let squares = sizes.enumerated().reduce(0) { $0 + Double($1.offset * $1.offset) * $1.element } / total
        checks.estimate(
          "karate, weighted cascade, seeds \(seeds), coins \(coins)", mean, "independent simulation",
          found: Checks.Estimate(found, error: ((squares - found * found) / total + own * own).squareRoot()))
      }
    }
  }

  /// The best pair is {0, 33}, the next {0, 32}.
  private static func bestPair(_ runs: Int, _ source: String, _ checks: inout Checks) throws {
    var bench = try Bench(
      SmallNetworks.karate, "{ kind: independent-cascade, probability: 0.1 }", seed: 34)
    func mean(_ seeds: [UInt32]) throws -> Double {
      try bench.tally(from: seeds, runs: runs).sizes.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) }
        / Double(runs)
    }
    let (best, next) = (try mean([0, 33]), try mean([0, 32]))
    checks.value(
      "karate, p .1: best pair less the next", 6.4245447251 - 6.03531, source, found: best - next, within: 0.02)
  }

  private static func structuralVirality(_ checks: inout Checks) {
    func tree(_ count: Int, _ parent: (Int) -> Int) -> Double {
      DiffusionForest(parents: (0..<count).map(parent)).structuralVirality
    }
    let source = "Goel et al. 2016"
    for (n, expected) in [(5, 8.0 / 5), (10, 9.0 / 5), (100, 99.0 / 50)] {
      checks.value("star of \(n)", expected, source, found: tree(n) { $0 == 0 ? -1 : 0 }, within: 1e-12)
    }
    for (n, expected) in [(5, 2.0), (10, 11.0 / 3)] {
      checks.value("path of \(n)", expected, source, found: tree(n) { $0 - 1 }, within: 1e-12)
    }
    for (depth, expected) in [(3, 368.0 / 105), (5, 4288.0 / 651)] {
      checks.value(
        "binary tree of depth \(depth)", expected, source, found: tree((1 << (depth + 1)) - 1) { ($0 + 1) / 2 - 1 },
        within: 1e-12)
    }
    checks.value("one agent", 0, source, found: tree(1) { _ in -1 }, within: 0)
    // Two trees, a pair and a path of three: distances 1 and 1, 1, 2 over four pairs.
    checks.value(
      "a pair and a path of three", 5.0 / 4, "by hand", found: tree(5) { [-1, -1, 0, 1, 3][$0] }, within: 1e-12)
  }

  /// A diamond 0 → {1, 2} → 3 with unequal voices: credit goes to a uniform choice among successes.
  private static func whoConvincedWhom(_ effort: Effort, _ checks: inout Checks) throws {
    let diamond = SmallNetworks.network(4, [(0, 1), (0, 2), (1, 3), (2, 3)], isDirected: true)
    let listening = Listening(diamond)
    let runs = effort.runs(200_000, quick: 20_000)
    for rule in [
      "{ kind: independent-cascade, probability: 0.5, coins: needs }",
      "{ kind: independent-cascade, probability: 0.5, coins: ties, ceiling: 0.5 }",
      "{ kind: independent-cascade, probability: 0.5, coins: ties, ceiling: 0.2 }",
    ] {
      var bench = try Bench(diamond, rule, seed: 41)
      // Agent 1 speaks twice as loudly to 3: p = .75 against .5.
      bench.weights = [1, 1, 2, 1]
      var credited = [0, 0]
      for draw in 1...runs {
        let outcome = try bench.run(from: [0], draw: draw)
        guard outcome.size == 4 else { continue }
        let audience = bench.audience(draw: draw)
        let trace = bench.rule.trace(
          Traced(outcome, audience, on: diamond, listening, at: bench.address(draw: draw)))
        if let place = trace.adopters.firstIndex(of: 3), let source = trace.credits(at: place).first?.source {
          credited[Int(source) - 1] += 1
        }
      }
      // First success in random order: p₁(1 − p₂/2) ÷ (1 − (1 − p₁)(1 − p₂)), given that both speak.
      checks.share(
        "diamond, voices .75 and .5, \(rule.contains("ties") ? "ties" : "needs")", 0.75 * 0.75 / 0.875,
        "uniform among successes", found: Checks.Hits(credited[0], of: credited.reduce(0, +)))
    }
  }

  /// Changes that must not matter, and changes with known effects.
  private static func metamorphic(_ effort: Effort, _ checks: inout Checks) throws {
    let runs = effort.runs(200_000, quick: 20_000)
    var names = Array(0..<34)
    var words = RandomAddress(randomSeed: 20).stream(.selection)
    words.shuffle(&names)
    let karate = SmallNetworks.karate
    let ties = (0..<34).flatMap { agent in karate.voices(of: agent).map { (agent, Int(karate.targets[$0])) } }
    let renamed = SmallNetworks.network(34, ties.map { (names[$0.0], names[$0.1]) })
    let rule = "{ kind: independent-cascade, probability: 0.1 }"
    func sizes(_ network: Network, _ seeds: [UInt32], _ rule: String, weights: [Double]? = nil) throws -> [Int] {
      var bench = try Bench(network, rule, seed: 21)
      bench.weights = weights
      return try bench.tally(from: seeds, runs: runs).sizes
    }
    func mean(_ sizes: [Int]) -> Double {
      sizes.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) } / Double(runs)
    }
    let error = (5.1295437621 / Double(runs)).squareRoot()
    checks.estimate(
      "agents relabelled", 3.4126505075, "same law",
      found: Checks.Estimate(mean(try sizes(renamed, [UInt32(names[0])], rule)), error: error))
    let isolated = SmallNetworks.network(35, ties)
    checks.equal(
      "an agent without ties added", try sizes(karate, [3, 20], rule), "same cascades",
      found: Array(try sizes(isolated, [3, 20], rule).prefix(35)))
    let double = [Double](repeating: 2, count: karate.voiceCount)
    checks.equal(
      "every tie doubled", try sizes(karate, [0], "{ kind: independent-cascade, probability: 0.19 }"),
      "1 − (1 − p)²", found: try sizes(karate, [0], rule, weights: double))
    let sure = try sizes(karate, [5], "{ kind: independent-cascade, probability: 1 }")
    checks.equal("p = 1 reaches everybody", runs, "reachable set", found: sure[34])
    let never = try sizes(karate, [5, 6], "{ kind: independent-cascade, probability: 0 }")
    checks.equal("p = 0 reaches nobody", runs, "the seeds", found: never[2])
    let everyone = try sizes(karate, (0..<34).map { UInt32($0) }, rule)
    checks.equal("everyone seeded", runs, "ρ₀ = 1 → 1", found: everyone[34])
    try submodular(runs, &checks)
  }

  /// The gain from adding agent 2 to ever more seeds on the grid, p = .4, within the same draws.
  private static func submodular(_ runs: Int, _ checks: inout Checks) throws {
    let before: [[Int]] = [[], [0], [0, 4], [0, 4, 8]]
    var exact = [Double]()
    for seeds in before {
      func spread(_ seeds: [Int]) -> Double {
        guard !seeds.isEmpty else { return 0 }
        return ExactLaw.exposure(agents: 9, seeds: seeds.reduce(0) { $0 | 1 << $1 }) { v, set in
          power(0.6, Double(voices(of: v, in: set, on: SmallNetworks.grid)))
        }.mean
      }
      exact.append(spread(seeds + [2]) - spread(seeds))
      var bench = try Bench(SmallNetworks.grid, "{ kind: independent-cascade, probability: 0.4 }", seed: 22)
      var gains = [Double]()
      for draw in 1...runs / 10 {
        let with = try bench.run(from: (seeds + [2]).map { UInt32($0) }, draw: draw).size
        let without = seeds.isEmpty ? 0 : try bench.run(from: seeds.map { UInt32($0) }, draw: draw).size
        gains.append(Double(with - without))
      }
      checks.mean("gain of agent 2 beside seeds \(seeds)", exact[exact.count - 1], "2^ties coins", of: gains)
      checks.holds(
        "gain of agent 2 beside seeds \(seeds): each draw", "never negative", "Kempe et al. 2003",
        found: "least \(Checks.text(gains.min() ?? 0))", gains.allSatisfy { $0 >= 0 })
    }
    checks.holds(
      "gains of one seed more", "never growing", "Kempe et al. 2003",
      found: exact.map(Checks.text).joined(separator: " "), zip(exact, exact.dropFirst()).allSatisfy { $0 >= $1 })
  }
}
