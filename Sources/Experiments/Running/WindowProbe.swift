internal import SocialInfluence

/// Where a network is neither dead nor saturated: ten cascades each under influence from 1/256 to 256 times as strong.
struct WindowProbe {
  /// The share of cascades that were global among those that were tried for the forecast, and the words for what to write.
  static func note(_ plan: Plan, globals: Int, of count: Int, _ worker: inout ReplicateWorker) throws -> String? {
    guard count >= 20, globals == 0 || globals == count, let cutoff = plan.scenario.head.cutoff,
      let index = plan.order.first
    else { return nil }
    let what =
      globals == 0
      ? "none of the \(count) cascades tried here was global" : "all \(count) cascades tried here were global"
    guard let window = try window(plan, index, cutoff, &worker) else { return what + ": levers may show nothing" }
    return what + ": levers may show nothing; some are and some are not with " + window
  }

  /// In words, the strength from the first of which some cascade is global to the last at which some is not.
  private static func window(
    _ plan: Plan, _ index: Plan.ConditionIndex, _ cutoff: Double, _ worker: inout ReplicateWorker
  ) throws -> String? {
    let condition = plan[index]
    guard Rehearsal.canBeTimed(condition, plan), plan.weight(condition) < 300_000 else { return nil }
    var mixed = [Double]()
    for step in -16...16 {
      let factor = power(2, Double(step) / 2)
      let stronger = condition.with(story: condition.story * factor)
      let sizes = try worker.probe(stronger, index, draws: 10)
      let global = sizes.count { GlobalCascade.isGlobal($0, of: plan.agentCount(condition), cutoff: cutoff) }
      if global > 0 && global < sizes.count { mixed.append(factor) }
    }
    guard let first = mixed.first, let last = mixed.last else { return nil }
    let ends = [first, last].map { value(condition, $0) }
    guard let one = ends[0], let other = ends[1] else { return nil }
    let range = [one.number, other.number].sorted().map { Readable.compact($0) }
    return first == last ? "\(one.name) near \(range[0])" : "\(one.name) from \(range[0]) to \(range[1])"
  }

  /// What would have to be written instead of so many times the story.
  private static func value(_ condition: Condition, _ factor: Double) -> (name: String, number: Double)? {
    if case .common(let p) = condition.rule.hazardSource, p < 1 {
      return ("p", probability(ofHazard: factor * hazard(ofProbability: p)))
    }
    if let rule = condition.rule as? any ThresholdRule, rule is FractionalThreshold || rule is AbsoluteThreshold {
      return (rule is FractionalThreshold ? "a mean φ" : "a mean θ", rule.parameter.mean / factor)
    }
    return ("story", condition.story * factor)
  }
}
