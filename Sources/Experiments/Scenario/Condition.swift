package import SocialInfluence

/// Where a network comes from.
package enum NetworkSource: Sendable {
  case generated(any NetworkGenerator)
  case file(EdgeListSettings)
}

/// How many agents are seeded, as the scenario has it.
package enum SeedCount: Sendable, Hashable {
  case number(Int)
  /// ⌊qN + 1e-9⌋ agents.
  case share(Double)
  /// All that explicit seeding names.
  case named
}

extension SeedCount {
  /// S; 0 as long as it is not known how many agents there are.
  func number(of agents: Int?, named: Int) -> Int {
    switch self {
    case .number(let number): number
    case .share(let share): agents.map { Ranking.topCount(share, of: $0) } ?? 0
    case .named: named
    }
  }
}

/// One arm at one design point: everything that is simulated, nothing optional left open.
package struct Condition: Sendable {
  /// N where the scenario fixes it; nil for a file that has not been read.
  package let agentCount: Int?
  package let source: NetworkSource
  /// Degree-preserving switches after the network is made: share of m/2 that must succeed.
  package let switches: Double
  /// Transitivity to which ties are switched; nil: left as it is.
  package let transitivity: Double?
  /// The laws of traits; a constant where everyone has the mean.
  package let traitLaws: [Trait: any Distribution]
  package let correlations: TraitCorrelations
  /// What each role does in this arm: with the few absent, gains are 1 and nobody hears first.
  package let roles: [Role: RoleSpecification]
  package let isFewPresent: Bool
  package let equalMass: Bool
  package let weighting: TieWeighting
  package let rule: any ContagionRule
  package let story: Double
  package let seedCount: SeedCount
  /// S; where the number follows from a file, once it has been read.
  package internal(set) var seeds: Int
  package let seeding: any SeedingStrategy
  /// Who of its agents may be seeded.
  package let selection: SeedSelection
  package let resolved: Setting
  package let keys: ConditionKeys
  /// Makes the tree that was read: points and arms share what they are read from.
  let makeTree: @Sendable () -> ScenarioNode
  /// The tree that was read, for places in messages.
  var tree: ScenarioNode { makeTree() }

  package var generator: (any NetworkGenerator)? {
    if case .generated(let generator) = source { return generator }
    return nil
  }

  /// z, where the scenario fixes it.
  package var meanDegree: Double? { generator?.traits.meanDegree }

  /// Whether replicates differ in their network.
  package var hasRandomNetwork: Bool { generator?.traits.isRandom ?? false || switches > 0 || transitivity != nil }

  /// Whether every role leaves everything as it is: the few differ from nobody.
  package var rolesAreInert: Bool { roles.values.allSatisfy { $0.gain == 1 && $0.hearsFirst == 0 && $0.span == 1 } }
}

/// What conditions share: equal keys mean equal networks, populations, voices and needs.
package struct ConditionKeys: Sendable, Hashable {
  /// The network and whatever shapes its ties.
  package let network: String
  /// Traits and roles.
  package let agents: String
  /// The rule and its parameters.
  package let rule: String

  /// Traits and roles on that network.
  package var population: String { network + "|" + agents }
}
