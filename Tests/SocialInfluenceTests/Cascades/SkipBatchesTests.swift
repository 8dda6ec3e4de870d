@testable import SocialInfluence
import Testing

/// Coins by ties for many speakers at once: to the order of adopters, the cascade of one speaker after the other.
@Suite struct SkipBatchesTests {
  /// The queue as speakers fill it one by one, each with its own sequence of words.
  private func slow(
    _ seeds: [UInt32], _ network: Network, hazard: Double, at address: RandomAddress
  ) -> (queue: [UInt32], stepEnds: [Int]) {
    var hasAdopted = [Bool](repeating: false, count: network.agentCount)
    for seed in seeds { hasAdopted[Int(seed)] = true }
    var (queue, stepEnds, head) = (seeds, [seeds.count], 0)
    while head < queue.count {
      for speaker in queue[head...] {
        var words = address.stream(.coins, entity: Int(speaker))
        let row = network.voices(of: Int(speaker))
        var place = row.lowerBound + words.next().failures(spacing: 1 / hazard)
        while place < row.upperBound {
          let listener = Int(network.targets[place])
          if !hasAdopted[listener] { queue.append(UInt32(listener)) }
          hasAdopted[listener] = true
          place += 1 + words.next().failures(spacing: 1 / hazard)
        }
        head += 1
      }
      if queue.count > head { stepEnds.append(queue.count) }
    }
    return (queue, stepEnds)
  }

  private static func network(_ kind: String) throws -> Network {
    let demand = NetworkDemand(agentCount: 4_000, meanDegree: 10)
    let address = RandomAddress(randomSeed: 4, network: 1)
    switch kind {
    case "few ties each":
      return try GnmNetwork(ParameterValues(["meanDegree": .number(10)])).network(demand, at: address)
    case "directed":
      let values = ParameterValues(["meanDegree": .number(10), "attention": .number(0)])
      return try InfluenceNetwork(values).network(demand, at: address)
    default:
      // Rows from 0 to 3,999 ties: word by word where the tail of the law lies within.
      var ties = TieList()
      for hub in 0..<6 { for agent in 6..<4_000 where agent % (1 << (2 * hub)) == 0 { ties.append(hub, agent) } }
      for agent in 6..<3_999 { ties.append(agent, agent + 1) }
      return Network(agentCount: 4_000, ties: ties, isDirected: false)
    }
  }

  @Test(arguments: ["few ties each", "directed", "hubs"], [0.0005, 0.02, 0.15, 0.5, 0.95])
  func oneSpeakerAfterTheOther(kind: String, p: Double) throws {
    let network = try Self.network(kind)
    let rule = try Fixture.cascade(p, ties: true)
    var workspace = Workspace()
    for draw in 1...5 {
      let address = Fixture.random(9, draw: draw)
      let seeds = SeedPool.everyone.seeds(count: 3 * draw * draw, on: network, at: address)
      let audience = Audience(Listeners(rule, on: network, at: address))
      try rule.spread(from: seeds, on: network, audience, at: address, in: &workspace)
      let expected = slow(seeds, network, hazard: hazard(ofProbability: p), at: address)
      let isSame = Array(workspace.outcome.queue.prefix(workspace.outcome.size)) == expected.queue
      #expect(isSame && workspace.outcome.stepEnds == expected.stepEnds, "\(kind), p = \(p), draw \(draw)")
    }
  }
}
