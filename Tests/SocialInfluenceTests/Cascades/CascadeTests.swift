@testable import SocialInfluence
import Testing

@Suite struct CascadeTests {
  private func outcome(_ queue: [UInt32], _ stepEnds: [Int]) -> Workspace.Outcome {
    var outcome = Workspace.Outcome()
    (outcome.queue, outcome.stepEnds) = (queue, stepEnds)
    return outcome
  }

  /// 2 seeds, then 3, then 5 adopters of 12.
  @Test func handComputed() {
    var membership = RoleMembership(agentCount: 12)
    membership.assign(.connector, fraction: 0.25, latents: (0..<12).map(Double.init), at: Fixture.random(1))
    membership.assign(.maven, fraction: 1.0 / 12, latents: (0..<12).map(Double.init), at: Fixture.random(1))
    let cascade = Cascade(
      outcome([11, 0, 10, 1, 2, 3, 4, 5, 6, 7], [2, 5, 10]), network: Fixture.cycle(12), membership: membership)
    #expect(cascade.seeds == 2 && cascade.size == 10 && cascade.steps == 2)
    #expect(cascade.peakStep == 2 && cascade.peakAdoptions == 5)
    #expect(cascade.timeTo10 == 0 && cascade.timeTo50 == 1 && cascade.timeTo90 == 2)
    // Connectors are 9, 10, 11, the maven is 11: adopters 10 and 11 are few.
    #expect(cascade.fewAdopters == 2 && cascade.adoptersByRole == [2, 1, 0])
    #expect(cascade.earlyMeanOutTies == nil)
  }

  @Test func nobodyFollows() {
    let cascade = Cascade(
      outcome([3], [1]), network: Fixture.cycle(12), membership: RoleMembership(agentCount: 12))
    #expect(cascade.steps == 0 && cascade.peakStep == nil && cascade.peakAdoptions == nil && cascade.timeTo90 == 0)
  }

  /// A star's hub last among the first hundred: 99 leaves with one tie, then by id.
  @Test func earlyAdoptersAreTakenByStepThenById() {
    let star = Fixture.star(201)
    let queue = (1...60).map { UInt32($0) } + (61...120).reversed().map { UInt32($0) } + [0]
    let cascade = Cascade(
      outcome(queue, [60, 121]), network: star, membership: RoleMembership(agentCount: 201))
    // Step 1 by id: the hub 0 comes first, then leaves 61 … 99.
    #expect(cascade.earlyMeanOutTies == (99 + 200) / 100.0)
  }
}

extension CascadeTests {
  /// Against sorting the whole step, which has hardly more, many more, or ids far from 0; each agent has its own out-ties.
  @Test(arguments: [(40, 61, 0), (0, 101, 7), (99, 2, 2800), (17, 2000, 0), (3, 500, 2400)])
  func earlyAdoptersOfManyAreTheLowestIds(before: Int, size: Int, first: Int) {
    let ties = (0..<3000).flatMap { agent in (0..<agent % 7).map { (agent, (agent + 1 + $0) % 3000) } }
    let network = Fixture.network(3000, ties, isDirected: true)
    let queue = (0..<before + size).map { UInt32(first + ($0 * 7919) % (before + size)) }
    let cascade = Cascade(
      outcome(queue, before > 0 ? [before, before + size] : [size]), network: network,
      membership: RoleMembership(agentCount: 3000))
    let early = queue[..<before] + queue[before...].sorted()[..<(100 - before)]
    #expect(cascade.earlyMeanOutTies == Double(early.reduce(0) { $0 + Int($1) % 7 }) / 100)
  }

  /// More adopters than a byte counts.
  @Test(arguments: [0, 254, 255, 256, 1000])
  func rolesOfMany(size: Int) {
    var membership = RoleMembership(agentCount: 1200)
    membership.assign(
      .connector, fraction: 0.3, latents: (0..<1200).map { Double($0 * 7 % 1200) }, at: Fixture.random(1))
    membership.assign(.maven, fraction: 0.2, latents: (0..<1200).map { Double($0 * 11 % 1200) }, at: Fixture.random(1))
    membership.assign(.salesman, fraction: 0.9, latents: (0..<1200).map(Double.init), at: Fixture.random(1))
    let queue = (0..<1200).map { UInt32($0 * 13 % 1200) }
    let cascade = Cascade(outcome(queue, [size]), network: Fixture.cycle(1200), membership: membership)
    #expect(cascade.fewAdopters == queue[..<size].count { membership.isFew(Int($0)) })
    #expect(
      cascade.adoptersByRole == Role.allCases.map { role in queue[..<size].count { membership.has(role, Int($0)) } })
  }
}

