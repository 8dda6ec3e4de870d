internal import Foundation
internal import SocialInfluence
internal import Statistics
internal import Theory

/// Threshold cascades: windows, trigger probabilities, final shares, fronts of complex contagion.
enum ThresholdChecks {
  static let tasks: [Verification.Task] = [
    .init(name: "T1") { effort, checks in try triggers(effort, &checks) },
    .init(name: "T2") { effort, checks in try variations(effort, &checks) },
    .init(name: "T3") { effort, checks in try directed(effort, &checks) },
    .init(name: "T4", isQuick: false) { effort, checks in try earlyAdopters(effort, &checks) },
    .init(name: "T5") { _, checks in windows(&checks) },
    .init(name: "T6") { effort, checks in try finalShares(effort, &checks) },
    .init(name: "T6") { effort, checks in try finalSharesOfCounts(effort, &checks) },
    .init(name: "T7") { effort, checks in try conventions(effort, &checks) },
    .init(name: "T8") { _, checks in try regular(&checks) },
    .init(name: "T9") { _, checks in try fronts(&checks) },
    .init(name: "T10") { effort, checks in try rewiring(effort, &checks) },
    .init(name: "T11") { effort, checks in try clustered(effort, &checks) },
    .init(name: "T12") { effort, checks in try crowds(effort, &checks) },
  ]

  private static let watts = "Watts 2002"
  private static let wattsDodds = "Watts & Dodds 2007"
  private static func poisson(_ mean: Double) -> [Double] { DegreeProbabilities.poisson(mean: mean) }
  private static func vulnerable(_ k: Int) -> Double { k > 0 && 0.18 * Double(k) <= 1 ? 1 : 0 }

  private static func isGlobal(_ record: CascadeRecord) -> Bool {
    Double(record.cascade.size) > 0.1 * Double(record.agents)
  }

  private static func triggers(_ effort: Effort, _ checks: inout Checks) throws {
    let networks = effort.runs(400, quick: 40)
    let points: [(z: Double, random: Double, top: Double, size: Double, deviation: Double, multiplier: Double)] = [
      (1.5, 0.5489, 0.9380, 0.5802, 0.0136, 1.709), (2, 0.7542, 0.9953, 0.7966, 0.0067, 1.320),
      (3, 0.8735, 0.9990, 0.9405, 0.0031, 1.144), (4, 0.8653, 0.9948, 0.9802, 0.0016, 1.150),
    ]
    let records = try Trial.cascades(
      Trial.scenario(
        networks: networks, draws: 10, agents: 10_000, network: "{ kind: gnp, meanDegree: { values: [1.5, 2, 3, 4] } }",
        rule: "{ kind: fractional-threshold, threshold: 0.18 }", seed: 2007,
        more: "arms: { random: {}, top: { seeding: { kind: top-fraction, fraction: 0.1 } } }"))
    for (place, point) in points.enumerated() {
      let solved = Branching.solveUndirected(degrees: poisson(point.z), vulnerable: vulnerable)
      checks.value("z \(point.z): P(random), solved", point.random, "table 1", found: solved.random, within: 6e-5)
      checks.value(
        "z \(point.z): P(top tenth), solved", point.top, "table 1", found: solved.top(fraction: 0.1), within: 6e-5)
      let count = 10 * networks
      var means = [Double]()
      for (arm, theory) in [(0, solved.random), (1, solved.top(fraction: 0.1))] {
        let own = records[2 * place + arm]
        let large = own.filter(isGlobal)
        let name = arm == 0 ? "random" : "top tenth"
        // The draws of one network hang together a little.
        checks.share(
          "z \(point.z): P(\(name))", theory, wattsDodds, hits: large.count, of: count, allowance: 0.01,
          designEffect: 1.5)
        let byNetwork = Dictionary(grouping: large, by: \.replicate).values.map { records in
          Sample.mean(records.map { Double($0.cascade.size) / 10_000 })
        }
        checks.estimate(
          "z \(point.z): size if global, \(name)", point.size, watts, found: Sample.mean(byNetwork),
          error: point.deviation / Double(networks).squareRoot(), allowance: 5e-4)
        means.append(Sample.mean(own.map { Double($0.cascade.size) }))
      }
      let (random, top) = (solved.random, solved.top(fraction: 0.1))
      let error = point.multiplier * (((1 - random) / random + (1 - top) / top) / Double(count)).squareRoot()
      checks.estimate(
        "z \(point.z): multiplier", point.multiplier, wattsDodds, found: means[1] / means[0], error: error,
        allowance: effort == .full ? 0.02 : 0.06)
    }
  }

