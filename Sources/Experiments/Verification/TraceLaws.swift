internal import SocialInfluence

/// Credit for convincing agent 2, where 0 speaks to 1 and 2, and 1 speaks to 2: the exact mean credits of every rule
/// from seed 0.
enum TraceLaws {
  static let tasks: [Verification.Task] = [
    .init(name: "X3") { effort, checks in try cascades(effort, &checks) },
    .init(name: "X3") { effort, checks in try epidemics(effort, &checks) },
    .init(name: "X3") { effort, checks in try thresholds(effort, &checks) },
    .init(name: "X3") { effort, checks in try timeDriven(effort, &checks) },
  ]

  private static let triangle = SmallNetworks.network(3, [(0, 1), (0, 2), (1, 2)], isDirected: true)

  /// Compares mean credits for convincing 2 with `expected`: of agents 0 and 1, and of no agent in the network. The
  /// last is left out where there is no outside influence.
  private static func compare(
    _ rule: String, _ expected: [Double], _ effort: Effort, weights: [Double]? = nil, _ checks: inout Checks
  ) throws {
    var bench = try Bench(triangle, rule, seed: 42)
    (bench.weights, bench.notesTalkers) = (weights, true)
    let listening = Listening(triangle)
    var credits = expected.map { _ in [Double]() }
    for draw in 1...effort.runs(100_000, quick: 10_000) {
      let outcome = try bench.run(from: [0], draw: draw)
      let audience = bench.audience(draw: draw)
      let trace = bench.rule.trace(
        Traced(outcome, audience, on: triangle, listening, at: bench.address(draw: draw)))
      var own = expected.map { _ in 0.0 }
      if let place = trace.adopters.firstIndex(of: 2) {
        for credit in trace.credits(at: place) { own[credit.source.map(Int.init) ?? own.count - 1] += credit.share }
      }
      for source in own.indices { credits[source].append(own[source]) }
    }
    for (source, name) in zip(expected.indices, ["agent 0", "agent 1", "no agent"]) {
      checks.mean(
        "credit of \(name) for 2, \(rule.dropFirst(8).dropLast(2))", expected[source], "chain of steps",
        of: credits[source], allowance: 1e-6)
    }
  }

  private static func cascades(_ effort: Effort, _ checks: inout Checks) throws {
    // 0 speaks first, then 1 if 0 convinced it.
    for coins in ["needs", "ties, ceiling: 0.4", "ties, ceiling: 0.15"] {
      try compare(
        "{ kind: independent-cascade, probability: 0.4, coins: \(coins) }", [0.4, 0.6 * 0.4 * 0.4], effort, &checks)
    }
    // 1 has one voice, 2 has two.
    try compare("{ kind: weighted-cascade }", [0.5, 0.5 * 0.5], effort, &checks)
  }

  private static func epidemics(_ effort: Effort, _ checks: inout Checks) throws {
    let (b, g) = (0.3, 0.2)
    func coins(_ rule: String) -> String { "{ kind: sir, transmission: 0.3, recovery: 0.2, steps: 1000\(rule) }" }
    for (rule, recovery, isReversible) in [
      ("{ kind: si, transmission: 0.3, steps: 1000 }", 0.0, false), (coins(""), g, false),
      (coins(", coins: ties"), g, false), (coins(", coins: ties, ceiling: 0.2"), g, false),
      ("{ kind: sis, transmission: 0.3, recovery: 0.2, steps: 1000 }", g, true),
    ] {
      // Expected credits of 0 and 1 while 2 has not adopted, by who talks: 0 alone, 1 alone, both, or 0 with 1 not yet
      // convinced.
      var (first, second, both, fresh) = ((0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0))
      let stays = 1 - recovery
      func mix(_ parts: [(Double, (Double, Double))]) -> (Double, Double) {
        (parts.reduce(0) { $0 + $1.0 * $1.1.0 }, parts.reduce(0) { $0 + $1.0 * $1.1.1 })
      }
      for _ in 0..<2000 {
        // In SIS an agent that fell silent can be convinced again.
        let zeroAlone = isReversible ? fresh : mix([(b, (1, 0)), ((1 - b) * stays, first)])
        let neither = (1 - b) * (1 - b)
        (first, second, both, fresh) = (
          zeroAlone, mix([(b, (0, 1)), ((1 - b) * stays, second)]),
          mix([
            (1 - neither, (0.5, 0.5)), (neither * stays * stays, both), (neither * stays * recovery, first),
            (neither * recovery * stays, second),
          ]),
          mix([
            (b, (1, 0)), ((1 - b) * b * stays, both), ((1 - b) * b * recovery, second), (neither * stays, fresh),
          ])
        )
      }
      try compare(rule, [fresh.0, fresh.1], effort, &checks)
    }
    // Competing exponential events at rates β and γ.
    let (beta, gamma) = (0.5, 0.8)
    let alone = beta / (beta + gamma)
    let together = (beta + gamma * alone) / (2 * beta + 2 * gamma)
    let speaks = beta / (2 * beta + gamma)
    try compare(
      "{ kind: sir-continuous, transmissionRate: 0.5, recoveryRate: 0.8 }",
      [speaks + speaks * together, speaks * together],
      effort, &checks)
  }