@Suite struct ReachTests {
  /// What is added up for some and for everyone is the sum of what each reaches, under every family of rules; and that, under
  /// hazards, the sum of the chances of its voices.
  @Test func totalsAreSumsOfEach() throws {
    let world = try Fixture.generator(InfluenceNetwork.self, ["meanDegree": .number(5)])
    let network = world.network(NetworkDemand(agentCount: 700, meanDegree: 5), at: Fixture.random(3))
    var words = Fixture.random(8).stream(.coins)
    let weights = (0..<network.voiceCount).map { _ in words.below(9) == 0 ? 0 : 4 * words.uniform() }
    let responses = (0..<700).map { _ in words.below(5) == 0 ? 0 : 2 * words.uniform() }
    let few = (0..<UInt32(700)).filter { $0 % 9 == 4 }
    func cascade(_ by: String, _ law: any Distribution) throws -> IndependentCascade {
      try IndependentCascade(
        ParameterValues(["probability": .distribution(law), "by": .text(by), "coins": .text("needs")]))
    }
    let spread = BetaLaw(ParameterValues(["mean": .number(0.3), "concentration": .number(5)]))
    let rules: [any ContagionRule] = [
      try Fixture.cascade(0.2), try Fixture.cascade(1), try cascade("listener", spread), try cascade("tie", spread),
      WeightedCascade(ParameterValues(["coins": .text("needs")])), Fixture.fractional(0.3), Fixture.absolute(1.5),
    ]
    for rule in rules {
      for isWeighted in [false, true] {
        for isEven in [true, false] {
          var simulator = Simulator(network, rule)
          (simulator.story, simulator.weights) = (1.25, isWeighted ? weights : nil)
          simulator.susceptibility = isEven ? [] : responses
          let audience = simulator.audience(Fixture.random(5))
          let each = try #require(rule.reach(audience, on: network))
          let totals = try #require(rule.reachTotals(audience, on: network, of: few))
          let own = few.reduce(0) { $0 + each[Int($1)] }
          let everyone = each.reduce(0, +)
          #expect(abs(totals.eligible - own) <= 1e-12 * own, "\(rule)")
          #expect(abs(totals.everyone - everyone) <= 1e-12 * everyone, "\(rule)")
          guard let hazards = rule as? any HazardRule else { continue }
          for speaker in 0..<700 {
            let chances = network.voices(of: speaker).map { place in
              let listener = audience.listeners.listener(Int(network.targets[place]), on: network, place: place)
              let weight = isWeighted ? weights[place] : 1
              guard weight > 0 && listener.responsiveness > 0 else { return 0.0 }
              return probability(ofHazard: hazards.voiceHazard(weight, listener) * listener.responsiveness)
            }
            #expect(abs(each[speaker] - chances.reduce(0, +)) <= 1e-11, "\(rule)")
          }
        }
      }
    }
  }

  /// Exposures of many voices are those of each, to the bit; needs handed in are as good as needs worked out.
  @Test func exposuresAndNeedsOfManyAreThoseOfEach() throws {
    let network = Fixture.karate
    var words = Fixture.random(8).stream(.coins)
    let weights = (0..<network.voiceCount).map { place in
      place < 3 ? [0, 1e12, 1e-12][place] : 3 * words.uniform()
    }
    let rules: [any NeedRule] = [
      try Fixture.cascade(0.2), try Fixture.cascade(0.999), try Fixture.cascade(1), Fixture.fractional(0.3),
      Fixture.absolute(1.5), WeightedCascade(ParameterValues(["coins": .text("needs")])),
    ]
    for rule in rules {
      var simulator = Simulator(network, rule)
      (simulator.story, simulator.weights) = (1.25, weights)
      var audience = simulator.audience(Fixture.random(5))
      var exposures = [UInt64](repeating: 0, count: network.voiceCount)
      rule.fillExposures(&exposures, weights: weights, audience.listeners, network)
      for place in weights.indices {
        let listener = audience.listeners.listener(Int(network.targets[place]), on: network, place: place)
        #expect(exposures[place] == rule.exposure(weights[place], on: listener), "\(rule), \(weights[place])")
      }
      var (worked, handed) = (Workspace(), Workspace())
      try rule.spread(from: [0, 5], on: network, audience, at: Fixture.random(5), in: &worked)
      audience.units = rule.units(audience, on: network)
      try rule.spread(from: [0, 5], on: network, audience, at: Fixture.random(5), in: &handed)
      #expect(worked.outcome.queue == handed.outcome.queue && worked.outcome.stepEnds == handed.outcome.stepEnds)
    }
  }

  @Test func byHand() throws {
    let star = Fixture.star(5)
    let rule = try Fixture.cascade(0.2)
    var simulator = Simulator(star, rule)
    let reach = try #require(rule.reach(simulator.audience(Fixture.random(1)), on: star))
    #expect(abs(reach[0] - 0.8) < 1e-12 && abs(reach[1] - 0.2) < 1e-12)
    simulator.weights = [Double](repeating: 2, count: star.voiceCount)
    let weighted = try #require(rule.reach(simulator.audience(Fixture.random(1)), on: star))
    #expect(abs(weighted[1] - 0.36) < 1e-12)
    #expect(Reach.ofCounts([1, 1, 2, 1, 3], on: star) == [2, 1, 1, 1, 1])
    let exposures = [UInt64](repeating: 10, count: star.voiceCount)
    #expect(Reach.ofUnits([11, 10, 5, 11, 12], exposures: exposures, on: star) == [2, 0, 0, 0, 0])
  }
}
