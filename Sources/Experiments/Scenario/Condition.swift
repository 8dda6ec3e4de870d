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
///
/// A class, because there may be 30,000 of them and every loop takes one at a time.
package final class Condition: Sendable {
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
  /// S; where the number follows from a file, 0 until it has been read.
  package let seeds: Int
  package let seeding: any SeedingStrategy
  /// Who of its agents may be seeded.
  package let selection: SeedSelection
  package let keys: ConditionKeys
  /// The values of its keys, in the order in which they were read; the lists are shared with other conditions.
  let settings: [[Setting.Pair]]
  /// The trees that were read: points and arms share what they are made from.
  let trees: ConditionTrees
  let point: Int

  init(
    agentCount: Int?, source: NetworkSource, switches: Double, transitivity: Double?,
    traitLaws: [Trait: any Distribution], correlations: TraitCorrelations, roles: [Role: RoleSpecification],
    isFewPresent: Bool, equalMass: Bool, weighting: TieWeighting, rule: any ContagionRule, story: Double,
    seedCount: SeedCount, seeds: Int, seeding: any SeedingStrategy, selection: SeedSelection, keys: ConditionKeys,
    settings: [[Setting.Pair]], trees: ConditionTrees, point: Int
  ) {
    self.agentCount = agentCount
    self.source = source
    self.switches = switches
    self.transitivity = transitivity
    self.traitLaws = traitLaws
    self.correlations = correlations
    self.roles = roles
    self.isFewPresent = isFewPresent
    self.equalMass = equalMass
    self.weighting = weighting
    self.rule = rule
    self.story = story
    self.seedCount = seedCount
    self.seeds = seeds
    self.seeding = seeding
    self.selection = selection
    self.keys = keys
    self.settings = settings
    self.trees = trees
    self.point = point
  }

  /// The same with another number of seeds, or another story.
  func with(seeds: Int? = nil, story: Double? = nil) -> Condition {
    Condition(
      agentCount: agentCount, source: source, switches: switches, transitivity: transitivity, traitLaws: traitLaws,
      correlations: correlations, roles: roles, isFewPresent: isFewPresent, equalMass: equalMass, weighting: weighting,
      rule: rule, story: story ?? self.story, seedCount: seedCount, seeds: seeds ?? self.seeds, seeding: seeding,
      selection: selection, keys: keys,
      settings: settings, trees: trees, point: point)
  }

  /// The tree that was read, for places in messages.
  var tree: ScenarioNode { trees.tree(point) }

  package var resolved: Setting { .group(settings.flatMap { $0 }) }

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

/// What conditions share: equal keys mean equal networks, populations, voices, needs and seeds.
package struct ConditionKeys: Sendable, Hashable {
  /// The network and whatever shapes its ties.
  package let network: String
  /// Traits and roles.
  package let agents: String
  /// Traits alone.
  let traits: String
  /// Traits and roles on that network.
  package let population: String
  /// The rule and its parameters.
  package let rule: String
  /// How seeds are chosen, their number apart.
  let seeding: String
}

/// The trees of one arm at all points.
final class ConditionTrees: Sendable {
  private let expansion: SweepExpansion
  private let overrides: ScenarioNode?
  private let ceiling: Double?

  init(_ expansion: SweepExpansion, overrides: ScenarioNode?, ceiling: Double?) {
    (self.expansion, self.overrides, self.ceiling) = (expansion, overrides, ceiling)
  }

  func tree(_ point: Int) -> ScenarioNode {
    let tree = expansion.tree(point)
    return (overrides.map { tree.overridden(by: $0) } ?? tree).pinningCeiling(ceiling)
  }
}
