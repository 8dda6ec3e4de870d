internal import Foundation
internal import SocialInfluence

/// Predicted memory and output of a run, before anything is allocated: generous, close where the scenario fixes the
/// sizes.
struct Estimate: Sendable {
  /// Bytes at the peak.
  let memory: Int
  /// Bytes of all tables.
  let output: Int
  /// Bytes on disk while it runs: the tables, and the curves, which are kept until all cascades are finished.
  let disk: Int
  /// Bytes of one worker at its peak.
  let worker: Double
  /// The largest number of voices on one network.
  let voices: Double

  /// The program and its libraries.
  private static let program = 40e6

  /// - Parameter workers: threads, each with its own network.
  init(_ plan: Plan, workers: Int) {
    let isTracing = plan.scenario.head.tables.contains { $0.needsTrace }
    let conditions = plan.order.map { Demand(plan[$0], plan, isTracing: isTracing) }
    let active = Double(min(workers, plan.itemCount))
    // One worker at its peak, the others at 60 % of it on average.
    let atOnce = active > 0 ? 1 + 0.6 * (active - 1) : 0
    // Demands of all rules and draws of an item, up to the limit of the cache.
    let rules = Set(plan.order.map { plan[$0].keys.rule }).count
    let agents = conditions.map(\.agents).max() ?? 0
    let needs = min(Double(NeedsCache.largest), 8 * agents * Double(rules * plan.drawsPerItem - 1))
    worker = (conditions.map(\.bytes).max() ?? 0) + needs
    let spool = conditions.reduce(0) { $0 + $1.curve } * plan.replicateCount
    let tables = TableBytes(plan, conditions)
    output = Int(saturating: tables.all)
    disk = Int(saturating: tables.all + spool)
    let inWorkers =
      1.15 * worker * atOnce + Self.laws(plan, active) + Self.ahead(plan, conditions, active, isTracing: isTracing)
    let afterwards = Self.kept(plan, conditions, spool, workers) + Self.compared(plan) + tables.held
    memory = Int(
      saturating: Self.held(plan) + 3000 * Double(plan.copies.origins.count) + inWorkers + afterwards)
    voices = conditions.map(\.voices).max() ?? 0
  }

  /// Bytes of the program, the scenario and the networks read from files.
  private static func held(_ plan: Plan) -> Double {
    let files = plan.files.values.reduce(0) { $0 + 8 * $1.network.agentCount + 12 * $1.network.voiceCount }
    // The memory used for reading is known by now, and not all of it is returned.
    return max(program + Double(files), 3e6 + Double(Machine.peak ?? 0))
  }

  /// Bytes of the tables of laws: while one is made, and what stays of each.
  private static func laws(_ plan: Plan, _ active: Double) -> Double {
    var met = Set<[Int]>()
    var (most, sum) = (0.0, 0.0)
    for index in plan.order {
      let condition = plan[index]
      let keys = [Int(condition.keys.rule), Int(condition.keys.network), Int(condition.keys.traits)]
      guard met.insert(keys).inserted else { continue }
      for law in condition.laws {
        most = max(most, law.tableLength)
        sum += law.tableLength
      }
    }
    return 8 * (most * active + sum / 64)
  }

  /// Results that wait to be written: each worker may run four items ahead. Traces are included where a table shows
  /// them.
  private static func ahead(_ plan: Plan, _ conditions: [Demand], _ active: Double, isTracing: Bool) -> Double {
    let perDraw: Double = conditions.reduce(0) {
      let traced = isTracing ? 60 * $1.agents + 24 * $1.credits : 0
      return $0 + 300 + 8 * min($1.steps, $1.agents) + traced
    }
    return min(4 * active, Double(plan.itemCount)) * perDraw * Double(plan.drawsPerItem)
  }

  /// Each cascade keeps its size and the place of its curve; curves are read back from disk.
  private static func kept(_ plan: Plan, _ conditions: [Demand], _ spool: Double, _ workers: Int) -> Double {
    // A small spool is held whole; of a large one, the curves in use: those of one condition per worker.
    let curve = conditions.reduce(0) { max($0, $1.curve) } * plan.replicateCount
    let read = min(spool, Double(workers) * (Double(CurveSpool.leastReleased) + curve))
    return 12 * Double(plan.cascadeCount) + read + 60 * plan.replicateCount
  }

  /// Contrasts, and the differences of those that are analyzed at a time.
  private static func compared(_ plan: Plan) -> Double {
    let head = plan.scenario.head
    let units = Double(head.units)
    return plan.contrastCount * 250 + min(plan.contrastCount, 1024) * (40_000 + 16 * units)
  }

