internal import SocialInfluence

/// What the analysis needs of the cascades of one condition: a few bytes each.
struct ConditionOutcomes: Sendable {
  /// The size of a cascade whose replicate failed.
  static let missing = UInt32.max
  /// By replicate, then draw; `missing` where a replicate failed.
  let sizes: ArraySlice<UInt32>
  /// Where the curve of each cascade begins in the spool.
  let curves: ArraySlice<UInt64>
  let sums: ConditionSums

  /// The sizes of the cascades that there are.
  var knownSizes: [Double] { sizes.compactMap { $0 == Self.missing ? nil : Double($0) } }
}

/// Sums over the cascades and networks of one condition.
struct ConditionSums: Sendable {
  fileprivate(set) var agents: UInt32 = 0
  /// Over replicates, of the network columns.
  fileprivate(set) var reach = (eligible: 0.0, everyone: 0.0, eligibleTies: 0.0, ties: 0.0)
  fileprivate(set) var spans = Spans()
  fileprivate(set) var meanDegree = (sum: 0.0, count: 0)
  /// Share of agents in the largest component of any network.
  fileprivate(set) var largestComponent = 0.0

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
  /// Of each condition that is run, one after the other.
  private var sizes: [UInt32]
  private var curves: [UInt64]
  private var sums: [ConditionSums]
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
    let cascades = Int(count) * networks * draws
    sizes = [UInt32](repeating: ConditionOutcomes.missing, count: cascades)
    curves = [UInt64](repeating: 0, count: cascades)
    sums = Array(repeating: ConditionSums(), count: Int(count))
  }

  func place(_ condition: Plan.ConditionIndex) -> Int { condition.point * armCount + condition.arm }

  subscript(place: Int) -> ConditionOutcomes {
    let cell = Int(cellOf[place])
    let own = cell * networks * draws..<(cell + 1) * networks * draws
    return ConditionOutcomes(sizes: sizes[own], curves: curves[own], sums: sums[cell])
  }
  subscript(condition: Plan.ConditionIndex) -> ConditionOutcomes { self[place(condition)] }

  mutating func add(_ record: CascadeRecord, curve: UInt64) {
    let cell = Int(cellOf[place(record.condition)])
    let slot = (cell * networks + record.replicate - 1) * draws + record.draw - 1
    sizes[slot] = UInt32(record.cascade.size)
    curves[slot] = curve
    sums[cell].agents = UInt32(record.agents)
    sums[cell].spans.add(record)
  }

  mutating func add(_ record: NetworkRecord) { sums[Int(cellOf[place(record.condition)])].add(record) }

  mutating func add(failures more: [(condition: Plan.ConditionIndex, replicate: Int, reason: String)]) {
    for failure in more {
      let key = FailureKey(condition: failure.condition, replicate: failure.replicate, reason: failure.reason)
      if known.insert(key).inserted { failures.append(failure) }
    }
  }
}

/// Sums over cascades of the steps by which shares of all agents have adopted, and of prevalence.
struct Spans: Sendable {
  /// One of each for each of `Cascade.shares`, which are fewer than four.
  private var sums = SIMD4<Int>()
  private var counts = SIMD4<Int>()
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
    Cascade.shares.indices.map { counts[$0] == cascades && cascades > 0 ? Double(sums[$0]) / Double(cascades) : nil }
  }
  var meanPrevalence: Double? { hasPrevalence ? prevalence / Double(cascades) : nil }
}
