internal import SocialInfluence

/// The first replicates of a plan, made to see whether they can be made: what a law, a seeding or a rule refuses only once its
/// random numbers are there. A replicate has its numbers by address, so that what fails here fails in the run.
package enum Rehearsal {
  /// Replicates that are tried, and draws of seeds on each, at most.
  private static let most = 20
  /// What all tries may cost, in units of some ten nanoseconds.
  private static let effort = 4e7

  /// - Throws: 65 where one of the first replicates cannot be made; large ones are not tried.
  package static func check(_ plan: Plan) throws {
    var worker = ReplicateWorker(plan, Progress(total: 1), tracing: .none)
    var left = effort
    var tried = 0
    var failures = [(condition: Plan.ConditionIndex, replicate: Int, reason: String)]()
    for replicate in 1...max(1, min(most, plan.scenario.head.networks)) {
      let conditions = plan.order.filter { index in
        let cost = cost(plan[index], plan)
        guard cost <= left else { return false }
        left -= cost
        return true
      }
      guard !conditions.isEmpty else { break }
      tried += conditions.count
      failures += try worker.rehearse(
        conditions, replicate: replicate, draws: max(1, min(most, plan.scenario.head.draws))
      ) { isShort($0, plan) }
    }
    guard let first = failures.first else { return }
    let labels = zip(plan.scenario.sweeps, plan.scenario.labels(first.condition.point)).map { "\($0.column) \($1), " }
    let place = labels.joined() + "arm \(plan.scenario.armNames[first.condition.arm])"
    throw Failure(
      .wrongInput,
      "\(plan[first.condition].tree.source.name): error: \(failures.count) of the first \(tried) replicates cannot be made, "
        + "the first at \(place), network \(first.replicate): \(first.reason)\n"
        + "  = a run leaves them out and ends with exit code 1; write a law, seeds or a rule that fit every network")
  }

  private static func cost(_ condition: Condition, _ plan: Plan) -> Double {
    let agents = Double(plan.agentCount(condition))
    var cost = 5 * Double(plan.weight(condition))
    if condition.switches > 0 { cost *= 40 * max(1, condition.switches) }
    if condition.transitivity != nil {
      // Up to 100 tries a tie, each of which counts the common neighbors of four agents.
      let z = plan.meanDegree(condition)
      cost += 50 * agents * z * (20 + 2 * z)
    }
    // Where attention is concentrated on few, as measured: some five nanoseconds a pair of agents.
    if condition.generator?.traits.comparesAll == true,
      condition.connectivityLaw != nil || condition.roles[.connector].map({ $0.gain != 1 }) ?? false
    {
      cost += 0.5 * agents * agents
    }
    // Quantiles of laws without a closed form take up to 20 µs.
    let laws =
      condition.traitLaws.values.count { $0.constant == nil }
      + (condition.generator?.traits.invertsDegrees == true ? 1 : 0)
    // All shortest paths from everybody.
    if condition.seeding.walksAllPaths { cost += agents * Double(plan.weight(condition)) }
    // A few nanoseconds each time for every seed.
    let seeds = Double(condition.seeds) * Double(min(most, plan.scenario.head.draws)) * 20
    return cost + 2000 * agents * Double(laws) + seeds
  }

  /// Whether a condition is small enough to be run once or twice while somebody waits.
  static func canBeTimed(_ condition: Condition, _ plan: Plan) -> Bool {
    cost(condition, plan) + 0.3 * rounds(condition) * Double(plan.weight(condition)) < 1e7
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
