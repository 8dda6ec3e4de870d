internal import SocialInfluence

/// A cache of one value, by key.
struct Kept<Key: Equatable, Value> {
  private var key: Key?
  private(set) var last: Value?

  /// The value for a key. The old value is freed before the new one is made.
  mutating func value<Problem: Error>(
    for key: Key, make: () throws(Problem) -> Value
  ) throws(Problem) -> Value {
    if key == self.key, let last { return last }
    (self.key, last) = (nil, nil)
    let made = try make()
    (self.key, last) = (key, made)
    return made
  }
}

/// All inputs of a network.
struct NetworkKey: Hashable {
  var randomSeed: UInt64 = 0
  var replicate = -1
  var network: Int32 = 0
}

/// All inputs of a population on a network.
private struct PopulationKey: Hashable {
  var network = NetworkKey()
  var population: Int32 = 0
}

/// All inputs of voices, and of the weight of each tie under a rule.
private struct VoiceKey: Hashable {
  var population = PopulationKey()
  var weighting = TieWeighting.relative
  var rule: Int32 = 0
  var equalMass = true
}

/// A network, with the connectivity scores that generated it; nil where ties are the score.
struct NetworkStage {
  let network: Network
  let connectivity: [Double]?
}

/// The scores from which traits are drawn: four normals per agent, and the connectivity scores.
private struct TraitScores {
  let latents: Latents
  let connectivity: [Double]
}

/// A population, with values derived from it once.
struct PopulationStage {
  let population: Population
  let roleCounts: (few: Int, roles: [Int])
  let susceptibility: [Double]
  let persuasion: [Double]

  init(_ population: Population) {
    self.population = population
    roleCounts = population.membership.counts
    (susceptibility, persuasion) = (population.values(.susceptibility), population.values(.persuasion))
  }
}

private struct LatentsKey: Hashable {
  let randomSeed: UInt64
  let replicate: Int
  let count: Int
}

private struct SharedPopulation: Hashable {
  let latents: LatentsKey
  let agents: Int32
  /// The degrees' coefficient of variation, and z, where they shape connectivity.
  let variation: Double?
  let meanDegree: Double?
}

/// The values that a worker makes in stages: network, population, voices, exposures. The last value of each stage is
/// kept, because consecutive conditions share most.
struct Memo {
  /// Threads that may work on one network; results do not depend on them.
  let workers: Int
  private var replicate = -1
  private var drawn = Kept<LatentsKey, Latents>()
  private var networks = Kept<NetworkKey, NetworkStage>()
  private var tieScores = Kept<NetworkKey, [Double]>()
  private var knownStatistics = Kept<NetworkKey, NetworkStatistics>()
  private var knownListening = Kept<NetworkKey, Listening>()
  private var populations = Kept<PopulationKey, PopulationStage>()
  /// Populations that do not depend on the network.
  private var shared: [SharedPopulation: PopulationStage] = [:]
  private var voices = Kept<VoiceKey, Voice>()
  private var weights = Kept<VoiceKey, TieWeights>()
  private var hazards = Kept<HazardsKey, Listeners>()
  private var exposures: (key: ExposuresKey?, units: [UInt64]) = (nil, [])
  /// The keys of the current stages.
  private var networkKey = NetworkKey()
  private var voiceKey = VoiceKey()
  private(set) var force = 1.0

  init(workers: Int) { self.workers = workers }

  private struct TieWeights {
    /// w of each tie; nil where all are 1.
    let weights: [Double]?
    /// λ.
    let force: Double
  }

  private struct HazardsKey: Hashable {
    let network: NetworkKey
    let rule: Int32
  }

  private struct ExposuresKey: Hashable {
    let voice: VoiceKey
    /// Nil where the story scales needs, not voices.
    let story: Double?
  }

  mutating func begin(_ replicate: Int) {
    guard replicate != self.replicate else { return }
    self.replicate = replicate
    shared = [:]
  }

