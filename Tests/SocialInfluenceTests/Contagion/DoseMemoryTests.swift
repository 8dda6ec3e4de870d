@testable import SocialInfluence
import Testing

@Suite struct DoseMemoryTests {
  private static func rule(
    threshold: any Distribution, dose: any Distribution = Constant(value: 1), memory: Int, recovery: Double = 1,
    resusceptibility: Double = 1, anybody: Bool = false, steps: Int, exposure: Double
  ) -> DoseMemory {
    DoseMemory(
      ParameterValues([
        "exposure": .number(exposure), "dose": .distribution(dose), "threshold": .distribution(threshold),
        "memory": .whole(memory), "recovery": .number(recovery), "resusceptibility": .number(resusceptibility),
        "contacts": .text(anybody ? "anybody" : "voices"), "steps": .whole(steps),
      ]))
  }

  /// The rule by its definition, every dose of every agent kept for ever, sums of real numbers.
  private struct Slow {
    enum State { case susceptible, adopter, immune }
    var adopted: [[UInt32]]
    var talkers: [Set<Int>] = []

    init(_ rule: DoseMemory, _ world: Simulator, _ seeds: [UInt32], _ address: RandomAddress) {
      let (network, listeners) = (world.network, world.audience(address).listeners)
      let count = network.agentCount
      var states = [State](repeating: .susceptible, count: count)
      var doses = [[Int: Double]](repeating: [:], count: count)
      for seed in seeds {
        states[Int(seed)] = .adopter
        doses[Int(seed)][0] = listeners.demands[Int(seed)]
      }
      var known = Set(seeds)
      adopted = [seeds.sorted()]
      for step in 1...rule.steps {
        let before = states
        talkers.append(Set(states.indices.filter { before[$0] == .adopter }))
        for agent in 0..<count {
          let speakers =
            rule.meetsAnybody
            ? (0..<count).filter { $0 != agent } : (0..<count).filter { network.speaks($0, to: agent) }
          guard !speakers.isEmpty else { continue }
          let (which, coin) = address.words(.meetings, entity: agent, index: step)
          let speaker = speakers[Int(which.multipliedFullWidth(by: UInt64(speakers.count)).high)]
          guard before[speaker] == .adopter, coin.unitInterval < rule.exposure else { continue }
          let size = rule.dose.value(at: address.words(.steps, entity: agent, index: step).0.openUnitInterval)
          let place = network.voices(of: speaker).first { Int(network.targets[$0]) == agent }
          let weight = rule.meetsAnybody ? 1 : place.flatMap { world.weights?[$0] } ?? 1
          doses[agent][step] = size * weight * listeners.responsiveness(agent)
        }
        var newcomers = [UInt32]()
        for agent in 0..<count {
          let sum = (step - rule.memory + 1...step).reduce(0) { $0 + (doses[agent][$1] ?? 0) }
          let suffices = sum >= listeners.demands[agent] - 1e-7
          switch before[agent] {
          case .susceptible: if suffices { states[agent] = .adopter }
          case .adopter:
            let gives = address.words(.steps, entity: agent, index: step).1.unitInterval < rule.recovery
            if !suffices && gives { states[agent] = .immune }
          case .immune: break
          }
          let returns = address.words(.periods, entity: agent, index: step).0.unitInterval < rule.resusceptibility
          if states[agent] == .immune && returns { states[agent] = .susceptible }
          if states[agent] == .adopter, known.insert(UInt32(agent)).inserted { newcomers.append(UInt32(agent)) }
        }
        adopted.append(newcomers)
      }
    }

    func prevalence(agents: Int) -> Double {
      let last = talkers.suffix((talkers.count + 4) / 5)
      return Double(last.reduce(0) { $0 + $1.count }) / Double(last.count * agents)
    }
  }

  private static let ties = (0..<60).flatMap { a in [7, 11, 23].map { (a, (a * $0 + 5 * $0 + 1) % 60) } }
    .filter { $0 != $1 }

