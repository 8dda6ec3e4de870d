internal import SocialInfluence

/// The range of influence in which some but not all of ten cascades are global, from 1/256 to 256 times the planned
/// one.
enum WindowProbe {
  /// Time limit, beyond which no range is reported.
  private static let patience = Duration.milliseconds(150)
  private static let draws = 10

  /// A note if none or all of at least 20 cascades tried were global; nil otherwise.
  ///
  /// - Parameters:
  ///   - globals: global cascades among those tried.
  ///   - count: cascades tried.
  static func note(_ plan: Plan, globals: Int, of count: Int, _ worker: inout ReplicateWorker) throws -> String? {
    guard count >= 20, globals == 0 || globals == count, let cutoff = plan.scenario.head.cutoff else { return nil }
    let what =
      globals == 0
      ? "none of the \(count) cascades tried here was global" : "all \(count) cascades tried here were global"
    let range = try range(plan, plan.order[0], cutoff, &worker)
    return what + ": levers may show nothing" + (range.map { "; " + $0 } ?? "")
  }

  /// The weakest and the strongest influence at which some but not all cascades are global, in words.
  private static func range(
    _ plan: Plan, _ index: Plan.ConditionIndex, _ cutoff: Double, _ worker: inout ReplicateWorker
  ) throws -> String? {
    let condition = plan[index]
    guard Rehearsal.canBeTimed(condition, plan) else { return nil }
    let deadline = ContinuousClock.now.advanced(by: patience)
    var mixed = [Double]()
    for step in -16...16 {
      let factor = power(2, Double(step) / 2)
      let sizes = try worker.probe(condition.with(story: condition.story * factor), index, draws: draws) {
        ContinuousClock.now < deadline
      }
      guard ContinuousClock.now < deadline else { return nil }
      let global = sizes.count { GlobalCascade.isGlobal($0, of: plan.agentCount(condition), cutoff: cutoff) }
      if global > 0 && global < sizes.count { mixed.append(factor) }
    }
    guard let first = mixed.first, let last = mixed.last else { return nil }
    let name = name(condition)
    let ends = [first, last].map { value(condition, $0) }.sorted().map { Readable.compact($0) }
    let place = plan.scenario.sweeps.isEmpty ? "" : " (at point \(index.point + 1))"
    return "of \(draws) each some were and some were not with "
      + (ends[0] == ends[1] ? "\(name) near \(ends[0])" : "\(name) from \(ends[0]) to \(ends[1])") + place
  }

  private static func name(_ condition: Condition) -> String {
    if condition.rule.traits.form.fixedThreshold != nil { return "a mean threshold" }
    guard condition.rule.commonProbability != nil else { return "a story" }
    if case .epidemic = condition.rule.traits.form { return "transmission" }
    return "p"
  }

  /// The value to write in order to get `factor` times the story.
  private static func value(_ condition: Condition, _ factor: Double) -> Double {
    if let threshold = condition.rule.traits.form.fixedThreshold { return threshold.law.mean / factor }
    return condition.rule.commonProbability.map { probability(ofHazard: factor * hazard(ofProbability: $0)) }
      ?? condition.story * factor
  }
}

extension ContagionRule {
  /// The p of every tie, if it is one number below 1.
  fileprivate var commonProbability: Double? {
    if case .common(let p) = hazardSource, p < 1 { return p }
    return nil
  }
}
