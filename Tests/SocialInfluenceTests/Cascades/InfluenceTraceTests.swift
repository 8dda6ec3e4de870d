@testable import SocialInfluence
import Testing

/// Who convinced whom, on networks small enough to say it by hand.
@Suite struct InfluenceTraceTests {
  private func trace(
    _ network: Network, _ rule: any ContagionRule, _ seeds: [UInt32], draw: Int = 1, weights: [Double]? = nil
  ) throws -> (trace: InfluenceTrace, outcome: Workspace.Outcome) {
    let address = Fixture.random(1, draw: draw)
    var workspace = Workspace()
    workspace.notesTalkers = true
    let audience = Audience(Listeners(rule, on: network, at: address), weights: weights)
    try rule.spread(from: seeds, on: network, audience, at: address, in: &workspace)
    let traced = Traced(workspace.outcome, audience, on: network, Listening(network), at: address)
    return (rule.trace(traced), workspace.outcome)
  }

  private func make(_ type: any ContagionRule.Type, _ values: [String: ParameterValue]) throws -> any ContagionRule {
    try type.init(ParameterValues(values))
  }

  /// 0 and 1 meet the threshold of 2 together: 1 : 3 by weight; 2 then convinces 3 alone.
  @Test func thresholdsShareByWeight() throws {
    let network = Fixture.network(4, [(0, 2), (1, 2), (2, 3)], isDirected: true)
    let made = try trace(network, Fixture.absolute(1.5), [0, 1], weights: [0.5, 1.5, 2])
    #expect(made.trace.adopters == [0, 1, 2, 3] && made.trace.steps == [0, 0, 1, 2])
    #expect(made.trace.credits(at: 0).isEmpty && made.trace.credits(at: 1).isEmpty)
    #expect(made.trace.credits(at: 2).map(\.share) == [0.25, 0.75])
    #expect(made.trace.credits(at: 2).map(\.source) == [0, 1])
    #expect(made.trace.credits(at: 3).map(\.source) == [2])
    let credit = CreditShares(made.trace, agentCount: 4)
    #expect(credit.direct == [0.25, 0.75, 1, 0])
    // 2 brought 3, and a quarter of both goes to 0.
    #expect(credit.downstream == [0.5, 1.5, 1, 0])
  }

  /// Every rule: credits add up to 1, speakers had adopted before, and seeds have none.
  @Test func creditsAddUp() throws {
    let one: ParameterValue = .number(1)
    let sure: ParameterValue = .distribution(Constant(value: 2))
    let rules: [any ContagionRule] = [
      try Fixture.cascade(0.3), try Fixture.cascade(0.3, ties: true, ceiling: 0.2), Fixture.fractional(0.2),
      try make(WeightedCascade.self, ["coins": .text("needs")]), try make(LinearThreshold.self, [:]),
      try make(AdoptionTable.self, ["chances": .numbers([0.2, 0.5])]),
      try make(BelowThresholdPerExposure.self, ["threshold": sure, "below": .number(0.2)]),
      try make(SusceptibleInfected.self, ["transmission": .number(0.2), "steps": .whole(10)]),
      try make(
        SusceptibleInfectedRecovered.self,
        ["transmission": .number(0.2), "recovery": .number(0.3), "steps": .whole(100)]),
      try make(
        SusceptibleInfectedSusceptible.self,
        ["transmission": .number(0.2), "recovery": .number(0.3), "steps": .whole(20)]),
      try make(ContinuousSIR.self, ["transmissionRate": .number(0.4), "recoveryRate": one, "stepLength": one]),
      try make(BassRule.self, ["innovation": .number(0.02), "imitation": .number(0.5), "steps": .whole(10)]),
      try make(
        TalkOfTheNetwork.self,
        [
          "advertising": .number(0.01), "strong": .number(0.2), "weak": .number(0.1), "meetings": .whole(3),
          "steps": .whole(10),
        ]),
      try make(BelowThresholdPerStep.self, ["threshold": sure, "below": .number(0.2), "steps": .whole(10)]),
      try make(
        InfluentialsAndImitators.self,
        [
          "influentials": .number(0.3), "weight": .number(0.7), "innovation": .number(0.05),
          "imitation": .number(0.4), "imitatorsInnovation": .number(0.01), "imitatorsImitation": .number(0.4),
          "steps": .whole(10),
        ]),
    ]
    for rule in rules {
      for draw in 1...20 {
        let made = try trace(Fixture.karate, rule, [0, 16], draw: draw)
        let steps = AdoptionSteps(made.outcome, agentCount: 34)
        #expect(made.trace.adopters == Array(made.outcome.queue.prefix(made.outcome.size)))
        for place in made.trace.adopters.indices {
          let credits = made.trace.credits(at: place)
          guard made.trace.steps[place] > 0 else {
            #expect(credits.isEmpty)
            continue
          }
          #expect(abs(credits.reduce(0) { $0 + $1.share } - 1) < 1e-12)
          let isContinuous = rule is ContinuousSIR
          let areEarlier = credits.allSatisfy { credit in
            credit.source.map { steps.hasAdopted(Int($0), before: made.trace.steps[place] + (isContinuous ? 1 : 0)) }
              ?? true
          }
          #expect(areEarlier)
        }
      }
    }
  }