  /// Steps, adopters and prevalence of the kernel are those of the definition.
  @Test(
    "the kernel against the definition", arguments: [(false, false), (false, true), (true, false)])
  func definition(isDirected: Bool, anybody: Bool) throws {
    let pairs = Set(
      Self.ties.map { tie in [tie.0, tie.1] }.map { isDirected ? $0 : $0.sorted() })
    let network = Fixture.network(
      60, pairs.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }.map { ($0[0], $0[1]) }, isDirected: isDirected)
    let thresholds = try UniformLaw(ParameterValues(["from": .number(0.4), "to": .number(2.5)]))
    let doses = ExponentialLaw(ParameterValues(["mean": .number(1)]))
    for (number, (recovery, resusceptibility)) in [(1.0, 1.0), (0.3, 1), (0.5, 0.2), (0.4, 0)].enumerated() {
      let rule = Self.rule(
        threshold: thresholds, dose: doses, memory: 4, recovery: recovery,
        resusceptibility: resusceptibility, anybody: anybody, steps: 30, exposure: 0.7)
      var world = Simulator(network, rule)
      world.story = 1.2
      world.susceptibility = (0..<60).map { Double($0 % 5) / 2 }
      if isDirected { world.weights = (0..<network.voiceCount).map { 0.5 + Double($0 % 7) / 4 } }
      var sizes = Set<Int>()
      for draw in 1...10 {
        let address = Fixture.random(UInt64(40 + number), draw: draw)
        let seeds: [UInt32] = [3, 17, 29, 44, 58]
        world.run(seeds, address)
        let slow = Slow(rule, world, seeds, address)
        var start = 0
        for (step, end) in world.stepEnds.enumerated() {
          #expect(world.order[start..<end].sorted() == slow.adopted[step], "draw \(draw), step \(step)")
          start = end
        }
        #expect(world.size == slow.adopted.reduce(0) { $0 + $1.count })
        #expect(abs((world.outcome.prevalence ?? -1) - slow.prevalence(agents: 60)) < 1e-12)
        sizes.insert(world.size)
      }
      #expect(sizes.count > 2, "the cases differ")
    }
  }

  /// A memory that never ends is a threshold for good: whoever would adopt, does.
  @Test func longMemory() {
    let rule = Self.rule(threshold: Constant(value: 2), memory: 1000, steps: 400, exposure: 1)
    var world = Simulator(Fixture.cycle(12), rule)
    world.run([0], Fixture.random(5, draw: 1))
    // Two doses of one and the same neighbor suffice: the way around is open.
    #expect(world.size == 12 && world.outcome.prevalence == 1)
  }

  /// Nothing moves what is immune, no chance gives a dose, and seeds talk for T steps.
  @Test func edges() {
    let star = Fixture.star(4)
    var world = Simulator(star, Self.rule(threshold: Constant(value: 1), memory: 3, steps: 10, exposure: 1))
    world.susceptibility = [1, 0, 0, 0]
    world.run([0], Fixture.random(6, draw: 1))
    #expect(world.size == 1)
    // The hub has the leaves for contacts, which never adopt: it talks in steps 1 to 3, and never again.
    #expect(world.outcome.prevalence == 0)
    var mute = Simulator(star, Self.rule(threshold: Constant(value: 1), memory: 3, steps: 10, exposure: 0))
    mute.run([0], Fixture.random(6, draw: 1))
    #expect(mute.size == 1)
    var short = Simulator(star, Self.rule(threshold: Constant(value: 1), memory: 3, steps: 3, exposure: 0))
    short.run([0], Fixture.random(6, draw: 1))
    #expect(short.outcome.prevalence == 0.25)
  }

  /// Every adopter after the seeds owes its adoption to those who gave it doses that it remembered.
  @Test(arguments: [false, true])
  func credit(anybody: Bool) throws {
    let network = Fixture.network(
      60,
      Self.ties.filter { $0 < $1 }.reduce(into: [(Int, Int)]()) { all, tie in
        if !all.contains(where: { $0 == tie }) { all.append(tie) }
      })
    let rule = Self.rule(
      threshold: Constant(value: 2), memory: 5, recovery: 0.4, anybody: anybody, steps: 40, exposure: 0.8)
    var workspace = Workspace()
    workspace.notesTalkers = true
    let address = Fixture.random(9, draw: 1)
    let world = Simulator(network, rule)
    let audience = world.audience(address)
    try rule.spread(from: Array(0..<20), on: network, audience, at: address, in: &workspace)
    let slow = Slow(rule, world, Array(0..<20), address)
    let trace = rule.trace(Traced(workspace.outcome, audience, on: network, Listening(network), at: address))
    #expect(trace.adopters.count > 30)
    for (place, adopter) in trace.adopters.enumerated() where place >= 20 {
      let credits = trace.credits(at: place)
      #expect(abs(credits.reduce(0) { $0 + $1.share } - 1) < 1e-12)
      // Two doses of the five that it may remember.
      #expect((1...2).contains(credits.count) || credits.count <= 5)
      for credit in credits {
        let source = try #require(credit.source)
        #expect(anybody || network.speaks(Int(source), to: Int(adopter)))
        let step = trace.steps[place]
        #expect((max(1, step - 4)...step).contains { slow.talkers[$0 - 1].contains(Int(source)) })
      }
    }
  }
}
