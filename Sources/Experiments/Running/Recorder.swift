internal import SocialInfluence

/// What the analysis needs of the cascades of one condition: a few bytes each.
struct ConditionOutcomes: Sendable {
  /// The size of a cascade whose replicate failed.
  static let missing = UInt32.max
  /// By replicate, then draw; `missing` where a replicate failed.
  fileprivate(set) var sizes: [UInt32]
  /// Where the curve of each cascade begins in the spool.
  fileprivate(set) var curves: [UInt64]
  fileprivate(set) var agents: UInt32 = 0
  /// Sums over replicates of the network columns.
  fileprivate(set) var reach = (eligible: 0.0, everyone: 0.0, eligibleTies: 0.0, ties: 0.0)
  fileprivate(set) var spans = Spans()
  fileprivate(set) var meanDegree = (sum: 0.0, count: 0)
  /// Share of agents in the largest component of any network.
  fileprivate(set) var largestComponent = 0.0

  fileprivate init(cascades: Int) {
    sizes = [UInt32](repeating: Self.missing, count: cascades)
    curves = [UInt64](repeating: 0, count: cascades)
  }

  /// The sizes of the cascades that there are.
  var knownSizes: [Double] { sizes.compactMap { $0 == Self.missing ? nil : Double($0) } }

  fileprivate mutating func add(_ record: NetworkRecord) {
    if record.isFirstBlock {
      meanDegree.sum += record.statistics.meanDegree
      meanDegree.count += 1
      let share = Double(record.statistics.largestComponent) / Double(max(1, record.statistics.agents))
      largestComponent = max(largestComponent, share)
    }
    guard let own = record.reach, let ties = record.ties else { return }
    reach.eligible += own.eligible
    reach.everyone += own.everyone
    reach.eligibleTies += ties.eligible
    reach.ties += ties.everyone
  }
}

/// What the analysis needs of all cascades.
struct Outcomes: Sendable {
  let armCount: Int
  let networks: Int
  let draws: Int
  /// Of each condition that is run.
  private var cells: [ConditionOutcomes]
  /// By point and arm, which of them: a copy has that of the first point like it.
  private let cellOf: [Int32]
  private(set) var failures: [(condition: Plan.ConditionIndex, replicate: Int, reason: String)] = []
  /// The same, to find them: the blocks of draws of a network fail alike.
  private var known = Set<FailureKey>()

  private struct FailureKey: Hashable {
    let condition: Plan.ConditionIndex
    let replicate: Int
    let reason: String
  }

  init(_ plan: Plan) {
    (armCount, networks, draws) = (plan.scenario.armNames.count, plan.scenario.head.networks, plan.scenario.head.draws)
    var (cellOf, count) = ([Int32](), Int32(0))
    for (place, origin) in plan.copies.origins.enumerated() {
      // Whoever is copied stands before its copies.
      cellOf.append(origin == place ? count : cellOf[Int(origin)])
      if origin == place { count += 1 }
    }
    self.cellOf = cellOf
    cells = Array(repeating: ConditionOutcomes(cascades: networks * draws), count: Int(count))
  }

  func place(_ condition: Plan.ConditionIndex) -> Int { condition.point * armCount + condition.arm }

  subscript(place: Int) -> ConditionOutcomes { cells[Int(cellOf[place])] }
  subscript(condition: Plan.ConditionIndex) -> ConditionOutcomes { self[place(condition)] }

  mutating func add(_ record: CascadeRecord, curve: UInt64) {
    let cell = Int(cellOf[place(record.condition)])
    let slot = (record.replicate - 1) * draws + record.draw - 1
    cells[cell].sizes[slot] = UInt32(record.cascade.size)
    cells[cell].curves[slot] = curve
    cells[cell].agents = UInt32(record.agents)
    cells[cell].spans.add(record)
  }

  mutating func add(_ record: NetworkRecord) { cells[Int(cellOf[place(record.condition)])].add(record) }

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
      let isAsked = plan.scenario.isAsked(requested[place].table)
      for record in result.cascades
      where !isAsked || plan.shows(record.condition, replicate: record.replicate, draw: record.draw) {
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
