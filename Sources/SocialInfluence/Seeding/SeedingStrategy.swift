/// What a strategy may use.
package struct SeedingContext {
  package let network: Network
  package let membership: RoleMembership
  /// The values of a trait, gains included; empty where all are equal.
  package let trait: (Trait) -> [Double]
  /// Agents named in the scenario or in the agents file, in their order.
  package let named: [UInt32]
  /// The address of the network replicate; eligibility does not depend on the draw.
  package let address: RandomAddress
  /// The numbers of a column of the agents file, by agent, nil for an agent without a number; [] without such a column.
  package var column: (String) -> [Double?] = { _ in [] }
  /// The rank of each agent by id; empty if agents are numbered by their ids.
  package var idRanks: () -> [UInt32] = { [] }
  /// Ranks that order equal scores in place of a lot; nil: the lot. They serve to see whether the lot decides, and change
  /// nothing under `byId`.
  package var equalRanks: [UInt32]?

  package init(
    network: Network, membership: RoleMembership, trait: @escaping (Trait) -> [Double], named: [UInt32],
    address: RandomAddress
  ) {
    (self.network, self.membership, self.trait) = (network, membership, trait)
    (self.named, self.address) = (named, address)
  }

  var outTies: [Double] { (0..<network.agentCount).map { Double(network.outDegree($0)) } }

  /// Agents by descending score; equal scores in random order, or by id.
  func ranking(_ scores: [Double], series: Int, byId: Bool = false) -> [UInt32] {
    Ranking.descending(scores, at: address, series: series, equalRanks: byId ? idRanks() : equalRanks)
  }
}

/// The agents from which seeds are taken, and their order.
package enum SeedPool: Sendable {
  /// Everyone, in random order.
  case everyone
  /// These agents only, in random order.
  case anyOf([UInt32])
  /// These agents, in this order.
  case ranked([UInt32])
  /// Groups drawn at random, such as an agent with its listeners, each in its order. A group whose first agent is
  /// already a seed is skipped. At most `count` different agents can be drawn.
  case picked(count: Int, pick: @Sendable (inout RandomStream) -> [UInt32])
  /// These groups in turn, each in its own order or in random order.
  case inTurn([[UInt32]], isRanked: Bool)
}

/// A way to choose seeds. It gives an order, so that S + 1 seeds contain the S seeds.
package protocol SeedingStrategy: Variant {
  func pool(_ context: SeedingContext) -> SeedPool
  /// Whom it seeds, for theory and plan checks.
  var aim: SeedingAim { get }
  /// Whether `where` and `spread` apply.
  var takesSelection: Bool { get }
  /// Whether it computes all shortest paths.
  var walksAllPaths: Bool { get }
  /// Time per seed, relative to random seeds.
  var effort: Double { get }
  /// Whether it aims at the few.
  var seedsTheFew: Bool { get }
  /// Whether it chooses the same agents in every draw on a network.
  var isFixed: Bool { get }
  /// The columns of the agents file that it reads.
  var columns: [String] { get }
}

/// Whom a strategy seeds.
package enum SeedingAim: Sendable {
  case everyone
  /// Random agents of the top fraction by out-ties.
  case top(fraction: Double)
  /// Random members of a role; nil: of any role.
  case role(Role?)
  /// Agents by id; empty: those marked in the agents file.
  case named([String])
  case other
}

extension SeedingStrategy {
  package var aim: SeedingAim { .other }
  package var takesSelection: Bool { true }
  package var walksAllPaths: Bool { false }
  package var effort: Double { 1 }
  /// Whether seeds are drawn from all agents.
  package var isRandom: Bool { if case .everyone = aim { true } else { false } }
  /// The ids that it names; nil under other strategies.
  package var named: [String]? { if case .named(let agents) = aim { agents } else { nil } }
  package var seedsTheFew: Bool { false }
  package var isFixed: Bool { false }
  package var columns: [String] { [] }
}

extension SeedPool {
  /// How many agents can be seeded.
  package func size(agentCount: Int) -> Int {
    switch self {
    case .everyone: agentCount
    case .picked(let count, _): count
    case .anyOf(let agents), .ranked(let agents): agents.count
    case .inTurn(let groups, _): groups.reduce(0) { $0 + $1.count }
    }
  }

  /// The agents of the influence ratio: all eligible ones, or the first `count` of a ranking.
  package func eligible(count: Int, agentCount: Int) -> [UInt32] {
    switch self {
    case .everyone, .picked: (0..<agentCount).map { UInt32($0) }
    case .anyOf(let agents): agents
    case .ranked(let agents): Array(agents.prefix(count))
    case .inTurn(let groups, let isRanked): isRanked ? Self.inTurn(groups, count) : groups.flatMap { $0 }
    }
  }

