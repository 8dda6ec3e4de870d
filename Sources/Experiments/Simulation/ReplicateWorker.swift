internal import SocialInfluence

/// A worker with its buffers. It keeps the last network, population, voices and exposures, because consecutive
/// conditions share most.
struct ReplicateWorker: ~Copyable {
  let plan: Plan
  let progress: Progress
  private var memo: Memo
  private var needs = NeedsCache()
  private var workspace = Workspace()
  private let tracing: Tracing

  /// Which cascades are traced.
  enum Tracing { case none, shown, all }

  /// - Parameter threads: threads within one item of work, where there are fewer items than workers.
  init(_ plan: Plan, _ progress: Progress, threads: Int = 1) {
    let isWanted = plan.scenario.head.tables.contains { $0.needsTrace }
    self.init(plan, progress, tracing: isWanted ? .shown : .none, threads: threads)
  }

  init(_ plan: Plan, _ progress: Progress, tracing: Tracing, threads: Int = 1) {
    (self.plan, self.progress, self.tracing) = (plan, progress, tracing)
    memo = Memo(workers: threads)
    workspace.workers = threads
    workspace.notesTalkers = tracing != .none
  }

  /// Replays one cascade.
  mutating func replay(_ index: Plan.ConditionIndex, replicate: Int, draw: Int) throws -> CascadeRecord {
    var result = ItemResult()
    memo.begin(replicate)
    needs.begin()
    do {
      try runDraws(Occasion(plan[index], index, replicate, draw...draw, isFirstBlock: true), &result)
    } catch let failure as GenerationFailure {
      throw Failure(.somethingFailed, failure.reason)
    }
    return result.cascades[0]
  }

  /// Drops what is kept of the current replicate.
  mutating func forget() {
    memo.begin(-1)
    forgetNeeds()
  }

  mutating func forgetNeeds() { needs.begin() }

  /// Runs one condition as a replicate would; nil if it cannot be made.
  mutating func sample(_ index: Plan.ConditionIndex, replicate: Int, draws: ClosedRange<Int>) throws -> ItemResult? {
    var result = ItemResult()
    memo.begin(replicate)
    do {
      try runDraws(Occasion(plan[index], index, replicate, draws, isFirstBlock: true), &result)
    } catch is GenerationFailure {
      return nil
    }
    return result
  }

  /// Expected adopters per new adopter early in a cascade on the last network: p × mean onward ties; nil unless p is
  /// the same for every tie.
  ///
  /// Source: M. E. J. Newman (2002), Phys. Rev. E 66:016128, doi:10.1103/PhysRevE.66.016128.
  func reproductionNumber(_ condition: Condition) -> Double? {
    guard condition.rule.traits.isOneShotCascade, case .common(let p) = condition.rule.hazardSource,
      Precision.hasUnitVoices(condition), condition.hasPlainTraits
    else { return nil }
    return probability(ofHazard: condition.story * hazard(ofProbability: p)) * memo.network.meanOnwardTies
  }

  /// Sizes of the first cascades on the first network, under a condition that may differ from the planned one.
  ///
  /// - Parameter goesOn: checked before each cascade.
  mutating func probe(
    _ condition: Condition, _ index: Plan.ConditionIndex, draws: Int, while goesOn: () -> Bool
  ) throws -> [Int] {
    var result = ItemResult()
    memo.begin(1)
    for draw in 1...draws where goesOn() {
      do {
        try runDraws(Occasion(condition, index, 1, draw...draw, isFirstBlock: false), &result)
      } catch is GenerationFailure {
        return []
      }
    }
    return result.cascades.map(\.cascade.size)
  }

  /// Runs all conditions on one network replicate for one block of draws; rows by draw, point, arm.
  mutating func run(item: Int) throws -> ItemResult {
    let replicate = item / plan.blocksPerNetwork + 1
    let block = item % plan.blocksPerNetwork
    let first = block * plan.drawsPerItem + 1
    let draws = first...min(first + plan.drawsPerItem - 1, plan.scenario.head.draws)
    var result = ItemResult()
    result.reserve(conditions: plan.order.count, draws: draws.count)
    memo.begin(replicate)
    needs.begin()
    for index in plan.order {
      try progress.check()
      let condition = plan[index]
      do {
        try runDraws(Occasion(condition, index, replicate, draws, isFirstBlock: block == 0), &result)
      } catch let failure as GenerationFailure {
        // A condition that fails in one draw loses all its rows of this item.
        result.cascades.removeAll { $0.condition == index }
        result.networks.removeAll { $0.condition == index }
        result.failures.append((index, replicate, failure.reason))
      }
      progress.add(Int(saturating: Double(plan.weight(condition)) * Double(draws.count)))
    }
    result.order()
    return result
  }

