internal import SocialInfluence

/// The analysis of a plan's outcomes: every contrast with its interval and its verdict. It knows no files.
struct Analysis: Sendable {
  let units: Units
  let contrasts: [Contrast]
  /// One per contrast.
  let inferences: [Inference]
  /// One per contrast.
  let verdicts: [Verdict]
  /// Whether theory rules out a rise, by contrast.
  let areBounded: [Bool]

  /// - Parameter workers: threads; results do not depend on them.
  /// - Throws: if a stop was requested.
  init(_ plan: Plan, _ outcomes: Outcomes, workers: Int, progress: Progress) throws(Failure) {
    units = Units(outcomes: outcomes, cutoff: plan.scenario.head.cutoff)
    let finder = ContrastFinder(plan: plan, units: units, roles: ArmRoles(plan.scenario))
    contrasts = finder.contrasts()
    inferences = try ContrastInference(finder: finder, workers: workers, progress: progress).infer(contrasts)
    verdicts = Verdict.all(contrasts, inferences, finder)
    areBounded = contrasts.map(finder.isBounded)
  }
}
