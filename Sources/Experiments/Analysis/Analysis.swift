internal import SocialInfluence

/// What is worked out of the outcomes of a plan: every contrast with its interval and its verdict. It knows no file.
struct Analysis: Sendable {
  let units: Units
  let contrasts: [Contrast]
  /// One per contrast.
  let inferences: [Inference]
  /// One per contrast.
  let verdicts: [Verdict]
  /// Of each contrast, whether theory rules out a rise beforehand.
  let areBounded: [Bool]

  /// - Parameter workers: threads; they change nothing but the time.
  /// - Throws: when a stop is asked for.
  init(_ plan: Plan, _ outcomes: Outcomes, workers: Int, progress: Progress) throws(Failure) {
    units = Units(outcomes: outcomes, cutoff: plan.scenario.head.cutoff)
    let finder = ContrastFinder(plan: plan, units: units, roles: ArmRoles(plan.scenario))
    contrasts = finder.contrasts()
    inferences = try ContrastInference(finder: finder, workers: workers, progress: progress).infer(contrasts)
    verdicts = Verdict.all(contrasts, inferences, finder)
    areBounded = contrasts.map(finder.isBounded)
  }
}
