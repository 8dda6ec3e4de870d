internal import SocialInfluence
internal import Theory

/// The predictions of theory for a condition as N → ∞, where a solver applies: random networks without short cycles,
/// equal voices, thresholds from a law.
struct TheoryBeside {
  /// P(global) for the condition's seeds; nil without a solver.
  let global: Double?
  /// The share of agents that adopt in a global cascade.
  let size: Double?
  /// The final share of adopters, where seeds are a share of all agents or agents adopt without voices.
  let adopted: Double?
  /// The adopted share after each step from 0 to `last`.
  let course: (_ last: Int) -> [Double]

  static var none: TheoryBeside { TheoryBeside(global: nil, size: nil, adopted: nil) { _ in [] } }

  private init(global: Double?, size: Double?, adopted: Double?, course: @escaping (Int) -> [Double]) {
    (self.global, self.size, self.adopted, self.course) = (global, size, adopted, course)
  }

  /// - Parameters:
  ///   - agents: N, which turns seeds into a share.
  ///   - cutoff: the share above which a cascade is global; nil without one.
  ///   - effort: the budget; predictions that would cost more are left out.
  init(_ condition: Condition, agents: Int, cutoff: Double?, effort: TheoryEffort) {
    let known =
      Self.market(condition, effort) ?? Self.network(condition, agents: agents, effort) ?? .none
    // A predicted share above 0 counts as global only if it exceeds the cut-off by 5 %.
    let isCounted = cutoff.map { known.size ?? 0 == 0 || known.size ?? 0 > 1.05 * $0 } ?? false
    self = TheoryBeside(
      global: isCounted ? known.global : nil, size: known.size, adopted: known.adopted, course: known.course)
  }

  /// Fewer seeds start a global cascade with some probability; this many count as a share of all agents.
  private static let manySeeds = 30

  /// The adopted share after each step from 0 to `last`; empty without a solver.
  static func course(_ condition: Condition, agents: Int, to last: Int, effort: TheoryEffort) -> [Double] {
    // Few seeds have no deterministic course.
    guard condition.seeds == 0 || condition.seeds >= manySeeds else { return [] }
    return TheoryBeside(condition, agents: agents, cutoff: nil, effort: effort).course(last)
  }

  // MARK: Markets without a random network

  /// Bass on a complete network, and Talk of the Network on cliques, both without seeds.
  private static func market(_ condition: Condition, _ effort: TheoryEffort) -> TheoryBeside? {
    guard condition.seeds == 0, condition.hasEqualVoices, condition.story == 1, condition.switches == 0,
      condition.transitivity == nil
    else { return nil }
    let generator = condition.generator?.traits
    if case .bass(let rule) = condition.rule.traits.form, generator?.isComplete == true, effort.allows(rule.steps) {
      return market(steps: rule.steps) { Bass(innovation: rule.innovation, imitation: rule.imitation).rounds($0) }
    }
    guard case .talk(let rule) = condition.rule.traits.form, let size = generator?.cliqueSize,
      effort.allows(5 * Double(size) * Double(size) * Double(rule.steps))
    else { return nil }
    let theory = Theory.TalkOfTheNetwork(
      strongTies: size - 1, weakTies: rule.meetings, advertising: rule.advertising, weakEffect: rule.weak,
      strongEffect: rule.strong)
    return market(steps: rule.steps) { theory.shares(periods: $0) }
  }

  private static func market(steps: Int, _ shares: @escaping (Int) -> [Double]) -> TheoryBeside {
    TheoryBeside(global: nil, size: nil, adopted: shares(steps).last) { shares(min($0, steps)) }
  }

  // MARK: Random networks

