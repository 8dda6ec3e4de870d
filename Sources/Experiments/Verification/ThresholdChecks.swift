internal import Foundation
internal import SocialInfluence
internal import Statistics
internal import Theory

/// Threshold cascades on random networks: windows, trigger probabilities, final shares.
enum ThresholdChecks {
  static let tasks: [Verification.Task] =
    [
      .init(name: "T1") { effort, checks in try triggers(effort, &checks) },
      .init(name: "T2") { effort, checks in try variations(effort, &checks) },
      .init(name: "T3") { effort, checks in try directed(effort, &checks) },
      .init(name: "T4", isQuick: false) { effort, checks in try earlyAdopters(effort, &checks) },
      .init(name: "T5") { _, checks in windows(&checks) },
      .init(name: "T6") { effort, checks in try finalShares(effort, &checks) },
      .init(name: "T6") { effort, checks in try finalSharesOfCounts(effort, &checks) },
      .init(name: "T7") { effort, checks in try conventions(effort, &checks) },
      .init(name: "T8") { _, checks in try regular(&checks) },
    ] + ComplexContagionChecks.tasks

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
      Trial.Case(
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
        // The draws on one network are slightly correlated.
        checks.share(
          "z \(point.z): P(\(name))", theory, wattsDodds, found: Checks.Hits(large.count, of: count, designEffect: 1.5),
          allowance: 0.01)
        let byNetwork = Dictionary(grouping: large, by: \.replicate).values.map { records in
          Sample.mean(records.map { Double($0.cascade.size) / 10_000 })
        }
        checks.estimate(
          "z \(point.z): size if global, \(name)", point.size, watts,
          found: Checks.Estimate(Sample.mean(byNetwork), error: point.deviation / Double(networks).squareRoot()),
          allowance: 5e-4)
        means.append(Sample.mean(own.map { Double($0.cascade.size) }))
      }
      let (random, top) = (solved.random, solved.top(fraction: 0.1))
      let error = point.multiplier * (((1 - random) / random + (1 - top) / top) / Double(count)).squareRoot()
      checks.estimate(
        "z \(point.z): multiplier", point.multiplier, wattsDodds,
        found: Checks.Estimate(means[1] / means[0], error: error), allowance: effort == .full ? 0.02 : 0.06)
    }
  }

  /// Multiplier ≤ influence ratio inside the cascade window, for any law of influence.
  private static func variations(_ effort: Effort, _ checks: inout Checks) throws {
    for variation in ["", ", degreeCV: 0.8", ", degreeCV: 1.2"] {
      let networks = effort.runs(200, quick: 30)
      let plan = try Trial.cascades(
        Trial.Case(
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

  /// The window extends to z = 7.48 on directed networks and closes at 5.76 on undirected ones.
  private static func directed(_ effort: Effort, _ checks: inout Checks) throws {
    let networks = effort.runs(400, quick: 60)
    let rule = "{ kind: fractional-threshold, threshold: 0.18 }"
    for (z, random, size) in [(1.5, 0.5642, 0.5823), (6.5, 0.5515, 0.9985)] {
      let solved = Branching.solveDirected(degrees: poisson(z), vulnerable: vulnerable)
      checks.value("directed, z \(z): P(random), solved", random, "table 2", found: solved.random, within: 6e-5)
      let voices = FinalShare.directed(voices: poisson(z), response: response(0.18, .atLeast))
      checks.value("directed, z \(z): size, solved", size, "table 2", found: voices.limit(seedShare: 0), within: 6e-5)
      let records = try Trial.cascades(
        Trial.Case(
          networks: networks, draws: 4, agents: 10_000, network: "{ kind: influence-network, meanDegree: \(z) }",
          rule: rule, seed: 9))[0]
      checks.share(
        "directed, z \(z): P(random)", random, wattsDodds,
        found: Checks.Hits(records.count(where: isGlobal), of: records.count, designEffect: 2), allowance: 0.01)
      let large = records.filter(isGlobal).map { Double($0.cascade.size) / 10_000 }
      checks.mean("directed, z \(z): size if global", size, watts, of: large, allowance: 0.003)
    }
    let undirected = try Trial.cascades(
      Trial.Case(networks: networks, agents: 10_000, network: "{ kind: gnp, meanDegree: 6.5 }", rule: rule, seed: 9))[0]
    let share = Double(undirected.count(where: isGlobal)) / Double(networks)
    checks.holds("undirected, z 6.5: P(random)", "< .005", watts, found: Checks.text(share), share < 0.005)
  }

  private static func earlyAdopters(_ effort: Effort, _ checks: inout Checks) throws {
    let records = try Trial.cascades(
      Trial.Case(
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

  /// 1 if m adopters among k voices meet the threshold, else 0.
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
        Trial.Case(
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

  /// Rules that count exposures: the final share follows from the probability of having adopted after m voices.
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
        Trial.Case(
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
    try percolates(effort, &checks)
  }

  /// The same probability for every exposure gives bond percolation.
  private static func percolates(_ effort: Effort, _ checks: inout Checks) throws {
    let networks = effort.runs(400, quick: 60)
    for rule in ["adoption-table, chances: [0.5]", "below-threshold-per-exposure, threshold: 1000, below: 0.5"] {
      let records = try Trial.cascades(
        Trial.Case(
          networks: networks, agents: 10_000, network: "{ kind: gnp, meanDegree: 4 }", rule: "{ kind: \(rule) }",
          seed: 22))[0]
      checks.share(
        "\(rule), z 4: P(epidemic)", 0.79681213, "Newman 2002",
        found: Checks.Hits(records.count(where: isGlobal), of: networks), allowance: 0.01)
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
        Trial.Case(
          networks: networks, agents: 10_000, network: "{ kind: gnp, meanDegree: \(z) }",
          rule: "{ kind: fractional-threshold, threshold: 0.2, convention: \(convention.rawValue) }", seed: 17))[0]
      let limit = convention == .atLeast ? 5 : 4
      let theory = Branching.undirected(degrees: poisson(z)) { $0 > 0 && $0 <= limit ? 1 : 0 }
      checks.value("z \(z), φ .2, \(convention.rawValue): solved", expected, "T7", found: theory, within: 1.1e-3)
      checks.share(
        "z \(z), φ .2, \(convention.rawValue): P(random)", theory, watts,
        found: Checks.Hits(records.count(where: isGlobal), of: networks), allowance: 0.01)
    }
  }

  private static func regular(_ checks: inout Checks) throws {
    for (degree, floods) in [(5, true), (6, false)] {
      let trial = Trial.Case(
        networks: 20, agents: 1000,
        network: "{ kind: configuration-model, meanDegree: \(degree), degrees: { kind: constant } }",
        rule: "{ kind: fractional-threshold, threshold: 0.2 }", seed: 18
      )
      // A random 5-regular graph of this size is connected.
      let sizes = Set(try Trial.sizes(trial))
      checks.equal(
        "\(degree)-regular, φ .2: sizes from one seed", [floods ? 1000 : 1], "vulnerable", found: sizes.sorted())
    }
  }
}
