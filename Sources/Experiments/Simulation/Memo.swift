internal import SocialInfluence

/// The last network, population, voice and exposures of a worker.
struct Memo {
  /// Threads that may work on one network; they change nothing but the time.
  let workers: Int
  private(set) var network = CompleteNetwork.empty
  private(set) var membership = RoleMembership(agentCount: 0)
  private(set) var roleCounts = RoleMembership(agentCount: 0).counts
  private(set) var susceptibility: [Double] = []
  private var persuasion: [Double] = []
  private(set) var force = 1.0
  private var replicate = -1
  private var latents: (seed: UInt64, count: Int, value: Latents)?
  private var networkKey = ""
  private var networkStatistics: NetworkStatistics?
  private var networkListening: Listening?
  private var connectivityLatents: [Double] = []
  private var connectivity: [Double] = []
  private var populationKey = ""
  private var population: Population?
  /// Populations of this replicate that depend on no network, by what shapes them.
  private var populations: [String: Population] = [:]
  private var voiceKey = ""
  private var voice: Voice?
  private var weightsKey = ""
  private var weights: [Double]?
  private var exposuresKey = ""
  private var hazardsKey = ""
  private var hazards = Listeners(demands: [], hazards: [], hazard: 0, story: 1, susceptibility: [])
  private var exposures: [UInt64] = []

  init(workers: Int) { self.workers = workers }

  mutating func begin(_ replicate: Int) {
    guard replicate != self.replicate else { return }
    self.replicate = replicate
    latents = nil
    populations = [:]
    networkKey = ""
  }

  var statistics: NetworkStatistics {
    mutating get {
      if let known = networkStatistics { return known }
      let statistics = NetworkStatistics(of: network)
      networkStatistics = statistics
      return statistics
    }
  }

  /// The network from the listeners' side.
  var listening: Listening {
    mutating get {
      if let known = networkListening { return known }
      let listening = Listening(network)
      networkListening = listening
      return listening
    }
  }

  /// The agents as tables show them.
  func tracedPopulation(names: NameTable?) -> TracedPopulation {
    TracedPopulation(
      network: network, membership: membership, values: Trait.allCases.map { population?.values($0) ?? [] },
      names: names)
  }

  /// Makes network, population and voice current for `condition`.
  mutating func prepare(_ condition: Condition, _ plan: Plan, _ address: RandomAddress) throws(GenerationFailure) {
    let file = plan.files[condition.keys.network]
    let key = "\(address.randomSeed)|" + condition.keys.network
    if key != networkKey {
      networkKey = ""
      try makeNetwork(condition, file, plan.agentCount(condition), address)
      networkKey = key
      networkStatistics = nil
      networkListening = nil
      populationKey = ""
      hazardsKey = ""
    }
    if condition.keys.population != populationKey {
      populationKey = condition.keys.population
      makePopulation(condition, file, address)
      voiceKey = ""
    }
    let voiceKey = condition.weighting.rawValue
    if voiceKey != self.voiceKey {
      self.voiceKey = voiceKey
      voice = Voice(
        on: network, expertise: population?.values(.expertise) ?? [], persuasion: persuasion,
        given: (population?.givenValues(.expertise) ?? [], population?.givenValues(.persuasion) ?? []),
        weighting: condition.weighting)
      weightsKey = ""
    }
  }