  private static func network(_ condition: Condition, agents: Int, _ effort: TheoryEffort) -> TheoryBeside? {
    guard condition.hasEqualVoices, condition.switches == 0, condition.transitivity == nil,
      let speakers = Degrees(condition, effort)
    else { return nil }
    let share = Double(condition.seeds) / Double(max(1, agents))
    let isShare = condition.seeds >= manySeeds
    let epidemic = Epidemic(
      condition: condition, speakers: speakers, share: isShare ? share : nil, effort: effort)
    switch condition.rule.traits.form {
    case .epidemic(let rule): return epidemic.solved(rule)
    case .continuousEpidemic(let rule): return epidemic.solved(rule)
    case .cascade, .threshold, .bass, .talk, .other:
      // Agents with thresholds of 0 or less would be seeds that are not counted.
      guard let final = final(condition, speakers), !condition.mayHaveInstigators(nil) else { return nil }
      // Takeoff depends on the probability that one voice convinces an agent with k voices.
      let vulnerable: (Int) -> Double = { $0 == 0 ? 0 : final.response($0, 1) }
      let solved =
        speakers.isDirected
        ? Branching.solveDirected(degrees: speakers.out, vulnerable: vulnerable)
        : Branching.solveUndirected(degrees: speakers.out, vulnerable: vulnerable)
      let aim = aim(condition, speakers, solved)
      let cost = final.valuesPerRound
      guard let size = final.limit(seedShare: 0, rounds: effort.values / cost),
        let reached = final.limit(seedShare: share, rounds: effort.values / cost),
        !isShare || effort.allows(FinalShare.roundsOfJump * cost)
      else { return nil }
      // No prediction between the two cases: few seeds that are a large share of these agents, many seeds that may
      // still fail, or a share close to where the final share jumps.
      if !isShare && reached > size + 0.02 + share { return nil }
      if isShare && solved.random > 0 && power(1 - solved.random, Double(condition.seeds)) > 1e-3 { return nil }
      if isShare, let jump = final.jump?.seedShare, jump > 0, share > jump / 3, share < 3 * jump { return nil }
      return TheoryBeside(
        global: isShare ? nil : aim, size: isShare ? nil : size,
        adopted: isShare && condition.hasRandomSeeds ? reached : nil,
        course: isShare && condition.hasRandomSeeds
          ? { effort.allows(cost * $0) ? final.trajectory(seedShare: share, steps: $0) : [] } : { _ in [] })
    }
  }

  /// The response of the rule to voices on this network; nil for rules without such a law.
  private static func final(_ condition: Condition, _ speakers: Degrees) -> FinalShare? {
    let degrees = speakers.isDirected ? speakers.voices : speakers.out
    switch condition.rule.traits.form {
    case .cascade: break
    case .threshold(let form):
      let response = response(form, story: condition.story, most: degrees.count)
      return speakers.isDirected
        ? .directed(voices: degrees, response: response) : .undirected(degrees: degrees, response: response)
    case .epidemic, .continuousEpidemic, .bass, .talk, .other: return nil
    }
    let failure: (Int) -> Double
    switch condition.rule.hazardSource {
    case .common(let p):
      let common = 1 - probability(ofHazard: condition.story * hazard(ofProbability: p))
      failure = { _ in common }
    case .inDegree: failure = { power(1 - 1 / Double($0), condition.story) }
    default: return nil
    }
    return .independent(degrees: degrees, isDirected: speakers.isDirected, failure: failure)
  }

  /// The probability that an agent with k voices has adopted once m of them have.
  ///
  /// - Parameter most: more than the voices of any agent.
  private static func response(_ form: ThresholdForm, story: Double, most: Int) -> FinalShare.Response {
    // Adopted if requirement ÷ s ≤ m (atLeast) or < m (moreThan); φ above 1 never adopts.
    let limit = form.convention == .atLeast ? 1 + 1e-9 : 1 - 1e-9
    if form.isShare {
      // Each value is computed once, since an iteration asks for it in every round.
      let known = KnownValues(most: most)
      return { k, m in
        guard k > 0, m > 0 else { return 0 }
        return known.value(k, m) { form.law.cumulative(min(1, limit * story * Double(m) / Double(k))) }
      }
    }
    // Absolute thresholds depend on m alone: each value is computed once, since some laws are slow.
    let known = (0..<max(1, most)).map { $0 == 0 ? 0 : form.law.cumulative(limit * story * Double($0)) }
    return { k, m in k == 0 ? 0 : m < known.count ? known[m] : form.law.cumulative(limit * story * Double(m)) }
  }

