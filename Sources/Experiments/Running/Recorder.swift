internal import SocialInfluence

/// What the analysis needs of all cascades: a few bytes each.
struct Outcomes: Sendable {
  let armCount: Int
  let networks: Int
  let draws: Int
  /// The size of a cascade whose replicate failed.
  static let missing = UInt32.max
  /// By condition, then replicate, then draw; `missing` where a replicate failed.
  private(set) var sizes: [[UInt32]]
  private(set) var agents: [UInt32]
  private(set) var curves: [[UInt64]]
  /// Sums over replicates of the network columns, by condition.
  private(set) var reach: [(eligible: Double, everyone: Double, eligibleTies: Double, ties: Double, count: Int)]
  private(set) var spans: [Spans]
  private(set) var meanDegrees: [(sum: Double, count: Int)]
  /// Share of agents in the largest component of any network, by condition.
  private(set) var largestComponents: [Double]
  private(set) var failures: [(condition: Plan.ConditionIndex, replicate: Int, reason: String)] = []
  /// The same, to find them: the blocks of draws of a network fail alike.
  private var known = Set<FailureKey>()

  private struct FailureKey: Hashable {
    let condition: Plan.ConditionIndex
    let replicate: Int
    let reason: String
  }

  init(_ plan: Plan) {
    let count = plan.scenario.points.count * plan.scenario.armNames.count
    (armCount, networks, draws) = (plan.scenario.armNames.count, plan.scenario.head.networks, plan.scenario.head.draws)
    sizes = [[UInt32]](repeating: [UInt32](repeating: Self.missing, count: networks * draws), count: count)
    agents = [UInt32](repeating: 0, count: count)
    curves = [[UInt64]](repeating: [UInt64](repeating: 0, count: networks * draws), count: count)
    reach = Array(repeating: (0, 0, 0, 0, 0), count: count)
    spans = Array(repeating: Spans(), count: count)
    meanDegrees = Array(repeating: (0, 0), count: count)
    largestComponents = [Double](repeating: 0, count: count)
  }

  /// The sizes of a condition's cascades.
  func knownSizes(_ place: Int) -> [Double] { sizes[place].compactMap { $0 == Self.missing ? nil : Double($0) } }

  func place(_ condition: Plan.ConditionIndex) -> Int { condition.point * armCount + condition.arm }

  mutating func add(_ record: CascadeRecord, curve: UInt64) {
    let place = place(record.condition)
    let slot = (record.replicate - 1) * draws + record.draw - 1
    sizes[place][slot] = UInt32(record.cascade.size)
    curves[place][slot] = curve
    agents[place] = UInt32(record.agents)
    spans[place].add(record)
  }

  mutating func add(_ record: NetworkRecord) {
    let place = place(record.condition)
    if record.isFirstBlock {
      meanDegrees[place].sum += record.statistics.meanDegree
      meanDegrees[place].count += 1
      let share = Double(record.statistics.largestComponent) / Double(max(1, record.statistics.agents))
      largestComponents[place] = max(largestComponents[place], share)
    }
    guard let own = record.reach, let ties = record.ties else { return }
    reach[place].eligible += own.eligible
    reach[place].everyone += own.everyone
    reach[place].eligibleTies += ties.eligible
    reach[place].ties += ties.everyone
    reach[place].count += 1
  }

  mutating func add(failures more: [(condition: Plan.ConditionIndex, replicate: Int, reason: String)]) {
    for failure in more {
      let key = FailureKey(condition: failure.condition, replicate: failure.replicate, reason: failure.reason)
      if known.insert(key).inserted { failures.append(failure) }
    }
  }
}

/// Sums over cascades of the steps by which shares of all agents have adopted, and of prevalence.
struct Spans: Sendable {
  private var sums = [Int](repeating: 0, count: Cascade.shares.count)
  private var counts = [Int](repeating: 0, count: Cascade.shares.count)
  private var cascades = 0
  private var prevalence = 0.0
  private var hasPrevalence = false

  mutating func add(_ record: CascadeRecord) {
    cascades += 1
    for (place, step) in record.cascade.stepsToShares.enumerated() {
      guard let step else { continue }
      sums[place] += step
      counts[place] += 1
    }
    guard let own = record.cascade.prevalence else { return }
    hasPrevalence = true
    prevalence += own
  }

  /// Mean steps to each of `Cascade.shares`; nil where a cascade never gets there.
  var meanSteps: [Double?] {
    sums.indices.map { counts[$0] == cascades && cascades > 0 ? Double(sums[$0]) / Double(cascades) : nil }
  }
  var meanPrevalence: Double? { hasPrevalence ? prevalence / Double(cascades) : nil }
}

/// Takes the results of the workers in order and writes their rows as they come.
struct Recorder: Sendable {
  private let plan: Plan
  private(set) var cascades: OutputFile
  private(set) var networks: OutputFile
  private(set) var requested: [(table: CascadeFile, beginnings: RowBeginnings, file: OutputFile)] = []
  private(set) var spool: CurveSpool
  private(set) var outcomes: Outcomes
  private(set) var times = TimeSplit()
  private var rows = CSVRows()
  private let beginnings: (cascades: RowBeginnings, networks: RowBeginnings)

  init(_ plan: Plan, in folder: String) throws(Failure) {
    self.plan = plan
    cascades = try OutputFile(folder + "/" + CascadesTable.name)
    networks = try OutputFile(folder + "/" + NetworksTable.name)
    spool = try CurveSpool(in: folder)
    outcomes = Outcomes(plan)
    beginnings = (
      RowBeginnings(plan.scenario, besides: CascadesTable.own), RowBeginnings(plan.scenario, besides: NetworksTable.own)
    )
    rows.header(CascadesTable.columns(plan.scenario))
    try cascades.write(rows.bytes)
    rows.removeAll()
    rows.header(NetworksTable.columns(plan.scenario))
    try networks.write(rows.bytes)
    for table in plan.scenario.cascadeFiles {
      var file = try OutputFile(folder + "/" + table.name)
      rows.removeAll()
      rows.header(table.columns(plan.scenario))
      try file.write(rows.bytes)
      requested.append((table, RowBeginnings(plan.scenario, besides: table.all), file))
    }
  }

  mutating func add(_ result: ItemResult) throws(Failure) {
    let start = ContinuousClock.now
    times.add(result.times)
    defer { times.add(.writing, since: start) }
    rows.removeAll()
    for record in result.cascades {
      CascadesTable.add(record, plan.scenario, beginnings.cascades, to: &rows)
      outcomes.add(record, curve: try spool.add(record.curve))
    }
    try cascades.write(rows.bytes)
    rows.removeAll()
    for record in result.networks {
      if record.isFirstBlock { NetworksTable.add(record, beginnings.networks, to: &rows) }
      outcomes.add(record)
    }
    try networks.write(rows.bytes)
    outcomes.add(failures: result.failures)
    for place in requested.indices {
      for record in result.cascades {
        var own = CascadeRows(record, requested[place].beginnings)
        requested[place].table.add(record, plan.scenario, &own)
        try requested[place].file.write(own.rows.bytes)
      }
    }
  }

  mutating func finish() throws(Failure) {
    try cascades.close()
    try networks.close()
    for place in requested.indices { try requested[place].file.close() }
    try spool.flush()
  }
}
