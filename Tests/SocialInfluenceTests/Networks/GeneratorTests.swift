@testable import SocialInfluence
import Testing

/// Generators against closed forms: a mean over graphs lies within 4 standard errors.
@Suite struct GeneratorTests {
  private func sample(
    _ graphs: Int, _ values: (Int) throws -> [Double]
  ) rethrows -> (means: [Double], errors: [Double]) {
    var sums = [Double]()
    var squares = [Double]()
    for graph in 1...graphs {
      let row = try values(graph)
      if sums.isEmpty {
        sums = row.map { _ in 0 }
        squares = sums
      }
      for (index, value) in row.enumerated() {
        sums[index] += value
        squares[index] += value * value
      }
    }
    let count = Double(graphs)
    let means = sums.map { $0 / count }
    let errors = zip(squares, means).map { (max(0, $0 / count - $1 * $1) / count).squareRoot() }
    return (means, errors)
  }

  private func expect(_ sample: (means: [Double], errors: [Double]), _ expected: [Double], slack: Double = 0) {
    for (index, value) in expected.enumerated() {
      #expect(abs(sample.means[index] - value) < 4 * sample.errors[index] + slack, "value \(index)")
    }
  }

  private func degreeVariance(_ network: Network) -> Double {
    let degrees = (0..<network.agentCount).map { Double(network.outDegree($0)) }
    let mean = degrees.reduce(0, +) / Double(degrees.count)
    return degrees.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(degrees.count)
  }

  private func share(_ network: Network, _ condition: (Int) -> Bool) -> Double {
    Double((0..<network.agentCount).count { condition(network.outDegree($0)) }) / Double(network.agentCount)
  }

  /// G(1000, .01): ties 4995, degree variance 9.8901, triangles 166.167; isolates n(1 − p)^(n − 1).
  @Test func gnp() throws {
    let generator = try Fixture.generator(GnpNetwork.self, ["meanDegree": .number(9.99)])
    let demand = NetworkDemand(agentCount: 1000, meanDegree: 9.99)
    expect(
      try sample(400) { graph in
        let network = try generator.network(demand, at: Fixture.random(1, network: graph))
        return [
          Double(network.tieCount), degreeVariance(network), Double(NetworkStatistics.triangles(of: network).total),
          share(network) { $0 == 0 } * 1000, share(network) { $0 == 10 },
        ]
      },
      // The variance around the sample mean loses 4 · 4995 · .99 / 1000² of it: .0198.
      [4995, 9.8901 - 0.0198, 166.167, 0.0436, 0.12561])
  }

  /// Degrees of G(1000, .01) follow Binomial(999, .01): χ² over 4 … 17 and the tails, 15 degrees of freedom, at 1e-5.
  @Test func gnpDegreesAreBinomial() throws {
    let generator = try Fixture.generator(GnpNetwork.self, ["meanDegree": .number(9.99)])
    var counts = [Double](repeating: 0, count: 16)
    for graph in 1...200 {
      let network = try generator.network(
        NetworkDemand(agentCount: 1000, meanDegree: 9.99), at: Fixture.random(5, network: graph))
      // One agent in ten: the degrees of few agents hardly know of each other.
      for agent in stride(from: 0, to: 1000, by: 10) { counts[min(15, max(0, network.outDegree(agent) - 3))] += 1 }
    }
    var law = [Double](repeating: 0, count: 16)
    var probability = 1.0
    for _ in 0..<999 { probability *= 0.99 }
    for k in 0...999 {
      law[min(15, max(0, k - 3))] += probability
      probability *= Double(999 - k) / Double(k + 1) * 0.01 / 0.99
    }
    let total = 20_000.0
    let chi = zip(counts, law).reduce(0.0) { $0 + ($1.0 - total * $1.1) * ($1.0 - total * $1.1) / (total * $1.1) }
    #expect(chi < 49)
  }

