internal import Foundation
internal import SocialInfluence

/// A file that a scenario reads.
struct PlanInput: Sendable, Hashable {
  /// As written in the scenario.
  let path: String
  let content: InputContent
}

/// A scenario ready to run: defaults filled in, files read, everything that depends on N checked.
struct Plan: Sendable {
  let scenario: Scenario
  /// Networks read from files, by the network key of the conditions that use them.
  let files: [Int32: ImportedNetwork]
  /// How each network file was read, in the order of the scenario.
  let filesInOrder: [(path: String, report: ImportReport)]
  /// The inputs read, in the order of the scenario, each file once.
  let inputs: [PlanInput]
  /// Conditions in the order in which a replicate visits them: those that share most are adjacent.
  let order: [ConditionIndex]
  /// Arms that are the same at several points: they are run once.
  let copies: ArmCopies
  /// The places of arms whose cascades appear in the requested tables; nil for all.
  private let shown: Set<Int32>?
  /// Which points are compared by dose.
  let doses: Doses
  /// Draws per item of work.
  let drawsPerItem: Int
  /// Conditions per network, by network key.
  private let networkUses: [Int32: Int]

  /// A condition by point and arm.
  struct ConditionIndex: Sendable, Hashable {
    let point: Int
    let arm: Int
  }

  /// - Parameter checks: further checks, whose problems are reported with the others.
  init(_ scenario: Scenario, checks: (Scenario, inout Problems) -> Void) throws(Failure) {
    var scenario = scenario
    let read = try PlanFiles(scenario)
    scenario.setSeeds { condition in
      guard let file = read.files[condition.keys.network] else { return nil }
      let named = condition.seeding.named?.count ?? 0
      return condition.seedCount.number(
        of: file.network.agentCount, named: named > 0 ? named : file.agents?.seeds.count ?? 0)
    }
    try Self.check(scenario, read, checks)
    self.scenario = scenario
    (files, inputs, filesInOrder) = (read.files, read.inputs, read.inOrder)
    let copies = ArmCopies(scenario)
    self.copies = copies
    doses = Doses(scenario)
    shown = scenario.shown.isEverything ? nil : copies.chosen(scenario.shown)
    let armCount = scenario.armNames.count
    let all = copies.origins.indices.filter { copies.isRun($0) }.map {
      ConditionIndex(point: $0 / armCount, arm: $0 % armCount)
    }
    let conditions = all.map { scenario.points[$0.point].arms[$0.arm] }
    networkUses = Dictionary(conditions.map { ($0.keys.network, 1) }, uniquingKeysWith: +)
    order = Self.order(conditions).map { all[$0] }
    // With few networks, draws are split over several items; the split must not depend on the number of workers.
    let head = scenario.head
    drawsPerItem = head.networks >= 16 ? head.draws : max(1, head.draws * head.networks / 16)
  }

  /// Facts about the whole scenario that checks of one condition need.
  struct WholeFacts {
    /// Random networks at one point make replicates worthwhile; fixed networks at other points are repeated with new
    /// seeds.
    let isAnyNetworkRandom: Bool
    /// A rule that takes the thresholds of an agents file permits other rules that do not.
    let isThresholdTaken: Bool

    init(_ scenario: Scenario) {
      isAnyNetworkRandom = scenario.points.contains { $0.arms.contains(where: \.hasRandomNetwork) }
      isThresholdTaken = scenario.points.contains { $0.arms.contains { $0.rule.takesThresholds } }
    }
  }

  /// - Throws: the problems found, until no more are kept.
  private static func check(
    _ scenario: Scenario, _ read: PlanFiles, _ checks: (Scenario, inout Problems) -> Void
  ) throws(Failure) {
    var problems = Problems()
    let whole = WholeFacts(scenario)
    for point in scenario.points where !problems.isFull {
      for condition in point.arms {
        check(condition, scenario.head, read.files[condition.keys.network], whole, &problems)
      }
    }
    checks(scenario, &problems)
    guard problems.isEmpty else { throw Failure(problems) }
  }

  /// The places of conditions in visiting order: by what they share, then as in the scenario.
  private static func order(_ conditions: [Condition]) -> [Int] {
    let stories = Set(conditions.map(\.story)).sorted()
    let ranks = Dictionary(uniqueKeysWithValues: stories.enumerated().map { ($1, Int32($0)) })
    let keys = conditions.map { condition in
      let keys = condition.keys
      let weighting = Int32(TieWeighting.allCases.firstIndex(of: condition.weighting) ?? 0)
      return [
        keys.network, keys.population, weighting, condition.equalMass ? 1 : 0, keys.rule, ranks[condition.story] ?? 0,
      ]
    }
    return conditions.indices.sorted { a, b in
      keys[a] == keys[b] ? a < b : keys[a].lexicographicallyPrecedes(keys[b])
    }
  }

  subscript(index: ConditionIndex) -> Condition { scenario.points[index.point].arms[index.arm] }

  /// Spreads values by `order` over all points and arms; a copy gets its original's value.
  func everyPoint<Value>(_ values: [Value]) -> [Value] {
    let armCount = scenario.armNames.count
    var byPlace = [Int: Value](minimumCapacity: values.count)
    for (index, value) in zip(order, values) { byPlace[index.point * armCount + index.arm] = value }
    return copies.origins.compactMap { byPlace[Int($0)] }
  }

  /// Whether a condition has rows in the requested tables.
  func shows(_ index: ConditionIndex) -> Bool {
    shown?.contains(Int32(index.point * scenario.armNames.count + index.arm)) ?? true
  }

  /// Whether a cascade has rows there.
  func shows(_ index: ConditionIndex, replicate: Int, draw: Int) -> Bool {
    shows(index) && scenario.shown.contains(replicate: replicate, draw: draw)
  }

  var blocksPerNetwork: Int { (scenario.head.draws + drawsPerItem - 1) / drawsPerItem }
  var itemCount: Int { scenario.head.networks * blocksPerNetwork }

  /// The share of its network's generation that a condition bears; 0 for a network file.
  func networkShare(_ condition: Condition) -> Double {
    condition.generator == nil ? 0 : 1 / Double(networkUses[condition.keys.network] ?? 1)
  }

  /// N of a condition.
  func agentCount(_ condition: Condition) -> Int {
    condition.agentCount ?? files[condition.keys.network]?.network.agentCount ?? 0
  }

  /// z of a condition: as written, else that of its file, else N − 1 for a complete network.
  func meanDegree(_ condition: Condition) -> Double {
    condition.meanDegree ?? files[condition.keys.network]?.network.meanDegree
      ?? Double(max(0, agentCount(condition) - 1))
  }

  /// Cascades of the whole run.
  var cascadeCount: Int {
    Int(
      saturating: Double(order.count) * Double(scenario.head.networks)
        * Double(scenario.head.draws))
  }

  /// The scenario's random seed; with `randomness: independent`, mixed with a hash (FNV-1a) of the point's labels.
  func randomSeed(point: Int) -> UInt64 {
    guard !scenario.head.isPaired else { return scenario.head.randomSeed }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in scenario.labels(point).joined(separator: "|").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return scenario.head.randomSeed ^ hash
  }
}
