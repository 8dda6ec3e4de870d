internal import SocialInfluence

/// The law of every rule on five agents with one-way ties, against enumeration from the rule's definition: first with
/// equal voices, then with unequal voices, susceptibilities and story.
enum RuleLaws {
  static let tasks: [Verification.Task] = [
    .init(name: "laws") { effort, checks in try needs(effort, &checks, isPlain: true) },
    .init(name: "laws") { effort, checks in try needs(effort, &checks, isPlain: false) },
    .init(name: "laws") { effort, checks in try recovering(effort, &checks) },
    .init(name: "laws") { effort, checks in try timeDriven(effort, &checks) },
    .init(name: "laws") { effort, checks in try strengths(effort, &checks) },
  ]

  /// Five agents with their ties, weights and responses.
  private struct World {
    let network = SmallNetworks.arrows
    let isPlain: Bool
    /// Rows: 0 → 1, 2, 3; 1 → 2, 4; 2 → 3, 4; 3 → 1; 4 → 0.
    let weights: [Double]
    let susceptibility: [Double]
    let story: Double

    init(isPlain: Bool) {
      self.isPlain = isPlain
      weights = isPlain ? [Double](repeating: 1, count: 9) : [0.75, 1.5, 0.5, 1.25, 0.75, 1, 1.75, 0.5, 1]
      susceptibility = isPlain ? [1, 1, 1, 1, 1] : [1, 0.9, 1.3, 0.7, 1.1]
      story = isPlain ? 1 : 1.21
    }

    func bench(_ rule: String, seed: UInt64) throws -> Bench {
      var bench = try Bench(network, rule, seed: seed)
      guard !isPlain else { return bench }
      (bench.weights, bench.susceptibility, bench.story) = (weights, susceptibility, story)
      // Rules of relative voice take weights as shares of the listener's attention.
      if bench.rule.usesRelativeVoice {
        bench.weights = (0..<9).map { place in
          let v = Self.arrows[place].1
          return weights[place] * degree(v) / sum(v, 31)
        }
      }
      return bench
    }

