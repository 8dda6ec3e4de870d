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