  /// P(connected) at p = (ln n + c) / n → exp(−e^−c), and the giant component at np = 1.5.
  @Test func gnpThresholds() throws {
    for (c, expected) in [(0.0, 0.3679), (1, 0.6922), (2, 0.8734)] {
      let z = (naturalLogarithm(1000) + c) / 1000 * 999
      let generator = try Fixture.generator(GnpNetwork.self, ["meanDegree": .number(z)])
      let result = try sample(1000) { graph in
        let network = try generator.network(
          NetworkDemand(agentCount: 1000, meanDegree: z), at: Fixture.random(2, network: graph))
        return [NetworkStatistics.components(of: network).count == 1 ? 1 : 0]
      }
      expect(result, [expected], slack: 0.01)
    }
    let generator = try Fixture.generator(GnpNetwork.self, ["meanDegree": .number(1.5)])
    expect(
      try sample(200) { graph in
        let network = try generator.network(
          NetworkDemand(agentCount: 1000, meanDegree: 1.5), at: Fixture.random(3, network: graph))
        return [Double(NetworkStatistics.components(of: network).largest) / 1000]
      }, [0.582812], slack: 0.008)
  }

  /// G(1000, 5000): mean degree exactly 10, variance 9.88012, triangles C(n,3) m(m−1)(m−2) / (M(M−1)(M−2)).
  @Test func gnm() throws {
    let generator = try Fixture.generator(GnmNetwork.self, ["meanDegree": .number(10)])
    let (n, m) = (1000.0, 5000.0)
    let pairs = n * (n - 1) / 2
    let triples = n * (n - 1) * (n - 2) / 6
    let triangles = triples * (m / pairs) * ((m - 1) / (pairs - 1)) * ((m - 2) / (pairs - 2))
    expect(
      try sample(400) { graph in
        let network = try generator.network(
          NetworkDemand(agentCount: 1000, meanDegree: 10), at: Fixture.random(4, network: graph))
        #expect(network.tieCount == 5000)
        return [degreeVariance(network), Double(NetworkStatistics.triangles(of: network).total)]
      }, [9.88012, triangles])
  }