    /// (Speaker, listener) pairs, listed independently of the network, which may be wrong.
    static let arrows = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 4), (2, 3), (2, 4), (3, 1), (4, 0)]

    /// The places of the voices of v in a set.
    func places(_ v: Int, _ set: Int) -> [Int] {
      Self.arrows.indices.filter { Self.arrows[$0].1 == v && set & 1 << Self.arrows[$0].0 != 0 }
    }

    /// Σw over the voices of v in a set.
    func sum(_ v: Int, _ set: Int) -> Double { places(v, set).reduce(0) { $0 + weights[$1] } }
    func degree(_ v: Int) -> Double { Double(places(v, 31).count) }
    /// s · h.
    func response(_ v: Int) -> Double { story * susceptibility[v] }
  }

  private static let seeds: [UInt32] = [0]

  /// The probability that v withstands the voices of a set of agents.
  private typealias Survival = (_ v: Int, _ set: Int) -> Double

  private static func needs(_ effort: Effort, _ checks: inout Checks, isPlain: Bool) throws {
    let world = World(isPlain: isPlain)
    for (rule, survival) in try hazardRules(world) + countRules(world) {
      var bench = try world.bench(rule, seed: 51)
      let law = ExactLaw.exposure(agents: 5, seeds: 1, survival: survival)
      try ExactChecks.compare(
        "\(isPlain ? "equal" : "unequal") voices, \(title(rule))", "enumeration", law,
        bench.tally(from: seeds, runs: effort.runs(100_000, quick: 20_000)), &checks)
    }
  }

  /// Rules under which voices act independently.
  private static func hazardRules(_ world: World) throws -> [(rule: String, survival: Survival)] {
    let cascade: Survival = { v, set in power(1 - 0.35, world.sum(v, set) * world.response(v)) }
    // Each tie's own p is drawn once with the network.
    let byTie = try world.bench(
      "{ kind: independent-cascade, by: tie, probability: { kind: uniform, from: 0.1, to: 0.8 } }", seed: 51)
    let hazards = byTie.audience(draw: 1).listeners.tieHazards
    let weighted: Survival = { v, set in
      world.places(v, set).reduce(1) {
        $0 * power(1 - world.weights[$1] / world.sum(v, 31), world.response(v))
      }
    }
    return [
      ("{ kind: independent-cascade, probability: 0.35 }", cascade),
      ("{ kind: independent-cascade, probability: 0.35, coins: ties, ceiling: 0.35 }", cascade),
      ("{ kind: independent-cascade, probability: 0.35, coins: ties, ceiling: 0.1 }", cascade),
      (
        "{ kind: independent-cascade, probability: { kind: uniform, from: 0.2, to: 0.6 } }",
        { v, set in
          // p is uniform on [.2, .6]: the mean of (1 − p)^(x − 1).
          let x = world.sum(v, set) * world.response(v) + 1
          return (power(0.8, x) - power(0.4, x)) / (0.4 * x)
        }
      ),
      (
        "{ kind: independent-cascade, by: tie, probability: { kind: uniform, from: 0.1, to: 0.8 } }",
        { v, set in
          exponential(
            -world.places(v, set).reduce(0) { $0 + hazards[$1] * world.weights[$1] } * world.response(v))
        }
      ),
      ("{ kind: weighted-cascade }", weighted), ("{ kind: weighted-cascade, coins: ties }", weighted),
    ]
  }

  /// Rules that sum or count voices.
  private static func countRules(_ world: World) -> [(rule: String, survival: Survival)] {
    let table = [0.2, 0.5, 0.1]
    func exposures(_ v: Int, _ set: Int) -> Int { Int(world.sum(v, set) * world.response(v) + 1e-9) }
    return [
      (
        "{ kind: linear-threshold }",
        { v, set in max(0, 1 - world.response(v) * world.sum(v, set) / world.sum(v, 31)) }
      ),
      (
        "{ kind: fractional-threshold, threshold: { kind: uniform, from: 0.1, to: 0.9 } }",
        { v, set in
          set == 0 ? 1 : min(1, max(0, (0.9 - world.response(v) * world.sum(v, set) / world.degree(v)) / 0.8))
        }
      ),
      (
        "{ kind: absolute-threshold, threshold: { kind: list, values: [1, 1, 2, 3] } }",
        { v, set in Double([1, 1, 2, 3].count { $0 > exposures(v, set) }) / 4 }
      ),
      (
        "{ kind: adoption-table, chances: [0.2, 0.5, 0.1] }",
        { v, set in (0..<exposures(v, set)).reduce(1) { $0 * (1 - table[min($1, 2)]) } }
      ),
      (
        "{ kind: decreasing-cascade, probability: 0.6, factor: 0.5 }",
        { v, set in (0..<exposures(v, set)).reduce(1) { $0 * (1 - 0.6 * power(0.5, Double($1))) } }
      ),
      (
        "{ kind: below-threshold-per-exposure, threshold: 2, below: 0.3 }",
        { v, set in exposures(v, set) >= 2 ? 0 : power(0.7, Double(exposures(v, set))) }
      ),
    ]
  }

  /// An epidemic in rounds, with the parameters of its exact law.
  private struct Rounds {
    let rule: String
    let steps: Int
    /// The transmission.
    let chance: Double
    let talk: ExactLaw.Talk

    init(_ rule: String, steps: Int, chance: Double = 0.2, _ talk: ExactLaw.Talk) {
      (self.rule, self.steps, self.chance, self.talk) = (rule, steps, chance, talk)
    }
  }

  private static let epidemics = [
    Rounds("{ kind: si, transmission: 0.2, steps: 6 }", steps: 6, .init(recovery: 0)),
    Rounds("{ kind: sir, transmission: 0.2, recovery: 0.4, steps: 40 }", steps: 40, .init(recovery: 0.4)),
    Rounds("{ kind: sir, transmission: 0.2, recovery: 0.4, steps: 40, coins: ties }", steps: 40, .init(recovery: 0.4)),
    Rounds(
      "{ kind: sir, transmission: 0.2, period: 2, steps: 12, coins: ties, ceiling: 0.15 }", steps: 12,
      .init(recovery: nil, period: 2)),
    Rounds(
      "{ kind: sir, transmission: 0.2, period: 4, steps: 3, coins: ties, ceiling: 0.5 }", steps: 3,
      .init(recovery: nil, period: 4)),
    // Ties succeed several times in what a speaker draws.
    Rounds(
      "{ kind: sir, transmission: 0.6, period: 5, steps: 4, coins: ties, ceiling: 0.4 }", steps: 4, chance: 0.6,
      .init(recovery: nil, period: 5)),
    Rounds("{ kind: sir, transmission: 0.2, period: 2, steps: 12 }", steps: 12, .init(recovery: nil, period: 2)),
    Rounds(
      "{ kind: sis, transmission: 0.2, recovery: 0.3, steps: 10 }", steps: 10, .init(recovery: 0.3, isReversible: true)),
    Rounds(
      "{ kind: sis, transmission: 0.2, period: 2, steps: 10 }", steps: 10,
      .init(recovery: nil, period: 2, isReversible: true)),
  ]

  private static func recovering(_ effort: Effort, _ checks: inout Checks) throws {
    let runs = effort.runs(100_000, quick: 20_000)
    for isPlain in [true, false] {
      let world = World(isPlain: isPlain)
      let name = isPlain ? "equal" : "unequal"
      for one in epidemics {
        let law = ExactLaw.epidemic(
          agents: 5, seeds: 1, steps: one.steps, talk: one.talk
        ) { v, talkers in power(1 - one.chance, world.sum(v, talkers) * world.response(v)) }
        var bench = try world.bench(one.rule, seed: 61)
        try ExactChecks.compare(
          "\(name) voices, \(title(one.rule))", "chain of rounds", law, bench.tally(from: seeds, runs: runs), &checks)
      }
      try continuous(world, name, runs, &checks)
    }
  }

  private static func continuous(_ world: World, _ name: String, _ runs: Int, _ checks: inout Checks) throws {
    let exponentialPeriod = ExactLaw.continuous(agents: 5, seeds: 1, recovery: 0.8) { u, v in
      0.5 * world.response(v) * world.sum(v, 1 << u)
    }
    var bench = try world.bench("{ kind: sir-continuous, transmissionRate: 0.5, recoveryRate: 0.8 }", seed: 62)
    try ExactChecks.compare(
      "\(name) voices, sir-continuous, exponential period", "chain of events", exponentialPeriod,
      bench.tally(from: seeds, runs: runs), &checks)
    // A fixed period makes ties independent: percolation with T = 1 − exp(−β · period).
    var sizes = ExactLaw.exposure(agents: 5, seeds: 1) { v, set in
      exponential(-0.5 * 0.9 * world.response(v) * world.sum(v, set))
    }
    sizes.steps = []
    bench = try world.bench("{ kind: sir-continuous, transmissionRate: 0.5, period: 0.9 }", seed: 63)
    try ExactChecks.compare(
      "\(name) voices, sir-continuous, fixed period", "percolation", sizes, bench.tally(from: seeds, runs: runs),
      &checks)
  }

  private static func timeDriven(_ effort: Effort, _ checks: inout Checks) throws {
    let runs = effort.runs(100_000, quick: 20_000)
    for isPlain in [true, false] {
      let world = World(isPlain: isPlain)
      /// The probability that one meeting of v is with an adopter: a stranger does not speak to v.
      func met(_ v: Int, _ adopted: Int) -> Double {
        let strangers = (0..<5).filter { $0 != v && world.places(v, 1 << $0).isEmpty }
        return Double(strangers.count { adopted & 1 << $0 != 0 }) / Double(strangers.count)
      }
      let rules: [(rule: String, steps: Int, chance: (Int, Int) -> Double)] = [
        (
          "{ kind: bass, innovation: 0.05, imitation: 0.5, steps: 4 }", 4,
          { v, adopted in min(1, 0.05 + 0.5 * world.response(v) * world.sum(v, adopted) / world.degree(v)) }
        ),
        (
          "{ kind: talk-of-the-network, advertising: 0.05, strong: 0.3, weak: 0.2, meetings: 2, steps: 3 }", 3,
          { v, adopted in
            let strong = power(0.7, world.sum(v, adopted) * world.response(v))
            let meeting = 1 - met(v, adopted) * (1 - power(0.8, world.response(v)))
            return 1 - 0.95 * strong * meeting * meeting
          }
        ),
        (
          "{ kind: below-threshold-per-step, threshold: 2, below: 0.3, steps: 4 }", 4,
          { v, adopted in
            let sum = world.sum(v, adopted) * world.response(v)
            return sum == 0 ? 0 : sum >= 2 - 1e-9 ? 1 : 1 - power(0.7, world.response(v))
          }
        ),
      ]
      try influentials(world, isPlain: isPlain, runs, &checks)
      for one in rules {
        var bench = try world.bench(one.rule, seed: 71)
        let law = ExactLaw.timeDriven(agents: 5, seeds: 1, steps: one.steps, chance: one.chance)
        try ExactChecks.compare(
          "\(isPlain ? "equal" : "unequal") voices, \(title(one.rule))", "chain of steps", law,
          bench.tally(from: seeds, runs: runs), &checks)
      }
    }
  }

  private static func influentials(
    _ world: World, isPlain: Bool, _ runs: Int, _ checks: inout Checks
  ) throws {
    for innovation in [0.05, 0] {
      var bench = try world.bench(
        """
        { kind: influentials-imitators, influentials: 0.4, weight: 0.7, innovation: \(innovation), imitation: 0.5, \
        imitatorsInnovation: \(innovation / 2), imitatorsImitation: 0.6, steps: 4 }
        """, seed: 72)
      try ExactChecks.compare(
        "\(isPlain ? "equal" : "unequal") voices, influentials-imitators, p \(innovation)", "chain of steps",
        segments(world, innovation: innovation), bench.tally(from: seeds, runs: runs), &checks)
    }
  }

  /// Influentials (.4 of the agents) and imitators: the mixture of laws over all assignments to the segments.
  private static func segments(_ world: World, innovation: Double) -> ExactLaw {
    let parts = (0..<32).map { influentials -> (weight: Double, law: ExactLaw) in
      let count = Double(influentials.nonzeroBitCount)
      let law = ExactLaw.timeDriven(agents: 5, seeds: 1, steps: 4) { v, adopted in
        /// The share of adopters among v's voices in one segment, by weight.
        func share(_ segment: Int) -> Double {
          let voices = Double(world.places(v, segment).count)
          return voices == 0 ? 0 : world.sum(v, segment & adopted) / voices
        }
        let (first, second) = (share(influentials), share(31 & ~influentials))
        if influentials & 1 << v != 0 { return min(1, innovation + 0.5 * world.response(v) * first) }
        return min(1, innovation / 2 + 0.6 * world.response(v) * (0.7 * first + 0.3 * second))
      }
      return (power(0.4, count) * power(0.6, 5 - count), law)
    }
    return ExactLaw.mixture(parts)
  }

  /// Trivalency: a third of all ties for each strength, and cascades given the drawn strengths.
  private static func strengths(_ effort: Effort, _ checks: inout Checks) throws {
    let clique = SmallNetworks.clique(200)
    let drawn = try Bench(clique, "{ kind: trivalency }", seed: 81).audience(draw: 1).listeners.tieHazards
    let counts = [0.1, 0.01, 0.001].map { p in drawn.count { abs(probability(ofHazard: $0) - p) < 1e-12 } }
    checks.law("trivalency: .1, .01, .001", [1, 1, 1].map { $0 / 3 }, "Chen et al. 2010", counts: counts)
    let world = World(isPlain: true)
    for coins in ["needs", "ties"] {
      var bench = try world.bench("{ kind: trivalency, coins: \(coins) }", seed: 82)
      let hazards = bench.audience(draw: 1).listeners.tieHazards
      let law = ExactLaw.exposure(agents: 5, seeds: 1) { v, set in
        exponential(-world.places(v, set).reduce(0) { $0 + hazards[$1] })
      }
      try ExactChecks.compare(
        "equal voices, trivalency, coins \(coins)", "enumeration", law,
        bench.tally(from: seeds, runs: effort.runs(200_000, quick: 20_000)), &checks)
    }
  }

  /// A rule's name in a table: its kind and parameters, shortened.
  private static func title(_ rule: String) -> String {
    let text = rule.replacing("{ kind: ", with: "").replacing(" }", with: "")
    return text.count > 48 ? text.prefix(47) + "…" : text
  }
}
