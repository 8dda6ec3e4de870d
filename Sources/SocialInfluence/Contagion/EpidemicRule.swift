/// Rules under which an adopter talks for a while, in discrete rounds: in each round it has a chance with each
/// listener; then it falls silent for good, or can be convinced again.
///
/// In round t = 1, 2, … every agent that talks at its start speaks once along each tie; an agent convinced in this
/// round talks from the next round on; a talker stops at the end of the last round of its period. A voice succeeds in a
/// round with p(u,v) = 1 − (1 − b)^(s · h_v · w(u,v)).
///
/// *As a need*: a listener withstands the hazards of all voices and rounds until their sum reaches E ~ Exp(1). One draw
/// per agent and episode therefore decides, and under SI and SIR more talk, force or story never loses an adopter.
package protocol EpidemicRule: HazardRule {
  /// How long an adopter talks.
  var period: TalkingPeriod { get }
  /// Whether agents that fall silent can be convinced again.
  var isReversible: Bool { get }
  /// Rounds after which the run ends.
  var steps: Int { get }
  /// b: the chance per tie and round of a voice of weight 1.
  var transmission: Double { get }
}

extension EpidemicRule {
  package var traits: RuleTraits { epidemicTraits }

  var epidemicTraits: RuleTraits {
    RuleTraits().with {
      ($0.form, $0.sharesCredit, $0.notesTalkers) = (.epidemic(self), false, true)
      $0.pace =
        isReversible ? .steps(steps) : .talking(rounds: period.mean, transmission: transmission, last: steps)
    }
  }

  package var hazardSource: HazardSource { .common(probability: transmission) }

  package func spread(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace
  ) throws(GenerationFailure) {
    spreadByNeeds(from: seeds, on: network, audience, at: address, in: &workspace)
  }

  func spreadByNeeds(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace
  ) {
    let course = EpidemicKernel.Course(
      period: period.drawn, isReversible: isReversible, steps: steps, address: address,
      notesTalkers: workspace.notesTalkers)
    let listeners = audience.listeners
    workspace.begin(network.agentCount)
    // Counts wrap around if an agent can hear 2³¹ voices or more; fixed-point units do not.
    let voices = Int(network.inDegrees.max() ?? 0) * steps
    if audience.weights == nil && listeners.tieHazards.isEmpty && voices < EqualAmounts.limit {
      workspace.makeCounts(network.agentCount)
      fillCounts(&workspace.counts, listeners, network)
      EpidemicKernel.spread(
        from: seeds, on: network, amounts: EqualAmounts(), missing: &workspace.counts, course, &workspace.talk,
        &workspace.outcome
      ) { agent, episode in count(renewed(listeners, agent, episode, network, address)) }
    } else {
      let exposures = exposures(audience, on: network)
      workspace.makeUnits(network.agentCount)
      fillUnits(&workspace.units, listeners, network)
      EpidemicKernel.spread(
        from: seeds, on: network, amounts: AmountsByTie(exposures), missing: &workspace.units, course,
        &workspace.talk, &workspace.outcome
      ) { agent, episode in units(renewed(listeners, agent, episode, network, address)) }
    }
  }

  package func trace(_ traced: Traced) -> InfluenceTrace { traceByNeeds(traced) }

  /// Credits one speaker among the talkers of the round; under `sis`, for an agent's first adoption.
  func traceByNeeds(_ traced: Traced) -> InfluenceTrace {
    // Adopters come in order of steps: one round's talkers at a time suffice.
    var round = (step: 0, talkers: Set<UInt32>())
    return traced.trace { listener, step in
      if round.step != step { round = (step, Set(traced.outcome.talkers[step - 1])) }
      let spoke = traced.listening.voices(of: listener).filter { round.talkers.contains(UInt32($0.speaker)) }
      return traced.successful(listener, self, among: spoke)
    }
  }

  /// The listener with the demand drawn for its `episode`.
  private func renewed(
    _ listeners: Listeners, _ agent: Int, _ episode: Int, _ network: Network, _ address: RandomAddress
  ) -> Listener {
    let own = listeners.listener(agent, on: network)
    let demand = demand(address.words(.needs, entity: agent, index: episode))
    return Listener(
      demand: demand, hazard: own.hazard, inDegree: own.inDegree, responsiveness: own.responsiveness)
  }

  static var transmissionParameter: Parameter {
    Parameter("transmission", .number(.probability), "b: chance per tie and round that a voice of weight 1 succeeds")
  }

  static func stepsParameter(_ standard: Int?) -> Parameter {
    Parameter(
      "steps", .whole(1...1_000_000), unit: "rounds", standard: standard.map { .whole($0) },
      "rounds after which the run ends")
  }

  static var periodParameters: [Parameter] {
    [
      Parameter.optional(
        "recovery", .number(ValueRange(0, 1, includesLower: false)),
        "g: chance of falling silent after each round; or write `period`"),
      Parameter.optional("period", .whole(1...1_000_000), unit: "rounds", "rounds for which every adopter talks"),
    ]
  }

  /// The period by `recovery` or `period`, exactly one of which must be written.
  static func period(_ values: ParameterValues) throws(InvalidParameter) -> TalkingPeriod {
    switch (values.optionalNumber("recovery"), values.optionalWhole("period")) {
    case (.some(let recovery), nil):
      return .geometric(recovery)
    case (nil, .some(let rounds)): return .fixed(rounds)
    case (nil, nil):
      throw InvalidParameter("recovery", "is missing", remedy: "write `recovery` g, or `period` in rounds")
    case (.some, .some):
      throw InvalidParameter("period", "stands beside `recovery`", remedy: "keep one of them")
    }
  }
}
