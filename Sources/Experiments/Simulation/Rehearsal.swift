internal import SocialInfluence

/// The first replicates of a plan, made to see whether they can be made: what a law, a seeding or a rule refuses only once its
/// random numbers are there. A replicate has its numbers by address, so that what fails here fails in the run.
struct Rehearsal: Sendable {
  /// Conditions of the first replicate that were tried, and replicates of which one was.
  private(set) var tried = (conditions: 0, replicates: 0)

  /// Replicates that are tried whatever fails, and draws of seeds on each, at most.
  private static let most = 20
  /// What all tries may cost, in units of some ten nanoseconds; beyond the first replicates, and with fewer agents, a tenth of it.
  private static let effort = 1e8
  /// A try, whatever it tries.
  private static let leastCost = 2000.0

  private let plan: Plan
  private var left = Self.effort
  private var failures = [(condition: Plan.ConditionIndex, replicate: Int, reason: String)]()
  private var count = 0

  /// - Throws: 65 where a replicate that was tried cannot be made. Of conditions that are too large to be tried, a smaller one is where
  ///   what fails for few agents fails for more.
  init(_ plan: Plan) throws {
    self.plan = plan
    try tryReplicates()
    try trySmaller()
    guard let first = failures.first else { return }
    let labels = zip(plan.scenario.sweeps, plan.scenario.labels(first.condition.point)).map { "\($0.column) \($1), " }
    let place = labels.joined() + "arm \(plan.scenario.armNames[first.condition.arm])"
    throw Failure(
      .wrongInput,
      "\(plan[first.condition].tree.source.name): error: \(failures.count) of the first \(count) replicates cannot be made, "
        + "the first at \(place), network \(first.replicate): \(first.reason)\n"
        + "  = a run leaves them out and ends with exit code 1; write a law, seeds or a rule that fit every network")
  }

  private mutating func tryReplicates() throws {
    var worker = ReplicateWorker(plan, Progress(total: 1), tracing: .none)
    let draws = max(1, min(Self.most, plan.scenario.head.draws))
    for replicate in 1...max(1, plan.scenario.head.networks) where replicate <= Self.most || failures.isEmpty {
      if replicate == Self.most + 1 { left = min(left, Self.effort / 10) }
      let before = count
      for index in plan.order {
        let condition = plan[index]
        let cost = Self.cost(condition, plan) + Self.leastCost
        guard cost <= left else { continue }
        count += 1
        let failure = try worker.rehearse(
          condition, index, replicate: replicate, draws: draws, spreads: Self.isShort(condition, plan))
        if let failure { failures.append((index, replicate, failure.reason)) }
        // Ties are seldom switched as often as they may be.
        left -= failure == nil && condition.transitivity != nil ? cost / 4 : cost
      }
      guard count > before else { return }
      if replicate == 1 { tried.conditions = count }
      tried.replicates = replicate
    }
  }

  /// What takes ever more steps or switches with more agents is tried with fewer.
  private mutating func trySmaller() throws {
    guard failures.isEmpty else { return }
    left = Self.effort / 10
    for index in plan.order {
      let condition = plan[index]
      guard let small = Self.smaller(condition, plan) else { continue }
      let cost = Self.cost(small, plan) + Self.leastCost
      guard cost <= left else { return }
      // A worker of its own: what it keeps goes by the condition's keys, which know nothing of another N.
      var worker = ReplicateWorker(plan, Progress(total: 1), tracing: .none)
      let failure = try worker.rehearse(small, index, replicate: 1, draws: 1, spreads: Self.isShort(small, plan))
      left -= cost
      guard let failure, failure.holdsForMore else { continue }
      count += 1
      failures.append(
        (index, 1, "with \(small.agentCount ?? 0) agents instead of \(condition.agentCount ?? 0), " + failure.reason))
    }
  }

  /// A condition with so few agents that it can be tried; nil where it can be as it is, or where fewer agents say nothing.
  private static func smaller(_ condition: Condition, _ plan: Plan) -> Condition? {
    let isPeriods = if case .periods = condition.rule.traits.pace { true } else { false }
    guard condition.transitivity != nil || isPeriods, var agents = condition.agentCount,
      condition.generator?.traits.agentCount == nil
    else { return nil }
    if cost(condition, plan) + leastCost <= effort, !isPeriods || isShort(condition, plan) { return nil }
    while true {
      agents /= 2
      let seeds = max(1, Int(Double(condition.seeds) * Double(agents) / Double(condition.agentCount ?? 1)))
      let small = condition.with(agents: agents, seeds: condition.seeds == 0 ? 0 : seeds)
      guard Double(agents) > 20 * (1 + plan.meanDegree(small)) else { return nil }
      if cost(small, plan) + leastCost <= effort / 20, !isPeriods || isShort(small, plan) { return small }
    }
  }

