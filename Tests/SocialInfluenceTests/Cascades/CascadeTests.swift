import SocialInfluence
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
    #expect(cascade.adoptersFew == 2 && cascade.adoptersByRole == [2, 1, 0])
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

@Suite struct ReachTests {
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
