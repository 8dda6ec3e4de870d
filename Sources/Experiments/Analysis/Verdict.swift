internal import Statistics

/// The verdict on an effect, by its own interval, or on a comparison, after Holm.
enum Verdict: String, Sendable {
  /// The interval lies above 0 and the effect is at least δ.
  case helped
  /// The interval lies below 0 and the effect is at most −δ.
  case harmed
  /// The interval lies within (−δ, δ); of a comparison: all gains are 1, the few are ordinary agents.
  case noDifference = "no difference"
  case undecided
  case few
  case density
  /// Neither lever helps: both harm or make no difference.
  case neither

  /// The verdicts of all contrasts of a run.
  static func all(_ contrasts: [Contrast], _ inferences: [Inference], _ finder: ContrastFinder) -> [Verdict] {
    struct Effect: Hashable {
      let kind: Contrast.Kind
      let point: Int
      let arm: Int
      let outcome: Measure
    }
    let head = finder.plan.scenario.head
    var verdicts = inferences.map { effect($0, delta: head.delta) }
    let comparisons = contrasts.indices.filter { contrasts[$0].kind.isComparison }
    guard !comparisons.isEmpty else { return verdicts }
    var effects = [Effect: Verdict]()
    for (contrast, verdict) in zip(contrasts, verdicts) where [.aim, .few, .density].contains(contrast.kind) {
      let effect = Effect(kind: contrast.kind, point: contrast.point, arm: contrast.arm, outcome: contrast.outcome)
      effects[effect] = verdict
    }
    for place in comparisons {
      let contrast = contrasts[place]
      func own(_ kind: Contrast.Kind, _ arm: Int) -> Verdict? {
        effects[Effect(kind: kind, point: contrast.point, arm: arm, outcome: contrast.outcome)]
      }
      verdicts[place] = comparison(
        inferences[place], isInert: finder.isInert(contrast),
        few: own(contrast.kind == .aimAgainstDensity ? .aim : .few, contrast.arm),
        density: own(.density, contrast.baselineArm), head)
    }
    return verdicts
  }

  private static func effect(_ inference: Inference, delta: Double) -> Verdict {
    guard let interval = inference.interval, let estimate = inference.estimate else { return .undecided }
    if interval.lower > 0 && estimate >= delta { return .helped }
    if interval.upper < 0 && estimate <= -delta { return .harmed }
    return interval.lower > -delta && interval.upper < delta ? .noDifference : .undecided
  }

  /// Decided if the interval of the difference excludes 0, Holm's p-value is at most α, and the winner itself helped.
  private static func comparison(
    _ inference: Inference, isInert: Bool, few: Verdict?, density: Verdict?, _ head: ScenarioHead
  ) -> Verdict {
    if isInert { return .noDifference }
    let isDecided =
      inference.interval.map { !$0.contains(0) } ?? false && inference.holm.map { $0 <= 1 - head.confidence } ?? false
    if isDecided, let estimate = inference.estimate {
      if estimate > 0 && few == .helped { return .few }
      if estimate < 0 && density == .helped { return .density }
    }
    let helpless: [Verdict?] = [.harmed, .noDifference]
    return helpless.contains(few) && helpless.contains(density) ? .neither : .undecided
  }
}