  /// Tries a replicate of a condition, which may differ from the planned one: its network, the seeds of its first
  /// draws, and its first cascade if `spreads`.
  ///
  /// - Returns: why it cannot be made; nil if it can.
  mutating func rehearse(
    _ condition: Condition, _ index: Plan.ConditionIndex, replicate: Int, draws: Int, spreads: Bool
  ) throws -> GenerationFailure? {
    var result = ItemResult()
    memo.begin(replicate)
    needs.begin()
    do {
      let address = RandomAddress(randomSeed: plan.randomSeed(point: index.point), network: replicate)
      try memo.prepare(condition, plan, address)
      let pool = memo.pool(condition, plan, address)
      for draw in 1...draws {
        let drawn = RandomAddress(randomSeed: address.randomSeed, network: replicate, draw: draw)
        _ = try seeds(of: pool, condition, at: drawn)
      }
      if spreads { try runDraws(Occasion(condition, index, replicate, 1...1, isFirstBlock: false), &result) }
      return nil
    } catch let failure as GenerationFailure {
      return failure
    }
  }

  private func seeds(
    of pool: SeedPool, _ condition: Condition, at address: RandomAddress
  ) throws(GenerationFailure) -> [UInt32] {
    let seeds = pool.seeds(
      count: condition.seeds, on: memo.network,
      mavens: condition.hearsFirst > 0 ? memo.membership.members(.maven) : [], hearsFirst: condition.hearsFirst,
      at: address)
    guard seeds.count == condition.seeds else {
      throw GenerationFailure("\(condition.seeds) seeds are asked of \(seeds.count) eligible agents")
    }
    return seeds
  }

  private func isTraced(_ index: Plan.ConditionIndex, _ replicate: Int, _ draw: Int) -> Bool {
    tracing == .all || tracing == .shown && plan.shows(index, replicate: replicate, draw: draw)
  }

  /// Traces the cascade that has just ended.
  private mutating func trace(
    _ outcome: Workspace.Outcome, _ audience: Audience, _ condition: Condition, at address: RandomAddress
  ) -> TracedRecord {
    let network = memo.network
    let traced = Traced(outcome, audience, on: network, memo.listening, at: address)
    let trace = condition.rule.trace(traced)
    return TracedRecord(
      population: memo.tracedPopulation(plan.files[condition.keys.network]), trace: trace,
      forest: DiffusionForest(trace, agentCount: network.agentCount, at: address),
      credit: CreditShares(trace, agentCount: network.agentCount), steps: traced.steps.steps)
  }

  /// The seeds with their groups, ties and reach, where a table shows them.
  private func seedRows(
    _ seeds: [UInt32], _ condition: Condition, _ audience: Audience, _ draw: Int
  ) -> [SeedRow] {
    let isAsked = plan.scenario.head.tables.contains(.seeds) || condition.showsSeeds
    guard isAsked, !condition.hasFixedSeeds || draw == 1 else { return [] }
    let file = plan.files[condition.keys.network]
    let reach = condition.rule.reach(audience, on: memo.network)
    return seeds.map { seed in
      SeedRow(
        agent: file?.names[Int(seed)] ?? String(seed), group: file?.agents?.group(of: Int(seed)) ?? "",
        outTies: memo.network.outDegree(Int(seed)), reach: reach?[Int(seed)])
    }
  }

  /// Adopters by group, where a table shows them.
  private func groupRows(_ outcome: Workspace.Outcome, _ seeds: [UInt32], _ condition: Condition) -> [GroupRow] {
    guard plan.scenario.head.tables.contains(.groups) else { return [] }
    var (rows, places) = GroupRow.empty(plan.files[condition.keys.network]?.agents)
    guard !rows.isEmpty else { return [] }
    for seed in seeds { rows[places[Int(seed)]].seeds += 1 }
    for place in 0..<(outcome.stepEnds.last ?? 0) { rows[places[Int(outcome.queue[place])]].adopters += 1 }
    return rows
  }

  /// The cascades of a condition to run.
  private struct Occasion {
    /// May differ from the planned one.
    let condition: Condition
    let index: Plan.ConditionIndex
    let replicate: Int
    let draws: ClosedRange<Int>
    /// Whether these draws include the first: only they give the network its row; later draws add to its reach.
    let isFirstBlock: Bool

    init(
      _ condition: Condition, _ index: Plan.ConditionIndex, _ replicate: Int, _ draws: ClosedRange<Int>,
      isFirstBlock: Bool
    ) {
      (self.condition, self.index, self.replicate) = (condition, index, replicate)
      (self.draws, self.isFirstBlock) = (draws, isFirstBlock)
    }
  }

