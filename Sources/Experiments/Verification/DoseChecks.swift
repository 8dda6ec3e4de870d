internal import SocialInfluence
internal import Theory

/// Remembered doses: one tie in closed form, contacts, and the three classes of Dodds and Watts.
enum DoseChecks {
  private static let source = "Dodds & Watts 2004"

  static let tasks: [Verification.Task] = [
    .init(name: "doses") { effort, checks in try oneTie(effort, &checks) },
    .init(name: "doses") { effort, checks in try contacts(effort, &checks) },
    .init(name: "doses") { effort, checks in try classes(effort, &checks) },
    .init(name: "doses") { effort, checks in try threshold(effort, &checks) },
  ]

  /// A listener of one seed: the seed talks for T steps and then stops with probability r per step.
  private static func oneTie(_ effort: Effort, _ checks: inout Checks) throws {
    let runs = effort.runs(200_000, quick: 40_000)
    let pair = SmallNetworks.network(2, [(0, 1)], isDirected: true)
    for (p, memory, recovery) in [(0.1, 3, 1.0), (0.2, 2, 0.4), (0.05, 5, 0.1)] {
      let rule = "exposure: \(p), memory: \(memory), recovery: \(recovery), steps: 400"
      let escapes = power(1 - p, Double(memory)) * recovery / (1 - (1 - recovery) * (1 - p))
      var bench = try Bench(pair, "{ kind: dose-memory, \(rule) }", seed: 131)
      let sizes = try bench.tally(from: [0], runs: runs).sizes
      checks.share(
        "one tie, \(rule): adopted", 1 - escapes, "1 − (1−p)^T r/(1 − (1−r)(1−p))",
        found: Checks.Hits(sizes[2], of: runs))
    }
    // Two doses within three steps, from a seed that never recovers.
    for (p, steps) in [(0.3, 6), (0.1, 12)] {
      let rule = "exposure: \(p), threshold: 2, memory: 3, recovery: 0, steps: \(steps)"
      var bench = try Bench(pair, "{ kind: dose-memory, \(rule) }", seed: 132)
      let sizes = try bench.tally(from: [0], runs: runs).sizes
      checks.share(
        "one tie, \(rule): adopted", 1 - chanceOfNoPair(p, steps), "no two doses within three steps",
        found: Checks.Hits(sizes[2], of: runs))
    }
  }

  /// The probability that among n coins no two heads are within three consecutive tosses.
  private static func chanceOfNoPair(_ p: Double, _ n: Int) -> Double {
    // Tails since the last head: at least two (or no head yet), none, one.
    var (none, justNow, oneAgo) = (1.0, 0.0, 0.0)
    for _ in 0..<n { (none, justNow, oneAgo) = ((none + oneAgo) * (1 - p), none * p, justNow * (1 - p)) }
    return none + justNow + oneAgo
  }

  /// One contact per step: with k of n voices talking, it is one of them with probability k/n.
  private static func contacts(_ effort: Effort, _ checks: inout Checks) throws {
    let runs = effort.runs(200_000, quick: 40_000)
    let star = SmallNetworks.star(6)
    var bench = try Bench(star, "{ kind: dose-memory, exposure: 0.5, memory: 1, steps: 1 }", seed: 133)
    let sizes = try bench.tally(from: [1, 2], runs: runs).sizes
    checks.share("hub, 2 of 5 leaves talk: adopted", 0.2, "p · 2/5", found: Checks.Hits(sizes[3], of: runs))
    var anybody = try Bench(
      star, "{ kind: dose-memory, exposure: 0.5, memory: 1, contacts: anybody, steps: 1 }", seed: 134)
    let all = try anybody.tally(from: [1, 2], runs: runs).sizes
    // Four others, each with probability p · 2/5.
    checks.law(
      "2 of 6 talk to anybody: newcomers",
      (0...4).map { binomial(4, $0) * power(0.2, Double($0)) * power(0.8, Double(4 - $0)) },
      "Binomial(4, p · 2/5)", counts: Array(all[2...]))
  }