  /// P(global) for the condition's seeds.
  private static func aim(_ condition: Condition, _ speakers: Degrees, _ solved: TriggerSolution) -> Double? {
    guard condition.eligibility.isEverything else { return nil }
    func any(_ one: Double) -> Double { 1 - power(1 - one, Double(condition.seeds)) }
    if condition.hasRandomSeeds { return any(solved.random) }
    if case .top(let fraction) = condition.seeding.aim, condition.seeds == 1 { return solved.top(fraction: fraction) }
    if case .role(let role) = condition.seeding.aim, let connectors = speakers.connectors,
      role == .connector || condition.roles.allSatisfy({ $0.key == .connector || $0.value.fraction == 0 })
    {
      return any(1 - connectors.indices.reduce(0) { $0 + connectors[$1] * power(solved.u, Double($1)) })
    }
    return nil
  }

  // MARK: Epidemics

  /// An epidemic on a random network.
  private struct Epidemic {
    let condition: Condition
    let speakers: Degrees
    /// The share of all agents that the seeds are; nil for few seeds.
    let share: Double?
    let effort: TheoryEffort

    func solved(_ rule: any EpidemicRule) -> TheoryBeside? {
      let b = probability(ofHazard: condition.story * hazard(ofProbability: rule.transmission))
      // A run that may end before its talkers fall silent has no closed form.
      guard !rule.isReversible, Double(rule.steps) >= 1000 + 50 * rule.period.mean else { return nil }
      switch rule.period {
      case .forever: return nil
      case .geometric(let recovery):
        let rounds = share.map {
          EdgeBasedRounds(degrees: speakers.out, infection: b, recovery: recovery, seedShare: $0)
        }
        return solved(.geometric(infection: b, recovery: recovery), adopted: rounds?.finalShare) { last in
          guard effort.allows(last * speakers.out.count) else { return [] }
          return rounds?.shares(rounds: last).map { 1 - $0.susceptible } ?? []
        }
      case .fixed(let length): return solved(.rounds(infection: b, rounds: length))
      }
    }

    func solved(_ rule: ContinuousSIR) -> TheoryBeside? {
      let rate = condition.story * rule.transmissionRate
      switch rule.period {
      case .exponential(let recovery):
        let course = share.map {
          EdgeBasedSIR(degrees: speakers.out, contactRate: rate, recoveryRate: recovery, seedShare: $0)
        }
        let length = rule.stepLength
        return solved(.exponential(contact: rate, recovery: recovery), adopted: course?.finalShare) { last in
          let times = (1...max(1, last)).map { Double($0) * length }
          let later = (try? course?.shares(at: times, evaluations: effort.values / speakers.out.count)) ?? []
          return (share.map { [$0] } ?? []) + later.map { 1 - $0.susceptible }
        }
      case .fixed(let length): return solved(.constant(contact: rate, duration: length))
      }
    }

    private func solved(
      _ period: InfectiousPeriod, adopted: Double? = nil, course: @escaping (Int) -> [Double] = { _ in [] }
    ) -> TheoryBeside? {
      guard !speakers.isDirected, condition.hasRandomSeeds else { return nil }
      guard share == nil else { return TheoryBeside(global: nil, size: nil, adopted: adopted, course: course) }
      let pairs = period.pairCount(degree: speakers.out.count)
      guard effort.allows(pairs * Double(speakers.out.count)) else { return nil }
      let chance = (try? EpidemicProbability(degrees: speakers.out, period: period))?.random
      return TheoryBeside(
        global: chance.map { 1 - power(1 - $0, Double(condition.seeds)) },
        size: Percolation(degrees: speakers.out, transmissibility: period.transmissibility).size, adopted: nil
      ) { _ in [] }
    }
  }

  // MARK: Degrees

  /// The degree distributions of a condition's network.
  private struct Degrees {
    /// p_k of out-ties.
    let out: [Double]
    /// P(j voices) of a listener.
    let voices: [Double]
    let isDirected: Bool
    /// P(k ties) of a connector; nil where connectors do nothing.
    let connectors: [Double]?