  var network: Network { networks.last?.network ?? CompleteNetwork.empty }
  var membership: RoleMembership { populations.last?.population.membership ?? RoleMembership(agentCount: 0) }
  var roleCounts: (few: Int, roles: [Int]) { populations.last?.roleCounts ?? membership.counts }
  private var population: Population? { populations.last?.population }

  var statistics: NetworkStatistics {
    mutating get {
      let network = network
      return knownStatistics.value(for: networkKey) { NetworkStatistics(of: network) }
    }
  }

  /// The network from the listeners' side.
  var listening: Listening {
    mutating get {
      let network = network
      return knownListening.value(for: networkKey) { Listening(network) }
    }
  }

  /// The agents as tables show them.
  func tracedPopulation(_ file: ImportedNetwork?) -> TracedPopulation {
    TracedPopulation(
      network: network, membership: membership, values: Trait.allCases.map { population?.values($0) ?? [] },
      file: file)
  }

  /// Makes network, population and voices current for `condition`.
  mutating func prepare(_ condition: Condition, _ plan: Plan, _ address: RandomAddress) throws(GenerationFailure) {
    let file = plan.files[condition.keys.network]
    networkKey = NetworkKey(
      randomSeed: address.randomSeed, replicate: replicate, network: condition.keys.network)
    let latentsKey = LatentsKey(
      randomSeed: address.randomSeed, replicate: replicate, count: plan.agentCount(condition))
    // Nothing is drawn where all agents are alike.
    let takesConnectivity = condition.generator?.traits.takesConnectivity ?? false
    let isDrawn = condition.drawsTraits || !(file?.agents?.traits.values.isEmpty ?? true)
    let latents =
      isDrawn || takesConnectivity
      ? drawn.value(for: latentsKey) { Latents(agentCount: latentsKey.count, at: address) } : nil
    let workers = workers
    let making = Making(condition: condition, file: file, latentsKey: latentsKey, address: address)
    let stage = try networks.value(for: networkKey) { () throws(GenerationFailure) -> NetworkStage in
      try making.network(latents, workers: workers)
    }
    let scores = isDrawn ? latents.map { traitScores($0, stage, address) } : nil
    let populationKey = PopulationKey(network: networkKey, population: condition.keys.population)
    let people = populations.value(for: populationKey) {
      making.population(on: stage, scores, &shared)
    }
    voiceKey = VoiceKey(
      population: populationKey, weighting: condition.weighting, rule: condition.keys.rule,
      equalMass: condition.equalMass)
    var spoken = voiceKey
    (spoken.rule, spoken.equalMass) = (0, true)
    _ = voices.value(for: spoken) {
      let population = people.population
      return Voice(
        on: stage.network, expertise: population.values(.expertise), persuasion: people.persuasion,
        given: (population.givenValues(.expertise), population.givenValues(.persuasion)),
        weighting: condition.weighting)
    }
  }

  private mutating func traitScores(_ latents: Latents, _ stage: NetworkStage, _ address: RandomAddress) -> TraitScores
  {
    let network = stage.network
    let connectivity =
      stage.connectivity
      ?? tieScores.value(for: networkKey) {
        Ranking.normalScores((0..<network.agentCount).map { Double(network.outDegree($0)) }, at: address)
      }
    return TraitScores(latents: latents, connectivity: connectivity)
  }

  /// The pool from which the condition's seeds are drawn.
  func pool(_ condition: Condition, _ plan: Plan, _ address: RandomAddress) -> SeedPool {
    // Where connectivity is the number of ties, agents are ranked by ties.
    let isReadOffTies = condition.generator.map { !$0.traits.takesConnectivity || $0.traits.invertsDegrees } ?? true
    let (population, network) = (population, network)
    let file = plan.files[condition.keys.network]
    let named = try? Plan.namedSeeds(condition, file, network.agentCount)
    var context = SeedingContext(
      network: network, membership: membership,
      trait: { trait in
        let values = population?.values(trait) ?? []
        guard trait == .connectivity, isReadOffTies, values.isEmpty || condition.generator != nil else { return values }
        return (0..<network.agentCount).map { Double(network.outDegree($0)) }
      }, named: named ?? [], address: address)
    let columns = file?.agents?.columns ?? [:]
    context.column = { columns[$0.lowercased()]?.numbers ?? [] }
    context.idRanks = { file?.idOrder.ranks ?? [] }
    return condition.eligibility.applied(to: condition.seeding.pool(context), network.agentCount, columns)
  }