  /// Multiplier ≤ influence ratio inside the window, whatever the law of influence.
  private static func variations(_ effort: Effort, _ checks: inout Checks) throws {
    for variation in ["", ", degreeCV: 0.8", ", degreeCV: 1.2"] {
      let networks = effort.runs(200, quick: 30)
      let plan = try Trial.cascades(
        Trial.scenario(
          networks: networks, draws: 5, agents: 10_000,
          network: "{ kind: influence-network, meanDegree: 3\(variation) }",
          rule: "{ kind: fractional-threshold, threshold: 0.18 }", seed: 8,
          more: "few: absent\narms: { random: {}, top: { seeding: { kind: top-fraction } } }"))
      let means = plan.map { Sample.mean($0.map { Double($0.cascade.size) }) }
      let shares = plan.map { Sample.mean($0.map { isGlobal($0) ? 1 : 0 }) }
      let error = ((1 - shares[0]) / shares[0] + (1 - shares[1]) / shares[1]) / Double(5 * networks)
      let ratio = topRatio(variation: variation.isEmpty ? nil : variation.contains("1.2") ? 1.2 : 0.8)
      checks.holds(
        "z 3\(variation): multiplier against influence ratio", "≤ \(Checks.text(ratio))", wattsDodds,
        found: Checks.text(means[1] / means[0]), means[1] / means[0] <= ratio * (1 + 4 * error.squareRoot()))
    }
  }

  /// Mean out-ties of the top tenth ÷ z, for gamma-mixed Poisson degrees.
  private static func topRatio(variation: Double?) -> Double {
    let z = 3.0
    var degrees = poisson(z)
    if let variation, let law = try? NegativeBinomial(ParameterValues(["mean": .number(z), "cv": .number(variation)])) {
      degrees = DegreeProbabilities.of(law)
    }
    return DegreeProbabilities.meanOverTop(fraction: 0.1, of: degrees) { Double($0) } / z
  }

  /// The directed reading keeps its window to 7.48, the undirected closes at 5.76.
  private static func directed(_ effort: Effort, _ checks: inout Checks) throws {
    let networks = effort.runs(400, quick: 60)
    let rule = "{ kind: fractional-threshold, threshold: 0.18 }"
    for (z, random, size) in [(1.5, 0.5642, 0.5823), (6.5, 0.5515, 0.9985)] {
      let solved = Branching.solveDirected(degrees: poisson(z), vulnerable: vulnerable)
      checks.value("directed, z \(z): P(random), solved", random, "table 2", found: solved.random, within: 6e-5)
      let voices = FinalShare.directed(voices: poisson(z), response: response(0.18, .atLeast))
      checks.value("directed, z \(z): size, solved", size, "table 2", found: voices.limit(seedShare: 0), within: 6e-5)
      let records = try Trial.cascades(
        Trial.scenario(
          networks: networks, draws: 4, agents: 10_000, network: "{ kind: influence-network, meanDegree: \(z) }",
          rule: rule, seed: 9))[0]
      checks.share(
        "directed, z \(z): P(random)", random, wattsDodds, hits: records.count(where: isGlobal), of: records.count,
        allowance: 0.01, designEffect: 2)
      let large = records.filter(isGlobal).map { Double($0.cascade.size) / 10_000 }
      checks.mean("directed, z \(z): size if global", size, watts, of: large, allowance: 0.003)
    }
    let undirected = try Trial.cascades(
      Trial.scenario(networks: networks, agents: 10_000, network: "{ kind: gnp, meanDegree: 6.5 }", rule: rule, seed: 9)
    )[0]
    let share = Double(undirected.count(where: isGlobal)) / Double(networks)
    checks.holds("undirected, z 6.5: P(random)", "< .005", watts, found: Checks.text(share), share < 0.005)
  }

