/// Laws of cascades on a handful of agents, by enumeration of all outcomes. Independent of the simulation: no needs, no
/// kernels, only the definition of each rule step by step. Sets of agents are bit masks.
struct ExactLaw {
  /// P(size = s), s = 0 … agents.
  var sizes: [Double]
  /// Mean number of adopters after each step, from step 0.
  var steps: [Double]
  /// Mean share of agents that talk in the last fifth of the steps.
  var prevalence = 0.0

  private init(agents: Int) {
    sizes = [Double](repeating: 0, count: agents + 1)
    steps = []
  }

  /// A mixture of laws, by the state of the world that is drawn first.
  static func mixture(_ parts: [(weight: Double, law: ExactLaw)]) -> ExactLaw {
    var mixed = parts[0].law
    for place in mixed.sizes.indices { mixed.sizes[place] = parts.reduce(0) { $0 + $1.weight * $1.law.sizes[place] } }
    for step in mixed.steps.indices { mixed.steps[step] = parts.reduce(0) { $0 + $1.weight * $1.law.steps[step] } }
    return mixed
  }

  /// Mean size.
  var mean: Double { sizes.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element } }

  /// Rules under which an agent changes only when exposed: `survival(v, set)` is the probability that v withstands the
  /// adopters in `set`. A state is who has spoken and who has adopted.
  static func exposure(agents: Int, seeds: Int, survival: (Int, Int) -> Double) -> ExactLaw {
    var law = ExactLaw(agents: agents)
    var states = [State(spoken: 0, adopted: seeds): 1.0]
    for _ in 0...agents {
      law.steps.append(states.reduce(0) { $0 + $1.value * Double($1.key.adopted.nonzeroBitCount) })
      var next = [State: Double]()
      for (state, probability) in states.sorted(by: { $0.key < $1.key }) {
        let idle = (0..<agents).filter { state.adopted & 1 << $0 == 0 }
        let chances = idle.map { agent in
          let before = survival(agent, state.spoken)
          return before > 0 ? 1 - survival(agent, state.adopted) / before : 0
        }
        subsets(idle, chances) { newcomers, chance in
          next[State(spoken: state.adopted, adopted: state.adopted | newcomers), default: 0] += probability * chance
        }
      }
      states = next
    }
    for (state, probability) in states { law.sizes[state.adopted.nonzeroBitCount] += probability }
    return law
  }

  /// Rules under which v may adopt in any of `steps` steps, with probability `chance(v, adopted)`.
  static func timeDriven(agents: Int, seeds: Int, steps: Int, chance: (Int, Int) -> Double) -> ExactLaw {
    var law = ExactLaw(agents: agents)
    var states = [Double](repeating: 0, count: 1 << agents)
    states[seeds] = 1
    for step in 0...steps {
      law.steps.append(states.indices.reduce(0) { $0 + states[$1] * Double($1.nonzeroBitCount) })
      guard step < steps else { break }
      var next = [Double](repeating: 0, count: states.count)
      for (adopted, probability) in states.enumerated() where probability > 0 {
        let idle = (0..<agents).filter { adopted & 1 << $0 == 0 }
        subsets(idle, idle.map { chance($0, adopted) }) { next[adopted | $0] += probability * $1 }
      }
      states = next
    }
    for (adopted, probability) in states.enumerated() { law.sizes[adopted.nonzeroBitCount] += probability }
    return law
  }

  /// How long a talker talks, and whether it can be convinced again.
  struct Talk {
    /// Chance of falling silent after each round; nil: after a fixed `period` of rounds.
    let recovery: Double?
    var period = 1
    var isReversible = false
  }

  /// Epidemics in rounds: `withstand(v, talkers)` is the probability that `talkers` do not convince v in a round.
  static func epidemic(
    agents: Int, seeds: Int, steps: Int, talk: Talk, withstand: (Int, Int) -> Double
  ) -> ExactLaw {
    var law = ExactLaw(agents: agents)
    // A digit per agent: 0 susceptible, 1 … period rounds left to talk, period + 1 silent for good.
    let base = talk.period + 2
    func digit(_ state: Int, _ agent: Int) -> Int { (state / power(base, agent)) % base }
    let start = (0..<agents).reduce(0) { $0 + (seeds & 1 << $1 != 0 ? talk.period * power(base, $1) : 0) }
    var states = [State(spoken: start, adopted: seeds): 1.0]
    let first = steps - (steps + 4) / 5 + 1
    for step in 0...steps {
      law.steps.append(states.reduce(0) { $0 + $1.value * Double($1.key.adopted.nonzeroBitCount) })
      guard step < steps else { break }
      var next = [State: Double]()
      for (state, probability) in states.sorted(by: { $0.key < $1.key }) {
        let digits = (0..<agents).map { digit(state.spoken, $0) }
        let talkers = (0..<agents).reduce(0) { $0 + (1...talk.period ~= digits[$1] ? 1 << $1 : 0) }
        if step + 1 >= first {
          law.prevalence += probability * Double(talkers.nonzeroBitCount) / Double(agents) / Double(steps - first + 1)
        }
        let (idle, loud) = ((0..<agents).filter { digits[$0] == 0 }, (0..<agents).filter { talkers & 1 << $0 != 0 })
        let silent = talk.isReversible ? 0 : talk.period + 1
        subsets(idle, idle.map { 1 - withstand($0, talkers) }) { newcomers, chance in
          // A fixed period counts down; a geometric one ends with probability `recovery`.
          subsets(loud, loud.map { talk.recovery ?? (digits[$0] == 1 ? 1 : 0) }) { ending, ends in
            var code = 0
            for agent in 0..<agents {
              var own = digits[agent]
              if newcomers & 1 << agent != 0 {
                own = talk.period
              } else if talkers & 1 << agent != 0 {
                own = ending & 1 << agent != 0 ? silent : talk.recovery == nil ? own - 1 : own
              }
              code += own * power(base, agent)
            }
            next[State(spoken: code, adopted: state.adopted | newcomers), default: 0] += probability * chance * ends
          }
        }
      }
      states = next
    }
    law.count(states)
    return law
  }

  private mutating func count(_ states: [State: Double]) {
    for (state, probability) in states { sizes[state.adopted.nonzeroBitCount] += probability }
  }

  /// SIR in continuous time with exponential periods: the jump chain of its events. `rate(u, v)` is the rate along a
  /// tie.
  static func continuous(agents: Int, seeds: Int, recovery: Double, rate: (Int, Int) -> Double) -> ExactLaw {
    var law = ExactLaw(agents: agents)
    // `spoken` holds who talks, `adopted` who has ever adopted.
    var states = [State(spoken: seeds, adopted: seeds): 1.0]
    while !states.isEmpty {
      var next = [State: Double]()
      for (state, probability) in states.sorted(by: { $0.key < $1.key }) {
        guard state.spoken != 0 else {
          law.sizes[state.adopted.nonzeroBitCount] += probability
          continue
        }
        let talkers = (0..<agents).filter { state.spoken & 1 << $0 != 0 }
        let idle = (0..<agents).filter { state.adopted & 1 << $0 == 0 }
        let rates = idle.map { agent in talkers.reduce(0) { $0 + rate($1, agent) } }
        let total = rates.reduce(0, +) + recovery * Double(talkers.count)
        for talker in talkers {
          let after = State(spoken: state.spoken & ~(1 << talker), adopted: state.adopted)
          next[after, default: 0] += probability * recovery / total
        }
        for (agent, rate) in zip(idle, rates) where rate > 0 {
          let after = State(spoken: state.spoken | 1 << agent, adopted: state.adopted | 1 << agent)
          next[after, default: 0] += probability * rate / total
        }
      }
      states = next
    }
    return law
  }

  /// A state of a chain; ordered, so that sums are made in a fixed order.
  private struct State: Hashable, Comparable {
    let spoken: Int
    let adopted: Int
    static func < (a: State, b: State) -> Bool { (a.adopted, a.spoken) < (b.adopted, b.spoken) }
  }

  private static func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { value, _ in value * base }
  }

  /// Visits all subsets of agents that change independently with the given probabilities, each with its probability.
  private static func subsets(_ agents: [Int], _ chances: [Double], _ visit: (Int, Double) -> Void) {
    func descend(_ place: Int, _ set: Int, _ probability: Double) {
      guard probability > 0 else { return }
      guard place < agents.count else {
        visit(set, probability)
        return
      }
      descend(place + 1, set | 1 << agents[place], probability * chances[place])
      descend(place + 1, set, probability * (1 - chances[place]))
    }
    descend(0, 0, 1)
  }
}
