internal import Statistics

/// What an effect did, or which of two helped more.
enum Verdict: String, Sendable {
  /// The interval lies above 0 and the effect is at least δ.
  case helped
  /// The interval lies below 0 and the effect is at most −δ.
  case harmed
  /// The interval lies within (−δ, δ); for comparisons: all gains are 1, the few are ordinary agents.
  case noDifference = "no difference"
  case undecided
  case few
  case density
  /// Neither lever helps.
  case neither

  /// The verdicts of all contrasts of a run.
  static func all(_ contrasts: [Contrast], _ inferences: [Inference], _ head: ScenarioHead) -> [Verdict] {
    struct Key: Hashable {
      let kind: Contrast.Kind
      let point: Int
      let baseline: Int
      let arm: Int
      let outcome: Measure
    }
    var effects = [Key: Verdict]()
    for (contrast, inference) in zip(contrasts, inferences) where !contrast.kind.isComparison {
      let key = Key(
        kind: contrast.kind, point: contrast.point, baseline: contrast.baselineArm, arm: contrast.arm,
        outcome: contrast.outcome)
      effects[key] = effect(contrast, inference, delta: head.delta)
    }
    // The seeded arm's aim has the present arm as its baseline, wherever that stands.
    var aims = [Key: Verdict]()
    for (key, verdict) in effects where key.kind == .aim {
      aims[Key(kind: .aim, point: key.point, baseline: -1, arm: key.arm, outcome: key.outcome)] = verdict
    }
    return zip(contrasts, inferences).map { contrast, inference in
      let (point, arm, outcome) = (contrast.point, contrast.arm, contrast.outcome)
      func own(_ kind: Contrast.Kind, _ baseline: Int, _ arm: Int) -> Verdict? {
        let key = Key(kind: kind, point: point, baseline: baseline, arm: arm, outcome: outcome)
        return kind == .aim ? aims[key] : effects[key]
      }
      guard contrast.kind.isComparison else {
        return own(contrast.kind, contrast.kind == .aim ? -1 : contrast.baselineArm, arm) ?? .undecided
      }
      let few = contrast.kind == .aimAgainstDensity ? own(.aim, -1, arm) : own(.few, contrast.baselineArm, arm)
      return comparison(
        contrast, inference, few: few, density: own(.density, contrast.baselineArm, contrast.baselineArm), head)
    }
  }

  private static func effect(_ contrast: Contrast, _ inference: Inference, delta: Double) -> Verdict {
    guard let interval = inference.interval else { return .undecided }
    if interval.lower > 0 && contrast.estimate >= delta { return .helped }
    if interval.upper < 0 && contrast.estimate <= -delta { return .harmed }
    return interval.lower > -delta && interval.upper < delta ? .noDifference : .undecided
  }

  /// Who helped more: decided where the interval of the difference excludes 0, after Holm, and the winner itself helps.
  private static func comparison(
    _ contrast: Contrast, _ inference: Inference, few: Verdict?, density: Verdict?, _ head: ScenarioHead
  ) -> Verdict {
    if contrast.isInert { return .noDifference }
    let isDecided =
      inference.interval.map { !$0.contains(0) } ?? false && inference.holm.map { $0 <= 1 - head.confidence } ?? false
    if isDecided {
      if contrast.estimate > 0 && few == .helped { return .few }
      if contrast.estimate < 0 && density == .helped { return .density }
    }
    let helpless: [Verdict?] = [.harmed, .noDifference]
    return helpless.contains(few) && helpless.contains(density) ? .neither : .undecided
  }
}
