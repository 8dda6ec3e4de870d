internal import SocialInfluence

/// Where a network comes from.
enum NetworkSource: Sendable {
  case generated(any NetworkGenerator)
  case file(EdgeListSettings)
}

/// The number of seeds as written in the scenario.
enum SeedCount: Sendable, Hashable {
  case number(Int)
  /// ⌊qN + 1e-9⌋ agents.
  case share(Double)
  /// All agents that explicit seeding names.
  case named
}

extension SeedCount {
  /// S; 0 for a share of an unknown number of agents.
  func number(of agents: Int?, named: Int) -> Int {
    switch self {
    case .number(let number): number
    case .share(let share): agents.map { Ranking.topCount(share, of: $0) } ?? 0
    case .named: named
    }
  }
}

/// The source of a network, and the changes made to it.
final class NetworkSpec: Sendable {
  let source: NetworkSource
  /// Degree-preserving switches of the network: the share of m/2 that must succeed.
  let switches: Double
  /// The transitivity that switching aims at; nil: unchanged.
  let transitivity: Double?

  init(source: NetworkSource, switches: Double, transitivity: Double?) {
    (self.source, self.switches, self.transitivity) = (source, switches, transitivity)
  }
}

/// The traits and roles of agents.
final class PopulationSpec: Sendable {
  /// The laws of traits; a constant where all agents have the mean.
  let traitLaws: [Trait: any Distribution]
  let correlations: TraitCorrelations
  /// Each role as it acts in this arm: if the few are absent, gains are 1 and nobody hears first.
  let roles: [Role: RoleSpecification]
  let isFewPresent: Bool
  let equalMass: Bool

  /// - Parameter roles: as written in the scenario.
  init(
    traitLaws: [Trait: any Distribution], correlations: TraitCorrelations, roles: [Role: RoleSpecification],
    isFewPresent: Bool, equalMass: Bool
  ) {
    (self.traitLaws, self.correlations) = (traitLaws, correlations)
    self.roles = isFewPresent ? roles : roles.mapValues { RoleSpecification(fraction: $0.fraction, gain: 1) }
    (self.isFewPresent, self.equalMass) = (isFewPresent, equalMass)
  }
}

/// The rule of contagion.
final class ContagionSpec: Sendable {
  let rule: any ContagionRule

  init(rule: any ContagionRule) { self.rule = rule }
}

/// The seeding strategy, and whom it may seed.
final class SeedingSpec: Sendable {
  let strategy: any SeedingStrategy
  /// Which of the strategy's agents may be seeded.
  let eligibility: SeedEligibility

  init(strategy: any SeedingStrategy, eligibility: SeedEligibility) {
    (self.strategy, self.eligibility) = (strategy, eligibility)
  }
}

/// The parts of a condition that points and arms may share.
struct SharedParts: Sendable {
  let network: NetworkSpec
  let population: PopulationSpec
  let contagion: ContagionSpec
  let aiming: SeedingSpec
}

/// Where a condition stands among the others of its scenario.
struct ConditionOrigin: Sendable {
  let keys: ConditionKeys
  /// Which value each key has, as numbers.
  let values: ConditionValues
  /// The trees of this arm, for places in messages.
  let trees: ConditionTrees
  let point: Int
}

/// The numbers of a condition, which trials change.
struct ConditionNumbers: Sendable {
  /// N if the scenario fixes it; nil for a file that has not been read.
  var agentCount: Int?
  var story: Double
  let seedCount: SeedCount
  /// S; 0 until the file is read, if the number depends on it.
  var seeds: Int

  /// - Parameter named: the number of agents that the seeding names.
  init(agentCount: Int?, story: Double, seedCount: SeedCount, named: Int) {
    (self.agentCount, self.story, self.seedCount) = (agentCount, story, seedCount)
    seeds = seedCount.number(of: agentCount, named: named)
  }
}

/// A condition: one arm at one point, with every default filled in.
///
/// A class, because there may be 30,000 of them. Points and arms share its parts: a point costs about 200 bytes.
final class Condition: Sendable {
  private let parts: SharedParts
  private let numbers: ConditionNumbers
  private let origin: ConditionOrigin
  let weighting: TieWeighting

  init(_ parts: SharedParts, _ numbers: ConditionNumbers, weighting: TieWeighting, _ origin: ConditionOrigin) {
    (self.parts, self.numbers, self.weighting, self.origin) = (parts, numbers, weighting, origin)
  }

  /// A copy with another number of agents or seeds, or another story.
  func with(agents: Int? = nil, seeds: Int? = nil, story: Double? = nil) -> Condition {
    var numbers = numbers
    if let agents { numbers.agentCount = agents }
    if let seeds { numbers.seeds = seeds }
    if let story { numbers.story = story }
    return Condition(parts, numbers, weighting: weighting, origin)
  }

  /// The tree of this condition, for places in messages.
  var tree: ScenarioNode { origin.trees.tree(origin.point) }

  var agentCount: Int? { numbers.agentCount }
  var story: Double { numbers.story }
  var seedCount: SeedCount { numbers.seedCount }
  var seeds: Int { numbers.seeds }
  var network: NetworkSpec { parts.network }
  var population: PopulationSpec { parts.population }
  var contagion: ContagionSpec { parts.contagion }
  var aiming: SeedingSpec { parts.aiming }
  var keys: ConditionKeys { origin.keys }
  var values: ConditionValues { origin.values }
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

  /// z, if the scenario fixes it.
  var meanDegree: Double? { generator?.traits.meanDegree }

  /// Whether networks differ between replicates.
  var hasRandomNetwork: Bool { generator?.traits.isRandom ?? false || switches > 0 || transitivity != nil }

  /// Whether roles change nothing, so that the few are like all others.
  var rolesAreInert: Bool { roles.values.allSatisfy { $0.gain == 1 && $0.hearsFirst == 0 && $0.span == 1 } }
}

/// Numbers of a condition's parts: equal numbers mean equal parts within one scenario.
struct ConditionKeys: Sendable, Hashable {
  /// The network and all that shapes its ties.
  let network: Int32
  /// Traits and roles.
  let agents: Int32
  /// Traits alone.
  let traits: Int32
  /// Traits and roles on that network.
  let population: Int32
  /// The rule and its parameters.
  let rule: Int32
  /// How seeds are chosen, but not their number.
  let seeding: Int32
}

/// The value of each of `ConditionReader.keys` in a condition, as a number: equal numbers mean equal values within one
/// scenario.
struct ConditionValues: Sendable, Hashable {
  private var numbers = SIMD16<Int32>(repeating: 0)

  subscript(key: String) -> Int32 {
    get { Self.place(key).map { numbers[$0] } ?? 0 }
    set { if let place = Self.place(key) { numbers[place] = newValue } }
  }

  /// Whether all keys except `keys` have the same values in `other`.
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