  private static func inTurn(_ groups: [[UInt32]], _ count: Int) -> [UInt32] {
    let longest = groups.map(\.count).max() ?? 0
    var chosen = [UInt32]()
    for place in 0..<longest {
      for group in groups where place < group.count { chosen.append(group[place]) }
      if chosen.count >= count { break }
    }
    return Array(chosen.prefix(count))
  }

  /// The first `count` seeds of draw `address.draw`, fewer if the pool is smaller.
  ///
  /// Slot i goes, with probability `hearsFirst`, to the next unused maven in random order, if there is one; otherwise
  /// to the strategy's next unused agent. `where` and `spread` do not narrow the mavens.
  package func seeds(
    count: Int, on network: Network, mavens: [UInt32] = [], hearsFirst: Double = 0, at address: RandomAddress
  ) -> [UInt32] {
    var order = SeedOrder(self, network: network, at: address)
    guard hearsFirst > 0 && !mavens.isEmpty else {
      var seeds = [UInt32]()
      while seeds.count < count, let next = order.next() { seeds.append(next) }
      return seeds
    }
    var mavenOrder = SeedOrder(.anyOf(mavens), network: network, at: address, series: 1)
    var taken = Set<UInt32>()
    var seeds = [UInt32]()
    func next(_ order: inout SeedOrder) -> UInt32? {
      while let agent = order.next() {
        if taken.insert(agent).inserted { return agent }
      }
      return nil
    }
    while seeds.count < count {
      let hears = address.words(.hearing, entity: seeds.count).0.unitInterval < hearsFirst
      guard let agent = (hears ? next(&mavenOrder) : nil) ?? next(&order) else { break }
      seeds.append(agent)
    }
    return seeds
  }
}

/// A lazy order of agents: making the first k costs about k.
private struct SeedOrder {
  private let pool: SeedPool
  private let network: Network
  private var words: RandomStream
  private var place = 0
  private var taken = Set<UInt32>()
  private var waiting: [UInt32] = []
  /// The groups that take turns, in the order of their turns.
  private var turns: [SeedOrder] = []

  init(_ pool: SeedPool, network: Network, at address: RandomAddress, series: Int = 0) {
    (self.pool, self.network) = (pool, network)
    words = address.stream(.seeding, entity: series)
    guard case .inTurn(let groups, let isRanked) = pool else { return }
    // Series 0: the pool itself; 1: mavens; 2 + g: group g.
    turns = groups.indices.map { group in
      SeedOrder(
        isRanked ? .ranked(groups[group]) : .anyOf(groups[group]), network: network, at: address, series: 2 + group)
    }
    guard !isRanked else { return }
    for place in turns.indices.dropLast() { turns.swapAt(place, place + words.below(turns.count - place)) }
  }

  mutating func next() -> UInt32? {
    switch pool {
    case .everyone: return random(network.agentCount) { UInt32($0) }
    case .anyOf(let agents): return random(agents.count) { agents[$0] }
    case .ranked(let agents):
      place += 1
      return place <= agents.count ? agents[place - 1] : nil
    case .inTurn:
      for _ in turns.indices {
        let turn = place % turns.count
        place += 1
        if let agent = turns[turn].next() { return agent }
      }
      return nil
    case .picked(let count, let pick):
      // Repeats are skipped: in 500 × `count` tries one of equally likely agents is missed with probability e⁻⁵⁰⁰.
      for _ in 0..<500 * count {
        while let agent = waiting.popLast() {
          if taken.insert(agent).inserted { return agent }
        }
        guard taken.count < count else { return nil }
        let group = pick(&words)
        guard let first = group.first, taken.insert(first).inserted else { continue }
        waiting = group.dropFirst().reversed()
        return first
      }
      return nil
    }
  }

  /// The next agent of a random order: uniform picks, repeats skipped.
  private mutating func random(_ count: Int, _ agent: (Int) -> UInt32) -> UInt32? {
    guard taken.count < count else { return nil }
    // In 500 × `count` tries a given agent is missed with probability e⁻⁵⁰⁰.
    for _ in 0..<500 * count {
      let pick = agent(words.next().below(count))
      if taken.insert(pick).inserted { return pick }
    }
    return (0..<count).lazy.map(agent).first { taken.insert($0).inserted }
  }
}
