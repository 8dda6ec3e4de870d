@testable import SocialInfluence
import Testing

@Suite struct RowSortTests {
  /// Rows by sorting all voices as numbers.
  private func slowRows(_ ties: TieList, _ count: Int, isDirected: Bool) -> (offsets: [UInt32], targets: [UInt32]) {
    var voices = [UInt64]()
    for tie in 0..<ties.count {
      let (source, target) = (UInt64(ties.sources[tie]), UInt64(ties.targets[tie]))
      voices.append(source << 32 | target)
      if !isDirected { voices.append(target << 32 | source) }
    }
    voices.sort()
    var offsets = [UInt32](repeating: 0, count: count + 1)
    var targets = [UInt32]()
    for (place, voice) in voices.enumerated() where place == 0 || voice != voices[place - 1] {
      offsets[Int(voice >> 32) + 1] += 1
      targets.append(UInt32(truncatingIfNeeded: voice))
    }
    for agent in 0..<count { offsets[agent + 1] += offsets[agent] }
    return (offsets, targets)
  }

  /// Random pairs with repeats, and a hub whose row is sorted in another way than short ones.
  private func ties(_ wanted: Int, among count: Int, hub: Int, seed: UInt64) -> TieList {
    var words = Fixture.random(seed).stream(.network)
    var list = TieList()
    for tie in 0..<wanted {
      let (one, other) = (tie < hub ? 0 : words.below(count), words.below(count))
      if one != other { list.append(one, other) }
    }
    return list
  }

  /// Sizes of one bucket, of many, and of several rounds.
  @Test(arguments: [(1, 0, 0), (9, 30, 0), (300, 5_000, 200), (400_000, 900_000, 5_000), (200_000, 9_000_000, 20_000)])
  func againstSorting(count: Int, wanted: Int, hub: Int) {
    let list = ties(wanted, among: count, hub: hub, seed: 3)
    for isDirected in wanted > 1_000_000 ? [false] : [false, true] {
      let expected = slowRows(list, count, isDirected: isDirected)
      for workers in [1, 2, 3] {
        let network = Network(agentCount: count, ties: list, isDirected: isDirected, workers: workers)
        let isSame = network.offsets == expected.offsets && network.targets == expected.targets
        #expect(isSame, "\(count) agents, \(list.count) ties, \(workers) workers")
        var blocks = TieBlocks()
        for tie in 0..<list.count { blocks.append(Int(list.sources[tie]), Int(list.targets[tie])) }
        let other = Network(agentCount: count, ties: blocks, isDirected: isDirected, workers: workers)
        let isSameInBlocks = other.offsets == expected.offsets && other.targets == expected.targets
        #expect(isSameInBlocks && blocks.count == list.count)
      }
    }
  }

  static let kinds = [
    "influence-network", "chung-lu", "gnp", "gnm", "barabasi-albert", "watts-strogatz", "ring-lattice",
    "planted-blocks",
  ]

  /// Fresh networks are the same for any number of workers.
  @Test(arguments: kinds)
  func workersChangeNothing(kind: String) throws {
    let type = try #require(Catalogue.networks.first { $0.description.kind == kind })
    let isWhole = ["barabasi-albert", "watts-strogatz", "ring-lattice"].contains(kind)
    let generator = try type.init(
      ParameterValues([
        "meanDegree": isWhole ? .whole(8) : .number(8), "attention": .number(0.5), "rewiring": .number(0.3),
        "groups": .whole(7), "mixing": .number(0.2),
      ]))
    for count in [60, 90_000] {
      var demand = NetworkDemand(agentCount: count, meanDegree: 8)
      if generator.traits.takesConnectivity { demand.gains = (0..<count).map { $0 % 50 == 0 ? 9 : 1 } }
      let one = try generator.network(demand, at: Fixture.random(5))
      #expect(one.firstBrokenInvariant() == nil)
      for workers in [2, 3] {
        demand.workers = workers
        let several = try generator.network(demand, at: Fixture.random(5))
        let isSame = several.offsets == one.offsets && several.targets == one.targets
        #expect(isSame, "\(kind), \(count) agents, \(workers) workers")
      }
    }
  }

  /// G(n,m) is the first m distinct pairs of its sequence, however it is made.
  @Test(arguments: [(40, 20.0), (2_000, 10.0), (2_000, 40.0)])
  func firstDistinctPairs(count: Int, meanDegree: Double) throws {
    let address = Fixture.random(8)
    let wanted = Int(meanDegree * Double(count) / 2)
    var words = address.stream(.network)
    var pairs = Set<[Int]>()
    while pairs.count < wanted {
      let (first, second) = (words.below(count), words.below(count - 1))
      let other = second < first ? second : second + 1
      pairs.insert([min(first, other), max(first, other)])
    }
    let generator = GnmNetwork(ParameterValues(["meanDegree": .number(meanDegree)]))
    let network = try generator.network(NetworkDemand(agentCount: count, meanDegree: meanDegree), at: address)
    #expect(network.firstBrokenInvariant() == nil && network.tieCount == wanted)
    #expect(pairs.allSatisfy { network.speaks($0[0], to: $0[1]) })
  }
}
