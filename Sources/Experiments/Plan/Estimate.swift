internal import Foundation
internal import SocialInfluence

/// What a run will take, before anything is allocated: upper bounds, close to the truth where the scenario decides it.
package struct Estimate: Sendable {
  /// Bytes at the peak.
  package let memory: Int
  /// Bytes of all tables.
  package let output: Int
  /// Bytes on disk while it runs: the tables, and the curves that are kept until all cascades are there.
  package let disk: Int
  /// Bytes of one worker at its peak.
  let worker: Double
  /// The largest number of voices of one network.
  package let voices: Double

  /// The program and its libraries.
  private static let program = 37e6

  /// - Parameter workers: threads, each with its own network.
  package init(_ plan: Plan, workers: Int) {
    let conditions = plan.order.map { Demand(plan[$0], plan) }
    let head = plan.scenario.head
    let active = Double(min(workers, plan.itemCount))
    // One worker is at its peak, the others somewhere between two.
    let held = active > 0 ? 1 + 0.6 * (active - 1) : 0
    let agents = conditions.map(\.agents).max() ?? 0
    // Demands of all rules and draws of an item, as far as a worker keeps them.
    let rules = Set(plan.order.map { plan[$0].keys.rule }).count
    let needs = min(Double(NeedsCache.largest), 8 * agents * Double(rules * plan.drawsPerItem - 1))
    worker = (conditions.map(\.bytes).max() ?? 0) + needs
    let files = plan.files.values.reduce(0) { $0 + 8 * $1.network.agentCount + 12 * $1.network.voiceCount }
    // Each worker may run four items ahead; with who convinced whom of every cascade, where a table asks for it.
    let perItem = conditions.reduce(0) { $0 + 300 + 8 * min($1.steps, $1.agents) } * Double(plan.drawsPerItem)
    let isTracing = head.tables.contains { $0.needsTrace }
    let traced = isTracing ? conditions.reduce(0) { $0 + 60 * $1.agents } * Double(plan.drawsPerItem) : 0
    let ahead = min(4 * active, Double(plan.itemCount)) * (perItem + traced)
    // Each cascade leaves its size and the place of its curve; its curve is read back from disk.
    let replicates = Double(head.networks) * Double(head.draws)
    let cascades = Double(plan.cascadeCount)
    let spool = conditions.reduce(0) { $0 + 8 * (1 + min($1.steps, $1.agents)) } * replicates
    let read = conditions.reduce(0) { $0 + 8 * (1 + min($1.steps, $1.agents, 15)) } * replicates
    let kept = 12 * cascades + read + 60 * replicates
    let contrasts = plan.contrastCount
    let units = Double(head.networks > 1 ? head.networks : head.draws)
    let compared = contrasts * (16 * units + 400) + min(contrasts, 1024) * 40_000
    // Expected findings look at whole tables, cell by cell.
    let looked = Set(head.expectations.map(\.table))
    let cells = (looked.contains("cascades") ? 35 * cascades : 0) + (looked.contains("networks") ? 25 * replicates : 0)
    memory = Int(
      saturating: 20 * cells + Self.program + 3000 * Double(plan.copies.origins.count) + 1.15 * worker * held + ahead
        + kept
        + compared
        + Double(files))
    let width = Double(90 + 12 * plan.scenario.sweeps.count)
    let perAgent = (head.tables.contains(.agents) ? 70.0 : 0) + (head.tables.contains(.transmissions) ? 40 : 0)
    let perSeed = plan.scenario.cascadeFiles.contains { $0.name == SeedsTable.file.name } ? 60.0 : 0
    let perGroup = head.tables.contains(.groups) ? width + 30 : 0
    let groups = Double(plan.files.values.map { ($0.agents?.groupNames.count ?? 0) + 1 }.max() ?? 0)
    let perStep = head.tables.contains(.trajectories) ? 30.0 : 0
    let seeds = Double(plan.order.map { plan[$0].seeds }.max() ?? 0)
    let always = (width + (perSeed + width) * seeds * (perSeed > 0 ? 1 : 0)) * Double(conditions.count) * replicates
    let shown = zip(plan.order, conditions).filter { plan.shows($0.0) }.map(\.1)
    let asked: Double = shown.reduce(0) { $0 + perAgent * $1.agents + perStep * $1.steps + perGroup * groups }
    let rows = always + asked * replicates * plan.scenario.shown.share(networks: head.networks, draws: head.draws)
    // Copies have rows of their own in the tables that keep a row for every point.
    let perNetwork = 130 * Double(head.networks) * Double(conditions.count)
    let perPoint: Double = plan.everyPoint(conditions).reduce(0) { $0 + 95 * (1 + $1.steps) + 420 }
    output = Int(saturating: 30_000 + rows + perNetwork + perPoint + 180 * contrasts)
    disk = Int(saturating: Double(output) + spool)
    voices = conditions.map(\.voices).max() ?? 0
  }

  /// What one condition asks for.
  private struct Demand {
    let agents: Double
    /// On one network.
    let voices: Double
    /// Of a cascade, the seeding not counted.
    let steps: Double
    /// What a worker holds at its peak, measured at 10⁵ to 3·10⁶ agents: latents, scores, needs, queue and counts of each
    /// agent; the network with its ties while it is built; weights, exposures and what they are made of.
    let bytes: Double

    init(_ condition: Condition, _ plan: Plan) {
      agents = Double(plan.agentCount(condition))
      let connector = condition.roles[.connector]
      let added = condition.equalMass ? 0 : (connector?.fraction ?? 0) * ((connector?.gain ?? 1) - 1)
      voices = agents * plan.meanDegree(condition) * (1 + added)
      steps = Self.steps(condition, agents)
      bytes = Self.bytes(condition, agents, voices) + 8 * steps
    }

    /// An upper bound of the steps of a cascade: where the rule has one, that; where influence goes from agent to agent, the
    /// way across the network, which is short on random ones.
    private static func steps(_ condition: Condition, _ agents: Double) -> Double {
      let across: Double
      switch condition.generator {
      case let ring as RingLattice: across = agents / max(1, ring.traits.meanDegree ?? 1)
      case is Torus, is WattsStrogatz: across = min(agents, 40 * agents.squareRoot())
      default: across = min(agents, 30 + 4 * power(agents, 1.0 / 3))
      }
      switch condition.rule {
      case let rule as any TimeDrivenRule: return Double(rule.steps)
      case let rule as any EpidemicRule where rule.isReversible: return Double(rule.steps)
      case let rule as any EpidemicRule: return min(Double(rule.steps), across * 20)
      case is ContinuousSIR: return min(100_000, across * 20)
      default: return across
      }
    }

    private static func bytes(_ condition: Condition, _ agents: Double, _ voices: Double) -> Double {
      var perVoice = condition.generator == nil ? 0.0 : 7.4
      if condition.generator?.traits.isDirected == true { perVoice = 5 }
      var perAgent = 97.0
      if !Precision.hasUnitVoices(condition) || !condition.hasPlainTraits {
        perVoice += 33
        perAgent += 16
      }
      if condition.rule is any ThresholdRule { perAgent += 16 }
      // Where each tie has a p of its own, hazards and exposures.
      if condition.rule.hazardSource.isByTie { perVoice += 26 }
      if condition.connectivityLaw != nil { perAgent += 60 }
      if condition.generator is PlantedBlocks { perAgent += 60 }
      var bytes = perAgent * agents + perVoice * voices
      let ties = Int(saturating: min(voices, 1e12) / 2)
      if condition.generator is ConfigurationModel {
        bytes += Double(PairSet.byteCount(capacity: ties + 16)) + 8 * voices
      }
      if condition.switches > 0 || condition.transitivity != nil {
        // The network before and after, its ties, and each agent's own list of them.
        bytes += Double(PairSet.byteCount(capacity: ties + 16)) + 22 * voices + 72 * agents
      }
      return bytes
    }
  }

  /// - Throws: 69 with the estimate, where the machine cannot do it.
  package func check() throws(Failure) {
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
