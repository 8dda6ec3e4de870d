internal import SocialInfluence

/// The outcomes of one condition that the analysis needs: a few bytes per cascade.
struct ConditionOutcomes: Sendable {
  /// Marks the size of a cascade whose replicate failed.
  static let missing = UInt32.max
  /// By replicate, then draw; `missing` where a replicate failed.
  let sizes: ArraySlice<UInt32>
  /// Where the curve of each cascade begins in the spool.
  let curves: ArraySlice<UInt64>
  let sums: ConditionSums

  /// The sizes of cascades that did not fail.
  var knownSizes: [Double] { sizes.compactMap { $0 == Self.missing ? nil : Double($0) } }
}

/// Sums over the cascades and networks of one condition.
struct ConditionSums: Sendable {
  fileprivate(set) var agents: UInt32 = 0
  /// Summed over networks and their blocks of draws.
  fileprivate(set) var reach = (eligible: 0.0, everyone: 0.0, eligibleTies: 0.0, ties: 0.0)
  fileprivate(set) var spans = Spans()
  fileprivate(set) var meanDegree = (sum: 0.0, count: 0)
  /// The largest share of agents in one component, over all networks.
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

/// The outcomes of all conditions that the analysis needs.
struct Outcomes: Sendable {
  let armCount: Int
  let networks: Int
  let draws: Int
  /// By condition that is run, replicate and draw.
  private var sizes: [UInt32]
  private var curves: [UInt64]
  private var sums: [ConditionSums]
  /// By point and arm, the index of the condition run; a copy has its original's.
  private let cellOf: [Int32]
  private(set) var failures: [(condition: Plan.ConditionIndex, replicate: Int, reason: String)] = []
  /// Keys of `failures`: every block of draws of a network reports the same failure.
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
      // Originals precede their copies.
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

/// Sums over cascades of the steps to given shares of adopters, and of prevalence.
struct Spans: Sendable {
  /// One lane per element of `Cascade.shares`, of which there are fewer than four.
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

  /// Mean steps to each of `Cascade.shares`; nil where some cascade never reaches it.
  var meanSteps: [Double?] {
    Cascade.shares.indices.map { counts[$0] == cascades && cascades > 0 ? Double(sums[$0]) / Double(cascades) : nil }
  }
  var meanPrevalence: Double? { hasPrevalence ? prevalence / Double(cascades) : nil }
}
