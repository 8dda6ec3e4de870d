internal import Foundation
internal import SocialInfluence

/// A file that a scenario reads.
struct PlanInput: Sendable, Hashable {
  /// As the scenario has it.
  let path: String
  let content: InputContent
}

/// What will happen: nothing optional, files read, everything that depends on N checked.
struct Plan: Sendable {
  let scenario: Scenario
  /// Networks read from files, by the network key of the conditions that use them.
  let files: [Int32: ImportedNetwork]
  /// How each network file was read, in the order of the scenario.
  let filesInOrder: [(path: String, report: ImportReport)]
  /// What was read, in the order of the scenario, each file once.
  let inputs: [PlanInput]
  /// Conditions in the order in which a replicate visits them: those that share most stand together.
  let order: [ConditionIndex]
  /// Arms that are the same at several points: they are run once.
  let copies: ArmCopies
  /// The places of arms whose cascades stand in the tables on request; nil for all.
  private let shown: Set<Int32>?
  /// Which points are compared with which.
  let doses: Doses
  /// Draws of one item of work.
  let drawsPerItem: Int
  /// How many conditions have each network, by its key.
  private let networkUses: [Int32: Int]

  /// A condition by point and arm.
  struct ConditionIndex: Sendable, Hashable {
    let point: Int
    let arm: Int
  }

  /// - Parameter checks: what else is wrong with a scenario, to be told with the rest.
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
    // Few networks: their draws are spread over several items, a number that does not depend on workers.
    let head = scenario.head
    drawsPerItem = head.networks >= 16 ? head.draws : max(1, head.draws * head.networks / 16)
  }

  /// What a condition is allowed because of others.
  struct WholeFacts {
    /// Where one point has random networks, its replicates are worth having; the others repeat their own with other seeds.
    let isAnyNetworkRandom: Bool
    /// Where one rule takes the thresholds of an agents file, the others may do without.
    let isThresholdTaken: Bool

    init(_ scenario: Scenario) {
      isAnyNetworkRandom = scenario.points.contains { $0.arms.contains(where: \.hasRandomNetwork) }
      isThresholdTaken = scenario.points.contains { $0.arms.contains { $0.rule.takesThresholds } }
    }
  }

  /// - Throws: all that is wrong.
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

  /// The places of conditions in the order in which a replicate visits them: what comes first in the scenario comes first.
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

  /// What is known of each condition in `order`, for every point and arm: copies as their first.
  func everyPoint<Value>(_ values: [Value]) -> [Value] {
    let armCount = scenario.armNames.count
    var byPlace = [Int: Value](minimumCapacity: values.count)
    for (index, value) in zip(order, values) { byPlace[index.point * armCount + index.arm] = value }
    return copies.origins.compactMap { byPlace[Int($0)] }
  }

  /// Whether a condition has rows in the tables on request.
  func shows(_ index: ConditionIndex) -> Bool {
    shown?.contains(Int32(index.point * scenario.armNames.count + index.arm)) ?? true
  }

  /// Whether a cascade has.
  func shows(_ index: ConditionIndex, replicate: Int, draw: Int) -> Bool {
    shows(index) && scenario.shown.contains(replicate: replicate, draw: draw)
  }

  var blocksPerNetwork: Int { (scenario.head.draws + drawsPerItem - 1) / drawsPerItem }
  var itemCount: Int { scenario.head.networks * blocksPerNetwork }

  /// The share of making its networks that falls to a condition; 0 where a file holds them.
  func networkShare(_ condition: Condition) -> Double {
    condition.generator == nil ? 0 : 1 / Double(networkUses[condition.keys.network] ?? 1)
  }

  /// N of a condition.
  func agentCount(_ condition: Condition) -> Int {
    condition.agentCount ?? files[condition.keys.network]?.network.agentCount ?? 0
  }

  /// z of a condition, from its file where it has one; for a complete network N − 1.
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

  /// The key under which a point's random numbers are drawn.
  func randomSeed(point: Int) -> UInt64 {
    guard !scenario.head.isPaired else { return scenario.head.randomSeed }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in scenario.labels(point).joined(separator: "|").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return scenario.head.randomSeed ^ hash
  }
}
