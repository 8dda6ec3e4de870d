internal import SocialInfluence

/// Where a network comes from.
enum NetworkSource: Sendable {
  case generated(any NetworkGenerator)
  case file(EdgeListSettings)
}

/// How many agents are seeded, as the scenario has it.
enum SeedCount: Sendable, Hashable {
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

/// Where a network comes from, and what is done to it.
final class NetworkSpec: Sendable {
  let source: NetworkSource
  /// Degree-preserving switches after the network is made: share of m/2 that must succeed.
  let switches: Double
  /// Transitivity to which ties are switched; nil: left as it is.
  let transitivity: Double?

  init(source: NetworkSource, switches: Double, transitivity: Double?) {
    (self.source, self.switches, self.transitivity) = (source, switches, transitivity)
  }
}

/// Who the agents are.
final class PopulationSpec: Sendable {
  /// The laws of traits; a constant where everyone has the mean.
  let traitLaws: [Trait: any Distribution]
  let correlations: TraitCorrelations
  /// What each role does in this arm: with the few absent, gains are 1 and nobody hears first.
  let roles: [Role: RoleSpecification]
  let isFewPresent: Bool
  let equalMass: Bool

  /// - Parameter roles: as they are written.
  init(
    traitLaws: [Trait: any Distribution], correlations: TraitCorrelations, roles: [Role: RoleSpecification],
    isFewPresent: Bool, equalMass: Bool
  ) {
    (self.traitLaws, self.correlations) = (traitLaws, correlations)
    self.roles = isFewPresent ? roles : roles.mapValues { RoleSpecification(fraction: $0.fraction, gain: 1) }
    (self.isFewPresent, self.equalMass) = (isFewPresent, equalMass)
  }
}

/// How influence passes.
final class ContagionSpec: Sendable {
  let rule: any ContagionRule

  init(rule: any ContagionRule) { self.rule = rule }
}

/// Who is seeded.
final class SeedingSpec: Sendable {
  let strategy: any SeedingStrategy
  /// Who of its agents may be seeded.
  let eligibility: SeedEligibility

  init(strategy: any SeedingStrategy, eligibility: SeedEligibility) {
    (self.strategy, self.eligibility) = (strategy, eligibility)
  }
}

/// One arm at one design point: everything that is simulated, nothing optional left open.
///
/// A class, because there may be 30,000 of them and every loop takes one at a time; points and arms share its parts, so that
/// one more point costs some two hundred bytes.
final class Condition: Sendable {
  /// N where the scenario fixes it; nil for a file that has not been read.
  let agentCount: Int?
  let network: NetworkSpec
  let population: PopulationSpec
  let contagion: ContagionSpec
  let weighting: TieWeighting
  let story: Double
  let seedCount: SeedCount
  /// S; where the number follows from a file, 0 until it has been read.
  let seeds: Int
  let aiming: SeedingSpec
  let keys: ConditionKeys
  /// Which value each key has.
  let values: ConditionValues
  /// The trees that were read, for places in messages.
  private let trees: ConditionTrees
  private let point: Int

  init(
    agentCount: Int?, network: NetworkSpec, population: PopulationSpec, contagion: ContagionSpec,
    weighting: TieWeighting, story: Double, seedCount: SeedCount, seeds: Int, aiming: SeedingSpec,
    keys: ConditionKeys, values: ConditionValues, trees: ConditionTrees, point: Int
  ) {
    (self.agentCount, self.network, self.population, self.contagion) = (agentCount, network, population, contagion)
    (self.weighting, self.story, self.seedCount, self.seeds) = (weighting, story, seedCount, seeds)
    (self.aiming, self.keys, self.values, self.trees, self.point) = (aiming, keys, values, trees, point)
  }

  /// The same with another number of agents or seeds, or another story.
  func with(agents: Int? = nil, seeds: Int? = nil, story: Double? = nil) -> Condition {
    Condition(
      agentCount: agents ?? agentCount, network: network, population: population, contagion: contagion,
      weighting: weighting,
      story: story ?? self.story, seedCount: seedCount, seeds: seeds ?? self.seeds, aiming: aiming, keys: keys,
      values: values, trees: trees, point: point)
  }

  /// The tree that was read, for places in messages.
  var tree: ScenarioNode { trees.tree(point) }
}

extension Condition {
  var source: NetworkSource { network.source }
  var switches: Double { network.switches }
  var transitivity: Double? { network.transitivity }
  var traitLaws: [Trait: any Distribution] { population.traitLaws }
  var correlations: TraitCorrelations { population.correlations }
  var roles: [Role: RoleSpecification] { population.roles }
  var isFewPresent: Bool { population.isFewPresent }
  var equalMass: Bool { population.equalMass }
  var rule: any ContagionRule { contagion.rule }
  var seeding: any SeedingStrategy { aiming.strategy }
  var eligibility: SeedEligibility { aiming.eligibility }

  var generator: (any NetworkGenerator)? {
    if case .generated(let generator) = source { return generator }
    return nil
  }

  /// z, where the scenario fixes it.
  var meanDegree: Double? { generator?.traits.meanDegree }

  /// Whether replicates differ in their network.
  var hasRandomNetwork: Bool { generator?.traits.isRandom ?? false || switches > 0 || transitivity != nil }

  /// Whether every role leaves everything as it is: the few differ from nobody.
  var rolesAreInert: Bool { roles.values.allSatisfy { $0.gain == 1 && $0.hearsFirst == 0 && $0.span == 1 } }
}

/// What conditions of one scenario share: equal numbers mean equal networks, populations, voices, needs and seeds.
struct ConditionKeys: Sendable, Hashable {
  /// The network and whatever shapes its ties.
  let network: Int32
  /// Traits and roles.
  let agents: Int32
  /// Traits alone.
  let traits: Int32
  /// Traits and roles on that network.
  let population: Int32
  /// The rule and its parameters.
  let rule: Int32
  /// How seeds are chosen, their number apart.
  let seeding: Int32
}

/// Which value each of `ConditionReader.keys` has in a condition, as numbers: equal for equal values in one scenario.
struct ConditionValues: Sendable, Hashable {
  private var numbers = SIMD16<Int32>(repeating: 0)

  subscript(key: String) -> Int32 {
    get { Self.place(key).map { numbers[$0] } ?? 0 }
    set { if let place = Self.place(key) { numbers[place] = newValue } }
  }

  /// Whether all keys but `keys` have the values that they have in another condition.
  func equals(_ other: ConditionValues, besides keys: String...) -> Bool {
    var own = self
    for key in keys { own[key] = other[key] }
    return own == other
  }

  private static func place(_ key: String) -> Int? { ConditionReader.keys.firstIndex(of: key) }
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