  private static func earlyAdopters(_ effort: Effort, _ checks: inout Checks) throws {
    let records = try Trial.cascades(
      Trial.scenario(
        networks: 150, agents: 10_000, network: "{ kind: gnp, meanDegree: { values: [1.5, 2, 5] } }",
        rule: "{ kind: fractional-threshold, threshold: 0.18 }", seed: 10))
    for (place, z, isAbove) in [(0, 1.5, true), (1, 2, true), (2, 5, false)] {
      let early = records[place].filter(isGlobal).compactMap(\.cascade.earlyMeanOutTies)
      let found = Sample.mean(early)
      checks.holds(
        "z \(z): mean ties of the first 100", isAbove ? "> \(z)" : "< \(z)", wattsDodds, found: Checks.text(found),
        isAbove ? found > z : found < z)
    }
  }

  private static func windows(_ checks: inout Checks) {
    let cases: [(String, (Int) -> Double, Double, Double)] = [
      ("φ .10", { 0.1 * Double($0) <= 1 + 1e-9 ? 1 : 0 }, 1.000001, 13.65931),
      ("φ .15", { 0.15 * Double($0) <= 1 ? 1 : 0 }, 1.003731, 7.477080),
      ("φ .18", { 0.18 * Double($0) <= 1 ? 1 : 0 }, 1.020704, 5.764677),
      ("φ .25", { 0.25 * Double($0) <= 1 ? 1 : 0 }, 1.114142, 3.863069),
      ("φ .2, more than", { 0.2 * Double($0) < 1 - 1e-9 ? 1 : 0 }, 1.114142, 3.863069),
    ]
    for (name, vulnerable, lower, upper) in cases {
      let window = CascadeWindow.poisson(isDirected: false) { $0 > 0 ? vulnerable($0) : 0 }.range
      checks.value("window, \(name): lower edge", lower, watts, found: window?.lowerBound ?? .nan, within: 1e-6)
      checks.value("window, \(name): upper edge", upper, watts, found: window?.upperBound ?? .nan, within: 1e-5)
    }
    let none = CascadeWindow.poisson(isDirected: false) { $0 > 0 && $0 <= 3 ? 1 : 0 }
    checks.equal("window, φ .30", true, watts, found: none.range == nil)
    let directed = CascadeWindow.poisson(isDirected: true, vulnerable: vulnerable).range
    checks.value(
      "window, directed, φ .18: lower edge", 1.003731, wattsDodds, found: directed?.lowerBound ?? .nan, within: 1e-6)
    checks.value(
      "window, directed, φ .18: upper edge", 7.477080, wattsDodds, found: directed?.upperBound ?? .nan, within: 1e-6)
  }

  /// Whether m adopters among k voices meet the threshold.
  private static func response(_ threshold: Double, _ convention: ThresholdConvention) -> FinalShare.Response {
    { k, m in
      guard k > 0 else { return 0 }
      let x = threshold * Double(k)
      let needed = convention == .atLeast ? max(1, (x - 1e-9).rounded(.up)) : (x + 1e-9).rounded(.down) + 1
      return Double(m) >= needed ? 1 : 0
    }
  }