  /// A larger m, or a larger z at attention 0, keeps every old tie.
  @Test func nestedNetworks() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      for type in [GnmNetwork.self, InfluenceNetwork.self, ChungLu.self] as [any NetworkGenerator.Type] {
        var old = Set<[Int]>()
        for z in [1.0, 2, 2.5, 6] {
          let generator = try type.init(ParameterValues(["meanDegree": .number(z), "attention": .number(0)]))
          #expect(generator.traits.nestsInMeanDegree)
          let network = try generator.network(
            NetworkDemand(agentCount: 100, meanDegree: z), at: Fixture.random(seed))
          let ties = Set((0..<100).flatMap { a in network.voices(of: a).map { [a, Int(network.targets[$0])] } })
          #expect(old.isSubset(of: ties))
          old = ties
        }
      }
    }
  }

  /// Connectors without equal mass only add ties to the influence network.
  @Test func connectorsAddTiesWithoutEqualMass() throws {
    let generator = try Fixture.generator(InfluenceNetwork.self, ["meanDegree": .number(3)])
    var demand = NetworkDemand(agentCount: 200, meanDegree: 3)
    let plain = generator.network(demand, at: Fixture.random(8))
    demand.gains = (0..<200).map { $0 < 10 ? 5 : 1 }
    demand.equalMass = false
    let raised = generator.network(demand, at: Fixture.random(8))
    for agent in 0..<200 {
      let old = Set(plain.targets[plain.voices(of: agent)])
      let new = Set(raised.targets[raised.voices(of: agent)])
      #expect(agent < 10 ? old.isSubset(of: new) : old == new)
    }
  }

  /// Σκ is kept by the gains to 1e-9.
  @Test func expectedTiesKeepTheirSum() {
    let address = Fixture.random(9)
    let latents = Latents(agentCount: 1000, at: address).connectivity
    var demand = NetworkDemand(agentCount: 1000, meanDegree: 7)
    demand.connectivity = latents.map { exponential($0 / 2) }
    let before = demand.expectedTies.reduce(0, +)
    demand.gains = latents.map { $0 > 1.5 ? 6 : 1 }
    #expect(abs(demand.expectedTies.reduce(0, +) / before - 1) < 1e-12)
    demand.equalMass = false
    #expect(demand.expectedTies.reduce(0, +) > 1.2 * before)
  }

  /// Watts–Strogatz: transitivity about C(0)(1 − p)³, degree variance (k/2) p (2 − p), share of degree 10.
  @Test(arguments: [
    (0.01, 0.6440, 0.0995, 0.9069), (0.1, 0.4783, 0.95, 0.4633), (0.5, 0.086, 3.75, 0.2046), (1, -1, 5, 0.1755),
  ])
  func wattsStrogatz(p: Double, transitivity: Double, variance: Double, tens: Double) throws {
    let generator = try Fixture.generator(WattsStrogatz.self, ["meanDegree": .whole(10), "rewiring": .number(p)])
    let result = try sample(60) { graph in
      let network = try generator.network(
        NetworkDemand(agentCount: 1000, meanDegree: 10), at: Fixture.random(10, network: graph))
      #expect(network.tieCount == 5000 && share(network) { $0 < 5 } == 0)
      return [
        degreeVariance(network), share(network) { $0 == 10 }, NetworkStatistics.clustering(of: network)?.global ?? 0,
      ]
    }
    // True to O(1/k): the published simulation values, with .012 for what the closed form leaves out.
    expect(result, transitivity < 0 ? [variance, tens] : [variance, tens, transitivity], slack: 0.012)
  }

  @Test func ringLatticeClustering() throws {
    let ring = try Fixture.generator(RingLattice.self, ["meanDegree": .whole(10)])
    let network = try ring.network(NetworkDemand(agentCount: 1000, meanDegree: 10), at: Fixture.random(1))
    #expect(abs((NetworkStatistics.clustering(of: network)?.global ?? 0) - 3 * 8 / (4 * 9.0)) < 1e-12)
    #expect(network.firstBrokenInvariant() == nil)
    // Mean distance of the ring of 1000 with degree 10: 50.450450, by breadth-first search from agent 0.
    var distances = [Int?](repeating: nil, count: 1000)
    distances[0] = 0
    var queue = [0]
    var head = 0
    while head < queue.count {
      let agent = queue[head]
      head += 1
      for place in network.voices(of: agent) where distances[Int(network.targets[place])] == nil {
        distances[Int(network.targets[place])] = (distances[agent] ?? 0) + 1
        queue.append(Int(network.targets[place]))
      }
    }
    let total = distances.reduce(0) { $0 + ($1 ?? 0) }
    #expect(abs(Double(total) / 999 - 50.450450) < 1e-5)
    #expect(throws: InvalidParameter.self) { try Fixture.generator(RingLattice.self, ["meanDegree": .whole(3)]) }
    #expect(throws: GenerationFailure.self) {
      try ring.network(NetworkDemand(agentCount: 10, meanDegree: 10), at: Fixture.random(1))
    }
  }

  /// Barabási–Albert, m = 3: p_k = 2m(m + 1) / (k(k + 1)(k + 2)), P(K ≥ 30) = .0129, 29,991 ties.
  @Test func barabasiAlbert() throws {
    let generator = try Fixture.generator(BarabasiAlbert.self, ["meanDegree": .whole(6)])
    let result = try sample(60) { graph in
      let network = try generator.network(
        NetworkDemand(agentCount: 10_000, meanDegree: 6), at: Fixture.random(11, network: graph))
      #expect(network.tieCount == 29_991)
      return [3, 4, 5, 6].map { k in share(network) { $0 == k } } + [share(network) { $0 >= 30 }]
    }
    expect(result, [0.4, 0.2, 0.114286, 0.071429, 0.0132], slack: 0.0006)
  }

  /// Chung–Lu: E[k_i] = Σ_{j ≠ i} (1 − exp(−w_i w_j / W)).
  @Test func chungLu() throws {
    let n = 300
    var demand = NetworkDemand(agentCount: n, meanDegree: 8)
    demand.connectivity = (0..<n).map { $0 % 10 == 0 ? 5 : 5.0 / 9 }
    let weights = demand.expectedTies
    let total = weights.reduce(0, +)
    func expected(_ i: Int) -> Double {
      (0..<n).reduce(0) { $1 == i ? $0 : $0 + probability(ofHazard: weights[i] * weights[$1] / total) }
    }
    let generator = try Fixture.generator(ChungLu.self, ["meanDegree": .number(8)])
    let result = sample(2000) { graph in
      let network = generator.network(demand, at: Fixture.random(12, network: graph))
      return [Double(network.outDegree(0)), Double(network.outDegree(1)), network.speaks(0, to: 10) ? 1 : 0]
    }
    expect(result, [expected(0), expected(1), probability(ofHazard: weights[0] * weights[10] / total)])
  }

  /// Influence network: out-ties Poisson with the given means; in-ties follow attention.
  @Test func influenceNetwork() throws {
    let n = 4000
    var demand = NetworkDemand(agentCount: n, meanDegree: 5)
    demand.connectivity = (0..<n).map { $0 < 400 ? 5.5 : 0.5 }
    let expected = demand.expectedTies
    for attention in [0.0, 1] {
      let generator = try Fixture.generator(
        InfluenceNetwork.self, ["meanDegree": .number(5), "attention": .number(attention)])
      let result = sample(400) { graph in
        let network = generator.network(demand, at: Fixture.random(13, network: graph))
        return [Double(network.outDegree(0)), Double(network.outDegree(3999)), Double(network.inDegrees[0])]
      }
      // Distinct picks thin the in-ties of the popular: a share of about 27.5 · 27.5 / 20,000 of them can repeat.
      expect(result, [expected[0], expected[3999], attention == 0 ? 5 : 27.5], slack: attention == 0 ? 0.02 : 0.55)
    }
  }

  /// Weighted picks that would wait for ever: a hub that speaks to everyone among agents of almost no weight.
  @Test func attentionAlwaysEnds() throws {
    let generator = try Fixture.generator(
      InfluenceNetwork.self, ["meanDegree": .number(20), "attention": .number(1)])
    var demand = NetworkDemand(agentCount: 200, meanDegree: 20)
    demand.connectivity = (0..<200).map { $0 == 0 ? 199 : $0 % 3 == 0 ? 0 : 1e-12 }
    let network = generator.network(demand, at: Fixture.random(1))
    #expect(network.firstBrokenInvariant() == nil)
    // Agent 0 wants all others; those without any weight cannot be picked.
    #expect(network.outDegree(0) == 199 - 66)
    #expect((1..<200).allSatisfy { network.inDegrees[$0] == ($0 % 3 == 0 ? 0 : 1) })
  }

  /// Degree variation γ: Var k = z² γ² for Chung–Lu and the influence network.
  @Test(arguments: [0.8, 1.5])
  func degreeVariation(gamma: Double) throws {
    let z = 6.0
    let law = try #require(DegreeVariation.connectivityLaw(variation: gamma, meanDegree: z))
    for type in [ChungLu.self, InfluenceNetwork.self] as [any NetworkGenerator.Type] {
      let generator = try type.init(
        ParameterValues(["meanDegree": .number(z), "degreeCV": .number(gamma), "attention": .number(0)]))
      let result = try sample(60) { graph in
        let address = Fixture.random(14, network: graph)
        var demand = NetworkDemand(agentCount: 4000, meanDegree: z)
        demand.connectivity = Latents(agentCount: 4000, at: address).connectivity.map {
          law.value(at: Quantile.normalCumulative($0))
        }
        let network = try generator.network(demand, at: address)
        return [NetworkStatistics(of: network).degreeVariation ?? 0]
      }
      // Chung–Lu loses repeats between the best connected: a little variation.
      expect(result, [gamma], slack: 0.03)
    }
    #expect(DegreeVariation.connectivityLaw(variation: 1 / z.squareRoot(), meanDegree: z) == nil)
    #expect(throws: InvalidParameter.self) {
      try Fixture.generator(ChungLu.self, ["meanDegree": .number(4), "degreeCV": .number(0.4)])
    }
  }

  /// Planted blocks: mean degree z, share outside μ; connectors with a span have more of it, the others less.
  @Test func plantedBlocks() throws {
    let generator = try Fixture.generator(
      PlantedBlocks.self, ["meanDegree": .number(10), "groups": .whole(4), "mixing": .number(0.2)])
    let n = 1000
    func outside(_ network: Network, _ agents: Range<Int>) -> Double {
      var out = 0
      var all = 0
      for agent in agents {
        for place in network.voices(of: agent) {
          all += 1
          let other = Int(network.targets[place])
          out += generator.group(of: agent, agentCount: n) == generator.group(of: other, agentCount: n) ? 0 : 1
        }
      }
      return Double(out) / Double(max(1, all))
    }
    expect(
      try sample(200) { graph in
        let network = try generator.network(
          NetworkDemand(agentCount: n, meanDegree: 10), at: Fixture.random(15, network: graph))
        let groups = (0..<n).map { generator.group(of: $0, agentCount: n) }
        return [
          network.meanDegree, outside(network, 0..<n), NetworkStatistics.modularity(of: network, groups: groups) ?? 0,
        ]
      }, [10, 0.2, 0.8 - 0.25], slack: 0.2)
    var demand = NetworkDemand(agentCount: n, meanDegree: 10)
    demand.spans = (0..<n).map { $0 % 250 < 25 ? 3 : 1 }
    let shares = sampleShares(
      try (1...100).map { graph in
        let network = try generator.network(demand, at: Fixture.random(16, network: graph))
        return [outside(network, 0..<25), outside(network, 25..<250)]
      })
    // μ_i = μ S_i Σκ / Σ(κS): .2 · 3 / 1.2 = .5 and .2 / 1.2 = .1667. Ties inside lose repeats, so shares rise a little.
    #expect(abs(shares[0] - 0.5) < 0.02 && abs(shares[1] - 1 / 6.0) < 0.02)
    demand.spans = (0..<n).map { $0 == 0 ? 100 : 1 }
    #expect(throws: GenerationFailure.self) { try generator.network(demand, at: Fixture.random(1)) }
  }

  private func sampleShares(_ rows: [[Double]]) -> [Double] {
    rows[0].indices.map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
  }

  /// Configuration model: degrees are exactly what the latents say, up to one stub; no loops, no repeats.
  @Test func configurationModel() throws {
    let law = PowerLaw(exponent: 2, cutoff: 40)
    let generator = ConfigurationModel(ParameterValues(["degrees": .distribution(law)]))
    for graph in 1...30 {
      let address = Fixture.random(17, network: graph)
      var demand = NetworkDemand(agentCount: 500, meanDegree: law.mean)
      demand.latents = Latents(agentCount: 500, at: address).connectivity
      let network = try generator.network(demand, at: address)
      #expect(network.firstBrokenInvariant() == nil)
      let wanted = demand.latents.map { Int(law.value(at: Quantile.normalCumulative($0))) }
      let extra = (0..<500).reduce(0) { $0 + abs(network.outDegree($1) - wanted[$1]) }
      #expect(extra == wanted.reduce(0, +) % 2)
    }
  }

  /// Two ties between four agents of degree one: the three matchings are equally likely.
  @Test func configurationModelIsUniform() throws {
    let generator = ConfigurationModel(
      ParameterValues([
        "degrees": .distribution(try ListedValues(ParameterValues(["values": .wholes([1, 1, 1, 1])])))
      ]))
    var counts = [0.0, 0, 0]
    for graph in 1...3000 {
      let network = try generator.network(
        NetworkDemand(agentCount: 4, meanDegree: 1), at: Fixture.random(18, network: graph))
      counts[Int(network.targets[0]) - 1] += 1
    }
    #expect(counts.reduce(0) { $0 + ($1 - 1000) * ($1 - 1000) / 1000 } < 23)
  }

  @Test func graphicalSequences() {
    #expect(ConfigurationModel.isGraphical([3, 3, 3, 3]) && ConfigurationModel.isGraphical([]))
    #expect(ConfigurationModel.isGraphical([2, 2, 2]) && !ConfigurationModel.isGraphical([3, 3, 1, 1]))
    #expect(!ConfigurationModel.isGraphical([1]) && !ConfigurationModel.isGraphical([4, 1, 1, 1]))
    // All sequences of five degrees against brute force: a graph exists if some set of ties has these degrees.
    var graphical = Set<[Int]>()
    let pairs = (0..<5).flatMap { a in (a + 1..<5).map { (a, $0) } }
    for mask in 0..<1 << 10 {
      var degrees = [0, 0, 0, 0, 0]
      for (bit, pair) in pairs.enumerated() where mask & 1 << bit != 0 {
        degrees[pair.0] += 1
        degrees[pair.1] += 1
      }
      graphical.insert(degrees)
    }
    for code in 0..<3125 {
      let degrees = (0..<5).map { code / [1, 5, 25, 125, 625][$0] % 5 }
      #expect(ConfigurationModel.isGraphical(degrees) == graphical.contains(degrees))
    }
  }

  @Test func completeNetwork() throws {
    let complete = try CompleteNetwork(ParameterValues([:]))
      .network(NetworkDemand(agentCount: 6, meanDegree: 0), at: Fixture.random(1))
    #expect(complete.tieCount == 15 && complete.firstBrokenInvariant() == nil)
  }
}
