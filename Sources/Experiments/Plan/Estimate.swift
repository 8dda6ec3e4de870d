internal import Foundation
internal import SocialInfluence

/// What a run will take, before anything is allocated.
package struct Estimate: Sendable {
  /// Bytes at the peak.
  package let memory: Int
  /// Bytes of all tables.
  package let output: Int
  /// The largest number of voices of one network.
  package let voices: Double

  /// - Parameter workers: threads, each with its own network.
  package init(_ plan: Plan, workers: Int) {
    var perWorker = 0.0
    var voices = 0.0
    for index in plan.order {
      let condition = plan[index]
      let agents = Double(plan.agentCount(condition))
      let connector = condition.roles[.connector]
      let added = condition.equalMass ? 0 : (connector?.fraction ?? 0) * ((connector?.gain ?? 1) - 1)
      let own = agents * plan.meanDegree(condition) * (1 + added)
      voices = max(voices, own)
      perWorker = max(perWorker, Self.bytes(condition, agents, own))
    }
    let files = plan.files.values.reduce(0) { $0 + 8 * $1.network.agentCount + 12 * $1.network.voiceCount }
    let cascades = Double(plan.cascadeCount)
    let active = Double(min(workers, plan.itemCount))
    // Demands of all rules and draws of an item, as far as a worker keeps them.
    let rules = Set(plan.order.map { plan[$0].keys.rule }).count
    let agents = plan.order.map { Double(plan.agentCount(plan[$0])) }.max() ?? 0
    perWorker += min(Double(NeedsCache.largest), 8 * agents * Double(rules * plan.drawsPerItem - 1))
    // One worker is at its peak, the others somewhere between two.
    let held = active > 0 ? 1 + 0.6 * (active - 1) : 0
    // Each cascade leaves its size and the place of its curve; each worker may run four items ahead.
    let rows = Double(plan.order.count * plan.drawsPerItem) * 400 * 4 * active
    // Who convinced whom of every cascade of an item, for every item on its way.
    let tables = plan.scenario.head.tables
    let isTracing = tables.contains { $0.needsTrace }
    let traced = isTracing ? Double(plan.order.count * plan.drawsPerItem) * 4 * active * 48 * agents : 0
    let perAgent = (tables.contains(.agents) ? 60.0 : 0) + (tables.contains(.transmissions) ? 45 : 0)
    memory = Int(saturating: 20e6 + traced + perWorker * held + rows + 12 * cascades + Double(files))
    let width = 90 + 12 * plan.scenario.sweeps.count
    output = Int(
      saturating: cascades * (Double(width) + perAgent * agents) + Double(plan.order.count)
        * Double(plan.scenario.head.networks * 130 + 8000))
    self.voices = voices
  }

  /// What a worker holds at its peak, measured at 4·10⁵ to 3·10⁶ agents: latents, scores, needs, queue and counts of each
  /// agent; the network with its ties while it is built; weights, exposures and what they are made of.
  private static func bytes(_ condition: Condition, _ agents: Double, _ voices: Double) -> Double {
    var perVoice = condition.generator == nil ? 0.0 : 7.4
    if condition.generator?.traits.isDirected == true { perVoice = 5 }
    var perAgent = 97.0
    if !Precision.hasUnitVoices(condition) || !condition.hasPlainTraits {
      perVoice += 33
      perAgent += 8
    }
    return perAgent * agents + perVoice * voices
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