  private static func finalShares(_ effort: Effort, _ checks: inout Checks) throws {
    let source = "Gleeson & Cahalane 2007"
    for (z, share, expected, slack) in [
      (4.0, 0.01, 0.980388, 2e-4), (3, 0.05, 0.944059, 2e-4), (1, 0.01, 0.126029, 0.002),
    ] {
      let solved = FinalShare.undirected(degrees: poisson(z), response: response(0.18, .atLeast))
      checks.value(
        "z \(z), seeds \(share): solved", expected, "table 4", found: solved.limit(seedShare: share), within: 1e-6)
      let agents = effort.runs(100_000, quick: 20_000)
      let records = try Trial.cascades(
        Trial.scenario(
          networks: effort.runs(20, quick: 8), agents: agents, network: "{ kind: gnp, meanDegree: \(z) }",
          rule: "{ kind: fractional-threshold, threshold: 0.18 }", seed: 14,
          more: "seeds: \(Int(share * Double(agents)))\ncutoff: none"))[0]
      let allowance = effort == .full ? slack : 3 * slack
      checks.mean(
        "z \(z), seeds \(share): final share", expected, source,
        of: records.map { Double($0.cascade.size) / Double(agents) },
        allowance: allowance)
      // The trajectory, round by round.
      let course = solved.trajectory(seedShare: share, steps: 6)
      for step in [1, 3] {
        checks.mean(
          "z \(z), seeds \(share): share after \(step) rounds", course[step], source,
          of: records.map { Double($0.stepEnds[min(step, $0.stepEnds.count - 1)]) / Double(agents) },
          allowance: allowance)
      }
    }
  }

  /// Rules by counts of exposures: the chance to have adopted with m voices decides the final share.
  private static func finalSharesOfCounts(_ effort: Effort, _ checks: inout Checks) throws {
    let agents = effort.runs(100_000, quick: 20_000)
    let rules: [(rule: String, adopted: (Int) -> Double)] = [
      (
        "adoption-table, chances: [0.1, 0.6, 0.2]",
        { m in m < 2 ? 0.1 * Double(m) : 1 - 0.9 * 0.4 * power(0.8, Double(m - 2)) }
      ),
      (
        "below-threshold-per-exposure, threshold: 3, below: 0.1",
        { m in m < 3 ? 1 - power(0.9, Double(m)) : 1 }
      ),
    ]
    for (rule, adopted) in rules {
      let solved = FinalShare.undirected(degrees: poisson(4)) { _, m in adopted(m) }
      let records = try Trial.cascades(
        Trial.scenario(
          networks: effort.runs(20, quick: 8), agents: agents, network: "{ kind: gnp, meanDegree: 4 }",
          rule: "{ kind: \(rule) }", seed: 21, more: "seeds: \(agents / 50)\ncutoff: none"))[0]
      let course = solved.trajectory(seedShare: 0.02, steps: 6)
      let allowance = effort == .full ? 2e-4 : 1e-3
      let sizes = records.map { Double($0.cascade.size) / Double(agents) }
      let early = records.map { Double($0.stepEnds[min(2, $0.stepEnds.count - 1)]) / Double(agents) }
      checks.mean(
        "\(rule): final share", solved.limit(seedShare: 0.02), "Gleeson & Cahalane 2007", of: sizes,
        allowance: allowance)
      checks.mean(
        "\(rule): share after 2 rounds", course[2], "Gleeson & Cahalane 2007", of: early, allowance: allowance)
    }
    // One chance for every exposure is bond percolation.
    let networks = effort.runs(400, quick: 60)
    for rule in ["adoption-table, chances: [0.5]", "below-threshold-per-exposure, threshold: 1000, below: 0.5"] {
      let records = try Trial.cascades(
        Trial.scenario(
          networks: networks, agents: 10_000, network: "{ kind: gnp, meanDegree: 4 }", rule: "{ kind: \(rule) }",
          seed: 22))[0]
      checks.share(
        "\(rule), z 4: P(epidemic)", 0.79681213, "Newman 2002", hits: records.count(where: isGlobal), of: networks,
        allowance: 0.01)
      checks.mean(
        "\(rule), z 4: size of an epidemic", 0.79681213, "Newman 2002",
        of: records.filter(isGlobal).map { Double($0.cascade.size) / 10_000 }, allowance: 1e-3)
    }
  }

