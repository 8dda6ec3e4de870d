internal import CMachine

/// The recorded outcome of one cascade.
package struct Cascade: Sendable, Equatable {
  package let seeds: Int
  /// Agents that have adopted at least once by the end, seeds included: who has fallen silent, recovered or given up
  /// counts, too.
  package let size: Int
  /// The last step with an adoption; 0 where only the seeds adopted.
  package let steps: Int
  /// The first step ≥ 1 with the most adoptions; nil if only the seeds adopted.
  package let peakStep: Int?
  /// Adoptions in the peak step; nil without one.
  package let peakAdoptions: Int?
  /// First steps by which 10, 50 and 90 % of the final size have adopted.
  package let timeTo10: Int
  package let timeTo50: Int
  package let timeTo90: Int
  /// First steps by which 16, 50 and 95 % of all agents have adopted; nil if they never do.
  package var stepsToShares: [Int?] { Self.shares.indices.map { stepsTo[$0] < 0 ? nil : stepsTo[$0] } }
  /// Parallel to `shares`; −1: never.
  private let stepsTo: SIMD4<Int>
  /// Adopters with at least one role.
  package let fewAdopters: Int
  /// Adopters by role, in the order of `Role.allCases`; roles may overlap.
  package var adoptersByRole: [Int] { Role.allCases.map { byRole[$0.rawValue] } }
  private let byRole: SIMD4<Int>
  /// Mean out-ties of the first 100 adopters, seeds included, in order of step, then id; nil below 100 adopters.
  package let earlyMeanOutTies: Double?

  /// Mean share of agents that talk in the last fifth of the steps; nil unless agents can be convinced again.
  package let prevalence: Double?

  /// Shares of all agents at which `stepsToShares` is measured: early adopters, half, nearly all.
  package static let shares = [0.16, 0.5, 0.95]

  /// - Parameter idRanks: the rank of each agent by id; empty where agents are numbered by their ids.
  package init(
    _ outcome: Workspace.Outcome, network: Network, membership: RoleMembership, idRanks: () -> [UInt32] = { [] }
  ) {
    let (queue, stepEnds) = (outcome.queue, outcome.stepEnds)
    prevalence = outcome.prevalence
    let size = stepEnds[stepEnds.count - 1]
    seeds = stepEnds[0]
    self.size = size
    steps = stepEnds.count - 1
    var peak: (step: Int, count: Int)?
    for step in 1..<max(1, stepEnds.count) {
      let count = stepEnds[step] - stepEnds[step - 1]
      if count > peak?.count ?? 0 { peak = (step, count) }
    }
    peakStep = peak?.step
    peakAdoptions = peak?.count
    func time(to tenths: Int) -> Int { stepEnds.firstIndex { 10 * $0 >= tenths * size } ?? 0 }
    (timeTo10, timeTo50, timeTo90) = (time(to: 1), time(to: 5), time(to: 9))
    let agents = Double(network.agentCount)
    var stepsTo = SIMD4(repeating: -1)
    for (place, share) in Self.shares.enumerated() {
      stepsTo[place] = stepEnds.firstIndex { Double($0) >= share * agents - 1e-9 } ?? -1
    }
    self.stepsTo = stepsTo
    let histogram = Self.histogram(queue, size, membership)
    fewAdopters = size - histogram[0]
    var byRole = SIMD4<Int>()
    for role in Role.allCases {
      byRole[role.rawValue] = histogram.indices.reduce(0) { $0 + ($1 & 1 << role.rawValue != 0 ? histogram[$1] : 0) }
    }
    self.byRole = byRole
    earlyMeanOutTies = Self.earlyMean(queue: queue, stepEnds: stepEnds, network: network, idRanks)
  }

  /// Adopters by combination of roles.
  private static func histogram(_ queue: [UInt32], _ size: Int, _ membership: RoleMembership) -> [Int] {
    var counts = [Int](repeating: 0, count: 8)
    machine_count_roles(&counts, membership.bits, queue, size)
    return counts
  }

  private static func earlyMean(
    queue: [UInt32], stepEnds: [Int], network: Network, _ idRanks: () -> [UInt32]
  ) -> Double? {
    guard let last = stepEnds.last, last >= 100 else { return nil }
    var sum = 0
    var start = 0
    for end in stepEnds {
      let agents = end <= 100 ? queue[start..<end] : first(100 - start, of: queue[start..<end], idRanks())
      for agent in agents { sum += network.outDegree(Int(agent)) }
      if end >= 100 { break }
      start = end
    }
    return Double(sum) / 100
  }

  /// The `count` agents with the lowest ids, of more agents than that.
  private static func first(_ count: Int, of agents: ArraySlice<UInt32>, _ ranks: [UInt32]) -> ArraySlice<UInt32> {
    guard !ranks.isEmpty, let last = lowest(count, of: agents.map { ranks[Int($0)] }[...]).last else {
      return lowest(count, of: agents)
    }
    return agents.filter { ranks[Int($0)] <= last }[...]
  }

  /// The `count` lowest ids, of more than that; only the lowest of 64 buckets are sorted.
  private static func lowest(_ count: Int, of ids: ArraySlice<UInt32>) -> ArraySlice<UInt32> {
    let shift = max(0, UInt32.bitWidth - (ids.max() ?? 0).leadingZeroBitCount - 6)
    var counts = [Int](repeating: 0, count: 64)
    for id in ids { counts[Int(id >> shift)] += 1 }
    var (range, below) = (0, 0)
    while below < count {
      below += counts[range]
      range += 1
    }
    return ids.filter { $0 >> shift < range }.sorted()[..<count]
  }
}