  /// The size of one condition.
  fileprivate struct Demand {
    let agents: Double
    /// On one network.
    let voices: Double
    /// Of one cascade, without the seeding.
    let steps: Double
    /// Shares of credit for all adoptions, at most.
    let credits: Double
    /// Bytes of a worker at its peak, measured at 10⁵ to 3·10⁶ agents: latents, scores, needs, queue and counts of each
    /// agent; the network with its ties while it is built; weights and exposures with their inputs.
    let bytes: Double
    /// Bytes of the curve of one cascade.
    var curve: Double { 8 * (1 + min(steps, agents)) }

    init(_ condition: Condition, _ plan: Plan, isTracing: Bool) {
      agents = Double(plan.agentCount(condition))
      let connector = condition.roles[.connector]
      let added = condition.equalMass ? 0 : (connector?.fraction ?? 0) * ((connector?.gain ?? 1) - 1)
      voices = agents * plan.meanDegree(condition) * (1 + added)
      steps = Self.steps(condition, agents)
      let traits = condition.rule.traits
      credits = traits.sharesCredit ? agents * (1 + Double(traits.meetings)) + voices : agents
      bytes = Self.bytes(condition, agents, voices) + 24 * steps + (isTracing ? Self.talkers(traits, agents, steps) : 0)
    }

    /// A generous guess at the steps of a cascade, from the rule's limit and the width of the network. A cascade can
    /// take longer than the network is wide.
    private static func steps(_ condition: Condition, _ agents: Double) -> Double {
      let traits = condition.generator?.traits
      let across: Double
      switch traits?.width ?? .short {
      case .ring: across = agents / max(1, traits?.meanDegree ?? 1)
      case .grid: across = min(agents, 40 * agents.squareRoot())
      case .short: across = min(agents, 30 + 4 * power(agents, 1.0 / 3))
      }
      // The longest of N waiting times, in units of their mean.
      let longest = 2 + naturalLogarithm(max(1, agents))
      switch condition.rule.traits.pace {
      case .hops: return across
      case .steps(let last): return Double(last)
      case .talking(let rounds, let transmission, let last):
        let isEqual = Precision.hasUnitVoices(condition) && condition.hasPlainTraits
        let chance = probability(ofHazard: condition.story * hazard(ofProbability: transmission))
        let wait = isEqual && chance > 0 ? min(rounds, 1 / chance) : rounds
        return min(Double(last), across * (20 + longest * wait))
      case .periods(let steps, let last): return min(Double(last), across * (20 + longest * steps))
      }
    }

    /// Bytes of the talkers of each round, kept for traces.
    private static func talkers(_ traits: RuleTraits, _ agents: Double, _ steps: Double) -> Double {
      guard traits.notesTalkers else { return 0 }
      guard case .talking(let rounds, _, _) = traits.pace else { return steps * (40 + 8 * agents) }
      return 40 * steps + 8 * agents * min(rounds, steps)
    }

    private static func bytes(_ condition: Condition, _ agents: Double, _ voices: Double) -> Double {
      var perVoice = condition.generator == nil ? 0.0 : 7.4
      if condition.generator?.traits.isDirected == true { perVoice = 5 }
      var perAgent = 97.0
      if !Precision.hasUnitVoices(condition) || !condition.hasPlainTraits {
        perVoice += 33
        perAgent += 16
      }
      if condition.rule.traits.drawsThresholds { perAgent += 16 }
      perAgent += condition.rule.traits.bytesPerAgent
      perVoice += condition.rule.traits.bytesPerVoice
      // Hazards and exposures, where each tie has its own p.
      if condition.rule.hazardSource.isByTie { perVoice += 26 }
      if condition.connectivityLaw != nil { perAgent += 60 }
      perAgent += condition.generator?.traits.extraBytesPerAgent ?? 0
      var bytes = perAgent * agents + perVoice * voices
      let ties = Int(saturating: min(voices, 1e12) / 2)
      if condition.generator?.traits.invertsDegrees == true {
        bytes += Double(PairSet.byteCount(capacity: ties + 16)) + 8 * voices
      }
      if condition.switches > 0 || condition.transitivity != nil {
        // The network before and after, its ties, and each agent's list of them.
        bytes += Double(PairSet.byteCount(capacity: ties + 16)) + 22 * voices + 72 * agents
      }
      return bytes
    }
  }