  private static func conventions(_ effort: Effort, _ checks: inout Checks) throws {
    let networks = effort.runs(1000, quick: 100)
    for (z, convention, expected) in [
      (3.0, ThresholdConvention.atLeast, 0.873), (3, .moreThan, 0.626), (5, .atLeast, 0.695), (5, .moreThan, 0),
    ] {
      let records = try Trial.cascades(
        Trial.scenario(
          networks: networks, agents: 10_000, network: "{ kind: gnp, meanDegree: \(z) }",
          rule: "{ kind: fractional-threshold, threshold: 0.2, convention: \(convention.rawValue) }", seed: 17))[0]
      let edge = convention == .atLeast ? 5 : 4
      let theory = Branching.undirected(degrees: poisson(z)) { $0 > 0 && $0 <= edge ? 1 : 0 }
      checks.value("z \(z), φ .2, \(convention.rawValue): solved", expected, "T7", found: theory, within: 1.1e-3)
      checks.share(
        "z \(z), φ .2, \(convention.rawValue): P(random)", theory, watts, hits: records.count(where: isGlobal),
        of: networks, allowance: 0.01)
    }
  }

  private static func regular(_ checks: inout Checks) throws {
    for (degree, floods) in [(5, true), (6, false)] {
      let scenario = Trial.scenario(
        networks: 20, agents: 1000,
        network: "{ kind: configuration-model, meanDegree: \(degree), degrees: { kind: constant } }",
        rule: "{ kind: fractional-threshold, threshold: 0.2 }", seed: 18)
      // A random 5-regular graph of this size is connected.
      let sizes = Set(try Trial.sizes(scenario))
      checks.equal(
        "\(degree)-regular, φ .2: sizes from one seed", [floods ? 1000 : 1], "vulnerable", found: sizes.sorted())
    }
  }

  /// Everybody hears everybody: the exact law of the size, and crowds that start by themselves.
  private static func crowds(_ effort: Effort, _ checks: inout Checks) throws {
    let source = "Granovetter 1978"
    let draws = effort.runs(20_000, quick: 2000)
    func sizes(_ agents: Int, _ seeds: Int, _ law: String, _ draws: Int, seed: Int) throws -> [Int] {
      try Trial.sizes(
        Trial.scenario(
          draws: draws, agents: agents, network: "{ kind: complete }",
          rule: "{ kind: fractional-threshold, threshold: \(law) }", seed: seed, more: "seeds: \(seeds)\ncutoff: none"))
    }
    let laws: [(name: String, law: String, agents: Int, seeds: Int, alone: Double, everyone: Double, mean: Double)] = [
      ("uniform φ", "{ kind: uniform, from: 0, to: 1 }", 10, 1, 0.346439, 0.258117, 4.458316),
      ("normal φ", "{ kind: normal, mean: 0.25, sd: 0.1, from: -9, to: 9 }", 20, 2, 0.251112, 0.698273, 14.6232),
    ]
    for (place, own) in laws.enumerated() {
      let (agents, seeds) = (own.agents, own.seeds)
      let exact = CompleteThresholds.law(seeds: seeds, others: agents - seeds) { adopters in
        let share = Double(adopters) / Double(agents - 1)
        return place == 0 ? min(1, share) : (share - 0.25 > -1 ? Normal.cumulative((share - 0.25) / 0.1) : 0)
      }
      let mean = exact.indices.reduce(0.0) { $0 + Double(seeds + $1) * exact[$1] }
      checks.value("complete, \(own.name): nobody more, solved", own.alone, source, found: exact[0], within: 1e-6)
      checks.value(
        "complete, \(own.name): everybody, solved", own.everyone, source, found: exact[exact.count - 1], within: 1e-6)
      checks.value("complete, \(own.name): mean size, solved", own.mean, source, found: mean, within: 1e-4)
      var counts = [Int](repeating: 0, count: exact.count)
      let found = try sizes(agents, seeds, own.law, draws, seed: 78 + place)
      for size in found where exact.indices.contains(size - seeds) { counts[size - seeds] += 1 }
      checks.equal(
        "complete, \(own.name): sizes that there can be", found.count, source, found: counts.reduce(0, +))
      checks.law("complete, \(own.name): sizes", exact, source, counts: counts)
    }
    // Without seeds: who needs nobody begins, and a little more variation makes a crowd.
    for (deviation, share) in [(0.10, 0.011), (0.13, 0.42)] {
      let law = "{ kind: normal, mean: 0.25, sd: \(deviation), from: -9, to: 9 }"
      let found = try sizes(100, 0, law, draws, seed: 80).map { Double($0) / 100 }
      // The published means are of 2,000 draws.
      let error = (Sample.variance(found) * (1 / Double(found.count) + 1 / 2000.0)).squareRoot()
      checks.estimate(
        "complete, no seeds, φ of deviation \(deviation): mean share", share, source, found: Sample.mean(found),
        error: error, allowance: 5e-3)
    }
  }

