internal import SocialInfluence

extension Condition {
  /// Whether the few are exchangeable with all other agents: no role has an effect, and the traits that decide
  /// membership do not differ. Hubs are not ordinary, even with a gain of 1.
  var fewAreOrdinary: Bool {
    guard case .role = seeding.aim else { return false }
    return rolesAreInert && hasPlainTraits && connectivityLaw == nil && (generator?.traits.takesConnectivity ?? false)
      && generator?.traits.invertsDegrees == false && eligibility.isEverything
      && !roles.isEmpty
  }

  /// Whether seeds are drawn from all agents, without `where`, `spread` or mavens first.
  var hasRandomSeeds: Bool { seeding.isRandom && eligibility.isEverything && hearsFirst == 0 }

  /// The influence network with attention 0, not switched: in-ties are independent of out-ties.
  var hasUnlinkedAttention: Bool {
    if case .directed = generator?.traits.degreeLaw { return switches == 0 }
    return false
  }

  var hasOnlyConnectors: Bool {
    hasPlainTraits
      && [Role.maven, .salesman].allSatisfy { role in
        roles[role].map { $0.gain == 1 && $0.hearsFirst == 0 } ?? true
      }
  }

  /// Whether expertise, persuasion and susceptibility are 1 for everyone.
  var hasPlainTraits: Bool {
    [Trait.expertise, .persuasion, .susceptibility].allSatisfy { traitLaws[$0]?.constant != nil }
  }

  /// Whether laws or roles make agents differ.
  var drawsTraits: Bool { !hasPlainTraits || connectivityLaw != nil || !roles.isEmpty }

  /// Whether thresholds of 0 or less may occur.
  func mayHaveInstigators(_ file: ImportedNetwork?) -> Bool {
    guard rule.takesThresholds, !rule.traits.mayAdoptBelow else { return false }
    return rule.mayHaveInstigators || file?.agents?.thresholds?.contains { $0.map { $0 <= 0 } ?? false } ?? false
  }

  /// The laws from which agents, ties and degrees are drawn.
  var laws: [any Distribution] {
    var laws = Array(traitLaws.values) + [rule.traits.drawnLaw, rule.traits.meetingLaw].compactMap { $0 }
    switch rule.hazardSource {
    case .listeners(let law), .ties(let law): laws.append(law)
    default: break
    }
    switch generator?.traits.degreeLaw {
    case .undirected(let law), .directed(let law): laws.append(law)
    case nil: break
    }
    return laws
  }

  /// The law of connectivity, from the degrees' coefficient of variation if one is given; nil where it is 1 for
  /// everyone.
  var connectivityLaw: (any Distribution)? {
    if let variation = generator?.traits.degreeVariation, let z = meanDegree {
      return DegreeVariation.connectivityLaw(variation: variation, meanDegree: z)
    }
    return traitLaws[.connectivity].flatMap { $0.constant == nil ? $0 : nil }
  }

  /// The probability that a slot in the seed order goes to a maven.
  var hearsFirst: Double { roles[.maven]?.hearsFirst ?? 0 }

  /// Whether the same agents are seeded in every draw on a network.
  var hasFixedSeeds: Bool { seeding.isFixed && hearsFirst == 0 }

  /// Whether one-step reach differs between draws.
  var reachChangesWithDraws: Bool { rule.traits.drawsThresholds || rule.hazardSource.changesWithDraws }

  /// Whether seeds.csv is written unrequested: for a network file with the same seeds in every draw.
  var showsSeeds: Bool {
    guard case .file = source else { return false }
    return hasFixedSeeds
  }
}