  /// The audience of a cascade: listeners, weights of voices, exposures.
  mutating func audience(_ condition: Condition, _ plan: Plan, _ needs: inout NeedsCache, at address: RandomAddress)
    -> Audience
  {
    let rule = condition.rule
    let file = plan.files[condition.keys.network]
    var listeners = needs.listeners(
      condition, network, at: address, given: rule.takesThresholds ? file?.agents?.thresholds : nil)
    if !rule.hazardSource.changesWithDraws {
      let network = network
      let own = hazards.value(for: HazardsKey(network: networkKey, rule: condition.keys.rule)) {
        var own = Listeners.none
        own.drawHazards(rule.hazardSource, on: network, at: address)
        return own
      }
      (listeners.hazards, listeners.hazard, listeners.tieHazards) = (own.hazards, own.hazard, own.tieHazards)
    }
    listeners.story = condition.story
    listeners.givenThresholds = rule.takesThresholds ? file?.agents?.thresholds ?? [] : []
    listeners.mayHaveInstigators = condition.mayHaveInstigators(file)
    listeners.susceptibility = populations.last?.susceptibility ?? []
    var audience = Audience(listeners, weights: tieWeights(condition, listeners))
    audience.persuasion = populations.last?.persuasion ?? []
    if !audience.persuasion.isEmpty, let given = population?.givenValues(.persuasion), !given.isEmpty {
      audience.meanPersuasion = given.reduce(0, +) / Double(given.count)
    }
    if audience.weights != nil || !listeners.tieHazards.isEmpty, let basis = rule.exposureBasis {
      audience.exposures = exposures(condition, basis, audience)
    }
    return audience
  }

  /// w of each tie; nil where all are 1. Sets `force` to λ.
  private mutating func tieWeights(_ condition: Condition, _ listeners: Listeners) -> [Double]? {
    if condition.rule.hazardSource.changesWithDraws {
      // With a hazard per listener and draw, λ and exposures hold for this draw only.
      weights = Kept()
      exposures.key = nil
    }
    let (network, voice) = (network, voices.last)
    let own = weights.value(for: voiceKey) {
      let made = voice?.weights(under: condition.rule, listeners, on: network, equalMass: condition.equalMass)
      return TieWeights(weights: made?.weights, force: made?.force ?? 1)
    }
    force = own.force
    return own.weights
  }

  /// Exposure units of each tie.
  private mutating func exposures(_ condition: Condition, _ basis: ExposureBasis, _ audience: Audience) -> [UInt64] {
    let key = ExposuresKey(voice: voiceKey, story: basis == .voicesAndStory ? condition.story : nil)
    if key == exposures.key { return exposures.units }
    if exposures.units.count != network.voiceCount {
      exposures.units = [UInt64](repeating: 0, count: network.voiceCount)
    }
    condition.rule.fillExposures(&exposures.units, weights: audience.weights, audience.listeners, network)
    exposures.key = key
    return exposures.units
  }
}

/// What the network and the agents of a condition are made from, on one replicate.
private struct Making {
  let condition: Condition
  let file: ImportedNetwork?
  /// Of the latents that are drawn where agents differ.
  let latentsKey: LatentsKey
  let address: RandomAddress