  private static func fronts(_ checks: inout Checks) throws {
    let source = "Centola & Macy 2007"
    func run(
      _ what: String, _ network: String, _ agents: Int, _ threshold: Int, _ seeds: [Int], _ size: Int, _ rounds: Int
    ) throws {
      let record = try Trial.cascades(
        Trial.scenario(
          agents: agents, network: network, rule: "{ kind: absolute-threshold, threshold: \(threshold) }", seed: 1,
          more: """
            seeds: \(seeds.count)
            seeding: { kind: explicit, agents: [\(seeds.map(String.init).joined(separator: ", "))] }
            cutoff: none
            """))[0][0]
      checks.equal(
        "\(what), θ \(threshold): reached, rounds", [size, rounds], source,
        found: [record.cascade.size, record.cascade.steps])
    }
    for (n, k, threshold, block, reached, rounds) in [
      (100, 4, 1, 3, 100, 25), (100, 4, 2, 2, 100, 49), (100, 4, 2, 3, 100, 48), (100, 4, 2, 5, 100, 47),
      (100, 4, 2, 1, 1, 0), (100, 4, 3, 5, 5, 0), (1000, 10, 1, 11, 1000, 99), (1000, 10, 3, 11, 1000, 165),
      (1000, 10, 5, 11, 1000, 493), (1000, 10, 6, 11, 11, 0), (60, 6, 2, 7, 60, 13), (60, 6, 3, 3, 60, 28),
    ] {
      try run(
        "ring of \(n), k \(k), block \(block)", "{ kind: ring-lattice, meanDegree: \(k) }", n, threshold,
        Array(0..<block), reached, rounds)
      let front = RingFront(neighborsPerSide: k / 2, need: threshold)
      if block >= k / 2 {
        checks.equal(
          "ring of \(n), k \(k), block \(block), θ \(threshold): front", reached == n, "spreads iff θ ≤ r",
          found: front.spreads)
      }
    }
    for (kind, range, threshold, reached, rounds) in [
      ("moore", 1, 1, 961, 14), ("moore", 1, 2, 961, 28), ("moore", 1, 3, 961, 42), ("moore", 1, 4, 9, 0),
      ("moore", 2, 8, 961, 23), ("moore", 2, 9, 961, 32), ("moore", 2, 10, 29, 1), ("moore", 2, 11, 25, 0),
      ("von-neumann", 1, 1, 961, 29), ("von-neumann", 1, 2, 9, 1),
    ] {
      var seeds = [Int]()
      for row in -range...range {
        for column in -range...range where kind == "moore" || abs(row) + abs(column) <= 1 {
          seeds.append((15 + row) * 31 + 15 + column)
        }
      }
      try run(
        "\(kind) torus, range \(range)",
        "{ kind: torus, rows: 31, columns: 31, neighborhood: \(kind), range: \(range) }", 961,
        threshold, seeds, reached, rounds)
    }
  }

