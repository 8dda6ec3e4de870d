@testable import SocialInfluence
import Testing

@Suite struct EpidemicKernelTests {
  private func sir(_ b: Double, _ more: [String: ParameterValue]) throws -> SusceptibleInfectedRecovered {
    let values: [String: ParameterValue] = ["transmission": .number(b), "steps": .whole(1000)]
    return try SusceptibleInfectedRecovered(ParameterValues(values.merging(more) { $1 }))
  }

  /// A period of one round is the independent cascade: the same needs, the same adopters in the same steps.
  @Test func oneRoundIsTheCascade() throws {
    for rule in [try sir(0.2, ["recovery": .number(1)]), try sir(0.2, ["period": .whole(1)])] {
      for weights in [nil, [Double](repeating: 1.5, count: Fixture.karate.voiceCount)] {
        var epidemic = Simulator(Fixture.karate, rule)
        var cascade = Simulator(Fixture.karate, try Fixture.cascade(0.2))
        (epidemic.weights, cascade.weights) = (weights, weights)
        for draw in 1...500 {
          epidemic.run([0], Fixture.random(4, draw: draw))
          cascade.run([0], Fixture.random(4, draw: draw))
          #expect(epidemic.stepEnds == cascade.stepEnds && Set(epidemic.order) == Set(cascade.order))
        }
      }
    }
  }

  /// Where every round convinces, an epidemic on a ring goes one agent a round to each side, and no further than its steps.
  @Test func certainTransmissionEndsAtTheLastStep() throws {
    for coins in ["needs", "ties"] {
      var epidemic = Simulator(
        Fixture.cycle(100), try sir(1, ["period": .whole(1), "steps": .whole(3), "coins": .text(coins)]))
      epidemic.run([0], Fixture.random(3))
      #expect(epidemic.stepEnds == [1, 3, 5, 7], "\(coins)")
    }
  }

  /// More talk and longer periods never lose an adopter of SIR.
  @Test func monotone() throws {
    for draw in 1...1000 {
      let address = Fixture.random(5, draw: draw)
      func adopters(_ b: Double, _ period: Int, _ seeds: [UInt32]) throws -> Set<UInt32> {
        var simulator = Simulator(Fixture.karate, try sir(b, ["period": .whole(period)]))
        simulator.run(seeds, address)
        return Set(simulator.order)
      }
      let few = try adopters(0.05, 2, [7])
      #expect(few.isSubset(of: try adopters(0.08, 2, [7])))
      #expect(few.isSubset(of: try adopters(0.05, 3, [7])))
      #expect(few.isSubset(of: try adopters(0.05, 2, [7, 20])))
    }
  }

  /// With coins by ties too: more talk, longer periods and more seeds never lose an adopter; one round is the cascade.
  @Test func monotoneByTies() throws {
    let ties: [String: ParameterValue] = ["coins": .text("ties"), "ceiling": .number(0.08)]
    for draw in 1...1000 {
      let address = Fixture.random(15, draw: draw)
      func adopters(_ b: Double, _ period: Int, _ seeds: [UInt32]) throws -> Set<UInt32> {
        var simulator = Simulator(Fixture.karate, try sir(b, ties.merging(["period": .whole(period)]) { $1 }))
        simulator.run(seeds, address)
        return Set(simulator.order)
      }
      let few = try adopters(0.05, 2, [7])
      #expect(few.isSubset(of: try adopters(0.08, 2, [7])))
      #expect(few.isSubset(of: try adopters(0.12, 2, [7])))
      #expect(few.isSubset(of: try adopters(0.05, 3, [7])))
      #expect(few.isSubset(of: try adopters(0.05, 2, [7, 20])))
      var cascade = Simulator(Fixture.karate, try Fixture.cascade(0.2, ties: true, ceiling: 0.08))
      cascade.run([7], address)
      #expect(try adopters(0.2, 1, [7]) == Set(cascade.order))
    }
  }

  /// Longer than the address has layers for: refused, and the workspace is as good as new.
  @Test func tooManyLayers() throws {
    let long = try sir(0.5, ["coins": .text("ties"), "ceiling": .number(0.001), "period": .whole(900)])
    let short = try sir(0.5, ["coins": .text("ties"), "ceiling": .number(0.001), "period": .whole(2)])
    var workspace = Workspace()
    let network = Fixture.karate
    func run(_ rule: SusceptibleInfectedRecovered) throws(GenerationFailure) -> [UInt32] {
      let audience = Audience(Listeners(rule, on: network, at: Fixture.random(1)))
      try rule.spread(from: [0], on: network, audience, at: Fixture.random(1), in: &workspace)
      return Array(workspace.outcome.queue[..<workspace.outcome.size])
    }
    let before = try run(short)
    #expect(throws: GenerationFailure.self) { try run(long) }
    #expect(try run(short) == before && before.count > 1)
  }

  /// Rounds without adoptions stand in the curve, and the last step is the last with one.
  @Test func quietRounds() throws {
    var simulator = Simulator(Fixture.path(3), try sir(0.1, ["period": .whole(200)]))
    for draw in 1...200 {
      simulator.run([0], Fixture.random(6, draw: draw))
      let ends = simulator.stepEnds
      #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(ends.count == 1 || ends[ends.count - 1] > ends[ends.count - 2])
    }
  }