  func network(_ latents: Latents?, workers: Int) throws(GenerationFailure) -> NetworkStage {
    guard let generator = condition.generator else {
      return NetworkStage(network: file?.network ?? CompleteNetwork.empty, connectivity: nil)
    }
    var demand = NetworkDemand(agentCount: latentsKey.count, meanDegree: condition.meanDegree ?? 0)
    demand.equalMass = condition.equalMass
    demand.workers = workers
    let takesConnectivity = generator.traits.takesConnectivity
    if takesConnectivity, let latents {
      // Listed degrees are known in advance: they serve as the connectivity score.
      let sequence = generator.traits.givenDegrees
      demand.latents =
        sequence.map { Ranking.normalScores($0.map(Double.init), at: address) } ?? latents.connectivity
      if let law = condition.connectivityLaw {
        demand.connectivity = law.values(atScores: demand.latents).map { $0 / law.mean }
      }
      if let connector = condition.roles[.connector], connector.gain != 1 || connector.span != 1 {
        demand.take(connector, at: address)
      }
    }
    var made = try generator.network(demand, at: address)
    if condition.switches > 0 { made = try Switching.switched(made, share: condition.switches, at: address) }
    if let target = condition.transitivity {
      made = try Switching.clustered(made, transitivity: target, at: address)
    }
    return NetworkStage(network: made, connectivity: takesConnectivity ? demand.latents : nil)
  }

  func population(
    on stage: NetworkStage, _ scores: TraitScores?, _ shared: inout [SharedPopulation: PopulationStage]
  ) -> PopulationStage {
    guard let scores else { return PopulationStage(Population(ofEqual: stage.network.agentCount)) }
    let generator = condition.generator?.traits
    let isShared = generator.map { $0.takesConnectivity && !$0.invertsDegrees } ?? false
    let key = SharedPopulation(
      latents: latentsKey, agents: condition.keys.agents, variation: generator?.degreeVariation,
      meanDegree: generator?.degreeVariation == nil ? nil : condition.meanDegree)
    if isShared, let known = shared[key] { return known }
    var laws = condition.traitLaws
    if let law = condition.connectivityLaw { laws[.connectivity] = law }
    let made = PopulationStage(
      Population(
        on: stage.network, latents: scores.latents.with(connectivity: scores.connectivity),
        TraitSources(
          laws: laws, correlations: condition.correlations, given: file?.agents?.traits ?? GivenTraits()),
        roles: condition.roles, at: address))
    // A few populations recur at every z; keeping more would only fill memory.
    if shared.count >= 8 { shared.removeAll() }
    if isShared { shared[key] = made }
    return made
  }
}

extension NetworkDemand {
  /// Connectors have more listeners, and more distant ones.
  fileprivate mutating func take(_ connector: RoleSpecification, at address: RandomAddress) {
    var membership = RoleMembership(agentCount: agentCount)
    membership.assign(.connector, fraction: connector.fraction, latents: latents, at: address)
    let members = membership.members(.connector)
    func factors(_ factor: Double) -> [Double] {
      guard factor != 1 else { return [] }
      var factors = [Double](repeating: 1, count: agentCount)
      for member in members { factors[Int(member)] = factor }
      return factors
    }
    (gains, spans) = (factors(connector.gain), factors(connector.span))
  }
}

extension SeedEligibility {
  /// A requirement on a column that there is.
  struct Required {
    private let codes: [Int]
    private let isWanted: [Bool]

    init(_ column: AgentColumn, _ words: [String]) {
      codes = column.codes
      var isWanted = [Bool](repeating: false, count: column.values.count)
      for case let code? in column.codes(of: words) { isWanted[code] = true }
      self.isWanted = isWanted
    }

    func holds(_ agent: Int) -> Bool { codes[agent] >= 0 && isWanted[codes[agent]] }
  }

  /// The requirements. Plan checks have refused those on columns that the file does not have.
  func required(_ columns: [String: AgentColumn]) -> [Required] {
    requirements.compactMap { requirement in
      columns[requirement.column.lowercased()].map { Required($0, requirement.values) }
    }
  }

  /// The pool's eligible agents, by group in turn where `spread` is set.
  func applied(to pool: SeedPool, _ agentCount: Int, _ columns: [String: AgentColumn]) -> SeedPool {
    guard !isEverything else { return pool }
    let required = required(columns)
    let own = pool.narrowed(agentCount: agentCount) { agent in required.allSatisfy { $0.holds(Int(agent)) } }
    return spread.map { own.spread(over: columns[$0.lowercased()]?.codes ?? []) } ?? own
  }
}
