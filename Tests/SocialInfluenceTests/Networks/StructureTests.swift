@testable import SocialInfluence
import Testing

@Suite struct StructureTests {
  private func random(_ count: Int, _ chance: Double, _ seed: UInt64, isDirected: Bool = false) -> Network {
    var words = Fixture.random(seed).stream(.network, entity: 7)
    var ties = [(Int, Int)]()
    for a in 0..<count {
      for b in 0..<count where a != b && (isDirected || a < b) && words.bernoulli(chance) { ties.append((a, b)) }
    }
    return Fixture.network(count, ties, isDirected: isDirected)
  }

  /// The ties that lead on from whom a voice reaches, back to the speaker excepted: the same for a tie either way.
  @Test func onwardTies() {
    for seed in 1...5 {
      let undirected = random(40, 0.1, UInt64(seed))
      var both = [(Int, Int)]()
      for agent in 0..<40 {
        for place in undirected.voices(of: agent) { both.append((agent, Int(undirected.targets[place]))) }
      }
      #expect(Fixture.network(40, both, isDirected: true).meanOnwardTies == undirected.meanOnwardTies)
    }
    // 0 → 1 → 0 and 1 → 2: from 1 one tie leads on, from 0 none but back, from 2 none.
    #expect(abs(Fixture.network(3, [(0, 1), (1, 0), (1, 2)], isDirected: true).meanOnwardTies - 1.0 / 3) < 1e-12)
  }

  /// Core numbers by their definition: for each k take away whoever has fewer than k ties left until nobody has.
  private func slowCores(_ network: Network) -> [UInt32] {
    var cores = [UInt32](repeating: 0, count: network.agentCount)
    for k in 1...network.agentCount {
      var inside = Set(0..<network.agentCount)
      while true {
        let leaving = inside.filter { agent in
          network.voices(of: agent).count { inside.contains(Int(network.targets[$0])) } < k
        }
        if leaving.isEmpty { break }
        inside.subtract(leaving)
      }
      for agent in inside { cores[agent] = UInt32(k) }
    }
    return cores
  }

  @Test func coresAgainstTheDefinition() {
    for seed in 1...40 as ClosedRange<UInt64> {
      let network = random(30, 0.02 * Double(seed % 12), seed)
      #expect(NetworkStatistics.cores(of: network) == slowCores(network), "seed \(seed)")
    }
    // Zachary's club: a core of ten within which everybody has four ties.
    let cores = NetworkStatistics.cores(of: Fixture.karate)
    #expect(cores == slowCores(Fixture.karate) && cores.max() == 4 && cores.count { $0 == 4 } == 10)
    #expect(NetworkStatistics.cores(of: Fixture.clique(6)).allSatisfy { $0 == 5 })
    #expect(NetworkStatistics.cores(of: Fixture.star(6)).allSatisfy { $0 == 1 })
    #expect(NetworkStatistics.cores(of: Fixture.network(3, [])) == [0, 0, 0])
    #expect(NetworkStatistics.cores(of: Fixture.network(3, [(0, 1)], isDirected: true)) == [1, 1, 0])
  }

  @Test func trianglesAgainstAllTriples() {
    for seed in 1...20 as ClosedRange<UInt64> {
      let network = random(40, 0.2, seed, isDirected: seed % 4 == 0)
      let plain = network.undirected
      var byAgent = [UInt32](repeating: 0, count: 40)
      var total = 0
      for a in 0..<40 {
        for b in a + 1..<40 where plain.speaks(a, to: b) {
          for c in b + 1..<40 where plain.speaks(a, to: c) && plain.speaks(b, to: c) {
            total += 1
            for agent in [a, b, c] { byAgent[agent] += 1 }
          }
        }
      }
      for workers in [1, 2, 3] {
        let found = NetworkStatistics.triangles(of: network, workers: workers)
        #expect(found.total == total && found.byAgent == byAgent)
      }
    }
  }

  /// Many agents in several pieces: the same for any number of workers.
  @Test func trianglesOfManyAgents() throws {
    let world = try Fixture.generator(WattsStrogatz.self, ["meanDegree": .whole(10), "rewiring": .number(0.1)])
    let network = try world.network(NetworkDemand(agentCount: 20_000, meanDegree: 10), at: Fixture.random(2))
    let one = NetworkStatistics.triangles(of: network)
    for workers in [2, 5] {
      let several = NetworkStatistics.triangles(of: network, workers: workers)
      #expect(several.total == one.total && several.byAgent == one.byAgent)
    }
  }

  /// Components by labels that neighbors hand to one another until nothing changes.
  private func labelled(_ network: Network) -> (count: Int, largest: Int) {
    var labels = Array(0..<network.agentCount)
    var isChanging = true
    while isChanging {
      isChanging = false
      for a in labels.indices {
        for place in network.voices(of: a) {
          let b = Int(network.targets[place])
          let least = min(labels[a], labels[b])
          if labels[a] != least || labels[b] != least { (labels[a], labels[b], isChanging) = (least, least, true) }
        }
      }
    }
    let sizes = Dictionary(grouping: labels) { $0 }.mapValues(\.count)
    return (sizes.count, sizes.values.max() ?? 0)
  }

  @Test func componentsAgainstLabels() {
    for seed in 1...120 as ClosedRange<UInt64> {
      for agents in [1, 40, 64, 130] {
        let p = 0.2 * Double(seed % 30) / Double(agents)
        let network = random(agents, p, seed, isDirected: seed % 2 == 0)
        let (found, known) = (NetworkStatistics.components(of: network), labelled(network))
        #expect(found.count == known.count && found.largest == known.largest, "seed \(seed), \(agents) agents")
      }
    }
  }

  /// Where a walk along the arrows finds little: chains with and against the order of ids that hang on a core by their
  /// first or their last agent, or on nothing.
  @Test func componentsOfChains() {
    for seed in 1...40 as ClosedRange<UInt64> {
      var words = Fixture.random(seed).stream(.coins)
      let core = 60 + words.below(60)
      var ties = TieList()
      for agent in 1..<core { ties.append(0, agent) }
      var next = core
      for _ in 0..<4 {
        let length = 1 + words.below(20)
        let chain = words.below(2) == 0 ? Array(next..<next + length) : (next..<next + length).reversed()
        for (one, other) in zip(chain, chain.dropFirst()) { ties.append(one, other) }
        switch words.below(4) {
        case 0: ties.append(chain[length - 1], words.below(core))
        case 1: ties.append(words.below(core), chain[0])
        case 2: ties.append(words.below(core), chain[length - 1])
        default: break
        }
        next += length
      }
      for isDirected in [true, false] {
        let network = Network(agentCount: next + 3, ties: ties, isDirected: isDirected)
        let (found, known) = (NetworkStatistics.components(of: network), labelled(network))
        #expect(found.count == known.count && found.largest == known.largest, "seed \(seed)")
      }
    }
  }
}