  @Test func periodsAreRefusedTwice() {
    #expect(throws: InvalidParameter.self) { try sir(0.1, [:]) }
    #expect(throws: InvalidParameter.self) { try sir(0.1, ["period": .whole(2), "recovery": .number(0.1)]) }
  }

  /// A listener that never responds is never worn down, however many rounds it hears.
  @Test func neverStaysNever() throws {
    let rule = SusceptibleInfected(ParameterValues(["transmission": .number(1), "steps": .whole(50)]))
    var simulator = Simulator(Fixture.path(3), rule)
    simulator.susceptibility = [1, 0, 1]
    simulator.run([0], Fixture.random(1))
    #expect(simulator.order == [0])
  }

  /// SIS comes back to the same agent: on a pair with sure transmission and a period of one, each talks in turn.
  @Test func turnsOnAPair() throws {
    let rule = try SusceptibleInfectedSusceptible(
      ParameterValues(["transmission": .number(1), "period": .whole(1), "steps": .whole(10)]))
    var simulator = Simulator(Fixture.path(2), rule)
    simulator.run([0], Fixture.random(1))
    // One of two talks in every round.
    #expect(simulator.outcome.prevalence == 0.5 && simulator.size == 2 && simulator.stepEnds == [1, 2])
  }
}

@Suite struct ContinuousKernelTests {
  /// Adopters come in order of time, in their steps, each convinced by an earlier talker who speaks to it.
  @Test func orderOfEvents() throws {
    let rule = try ContinuousSIR(
      ParameterValues([
        "transmissionRate": .number(0.5), "recoveryRate": .number(1), "stepLength": .number(0.25),
      ]))
    var simulator = Simulator(Fixture.karate, rule)
    for draw in 1...300 {
      simulator.run([0, 33], Fixture.random(7, draw: draw))
      let outcome = simulator.outcome
      #expect(outcome.moments == outcome.moments.sorted() && outcome.moments.count == outcome.size)
      #expect(outcome.stepEnds[0] == 2)
      var step = 0
      for place in 0..<outcome.size {
        while outcome.stepEnds[step] <= place { step += 1 }
        #expect(outcome.moments[place] <= Double(step) * 0.25 + 1e-12)
        guard place >= 2 else { continue }
        let speaks = Fixture.karate.speaks(Int(outcome.sources[place]), to: Int(outcome.queue[place]))
        #expect(speaks)
      }
    }
  }

  /// A better story only brings adoptions forward.
  @Test func storyBringsForward() throws {
    let rule = try ContinuousSIR(
      ParameterValues(["transmissionRate": .number(0.3), "period": .number(1), "stepLength": .number(1)]))
    for draw in 1...500 {
      var plain = Simulator(Fixture.karate, rule)
      var better = plain
      better.story = 1.5
      plain.run([5], Fixture.random(8, draw: draw))
      better.run([5], Fixture.random(8, draw: draw))
      #expect(Set(plain.order).isSubset(of: Set(better.order)))
    }
  }

  @Test func tooManySteps() throws {
    let rule = try ContinuousSIR(
      ParameterValues(["transmissionRate": .number(1), "period": .number(1e9), "stepLength": .number(1e-9)]))
    var workspace = Workspace()
    let network = Fixture.path(3)
    #expect(throws: GenerationFailure.self) {
      try rule.spread(
        from: [0], on: network, Audience(Listeners(rule, on: network, at: Fixture.random(1))), at: Fixture.random(1),
        in: &workspace)
    }
  }
}

@Suite struct StepKernelTests {
  private func bass(_ p: Double, _ q: Double, steps: Int = 50) throws -> BassRule {
    try BassRule(ParameterValues(["innovation": .number(p), "imitation": .number(q), "steps": .whole(steps)]))
  }

  @Test func edges() throws {
    var alone = Simulator(Fixture.network(4, []), try bass(1, 0))
    alone.run([], Fixture.random(1))
    #expect(alone.stepEnds == [0, 4])
    var nobody = Simulator(Fixture.clique(4), try bass(0, 0.5))
    nobody.run([], Fixture.random(1))
    #expect(nobody.stepEnds == [0])
    // q = 1 on a path: everybody whose only neighbor has adopted follows for sure.
    var sure = Simulator(Fixture.star(6), try bass(0, 1))
    sure.run([0], Fixture.random(1))
    #expect(sure.stepEnds == [1, 6])
    #expect(throws: InvalidParameter.self) { try bass(0.6, 0.6) }
  }

  /// The workspace is clean for the next cascade, whatever the last one was.
  @Test func nothingIsLeftBehind() throws {
    let rule = try bass(0.02, 0.5, steps: 6)
    var reused = Simulator(Fixture.karate, rule)
    for draw in 1...100 {
      reused.run([3], Fixture.random(9, draw: draw))
      var fresh = Simulator(Fixture.karate, rule)
      fresh.run([3], Fixture.random(9, draw: draw))
      #expect(reused.order == fresh.order && reused.stepEnds == fresh.stepEnds)
    }
  }
}
