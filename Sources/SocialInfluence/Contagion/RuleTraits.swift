/// What plan and analysis know of a rule before it runs; declared by the rule, so that they need not ask for its type.
package struct RuleTraits: Sendable {
  package var form = RuleForm.other
  package var pace = Pace.hops
  /// Whether each voice has one chance, with a p that does not depend on numbers of voices.
  package var isOneShotCascade = false
  /// Whether agents may adopt without an adopter among their voices.
  package var hasOutsideInfluence = false
  /// Whether agents may adopt below their threshold, so that a threshold of 0 or less has no meaning.
  package var mayAdoptBelow = false
  /// Whether each agent's threshold is drawn per cascade, so that one-step reach depends on the draw.
  package var drawsThresholds = false
  /// The law from which each agent draws its demand for a cascade; nil without such a law.
  package var drawnLaw: (any Distribution)?
  /// Whether successes are sampled along ties, under a ceiling common to all rules of a scenario.
  package var samplesTies = false
  /// Whether several voices can share the credit for an adoption.
  package var sharesCredit = true
  /// Whether tracing needs the talkers of each round, because adopters fall silent.
  package var notesTalkers = false
  /// The most bytes that the kernel holds per agent, beside queue and need.
  package var bytesPerAgent = 0.0
  /// The most bytes that the kernel holds per voice.
  package var bytesPerVoice = 0.0
  /// Strangers whom each agent meets in each step.
  package var meetings = 0
  /// The law from which meetings draw, if any.
  package var meetingLaw: (any Distribution)?

  init() {}

  /// A changed copy of these traits.
  func with(_ change: (inout RuleTraits) -> Void) -> RuleTraits {
    var traits = self
    change(&traits)
    return traits
  }
}

/// Which closed form applies to a rule.
package enum RuleForm: Sendable {
  /// Voices convince one by one, once each.
  case cascade
  case threshold(ThresholdForm)
  case epidemic(any EpidemicRule)
  case continuousEpidemic(ContinuousSIR)
  case bass(BassRule)
  case talk(TalkOfTheNetwork)
  case other

  /// The threshold, if `isFixed`.
  package var fixedThreshold: ThresholdForm? {
    if case .threshold(let form) = self, form.isFixed { return form }
    return nil
  }
}

/// The thresholds of a rule: their law and what they mean.
package struct ThresholdForm: Sendable {
  package let law: any Distribution
  package let convention: ThresholdConvention
  /// Whether thresholds are shares of the listener's voices; otherwise they are numbers of voices.
  package let isShare: Bool
  /// Whether the threshold is a parameter of the rule, not derived from chances or from relative voice.
  package let isFixed: Bool
}

/// How many steps a cascade takes.
package enum Pace: Sendable {
  /// Until a step brings no adopter: about as many steps as the network is wide.
  case hops
  /// At most so many steps.
  case steps(Int)
  /// Adopters talk for `rounds` on average (infinite: for ever), with chance `transmission` per tie and round; the run
  /// ends after round `last`.
  case talking(rounds: Double, transmission: Double, last: Int)
  /// In continuous time: periods of `steps` recorded steps on average; a run of more than `last` steps fails.
  case periods(steps: Double, last: Int)
}
