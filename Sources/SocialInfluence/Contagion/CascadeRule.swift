/// Cascades in which every new adopter has one chance with each of its listeners.
protocol CascadeRule: CoinRule {}

extension CascadeRule {
  package var traits: RuleTraits { cascadeTraits }

  var cascadeTraits: RuleTraits {
    RuleTraits().with {
      ($0.form, $0.sharesCredit, $0.samplesTies) = (.cascade, false, coins.form == .ties)
    }
  }

  package func spread(
    from seeds: [UInt32], on network: Network, _ audience: Audience, at address: RandomAddress,
    in workspace: inout Workspace
  ) throws(GenerationFailure) {
    if coins.form == .ties {
      try spreadByTies(from: seeds, on: network, audience, at: address, in: &workspace)
    } else {
      spreadByNeeds(from: seeds, on: network, audience, in: &workspace)
    }
  }

  /// One successful speaker gets all the credit. With `coins: needs` single coins are unknown: the speaker is drawn
  /// among those of the last step, given that at least one succeeded. With `coins: ties` it is one of those whose coins
  /// succeeded.
  package func trace(_ traced: Traced) -> InfluenceTrace {
    if coins.form == .ties { return traceByTies(traced) { _ in 1 } }
    return traced.trace { listener, step in
      let spoke = traced.adopted(listener, before: step).filter { traced.steps.steps[$0.speaker] == step - 1 }
      return traced.successful(listener, self, among: spoke)
    }
  }
}