  private static func binomial(_ n: Int, _ k: Int) -> Double {
    (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
  }

  /// Prevalence against the fixed points, from few and from many adopters, for one threshold law of each class.
  private static func classes(_ effort: Effort, _ checks: inout Checks) throws {
    let agents = 20_000
    let cases: [(thresholds: [Int], kind: DoseResponse.Kind, p: [Double])] = [
      ([1], .epidemicThreshold, [0.08, 0.13, 0.3]),
      ([1, 2, 2, 2, 2], .vanishingCriticalMass, [0.3, 0.4, 0.6]),
      ([3], .criticalMass, [0.4, 0.5, 0.8]),
    ]
    for (thresholds, kind, exposures) in cases {
      let response = (1...10).map { k in Double(thresholds.count { $0 <= k }) / Double(thresholds.count) }
      let theory = DoseResponse(response: response)
      checks.equal("thresholds \(thresholds): class", kind.rawValue, source, found: theory.kind.rawValue)
      for p in exposures {
        for (name, seeds) in [("few", 0.01), ("many", 0.9)] {
          let expected = theory.settled(from: seeds, exposure: p)
          let draws = effort.runs(8, quick: 2)
          let trial = Trial.Case(
            draws: draws, agents: agents, network: "{ kind: gnp, meanDegree: 0 }",
            rule:
              "{ kind: dose-memory, exposure: \(p), memory: 10, contacts: anybody, steps: 200, "
              + "threshold: { kind: list, values: \(thresholds) } }",
            seed: 135, more: "seeds: \(Int(seeds * Double(agents)))\ncutoff: none")
          let found = try Trial.cascades(trial)[0].map { $0.cascade.prevalence ?? 0 }
          // Shares of N settle within some 1/√N of the fixed point, less closely near the edge: the tolerance is three
          // times that.
          checks.value(
            "thresholds \(thresholds), p \(p), \(name) seeds: prevalence", expected,
            "φ = Σ C(T,k)(pφ)^k(1−pφ)^(T−k) P_k",
            found: found.reduce(0, +) / Double(found.count), within: 0.02)
        }
      }
    }
  }

  /// With slow recovery too, an epidemic from one adopter needs p above p_c = 1 / (P₁ (T + 1/r − 1)): early on, an
  /// adopter convinces p ÷ p_c others.
  private static func threshold(_ effort: Effort, _ checks: inout Checks) throws {
    let runs = effort.runs(40_000, quick: 8_000)
    for (p, memory, recovery) in [(0.1, 4, 0.25), (0.05, 3, 0.1)] {
      let theory = DoseResponse(response: (1...memory).map { _ in 1 })
      // Below p_c a lone seed among many agents convinces 1/(1 − p/p_c) − 1 others in total.
      let ratio = p / theory.epidemicThreshold(recovery: recovery)
      let trial = Trial.Case(
        draws: runs, agents: 4000, network: "{ kind: gnp, meanDegree: 0 }",
        rule:
          "{ kind: dose-memory, exposure: \(p), memory: \(memory), recovery: \(recovery), contacts: anybody, steps: 400 }",
        seed: 136, more: "cutoff: none")
      let sizes = try Trial.sizes(trial).map(Double.init)
      checks.mean(
        "p \(p), T \(memory), r \(recovery): adopters of one seed", 1 / (1 - ratio), "1/(1 − p/p_c)", of: sizes,
        allowance: 0.02)
    }
  }
}

extension DoseResponse {
  /// The fixed point reached from a share of adopters.
  fileprivate func settled(from share: Double, exposure: Double) -> Double {
    var share = share
    for _ in 0..<20_000 { share = next(share, exposure: exposure) }
    return share < 1e-9 ? 0 : share
  }
}