  private mutating func makeNetwork(
    _ condition: Condition, _ file: ImportedNetwork?, _ count: Int, _ address: RandomAddress
  ) throws(GenerationFailure) {
    let drawn: Latents
    if let known = latents, known.seed == address.randomSeed, known.count == count {
      drawn = known.value
    } else {
      drawn = Latents(agentCount: count, at: address)
      latents = (address.randomSeed, count, drawn)
    }
    connectivity = []
    guard let generator = condition.generator else {
      network = file?.network ?? CompleteNetwork.empty
      connectivityLatents = scores(address)
      return
    }
    // The old network goes before the new one is made: at most one is held.
    network = CompleteNetwork.empty
    var demand = NetworkDemand(agentCount: count, meanDegree: condition.meanDegree ?? 0)
    demand.equalMass = condition.equalMass
    demand.workers = workers
    if generator.traits.takesConnectivity {
      // Listed degrees are known beforehand: they are the score of connectivity.
      let sequence = generator.traits.givenDegrees
      connectivityLatents =
        sequence.map { Ranking.normalScores($0.map(Double.init), at: address) } ?? drawn.connectivity
      demand.latents = connectivityLatents
      if let law = condition.connectivityLaw {
        connectivity = law.values(atScores: connectivityLatents).map { $0 / law.mean }
        demand.connectivity = connectivity
      }
      if let connector = condition.roles[.connector], connector.gain != 1 || connector.span != 1 {
        var members = RoleMembership(agentCount: count)
        members.assign(.connector, fraction: connector.fraction, latents: connectivityLatents, at: address)
        func factors(_ factor: Double) -> [Double] {
          guard factor != 1 else { return [] }
          var factors = [Double](repeating: 1, count: count)
          for connector in members.members(.connector) { factors[Int(connector)] = factor }
          return factors
        }
        demand.gains = factors(connector.gain)
        demand.spans = factors(connector.span)
      }
    }
    var made = try generator.network(demand, at: address)
    if condition.switches > 0 { made = try Switching.switched(made, share: condition.switches, at: address) }
    if let target = condition.transitivity {
      made = try Switching.clustered(made, transitivity: target, at: address)
    }
    network = made
    if !generator.traits.takesConnectivity { connectivityLatents = scores(address) }
  }

  /// Where ties take no connectivity, the out-ties are the score of connectivity.
  private func scores(_ address: RandomAddress) -> [Double] {
    Ranking.normalScores((0..<network.agentCount).map { Double(network.outDegree($0)) }, at: address)
  }

  private mutating func makePopulation(_ condition: Condition, _ file: ImportedNetwork?, _ address: RandomAddress) {
    guard let latents else { return }
    let connectivity = condition.generator?.traits
    let key =
      "\(address.randomSeed)|\(latents.count)|\(connectivity?.degreeVariation ?? 0)|"
      + (connectivity?.degreeVariation == nil ? "" : "\(condition.meanDegree ?? 0)|") + condition.keys.agents
    let isShared = connectivity.map { $0.takesConnectivity && !$0.invertsDegrees } ?? false
    if isShared, let known = populations[key] {
      take(known)
      return
    }
    var laws = condition.traitLaws
    if let law = condition.connectivityLaw { laws[.connectivity] = law }
    let population = Population(
      on: network, latents: latents.value, connectivityLatents: connectivityLatents, laws: laws,
      correlations: condition.correlations, roles: condition.roles, given: file?.agents?.traits ?? GivenTraits(),
      at: address)
    // A few populations come back at every z; more of them would only fill memory.
    if populations.count >= 8 { populations.removeAll() }
    if isShared { populations[key] = population }
    take(population)
  }

  private mutating func take(_ population: Population) {
    self.population = population
    membership = population.membership
    roleCounts = membership.counts
    susceptibility = population.values(.susceptibility)
    persuasion = population.values(.persuasion)
  }

  /// From whom the condition's seeds come.
  func pool(_ condition: Condition, _ plan: Plan, _ address: RandomAddress) -> SeedPool {
    // Where connectivity is read off the ties, the ties rank it.
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
    return condition.selection.applied(to: condition.seeding.pool(context), network.agentCount, columns)
  }

  /// What a cascade under this condition works with: listeners, voices and their exposures.
  mutating func audience(_ condition: Condition, _ plan: Plan, _ needs: inout NeedsCache, at address: RandomAddress)
    -> Audience
  {
    let rule = condition.rule
    let file = plan.files[condition.keys.network]
    var listeners = needs.listeners(
      condition, network, at: address, given: rule.takesThresholds ? file?.agents?.thresholds : nil)
    if !rule.hazardSource.changesWithDraws {
      let key = condition.keys.rule + "|\(address.randomSeed)"
      if key != hazardsKey {
        hazards = Listeners(demands: [], hazards: [], hazard: 0, story: 1, susceptibility: [])
        hazards.drawHazards(rule.hazardSource, on: network, at: address)
        hazardsKey = key
      }
      (listeners.hazards, listeners.hazard, listeners.tieHazards) = (
        hazards.hazards, hazards.hazard, hazards.tieHazards
      )
    }
    listeners.story = condition.story
    listeners.givenThresholds = rule.takesThresholds ? file?.agents?.thresholds ?? [] : []
    listeners.mayAdoptAlone = condition.mayAdoptAlone(file)
    listeners.susceptibility = susceptibility
    var audience = Audience(listeners, weights: weights(condition, listeners))
    audience.persuasion = persuasion
    if !persuasion.isEmpty, let given = population?.givenValues(.persuasion), !given.isEmpty {
      audience.meanPersuasion = given.reduce(0, +) / Double(given.count)
    }
    if audience.weights != nil || !listeners.tieHazards.isEmpty, let rule = rule as? any NeedRule {
      audience.exposures = exposures(condition, rule, audience)
    }
    return audience
  }