  /// - Throws: exit code 69 if a network or the run is too large for this machine.
  func check() throws(Failure) {
    guard voices < Double(UInt32.max) else {
      throw Failure(
        .beyondTheMachine,
        "a network of \(Readable.fixed(voices / 1e9, 1)) billion voices is too large: a stored network holds 4.29 billion\n"
          + "  = write fewer agents or a smaller mean degree")
    }
    let limit = Machine.memory
    guard memory < limit else {
      throw Failure(
        .beyondTheMachine,
        "this run needs about \(Readable.bytes(memory)) of memory; this machine has \(Readable.bytes(limit))\n"
          + "  = write fewer agents or a smaller mean degree, or use fewer --workers")
    }
  }
}

extension Plan {
  /// Cascades per condition.
  fileprivate var replicateCount: Double { Double(scenario.head.networks) * Double(scenario.head.draws) }
}

/// Predicted bytes of the tables.
private struct TableBytes {
  private let plan: Plan
  private let conditions: [Estimate.Demand]
  /// Bytes that long names add to a row.
  private let long: Double
  private let id: Double
  private let group: Double

  init(_ plan: Plan, _ conditions: [Estimate.Demand]) {
    (self.plan, self.conditions) = (plan, conditions)
    let scenario = plan.scenario
    let names = scenario.armNames + scenario.sweeps.map { $0.labels.max { $0.utf8.count < $1.utf8.count } ?? "" }
    long = names.reduce(0.0) { $0 + Double(max(0, $1.utf8.count - 12)) }
    id = 2 * Double((plan.files.values.map(\.names.longest).max() ?? 10) - 10)
    let groupNames = plan.files.values.flatMap { $0.agents?.groupNames ?? [] }
    group = 2 * Double(groupNames.map(\.utf8.count).max() ?? 0)
  }

  private var head: ScenarioHead { plan.scenario.head }
  private var labels: Double { Double(12 * plan.scenario.sweeps.count) + long }
  private var width: Double { 90 + labels }
  private var perAgent: Double { head.tables.contains(.agents) ? 120 + labels + id : 0 }
  private var perCredit: Double { head.tables.contains(.transmissions) ? 60 + labels + 2 * id : 0 }
  private var perStep: Double { head.tables.contains(.trajectories) ? 30 + labels : 0 }

  /// Bytes of all tables.
  var all: Double {
    // Copies have their own rows in tables with a row for every point.
    let perNetwork = (130 + labels) * Double(head.networks) * Double(conditions.count)
    let perPoint: Double = plan.everyPoint(conditions).reduce(0) {
      $0 + (170 + labels) * (1 + $1.steps) + 420 + labels
    }
    // The scenario is written to its folder and, by key, to the manifest.
    let text = Double(5 * plan.scenario.resolved.yaml().utf8.count)
    return 30_000 + text + always + asked + perNetwork + perPoint + (180 + 2 * labels) * plan.contrastCount
  }

  /// Bytes of the rows of cascades and seeds.
  private var always: Double {
    let hasSeeds = plan.scenario.requestedFiles.contains { $0.name == SeedsTable.file.name }
    let seeds = Double(plan.order.map { plan[$0].seeds }.max() ?? 0)
    let perSeed = hasSeeds ? (60 + id + group + width) * seeds : 0
    return (width + perSeed) * Double(conditions.count) * plan.replicateCount
  }

  /// Bytes of the requested tables.
  private var asked: Double {
    // One row, the Lorenz curve, and one row per generation.
    let isInfluence = head.tables.contains(.influence)
    let (perInfluence, perGeneration) = isInfluence ? (400 + 22 * (60 + labels), 50 + labels) : (0, 0)
    let groups = Double(plan.files.values.map { ($0.agents?.groupNames.count ?? 0) + 1 }.max() ?? 0)
    let perGroup = head.tables.contains(.groups) ? (width + 30 + group) * groups : 0
    let shown = zip(plan.order, conditions).filter { plan.shows($0.0) }.map(\.1)
    let bytes: Double = shown.reduce(0) {
      let agents = perAgent * $1.agents + perCredit * $1.credits
      return $0 + agents + perStep * $1.steps + perGroup + perInfluence + perGeneration * min($1.steps, $1.agents)
    }
    return bytes * plan.replicateCount * plan.scenario.shown.share(networks: head.networks, draws: head.draws)
  }

  /// Bytes held in memory: the rows of one cascade before they are written, and the cells of tables that expected
  /// findings read.
  var held: Double {
    let rows: Double = conditions.reduce(0) {
      let agents = perAgent * $1.agents + perCredit * $1.credits
      return max($0, agents + perStep * $1.steps)
    }
    let looked = Set(head.expectations.map(\.table))
    let cells =
      (looked.contains("cascades") ? 35 * Double(plan.cascadeCount) : 0)
      + (looked.contains("networks") ? 25 * plan.replicateCount : 0)
    return 2 * rows + 20 * cells
  }
}