  /// A ring of 1000, k = 6, double-edge switches, a random agent and its neighbors as seeds.
  private static func rewiring(_ effort: Effort, _ checks: inout Checks) throws {
    let source = "Centola & Macy 2007"
    let runs = effort.runs(2000, quick: 100)
    func records(_ q: Double, _ threshold: Int, seeds: Int) throws -> [CascadeRecord] {
      try Trial.cascades(
        Trial.scenario(
          networks: q == 0 ? 1 : runs, draws: q == 0 ? runs / 10 : 1, agents: 1000,
          network: "{ kind: ring-lattice, meanDegree: 6\(q > 0 ? ", switches: \(q)" : "") }",
          rule: "{ kind: absolute-threshold, threshold: \(threshold) }", seed: 19,
          more: "seeds: \(seeds)\nseeding: { kind: neighborhood }\ncutoff: none"))[0]
    }
    for (q, rounds, deviation) in [
      (0.0, 166.0, 0.0), (0.01, 43.2, 7.9), (0.05, 15.1, 1.9), (0.1, 10.2, 1.1), (0.2, 7.3, 0.7),
      (0.5, 5.3, 0.5), (1, 5, 0.3),
    ] {
      let own = try records(q, 1, seeds: 7).map { Double($0.cascade.steps) }
      checks.estimate(
        "switches \(q), θ 1: rounds", rounds, source, found: Sample.mean(own),
        error: deviation * (1 / Double(own.count) + 1.0 / 2000).squareRoot(),
        // The published figures are rounded, and from 2,000 runs themselves.
        allowance: q == 0 ? 0 : 0.07)
    }
    for (q, share, rounds, deviation) in [
      (0.0, 1.0, 248.0, 0.0), (0.01, 1, 245.8, 12), (0.05, 0.9965, 174, 35), (0.1, 0.902, 102, 23),
      (0.2, 0.451, 62, 14), (0.5, 0, 0, 0), (1, 0, 0, 0),
    ] {
      let own = try records(q, 2, seeds: 7)
      let reached = own.filter { $0.cascade.size >= 900 }
      checks.share("switches \(q), θ 2: P(≥ 90 %)", share, source, hits: reached.count, of: own.count, allowance: 0.02)
      guard rounds > 0 else { continue }
      checks.estimate(
        "switches \(q), θ 2: rounds if so", rounds, source,
        found: Sample.mean(reached.map { Double($0.cascade.steps) }),
        error: deviation * (1 / Double(max(1, reached.count)) + 1 / max(1, 2000 * share)).squareRoot(),
        allowance: q == 0 ? 0 : 0.55)
    }
  }

  /// Clustered lattices carry complex contagion farther and faster than random networks of the same degrees.
  private static func clustered(_ effort: Effort, _ checks: inout Checks) throws {
    func run(_ switches: Double) throws -> [CascadeRecord] {
      try Trial.cascades(
        Trial.scenario(
          networks: switches == 0 ? 1 : effort.runs(400, quick: 100),
          draws: switches == 0 ? effort.runs(400, quick: 100) : 1,
          agents: 128, network: "{ kind: torus, rows: 8, columns: 16, neighborhood: moore, switches: \(switches) }",
          rule: "{ kind: adoption-table, chances: [0.005, 0.3, 0.5] }", seed: 20,
          more: "seeds: 9\nseeding: { kind: neighborhood }\ncutoff: none"))[0]
    }
    let (lattice, random) = (try run(0), try run(4))
    let (reach, other) = (
      Sample.mean(lattice.map { Double($0.cascade.size) }), Sample.mean(random.map { Double($0.cascade.size) })
    )
    checks.holds(
      "social reinforcement: reach, lattice ÷ random", "1.1 to 3 (1.4 in the experiment)", "Centola 2010",
      found: Checks.text(reach / other), (1.1...3).contains(reach / other))
    func speed(_ records: [CascadeRecord]) -> Double {
      Sample.mean(records.map { Double($0.cascade.size - 9) / Double(max(1, $0.cascade.steps)) })
    }
    checks.holds(
      "social reinforcement: adopters a round, lattice ÷ random", "> 1", "Centola 2010",
      found: Checks.text(speed(lattice) / speed(random)), speed(lattice) > speed(random))
  }
}