  /// Recording who talks changes nothing.
  @Test func tracingChangesNothing() throws {
    let rule = try make(
      SusceptibleInfectedSusceptible.self,
      ["transmission": .number(0.2), "recovery": .number(0.3), "steps": .whole(20)])
    for draw in 1...50 {
      let address = Fixture.random(1, draw: draw)
      var plain = Workspace()
      try rule.spread(
        from: [0], on: Fixture.karate, Audience(Listeners(rule, on: Fixture.karate, at: address)), at: address,
        in: &plain)
      let traced = try trace(Fixture.karate, rule, [0], draw: draw).outcome
      #expect(plain.outcome.stepEnds == traced.stepEnds && plain.outcome.prevalence == traced.prevalence)
      #expect(plain.outcome.queue.prefix(plain.outcome.size) == traced.queue.prefix(traced.size))
    }
  }
}

@Suite struct DiffusionForestTests {
  /// Two roots; 2 and 3 on 0, 4 on 2.
  @Test func handComputed() {
    let forest = DiffusionForest(parents: [-1, -1, 0, 0, 2])
    #expect(forest.depths == [0, 0, 1, 1, 2] && forest.generationSizes == [2, 2, 1])
    #expect(forest.reproduction == [1, 0.5, 0] && forest.subtreeSizes == [4, 1, 2, 1, 1])
    // Tree 0, 2, 3, 4: distances 1, 1, 2, 2, 1, 3 over six pairs.
    #expect(abs(forest.structuralVirality - 10.0 / 6) < 1e-12)
  }

  /// Against the mean over all pairs, by walking up from both ends.
  @Test func structuralViralityAgainstAllPairs() {
    var words = Fixture.random(3).stream(.selection)
    for _ in 0..<50 {
      let parents = (0..<40).map { $0 == 0 ? -1 : words.below($0) }
      let forest = DiffusionForest(parents: parents)
      var sum = 0
      for a in 0..<40 {
        for b in 0..<a {
          var (x, y, distance) = (a, b, 0)
          while x != y {
            // Parents stand before their children.
            if x > y { x = parents[x] } else { y = parents[y] }
            distance += 1
          }
          sum += distance
        }
      }
      #expect(abs(forest.structuralVirality - Double(sum) / 780) < 1e-12)
    }
  }

  /// One agent holds all credit, or two hold half each.
  @Test func giniAndLorenz() throws {
    let star = Fixture.star(5)
    let rule = try Fixture.cascade(1)
    var simulator = Simulator(star, rule)
    let address = Fixture.random(1)
    simulator.run([0], address)
    let trace = rule.trace(
      Traced(simulator.outcome, simulator.audience(address), on: star, Listening(star), at: address))
    let credit = CreditShares(trace, agentCount: 5)
    #expect(credit.direct == [4, 0, 0, 0, 0])
    #expect(abs((credit.gini ?? 0) - 0.8) < 1e-12 && credit.topShare(0.2) == 1)
    #expect(credit.lorenz(steps: 5) == [0, 0, 0, 0, 0, 1])
    let nobody = CreditShares(InfluenceTrace(), agentCount: 3)
    #expect(nobody.gini == nil && nobody.topShare(0.5) == nil && nobody.lorenz(steps: 2) == nil)
  }
}
