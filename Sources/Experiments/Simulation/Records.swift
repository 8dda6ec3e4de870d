internal import SocialInfluence

/// One cascade with its place in the design.
struct CascadeRecord: Sendable {
  let condition: Plan.ConditionIndex
  let replicate: Int
  let draw: Int
  let agents: Int
  let ties: Int
  let cascade: Cascade
  /// Adopters up to and including each step.
  let curve: StepCurve
  /// Who convinced whom; nil unless a table shows it.
  let traced: TracedRecord?
  /// The seeds; empty unless a table shows them.
  let seeds: [SeedRow]
  /// Adopters by group; empty unless a table shows them.
  let groups: [GroupRow]

  /// `curve` as an array.
  var stepEnds: [UInt32] {
    var ends = [UInt32]()
    curve.forEachStep { ends.append(UInt32($1)) }
    return ends
  }
}

/// One network under one condition.
struct NetworkRecord: Sendable {
  let condition: Plan.ConditionIndex
  let replicate: Int
  let statistics: NetworkStatistics
  let few: Int
  let roles: [Int]
  /// λ.
  let force: Double
  /// Mean one-step reach and mean out-ties of the eligible seeds and of everyone; nil where everyone is eligible.
  let reach: (eligible: Double, everyone: Double)?
  let ties: (eligible: Double, everyone: Double)?
  /// Whether this is the first block of draws on the network: later blocks add to reach, not another row.
  let isFirstBlock: Bool
}

/// The results of one item of work.
struct ItemResult: Sendable {
  var cascades: [CascadeRecord] = []
  var networks: [NetworkRecord] = []
  var failures: [(condition: Plan.ConditionIndex, replicate: Int, reason: String)] = []
  var times = TimeSplit()

  mutating func reserve(conditions: Int, draws: Int) {
    cascades.reserveCapacity(conditions * draws)
    networks.reserveCapacity(conditions)
  }

  /// Sorts cascades by draw, point and arm; networks and failures by point and arm.
  mutating func order() {
    func key(_ condition: Plan.ConditionIndex) -> (Int, Int) { (condition.point, condition.arm) }
    // Indices are sorted, since records are large.
    cascades = cascades.indices.sorted { a, b in
      let (one, other) = (cascades[a], cascades[b])
      return one.draw != other.draw ? one.draw < other.draw : key(one.condition) < key(other.condition)
    }.map { cascades[$0] }
    networks = networks.indices.sorted { key(networks[$0].condition) < key(networks[$1].condition) }.map {
      networks[$0]
    }
    failures.sort { key($0.condition) < key($1.condition) }
  }
}

/// One seed of a cascade.
struct SeedRow: Sendable {
  let agent: String
  let group: String
  let outTies: Int
  /// One-step reach; nil where the rule defines none.
  let reach: Double?
}

/// The part of one group in a cascade.
struct GroupRow: Sendable {
  let name: String
  var agents = 0
  var seeds = 0
  var adopters = 0
}

extension GroupRow {
  /// A row per group with its agents alone, and the row of each agent. Agents without a group share a last, nameless
  /// row.
  static func empty(_ agents: AgentsFile?) -> (rows: [GroupRow], places: [Int]) {
    guard let agents, let groups = agents.groups else { return ([], []) }
    var rows = agents.groupNames.map { GroupRow(name: $0) }
    let places = groups.map { $0 < 0 ? rows.count : $0 }
    if groups.contains(where: { $0 < 0 }) { rows.append(GroupRow(name: "")) }
    for place in places { rows[place].agents += 1 }
    return (rows, places)
  }
}