    /// Nil if the law of degrees is unknown or reaches too far.
    init?(_ condition: Condition, _ effort: TheoryEffort) {
      guard let law = condition.generator?.traits.degreeLaw, condition.traitLaws[.connectivity]?.constant != nil else {
        return nil
      }
      let degrees: any Distribution
      switch law {
      case .undirected(let law): (degrees, isDirected) = (law, false)
      case .directed(let law): (degrees, isDirected) = (law, true)
      }
      guard let base = Self.probabilities(degrees, effort) else { return nil }
      let z = DegreeProbabilities.mean(base)
      let variation = condition.generator?.traits.degreeVariation
      var own = base
      // At γ² = 1 ÷ z all agents are alike; above, gamma connectivity makes the ties negative binomial.
      if let variation, abs(variation * variation * z - 1) > 1e-3 {
        guard let mixed = try? NegativeBinomial(ParameterValues(["mean": .number(z), "cv": .number(variation)])),
          let law = Self.probabilities(mixed, effort)
        else { return nil }
        own = law
      }
      voices = DegreeProbabilities.poisson(mean: z)
      guard let connector = condition.roles[.connector], connector.gain != 1 || connector.span != 1 else {
        (out, connectors) = (own, nil)
        return
      }
      // Solved only for Poisson ties whose means differ by the gain alone.
      guard own == base, connector.span == 1, condition.equalMass, connector.fraction > 0,
        condition.generator?.traits.hasPoissonTies == true,
        z * connector.gain < Double(effort.counts)
      else { return nil }
      out = DegreeProbabilities.connectors(fraction: connector.fraction, multiple: connector.gain, meanDegree: z)
      let mean = z * connector.gain / (1 - connector.fraction + connector.fraction * connector.gain)
      connectors = DegreeProbabilities.poisson(mean: mean)
    }

    /// p_k; nil if the law needs more counts than the effort allows.
    private static func probabilities(_ law: any Distribution, _ effort: TheoryEffort) -> [Double]? {
      guard law.mean < Double(effort.counts) else { return nil }
      let (probabilities, isWhole) = DegreeProbabilities.of(law, most: effort.counts)
      return isWhole ? probabilities : nil
    }
  }
}

/// Values of a function of k and m ≤ k, each computed when it is first asked for.
private final class KnownValues {
  private var values: [Double]

  /// - Parameter most: more than any k; a large table is not kept.
  init(most: Int) { values = [Double](repeating: .nan, count: most < 1000 ? most * (most + 1) / 2 : 0) }

  func value(_ k: Int, _ m: Int, _ compute: () -> Double) -> Double {
    let place = k * (k + 1) / 2 + m
    guard m <= k, place < values.count else { return compute() }
    if values[place].isNaN { values[place] = compute() }
    return values[place]
  }
}

/// The budget of theory beside a simulation, in values of a response function: a tenth of the run, or an unnoticeable
/// time. It depends on what was simulated, never on a clock, so that the same cells are filled on every machine.
struct TheoryEffort: Sendable {
  /// Values of a response function, some 20 ns each.
  let values: Int
  /// The most counts of ties over which a law of degrees may extend.
  var counts: Int { min(20_000, values / 100) }

  /// An unnoticeable time: some 0.05 s per condition, and less than 1 s for all conditions.
  private static let unnoticed = (each: 3e6, all: 4e7)

  /// - Parameters:
  ///   - steps: ties walked and agents touched by the simulation, some 3 ns each. Summary and curves may each take a
  ///     twentieth of that time.
  ///   - conditions: of the whole run.
  init(beside steps: Double, conditions: Int) {
    let unnoticed = min(Self.unnoticed.each, Self.unnoticed.all / Double(max(1, conditions)))
    values = Int(saturating: max(unnoticed, min(steps / 140, 1e12)))
  }

  func allows(_ values: Double) -> Bool { values <= Double(self.values) }
  func allows(_ values: Int) -> Bool { values <= self.values }
}

extension Outcomes {
  /// The budget of theory beside a condition's cascades.
  func theoryEffort(_ index: Plan.ConditionIndex, _ plan: Plan) -> TheoryEffort {
    let (own, condition) = (self[index], plan[index])
    let perAgent = 1 + plan.meanDegree(condition)
    let sizes = own.sizes.lazy.filter { $0 != ConditionOutcomes.missing }
    let cascades = sizes.reduce(0.0) { $0 + 50 + Double($1) * perAgent }
    let networks = Double(own.sums.meanDegree.count) * Double(own.sums.agents) * perAgent
    return TheoryEffort(
      beside: cascades + networks * plan.networkShare(condition), conditions: plan.order.count)
  }
}

extension Condition {
  /// Whether every voice is 1 and all agents respond alike: mavens and salesmen, if any, change nothing.
  fileprivate var hasEqualVoices: Bool {
    hasPlainTraits && Precision.hasUnitVoices(self) && (roles[.maven]?.hearsFirst ?? 0) == 0
  }
}