  /// w of each tie; nil where it is 1 for all. λ is kept in `force`.
  private mutating func weights(_ condition: Condition, _ listeners: Listeners) -> [Double]? {
    let key = condition.keys.rule + "|\(condition.equalMass)"
    if key == weightsKey { return weights }
    guard let made = voice?.weights(under: condition.rule, listeners, on: network, equalMass: condition.equalMass)
    else {
      return nil
    }
    (weights, force) = made
    // With a hazard per listener and draw, λ and exposures hold for this draw only.
    weightsKey = condition.rule.hazardSource.changesWithDraws ? "" : key
    exposuresKey = ""
    return weights
  }

  /// Exposure units of each tie.
  private mutating func exposures(_ condition: Condition, _ rule: any NeedRule, _ audience: Audience) -> [UInt64] {
    // A threshold rule scales the need by the story, a rule by hazards the voices.
    let key = condition.keys.rule + (rule is any HazardRule ? Digits.shortest(condition.story) : "")
    if key == exposuresKey { return exposures }
    if exposures.count != network.voiceCount { exposures = [UInt64](repeating: 0, count: network.voiceCount) }
    rule.fillExposures(&exposures, weights: audience.weights, audience.listeners, network)
    exposuresKey = key
    return exposures
  }
}

extension SeedSelection {
  /// The pool with those who qualify, in turn by group where they shall be spread.
  fileprivate func applied(to pool: SeedPool, _ agentCount: Int, _ columns: [String: AgentColumn]) -> SeedPool {
    guard !isEverything else { return pool }
    let required = requirements.map { requirement in
      let column = columns[requirement.column.lowercased()]
      return (codes: column?.codes ?? [], isWanted: (column?.values ?? []).map { requirement.values.contains($0) })
    }
    let own = pool.narrowed(agentCount: agentCount) { agent in
      required.allSatisfy { $0.codes[Int(agent)] >= 0 && $0.isWanted[$0.codes[Int(agent)]] }
    }
    return spread.map { own.spread(over: columns[$0.lowercased()]?.codes ?? []) } ?? own
  }
}

/// The demands of all listeners for each rule and draw of one replicate: the same at every point and in every arm.
struct NeedsCache {
  private var replicate = -1
  private var known: [String: (demands: [Double], hazards: [Double])] = [:]
  private var bytes = 0
  /// Bytes that a worker keeps.
  static let largest = 64 << 20

  mutating func begin(_ replicate: Int, _ draws: ClosedRange<Int>) {
    self.replicate = replicate
    known.removeAll(keepingCapacity: true)
    bytes = 0
  }

  /// Listeners with their demands, and with hazards where each draw has its own.
  mutating func listeners(
    _ condition: Condition, _ network: Network, at address: RandomAddress, given: [Double?]?
  ) -> Listeners {
    var listeners = Listeners(demands: [], hazards: [], hazard: 0, story: 1, susceptibility: [])
    let key =
      "\(address.randomSeed)|\(address.draw)|\(network.agentCount)|" + condition.keys.rule
      + (given == nil ? "" : condition.keys.network)
    let own = known[key] ?? draw(condition.rule, network, address, given)
    let size = 8 * (own.demands.count + own.hazards.count)
    if known[key] == nil && bytes + size <= Self.largest {
      known[key] = own
      bytes += size
    }
    (listeners.demands, listeners.hazards) = own
    return listeners
  }

  private func draw(
    _ rule: any ContagionRule, _ network: Network, _ address: RandomAddress, _ given: [Double?]?
  ) -> (demands: [Double], hazards: [Double]) {
    var demands = [Double](repeating: 0, count: network.agentCount)
    rule.fillDemands(&demands, at: address)
    var own = Listeners(demands: [], hazards: [], hazard: 0, story: 1, susceptibility: [])
    if rule.hazardSource.changesWithDraws { own.drawHazards(rule.hazardSource, on: network, at: address) }
    for (agent, threshold) in (given ?? []).enumerated() {
      threshold.map { demands[agent] = rule.demand(ofGiven: $0, agent: agent, at: address) }
    }
    return (demands, own.hazards)
  }
}
