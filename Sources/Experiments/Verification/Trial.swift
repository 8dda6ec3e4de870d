internal import SocialInfluence

/// Cascades for verification: from a scenario, through everything that a run uses except files, or on one given
/// network.
enum Trial {
  /// All cascades of a case, by point and arm.
  static func cascades(_ one: Case) throws -> [[CascadeRecord]] {
    let plan = try Plan(try Scenario.parse(Array(one.scenario.utf8), name: "verification"))
    let found = try Simulation.run(plan, workers: 1, progress: Progress(total: 1), into: AllCascades())
    var records = [[CascadeRecord]](
      repeating: [], count: plan.scenario.points.count * plan.scenario.armNames.count)
    for record in found.cascades {
      records[record.condition.point * plan.scenario.armNames.count + record.condition.arm].append(record)
    }
    return records
  }

  /// The sizes of cascades, for a case of one condition.
  static func sizes(_ one: Case) throws -> [Int] { try cascades(one)[0].map(\.cascade.size) }

  /// What is tried, with one seed per cascade unless `more` says otherwise.
  struct Case {
    var networks = 1
    var draws = 1
    let agents: Int
    let network: String
    let rule: String
    let seed: Int
    var more = ""

    var scenario: String {
      """
      format: 1
      name: verification
      randomSeed: \(seed)
      networks: \(networks)
      draws: \(draws)
      agents: \(agents)
      network: \(network)
      rule: \(rule)
      \(more)
      """
    }
  }

  /// A rule as written in a scenario.
  static func rule(_ text: String) throws -> any ContagionRule {
    let only = Case(agents: 2, network: "{ kind: complete }", rule: text, seed: 1, more: "cutoff: none")
    return try Scenario.parse(Array(only.scenario.utf8), name: "rule").points[0].arms[0].rule
  }
}

/// All cascades of a plan; a failed replicate is an error.
private struct AllCascades: Observer {
  var cascades: [CascadeRecord] = []

  mutating func add(_ result: ItemResult) throws(Failure) {
    if let failure = result.failures.first { throw Failure(.somethingFailed, failure.reason) }
    cascades += result.cascades
  }
}

/// Runs one rule on one network, cascade after cascade.
struct Bench {
  let network: Network
  let rule: any ContagionRule
  var story = 1.0
  var susceptibility: [Double] = []
  var weights: [Double]?
  let randomSeed: UInt64
  /// Whether to note who talks, for traces.
  var notesTalkers = false
  private(set) var workspace = Workspace()

  init(_ network: Network, _ rule: String, seed: UInt64) throws {
    self.network = network
    self.rule = try Trial.rule(rule)
    randomSeed = seed
  }

  func address(draw: Int) -> RandomAddress { RandomAddress(randomSeed: randomSeed, network: 1, draw: draw) }

  /// The audience of draw `draw`.
  func audience(draw: Int) -> Audience {
    var listeners = Listeners(rule, on: network, at: address(draw: draw))
    (listeners.story, listeners.susceptibility) = (story, susceptibility)
    return Audience(listeners, weights: weights)
  }

  /// The cascade of draw `draw`.
  mutating func run(from seeds: [UInt32], draw: Int) throws -> Workspace.Outcome {
    workspace.notesTalkers = notesTalkers
    try rule.spread(from: seeds, on: network, audience(draw: draw), at: address(draw: draw), in: &workspace)
    return workspace.outcome
  }

  /// The results of a number of cascades.
  struct Tally {
    /// How often each size occurs.
    var sizes: [Int]
    /// Adopters after each of the first steps: sums and sums of squares.
    var adopters = [(sum: Double, squares: Double)](repeating: (0, 0), count: 8)
    var prevalence: [Double] = []

    var runs: Int { sizes.reduce(0, +) }
  }

  mutating func tally(from seeds: [UInt32], runs: Int) throws -> Tally {
    var tally = Tally(sizes: [Int](repeating: 0, count: network.agentCount + 1))
    let nobody = RoleMembership(agentCount: network.agentCount)
    for draw in 1...runs {
      let outcome = try run(from: seeds, draw: draw)
      // From the record that the tables use.
      tally.sizes[Cascade(outcome, network: network, membership: nobody).size] += 1
      for step in tally.adopters.indices {
        let adopters = Double(outcome.stepEnds[min(step, outcome.stepEnds.count - 1)])
        tally.adopters[step].sum += adopters
        tally.adopters[step].squares += adopters * adopters
      }
      if let prevalence = outcome.prevalence { tally.prevalence.append(prevalence) }
    }
    return tally
  }
}
