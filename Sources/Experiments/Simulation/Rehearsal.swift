internal import SocialInfluence

/// A trial of the first replicates, to find failures that only random numbers show. Random numbers have addresses, so
/// what fails here fails in the run.
struct Rehearsal: Sendable {
  /// Conditions tried in the first replicate, and replicates in which at least one was tried.
  private(set) var tried = (conditions: 0, replicates: 0)

  /// Replicates that are tried despite failures, and the most draws of seeds tried on each.
  private static let most = 20
  /// Budget of the first replicates, in units of some 10 ns; further replicates, and trials with fewer agents, get a
  /// tenth.
  private static let effort = 1e8
  /// The least cost of a trial.
  private static let leastCost = 2000.0

  private let plan: Plan
  private var left = Self.effort
  private var failures = [(condition: Plan.ConditionIndex, replicate: Int, reason: String)]()
  private var count = 0

  /// - Throws: exit code 65 if a tried replicate cannot be made. Conditions too large to try are tried with fewer
  ///   agents where a failure then implies one with more.
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
        // Switching rarely takes as many tries as it may.
        left -= failure == nil && condition.transitivity != nil ? cost / 2 : cost
      }
      guard count > before else { return }
      if replicate == 1 { tried.conditions = count }
      tried.replicates = replicate
    }
  }

  /// Tries conditions with fewer agents where steps or switches grow with N.
  private mutating func trySmaller() throws {
    guard failures.isEmpty else { return }
    left = Self.effort / 10
    for index in plan.order {
      let condition = plan[index]
      guard let small = Self.smaller(condition, plan) else { continue }
      let cost = Self.cost(small, plan) + Self.leastCost
      guard cost <= left else { return }
      // A new worker, since what a worker keeps is keyed by condition and not by N.
      var worker = ReplicateWorker(plan, Progress(total: 1), tracing: .none)
      let failure = try worker.rehearse(small, index, replicate: 1, draws: 1, spreads: Self.isShort(small, plan))
      left -= cost
      guard let failure, failure.holdsForMore else { continue }
      count += 1
      failures.append(
        (index, 1, "with \(small.agentCount ?? 0) agents instead of \(condition.agentCount ?? 0), " + failure.reason))
    }
  }

  /// A condition with few enough agents to try; nil where the original can be tried, or where fewer agents show
  /// nothing.
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
    // In a nearly complete network, finding the last free pairs takes many tries.
    if condition.generator?.traits.looksForFreePlaces == true {
      let free = max(1 / agents, 1 - plan.meanDegree(condition) / max(1, agents - 1))
      cost *= min(1e6, 1 / (free * free))
    }
    if condition.switches > 0 { cost *= 40 * max(1, condition.switches) }
    if condition.transitivity != nil {
      // Up to 100 tries per tie, each of which counts the common neighbors of four agents.
      let z = plan.meanDegree(condition)
      cost += 45 * agents * z * (20 + 2 * z)
    }
    // With unequal voices, solving for λ takes some passes over all ties; where most voices are nearly 0, a hundred
    // passes, slowed by very small numbers.
    if !Precision.hasUnitVoices(condition) || !condition.hasPlainTraits {
      let isExtreme = [Trait.expertise, .persuasion].contains { trait in
        condition.traitLaws[trait].map { $0.ends == nil && $0.value(at: 0.5) < 1e-6 * $0.mean } ?? false
      }
      cost += (isExtreme ? 700 : 10) * Double(plan.weight(condition))
    }
    // Concentrated attention compares all pairs of agents, at some 5 ns per pair (measured).
    if condition.generator?.traits.comparesAll == true,
      condition.connectivityLaw != nil || condition.roles[.connector].map({ $0.gain != 1 }) ?? false
    {
      cost += 0.5 * agents * agents
    }
    cost += drawing(condition, plan)
    // Shortest paths from every agent.
    if condition.seeding.walksAllPaths { cost += agents * Double(plan.weight(condition)) }
    // 20 units per random seed and draw.
    let seeds =
      Double(condition.seeds) * Double(min(most, plan.scenario.head.draws)) * 20 * condition.seeding.effort
    return cost + seeds
  }

  /// The cost of drawing from laws, by the effort of each law.
  private static func drawing(_ condition: Condition, _ plan: Plan) -> Double {
    let agents = Double(plan.agentCount(condition))
    func effort(_ law: (any Distribution)?) -> Double { law.flatMap { $0.constant == nil ? $0.effort : nil } ?? 0 }
    // Normal scores of all traits, and membership of roles.
    let scores = condition.drawsTraits ? 40.0 : 0
    var cost =
      scores + condition.traitLaws.values.reduce(0) { $0 + effort($1) } + effort(condition.rule.traits.drawnLaw)
    if condition.generator?.traits.invertsDegrees == true { cost += 2000 }
    switch condition.rule.hazardSource {
    case .listeners(let law): cost += effort(law)
    case .ties(let law): cost += effort(law) * max(1, plan.meanDegree(condition))
    default: break
    }
    return agents * cost + condition.laws.reduce(0) { $0 + 8 * $1.tableLength }
  }

  /// Whether a condition is small enough to be timed while the user waits.
  static func canBeTimed(_ condition: Condition, _ plan: Plan) -> Bool { work(condition, plan) < 1e7 }

  /// The possible cost of a replicate of a condition, with its first cascade.
  static func work(_ condition: Condition, _ plan: Plan) -> Double {
    cost(condition, plan) + 0.3 * rounds(condition) * Double(plan.weight(condition)) + meetings(condition, plan)
  }

  /// The cost of what meetings draw from a law, at most.
  private static func meetings(_ condition: Condition, _ plan: Plan) -> Double {
    guard let law = condition.rule.traits.meetingLaw, law.constant == nil,
      case .steps(let last) = condition.rule.traits.pace
    else { return 0 }
    return Double(last) * Double(plan.agentCount(condition)) * law.effort
  }

  /// Whether a cascade is short enough to run; otherwise only network and seeds are tried.
  private static func isShort(_ condition: Condition, _ plan: Plan) -> Bool {
    rounds(condition) * Double(plan.weight(condition)) + meetings(condition, plan) < 1e6
  }

  /// How many times a cascade may walk all ties; 1 where it walks each tie at most once.
  private static func rounds(_ condition: Condition) -> Double {
    switch condition.rule.traits.pace {
    // A meeting also checks that the two are strangers.
    case .steps(let last): return Double(last) * (1 + 2 * Double(condition.rule.traits.meetings))
    // An adopter draws all its successes when it adopts.
    case .talking where condition.rule.traits.samplesTies: return 1
    // An epidemic passes in some forty talking periods.
    case .talking(let rounds, _, let last): return min(Double(last), 100 + 40 * rounds)
    case .hops, .periods: return 1
    }
  }
}
