internal import SocialInfluence
internal import Theory

/// The branching value of P(global) for one random seed, beside the simulation; nil where no solver applies.
enum BranchingValue {
  static func of(_ condition: Condition) -> Double? {
    guard condition.rolesAreInert, condition.seeds == 1, condition.seeding is RandomSeeds, condition.hasPlainTraits,
      condition.connectivityLaw == nil, condition.switches == 0, condition.transitivity == nil,
      let law = condition.generator?.traits.degreeLaw, let vulnerable = vulnerability(condition)
    else { return nil }
    switch law {
    case .undirected(let degrees):
      return Branching.undirected(degrees: DegreeProbabilities.of(degrees), vulnerable: vulnerable)
    case .directed(let degrees):
      return Branching.directed(degrees: DegreeProbabilities.of(degrees), vulnerable: vulnerable)
    }
  }

  /// The chance that an agent with k voices adopts at one of them.
  private static func vulnerability(_ condition: Condition) -> ((Int) -> Double)? {
    let story = condition.story
    if let cascade = condition.rule as? IndependentCascade {
      guard case .common(let chance) = cascade.hazardSource else { return nil }
      let success = probability(ofHazard: story * hazard(ofProbability: chance))
      return { _ in success }
    }
    guard let threshold = condition.rule as? FractionalThreshold else { return nil }
    // One voice suffices where φk/s ≤ 1 (atLeast) or < 1 (moreThan); φ above 1 never adopts.
    let edge = threshold.convention == .atLeast ? 1 + 1e-9 : 1 - 1e-9
    return { k in k == 0 ? 0 : threshold.parameter.cumulative(min(1, edge * story / Double(k))) }
  }
}
