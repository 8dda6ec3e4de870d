internal import SocialInfluence
internal import Statistics
internal import Theory

/// Epidemics: transmissibility, sizes, takeoff and courses against theory.
enum RecoveringChecks {
  static let tasks: [Verification.Task] = [
    .init(name: "T") { effort, checks in try transmissibility(effort, &checks) },
    .init(name: "star") { effort, checks in try star(effort, &checks) },
    .init(name: "size") { effort, checks in try sizes(effort, &checks) },
    .init(name: "course") { effort, checks in try continuousCourse(effort, &checks) },
    .init(name: "course") { effort, checks in try discreteCourse(effort, &checks) },
    .init(name: "SI") { effort, checks in try flood(effort, &checks) },
    .init(name: "SIS") { effort, checks in try endemic(effort, &checks) },
  ]

  private static func poisson(_ mean: Double) -> [Double] { DegreeProbabilities.poisson(mean: mean) }

  /// One tie: the share of runs in which the other end adopts.
  private static func transmissibility(_ effort: Effort, _ checks: inout Checks) throws {
    let pair = SmallNetworks.path(2)
    let runs = effort.runs(200_000, quick: 40_000)
    let newman = "Newman 2002"
    for (rule, period, expected) in [
      ("sir, transmission: 0.1, recovery: 0.2", InfectiousPeriod.geometric(infection: 0.1, recovery: 0.2), 0.357143),
      ("sir, transmission: 0.05, recovery: 0.1", .geometric(infection: 0.05, recovery: 0.1), 0.344828),
      ("sir, transmission: 0.3, recovery: 1", .geometric(infection: 0.3, recovery: 1), 0.3),
      ("sir, transmission: 0.1, period: 3", .rounds(infection: 0.1, rounds: 3), 0.271),
      ("sir-continuous, transmissionRate: 0.5, recoveryRate: 1", .exponential(contact: 0.5, recovery: 1), 1.0 / 3),
      (
        "sir-continuous, transmissionRate: 0.5, period: 2", .constant(contact: 0.5, duration: 2),
        SocialInfluence.probability(ofHazard: 1)
      ),
    ] {
      checks.value("one tie, \(rule): T", expected, newman, found: period.transmissibility, within: 1e-6)
      var bench = try Bench(pair, "{ kind: \(rule) }", seed: 91)
      let sizes = try bench.tally(from: [0], runs: runs).sizes
      checks.share(
        "one tie, \(rule): adopted", expected, newman, found: Checks.Hits(sizes[2], of: runs), allowance: 1e-6)
    }
  }

  /// The leaves of a star share the hub's period.
  private static func star(_ effort: Effort, _ checks: inout Checks) throws {
    let runs = effort.runs(200_000, quick: 20_000)
    for (n, rate) in [(4, 0.5), (9, 2.0)] {
      var bench = try Bench(
        SmallNetworks.star(n + 1), "{ kind: sir-continuous, transmissionRate: \(rate), recoveryRate: 1 }", seed: 92)
      let tally = try bench.tally(from: [0], runs: runs)
      let law = StarOutbreak.leaves(n, contactRate: rate, recoveryRate: 1)
      checks.law("star of \(n) leaves, β \(rate)", law, "BetaBinomial(n; 1, 1/β)", counts: Array(tally.sizes[1...]))
      checks.share(
        "star of \(n) leaves, β \(rate): nobody", 1 / (1 + Double(n) * rate), "1/(1 + nβ)",
        found: Checks.Hits(tally.sizes[1], of: runs))
    }
  }

  /// Sizes depend on T only; the probability of takeoff also depends on how periods vary.
  private static func sizes(_ effort: Effort, _ checks: inout Checks) throws {
    let networks = effort.runs(1500, quick: 150)
    let degrees = poisson(4)
    for (rule, period) in [
      ("{ kind: sir, transmission: 0.1, recovery: 0.15 }", InfectiousPeriod.geometric(infection: 0.1, recovery: 0.15)),
      ("{ kind: sir, transmission: 0.15, period: 4 }", .rounds(infection: 0.15, rounds: 4)),
      (
        "{ kind: sir-continuous, transmissionRate: 0.8, recoveryRate: 1 }", .exponential(contact: 0.8, recovery: 1)
      ),
      ("{ kind: sir-continuous, transmissionRate: 0.6, period: 1 }", .constant(contact: 0.6, duration: 1)),
    ] {
      let solved = Percolation(degrees: degrees, transmissibility: period.transmissibility)
      let chance = try EpidemicProbability(degrees: degrees, period: period).random
      let sizes = try Trial.sizes(
        Trial.Case(
          networks: networks, agents: 10_000, network: "{ kind: gnm, meanDegree: 4 }", rule: rule, seed: 93))
      let large = sizes.filter { $0 > 1000 }
      let name = rule.dropFirst(8).dropLast(2)
      checks.share("\(name): take-off", chance, "Kenah & Robins 2007", found: Checks.Hits(large.count, of: networks))
      checks.mean(
        "\(name): size", solved.size, "Newman 2002", of: large.map { Double($0) / 10_000 }, allowance: 1e-3)
    }
  }

