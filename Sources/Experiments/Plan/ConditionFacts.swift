internal import SocialInfluence

extension Condition {
  /// Whether the few are exchangeable with everybody else: all gains 1, nobody hears first, and no trait by which they are
  /// picked differs between agents. Hubs are not ordinary, even with a gain of 1.
  var fewAreOrdinary: Bool {
    guard case .role = seeding.aim else { return false }
    return rolesAreInert && hasPlainTraits && connectivityLaw == nil && (generator?.traits.takesConnectivity ?? false)
      && generator?.traits.invertsDegrees == false && eligibility.isEverything
      && !roles.isEmpty
  }

  /// Seeds that nothing aims: random agents, no maven first.
  var hasRandomSeeds: Bool { seeding.isRandom && eligibility.isEverything && hearsFirst == 0 }

  /// The influence network with attention 0: who speaks to many is not listened to more.
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
  func mayAdoptAlone(_ file: ImportedNetwork?) -> Bool {
    guard rule.takesThresholds, !rule.traits.mayAdoptBelow else { return false }
    return rule.mayAdoptAlone || file?.agents?.thresholds?.contains { $0.map { $0 <= 0 } ?? false } ?? false
  }

  /// The law of connectivity: written, or made from the degrees' coefficient of variation; nil where it is 1 for everyone.
  var connectivityLaw: (any Distribution)? {
    if let variation = generator?.traits.degreeVariation, let z = meanDegree {
      return DegreeVariation.connectivityLaw(variation: variation, meanDegree: z)
    }
    return traitLaws[.connectivity].flatMap { $0.constant == nil ? $0 : nil }
  }

  /// The probability that a slot of the order of seeds goes to a maven.
  var hearsFirst: Double { roles[.maven]?.hearsFirst ?? 0 }

  /// Whether the same agents are seeded in every draw on a network.
  var hasFixedSeeds: Bool { seeding.isFixed && hearsFirst == 0 }

  /// Whether one-step reach depends on what is drawn for a cascade.
  var reachChangesWithDraws: Bool { rule.traits.drawsThresholds || rule.hazardSource.changesWithDraws }

  /// Whether its seeds are written without being asked for: the same people of one's own in every draw.
  var showsSeeds: Bool {
    guard case .file = source else { return false }
    return hasFixedSeeds
  }
}