  private static func cost(_ condition: Condition, _ plan: Plan) -> Double {
    let agents = Double(plan.agentCount(condition))
    var cost = 5 * Double(plan.weight(condition))
    cost *= condition.generator?.traits.effort ?? 1
    // Where nearly everybody is tied to everybody, the last free places are looked for, over and over.
    if condition.generator?.traits.looksForFreePlaces == true {
      let free = max(1 / agents, 1 - plan.meanDegree(condition) / max(1, agents - 1))
      cost *= min(1e6, 1 / (free * free))
    }
    if condition.switches > 0 { cost *= 40 * max(1, condition.switches) }
    if condition.transitivity != nil {
      // Up to 100 tries a tie, each of which counts the common neighbors of four agents.
      let z = plan.meanDegree(condition)
      cost += 45 * agents * z * (20 + 2 * z)
    }
    // The force that keeps influence where voices differ takes some rounds over all ties; where most have hardly any voice, a hundred,
    // with numbers so small that they take their time.
    if !Precision.hasUnitVoices(condition) || !condition.hasPlainTraits {
      let isExtreme = [Trait.expertise, .persuasion].contains { trait in
        condition.traitLaws[trait].map { $0.value(at: 0.5) < 1e-6 * $0.mean } ?? false
      }
      cost += (isExtreme ? 700 : 10) * Double(plan.weight(condition))
    }
    // Where attention is concentrated on few, as measured: some five nanoseconds a pair of agents.
    if condition.generator?.traits.comparesAll == true,
      condition.connectivityLaw != nil || condition.roles[.connector].map({ $0.gain != 1 }) ?? false
    {
      cost += 0.5 * agents * agents
    }
    cost += drawing(condition, plan)
    // All shortest paths from everybody.
    if condition.seeding.walksAllPaths { cost += agents * Double(plan.weight(condition)) }
    // A few nanoseconds each time for every seed.
    let seeds = Double(condition.seeds) * Double(min(most, plan.scenario.head.draws)) * 20
    return cost + seeds
  }

  /// What values of laws take, by how long each law looks for one.
  private static func drawing(_ condition: Condition, _ plan: Plan) -> Double {
    let agents = Double(plan.agentCount(condition))
    func effort(_ law: (any Distribution)?) -> Double { law.flatMap { $0.constant == nil ? $0.effort : nil } ?? 0 }
    // Normal scores of all traits, and who is in a role.
    let scores = condition.drawsTraits ? 40.0 : 0
    var cost =
      scores + condition.traitLaws.values.reduce(0) { $0 + effort($1) } + effort(condition.rule.traits.drawnLaw)
    if condition.generator?.traits.invertsDegrees == true { cost += 2000 }
    switch condition.rule.hazardSource {
    case .listeners(let law): cost += effort(law)
    case .ties(let law): cost += effort(law) * max(1, plan.meanDegree(condition))
    default: break
    }
    return agents * cost
  }

  /// Whether a condition is small enough to be run once or twice while somebody waits.
  static func canBeTimed(_ condition: Condition, _ plan: Plan) -> Bool { work(condition, plan) < 1e7 }

  /// What a replicate of a condition may cost, its first cascade included.
  static func work(_ condition: Condition, _ plan: Plan) -> Double {
    cost(condition, plan) + 0.3 * rounds(condition) * Double(plan.weight(condition))
  }

  /// Whether a cascade ends soon; else only its network and its seeds are tried.
  private static func isShort(_ condition: Condition, _ plan: Plan) -> Bool {
    rounds(condition) * Double(plan.weight(condition)) < 1e6
  }

  /// How often a cascade may walk the ties of all agents; by what it reaches where it walks each once.
  private static func rounds(_ condition: Condition) -> Double {
    switch condition.rule.traits.pace {
    // A meeting looks up whether the other is a stranger.
    case .steps(let last): return Double(last) * (1 + 2 * Double(condition.rule.traits.meetings))
    // All successes of an adopter are drawn when it adopts.
    case .talking where condition.rule.traits.samplesTies: return 1
    // Who falls silent for good talks for so long, and an epidemic passes in some forty such spells.
    case .talking(let rounds, _, let last): return min(Double(last), 100 + 40 * rounds)
    case .hops, .periods: return 1
    }
  }
}