  /// Continuous time against the edge-based equations.
  private static func continuousCourse(_ effort: Effort, _ checks: inout Checks) throws {
    let agents = effort.runs(100_000, quick: 20_000)
    let theory = EdgeBasedSIR(degrees: poisson(5), contactRate: 0.6, recoveryRate: 1, seedShare: 0.02)
    let times = [1.0, 2, 4, 8]
    let shares = try theory.shares(at: times)
    let records = try Trial.cascades(
      Trial.Case(
        networks: effort.runs(20, quick: 10), agents: agents, network: "{ kind: gnm, meanDegree: 5 }",
        rule: "{ kind: sir-continuous, transmissionRate: 0.6, recoveryRate: 1 }", seed: 94,
        more: "seeds: \(agents / 50)\ncutoff: none"))[0]
    for (time, share) in zip(times, shares) {
      checks.mean(
        "adopted by time \(Int(time))", 1 - share.susceptible, "Miller, Slim & Volz 2012",
        of: records.map { Double($0.stepEnds[min(Int(time), $0.stepEnds.count - 1)]) / Double(agents) }, allowance: 5e-4
      )
    }
    checks.mean(
      "adopted in the end", theory.finalShare, "Miller, Slim & Volz 2012",
      of: records.map { Double($0.cascade.size) / Double(agents) }, allowance: 5e-4)
  }

  private static func discreteCourse(_ effort: Effort, _ checks: inout Checks) throws {
    let agents = effort.runs(100_000, quick: 20_000)
    let theory = EdgeBasedRounds(degrees: poisson(5), infection: 0.15, recovery: 0.3, seedShare: 0.02)
    let course = theory.shares(rounds: 12)
    let records = try Trial.cascades(
      Trial.Case(
        networks: effort.runs(20, quick: 10), agents: agents, network: "{ kind: gnm, meanDegree: 5 }",
        rule: "{ kind: sir, transmission: 0.15, recovery: 0.3 }", seed: 95, more: "seeds: \(agents / 50)\ncutoff: none")
    )[0]
    for round in [1, 3, 6, 12] {
      checks.mean(
        "adopted after round \(round)", 1 - course[round].susceptible, "edge-based rounds",
        of: records.map { Double($0.stepEnds[min(round, $0.stepEnds.count - 1)]) / Double(agents) }, allowance: 5e-4)
    }
    checks.mean(
      "adopted in the end", theory.finalShare, "edge-based rounds",
      of: records.map { Double($0.cascade.size) / Double(agents) }, allowance: 5e-4)
  }

  /// SI reaches the whole component, at b = 1 by one step per round; along a path waiting times are geometric.
  private static func flood(_ effort: Effort, _ checks: inout Checks) throws {
    var bench = try Bench(SmallNetworks.karate, "{ kind: si, transmission: 0.2 }", seed: 96)
    checks.equal("karate, b .2: reached", 34, "its component", found: try bench.run(from: [16], draw: 1).size)
    bench = try Bench(SmallNetworks.path(5), "{ kind: si, transmission: 1 }", seed: 96)
    checks.equal(
      "path, b 1: adopters by round", [1, 2, 3, 4, 5], "flood", found: try bench.run(from: [0], draw: 1).stepEnds)
    bench = try Bench(SmallNetworks.path(5), "{ kind: si, transmission: 0.25 }", seed: 97)
    let rounds = try (1...effort.runs(50_000, quick: 10_000)).map {
      Double(try bench.run(from: [0], draw: $0).stepEnds.count - 1)
    }
    checks.mean("path of 5, b .25: rounds", 16, "4 ÷ b", of: rounds)
  }

  /// SIS on a complete network: prevalence against the mean-field fixed point of its rounds.
  private static func endemic(_ effort: Effort, _ checks: inout Checks) throws {
    let n = 1000
    let (b, g) = (0.0008, 0.3)
    // Fixed point of I ← I(1 − g) + (1 − I)(1 − (1 − b)^(nI)), exact up to 1 ÷ n.
    var share = 0.5
    for _ in 0..<10_000 { share = share * (1 - g) + (1 - share) * (1 - power(1 - b, Double(n) * share)) }
    let records = try Trial.cascades(
      Trial.Case(
        draws: effort.runs(40, quick: 10), agents: n, network: "{ kind: complete }",
        rule: "{ kind: sis, transmission: \(b), recovery: \(g), steps: 300 }", seed: 98,
        more: "seeds: 500\ncutoff: none"))[0]
    checks.mean(
      "complete network of 1000: prevalence", share, "mean field", of: records.compactMap(\.cascade.prevalence),
      allowance: 0.002)
    // Below the threshold all agents fall silent.
    let dying = try Trial.cascades(
      Trial.Case(
        draws: 10, agents: n, network: "{ kind: complete }",
        rule: "{ kind: sis, transmission: 0.0001, recovery: 0.3, steps: 300 }", seed: 98,
        more: "seeds: 100\ncutoff: none"))[0]
    checks.equal(
      "R below 1: prevalence", Set([0.0]), "Pastor-Satorras & Vespignani 2001",
      found: Set(dying.compactMap(\.cascade.prevalence)))
  }
}