  private mutating func runDraws(_ occasion: Occasion, _ result: inout ItemResult) throws {
    let condition = occasion.condition
    let address = RandomAddress(
      randomSeed: plan.randomSeed(point: occasion.index.point), network: occasion.replicate)
    var start = ContinuousClock.now
    do {
      defer { result.times.add(.networks, since: start) }
      try memo.prepare(condition, plan, address)
    }
    start = .now
    // Once for all draws, as the network: computing betweenness takes longer than many cascades.
    let pool = memo.pool(condition, plan, address)
    result.times.add(.networks, since: start)
    var reach = ReachSums(pool, condition, memo.network)
    for draw in occasion.draws {
      try progress.check()
      try runCascade(occasion, draw, pool, &reach, &result)
    }
    guard occasion.isFirstBlock || reach.isWanted else { return }
    start = .now
    defer { result.times.add(.statistics, since: start) }
    result.networks.append(
      NetworkRecord(
        condition: occasion.index, replicate: occasion.replicate, statistics: memo.statistics,
        few: memo.roleCounts.few, roles: memo.roleCounts.roles, force: memo.force, reach: reach.means,
        ties: reach.tieMeans, isFirstBlock: occasion.isFirstBlock))
  }

  /// Runs one cascade and records it.
  private mutating func runCascade(
    _ occasion: Occasion, _ draw: Int, _ pool: SeedPool, _ reach: inout ReachSums, _ result: inout ItemResult
  ) throws {
    let (condition, index, replicate) = (occasion.condition, occasion.index, occasion.replicate)
    let network = memo.network
    var start = ContinuousClock.now
    let address = RandomAddress(
      randomSeed: plan.randomSeed(point: index.point), network: replicate, draw: draw)
    let seeds = try seeds(of: pool, condition, at: address)
    var audience = memo.audience(condition, plan, &needs, at: address)
    if reach.isWanted { condition.rule.prepare(&audience, on: network) }
    result.times.add(.cascades, since: start)
    start = .now
    // Computed once per block of draws, unless thresholds or hazards change with draws.
    if reach.isWanted && (draw == occasion.draws.lowerBound || condition.reachChangesWithDraws) {
      condition.rule.reachTotals(audience, on: network, of: reach.eligible).map { reach.add($0) }
    }
    result.times.add(.statistics, since: start)
    start = .now
    try condition.rule.spread(from: seeds, on: network, audience, at: address, in: &workspace)
    result.times.add(.cascades, since: start)
    start = .now
    let outcome = workspace.outcome
    let cascade = Cascade(
      outcome, network: network, membership: memo.membership,
      idRanks: { plan.files[condition.keys.network]?.idOrder.ranks ?? [] })
    result.cascades.append(
      CascadeRecord(
        condition: index, replicate: replicate, draw: draw, agents: network.agentCount, ties: network.tieCount,
        cascade: cascade, curve: StepCurve(outcome.stepEnds),
        traced: isTraced(index, replicate, draw) ? trace(outcome, audience, condition, at: address) : nil,
        seeds: seedRows(seeds, condition, audience, draw), groups: groupRows(outcome, seeds, condition)))
    result.times.add(.statistics, since: start)
  }
}

/// Sums for the influence ratio: eligible seeds against all agents.
struct ReachSums {
  let isWanted: Bool
  let eligible: [UInt32]
  private let everyone: Int
  private var sums = (eligible: 0.0, everyone: 0.0)
  private var count = 0
  private(set) var tieMeans: (eligible: Double, everyone: Double)?

  init(_ pool: SeedPool, _ condition: Condition, _ network: Network) {
    everyone = network.agentCount
    switch pool {
    case .everyone, .picked:
      isWanted = false
      eligible = []
    case .anyOf, .ranked, .inTurn:
      eligible = pool.eligible(count: condition.seeds, agentCount: network.agentCount)
      isWanted = !eligible.isEmpty
    }
    guard isWanted else { return }
    let ties = eligible.reduce(0) { $0 + network.outDegree(Int($1)) }
    tieMeans = (Double(ties) / Double(eligible.count), network.meanDegree)
  }

  mutating func add(_ reach: ReachTotals) {
    sums.eligible += reach.eligible / Double(eligible.count)
    sums.everyone += reach.everyone / Double(everyone)
    count += 1
  }

  var means: (eligible: Double, everyone: Double)? {
    count == 0 ? nil : (sums.eligible / Double(count), sums.everyone / Double(count))
  }
}