  private static func thresholds(_ effort: Effort, _ checks: inout Checks) throws {
    // Half of the listeners need one voice of two, half both.
    for rule in [
      "{ kind: fractional-threshold, threshold: { kind: uniform, from: 0, to: 1 } }",
      "{ kind: absolute-threshold, threshold: { kind: list, values: [1, 2] } }", "{ kind: linear-threshold }",
    ] {
      // Agent 1 has one voice, which meets every threshold but an absolute one of 2.
      let expected = rule.contains("absolute") ? [0.5 + 0.125, 0.125] : [0.75, 0.25]
      try compare(rule, expected, effort, &checks)
    }
    // The voices of 2 weigh 1 to 3, in shares of mean 1: a quarter of listeners need the first alone, the rest credit
    // by weight.
    try compare(
      "{ kind: linear-threshold }", [0.25 + 0.75 * 0.25, 0.75 * 0.75], effort, weights: [1, 0.5, 1.5], &checks)
    try compare("{ kind: adoption-table, chances: [0.3, 0.6] }", [0.3, 0.7 * 0.3 * 0.6], effort, &checks)
    try compare(
      "{ kind: below-threshold-per-exposure, threshold: 2, below: 0.3 }", [0.3 + 0.7 * 0.3 / 2, 0.7 * 0.3 / 2], effort,
      &checks)
  }

  private static func timeDriven(_ effort: Effort, _ checks: inout Checks) throws {
    /// Credits of 0, of 1 and from outside. Per step, 1 adopts with probability `one`, and 2 with (probability, shares)
    /// as before or after 1.
    func chain(_ one: Double, _ before: (Double, [Double]), _ after: (Double, [Double])) -> [Double] {
      // Until either adopts; once 1 has adopted, 2 adopts eventually.
      let ends = 1 - (1 - before.0) * (1 - one)
      return (0..<3).map { (before.0 * before.1[$0] + (1 - before.0) * one * after.1[$0]) / ends }
    }
    let (p, q) = (0.05, 0.3)
    let half = q / 2
    try compare(
      "{ kind: bass, innovation: 0.05, imitation: 0.3, steps: 1000 }",
      chain(
        p + q, (p + half, [half / (p + half), 0, p / (p + half)]),
        (p + q, [half / (p + q), half / (p + q), p / (p + q)])),
      effort, &checks)
    let (alone, strong) = (hazard(ofProbability: 0.05), hazard(ofProbability: 0.2))
    let (one, two) = (alone + strong, alone + 2 * strong)
    try compare(
      "{ kind: talk-of-the-network, advertising: 0.05, strong: 0.2, weak: 0, meetings: 0, steps: 1000 }",
      chain(
        probability(ofHazard: one), (probability(ofHazard: one), [strong / one, 0, alone / one]),
        (probability(ofHazard: two), [strong / two, strong / two, alone / two])),
      effort, &checks)
    try compare(
      "{ kind: below-threshold-per-step, threshold: 2, below: 0.2, steps: 1000 }",
      chain(0.2, (0.2, [1, 0, 0]), (1, [0.5, 0.5, 0])), effort, &checks)
  }
}
