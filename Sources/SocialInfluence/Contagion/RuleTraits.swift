/// What a plan and its analysis must know of a rule before it runs: each rule says it of itself, and nobody asks for its type.
package struct RuleTraits: Sendable {
  package var form = RuleForm.other
  package var pace = Pace.hops
  /// Whether each voice has one chance of its own, with a p that depends on nobody's number of voices.
  package var isOneShotCascade = false
  /// Whether agents may adopt without an adopter among their voices.
  package var adoptsAlone = false
  /// Whether agents may adopt below their threshold: a threshold of 0 or less then means nothing.
  package var mayAdoptBelow = false
  /// Whether each agent keeps a threshold that is drawn for a cascade, so that one-step reach hangs on the draw.
  package var drawsThresholds = false
  /// The law of what each agent draws for a cascade; nil where it draws nothing, or without a law.
  package var drawnLaw: (any Distribution)?
  /// Whether successes are sampled along ties, under a ceiling that all rules of a scenario share.
  package var samplesTies = false
  /// Whether the credit for an adoption is shared by all voices that had a part in it.
  package var sharesCredit = true
  /// Whether a trace must know who talked in each round, because adopters fall silent.
  package var notesTalkers = false
  /// What its kernel holds of an agent, at most, beyond queue and need.
  package var bytesPerAgent = 0.0
  /// The same of a voice.
  package var bytesPerVoice = 0.0
  /// Strangers whom each agent meets in each step.
  package var meetings = 0

  init() {}

  /// These traits with some of them changed.
  func with(_ change: (inout RuleTraits) -> Void) -> RuleTraits {
    var traits = self
    change(&traits)
    return traits
  }
}

/// What theory must know of a rule, by the closed forms that there are.
package enum RuleForm: Sendable {
  /// Voices convince one by one, each once.
  case cascade
  case threshold(ThresholdForm)
  case epidemic(any EpidemicRule)
  case continuousEpidemic(ContinuousSIR)
  case bass(BassRule)
  case talk(TalkOfTheNetwork)
  case other

  /// The threshold, where nothing but the listener sets it.
  package var fixedThreshold: ThresholdForm? {
    if case .threshold(let form) = self, form.isFixed { return form }
    return nil
  }
}

/// Thresholds by a law.
package struct ThresholdForm: Sendable {
  package let law: any Distribution
  package let convention: ThresholdConvention
  /// Whether they are shares of the voices; else numbers of them.
  package let isShare: Bool
  /// Whether nothing but the listener sets them.
  package let isFixed: Bool
}

/// How long a cascade goes on.
package enum Pace: Sendable {
  /// As long as each step brings an adopter: as many steps as the way across the network has ties.
  case hops
  /// To this step, whatever happens.
  case steps(Int)
  /// Adopters talk for `rounds` on average, infinite where for ever, each round with a chance of `transmission`; nobody talks
  /// after `last`.
  case talking(rounds: Double, transmission: Double, last: Int)
  /// The same in continuous time: periods of `steps` on average; a run that takes more than `last` fails.
  case periods(steps: Double, last: Int)
}
