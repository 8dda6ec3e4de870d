internal import CMachine

/// How exposures are counted against needs.
protocol Amounts {
  associatedtype Amount: UnsignedInteger & FixedWidthInteger
  /// Takes the exposure along the tie at `place` from `missing`, its listener's remaining need.
  ///
  /// - Returns: whether the listener adopts, and a positive number if it can still be convinced later: a number rather
  ///   than a Bool, to avoid an unpredictable branch.
  func speak(at place: Int, _ missing: inout Amount) -> (convinces: Bool, open: Int32)
}

/// Voices of weight 1: needs are counts. The counter of an adopter wraps below 0, that of an agent that nothing
/// convinces counts down from 2³² − 1; fewer than 2³¹ voices leave both at 2³¹ or more.
struct EqualAmounts: Amounts {
  /// An agent must hear fewer voices than this in a run.
  static let limit = 1 << 31

  @inline(__always)
  func speak(at place: Int, _ missing: inout UInt32) -> (convinces: Bool, open: Int32) {
    missing = missing &- 1
    // A need of 2³¹ or more is never met either.
    return (missing == 0, Int32(bitPattern: missing))
  }
}

/// Voices of different weights: needs are fixed-point units, 0 for adopters, `Need.neverUnits` if nothing suffices.
struct AmountsByTie: Amounts {
  private let exposures: [UInt64]
  init(_ exposures: [UInt64]) { self.exposures = exposures }

  @inline(__always)
  func speak(at place: Int, _ missing: inout UInt64) -> (convinces: Bool, open: Int32) {
    // Neither 0 nor never, in one comparison.
    guard missing &- 1 < Need.neverUnits &- 1 else { return (false, 0) }
    let taken = min(missing, exposures[place])
    missing &-= taken
    return (missing == 0, missing == 0 ? 0 : 1)
  }
}

/// The kernel of recovering rules in discrete rounds.
///
/// `missing[v]` is the remaining need of v, as its `Amounts` counts it.
enum EpidemicKernel {
  /// The parameters of a run, apart from needs and exposures.
  struct Course {
    let period: DrawnPeriod
    let isReversible: Bool
    let steps: Int
    let address: RandomAddress
    let notesTalkers: Bool
  }

  /// An agent that talks, with its row of ties, which every round reads again.
  struct Talker {
    let start: Int
    let degree: UInt32
    let agent: UInt32
    /// The last round in which it speaks.
    let lastStep: UInt32
  }

  /// Buffers of an epidemic, reused by the next.
  struct Talk {
    fileprivate var talkers: [Talker] = []
    /// The first `newcomerCount` are those convinced in this round.
    fileprivate var newcomers: [UInt32] = []
    fileprivate var newcomerCount = 0
    /// Agents that fall silent in this round and can be convinced again.
    fileprivate var silenced: [UInt32] = []
    /// Episodes that each agent has begun; empty unless there can be more than one.
    fileprivate var episodes: [UInt32] = []
  }

  /// - Parameters:
  ///   - missing: the needs of the first episode; overwritten.
  ///   - renew: the need of an agent in an episode, numbered from 0.
  static func spread<Voices: Amounts>(
    from seeds: [UInt32], on network: borrowing Network, amounts: Voices, missing: inout [Voices.Amount],
    _ course: Course, _ talk: inout Talk, _ outcome: inout Workspace.Outcome, renew: (Int, Int) -> Voices.Amount
  ) {
    talk.talkers.removeAll(keepingCapacity: true)
    if talk.newcomers.count != network.agentCount {
      talk.newcomers = [UInt32](repeating: 0, count: network.agentCount)
    }
    for (place, seed) in seeds.enumerated() { talk.newcomers[place] = seed }
    talk.newcomerCount = seeds.count
    talk.episodes = [UInt32](repeating: 0, count: course.isReversible ? network.agentCount : 0)
    var tail = 0
    var prevalence = Prevalence(steps: course.steps)
    for seed in seeds { missing[Int(seed)] = 0 }
    var step = 0
    while true {
      join(&talk, on: network, after: step, course, &outcome.queue, &tail)
      outcome.stepEnds.append(tail)
      guard !talk.talkers.isEmpty, step < course.steps else { break }
      step += 1
      if course.notesTalkers { outcome.talkers.append(talk.talkers.map(\.agent)) }
      if course.isReversible { prevalence.add(talk.talkers.count, at: step) }
      talk.newcomerCount = speak(
        &talk.talkers, &talk.newcomers, &talk.silenced, in: step, course, on: network, amounts, &missing)
      // After all have spoken: an agent that falls silent in this round cannot be convinced in it.
      for agent in talk.silenced { missing[Int(agent)] = renew(Int(agent), Int(talk.episodes[Int(agent)])) }
      talk.silenced.removeAll(keepingCapacity: true)
    }
    outcome.dropIdleSteps()
    if course.isReversible { outcome.prevalence = prevalence.mean / Double(network.agentCount) }
  }

  /// One round: each talker speaks along all its ties; those that go on stay among the talkers.
  ///
  /// - Returns: the number of newcomers.
  @inline(__always)
  private static func speak<Voices: Amounts>(
    _ all: inout [Talker], _ newcomers: inout [UInt32], _ silenced: inout [UInt32], in step: Int, _ course: Course,
    on network: borrowing Network, _ amounts: Voices, _ missing: inout [Voices.Amount]
  ) -> Int {
    let targets = network.targets.span
    var missing = missing.mutableSpan
    var talkers = all.mutableSpan
    var newcomers = newcomers.mutableSpan
    var (kept, convinced) = (0, 0)
    for place in talkers.indices {
      let talker = talkers[place]
      // Rows of successive talkers are scattered in memory: prefetch that of a later one.
      let soon = talkers[min(place + 16, talkers.count - 1)]
      targets.prefetch(soon.start)
      targets.prefetch(soon.start + max(0, Int(soon.degree) - 1))
      var open: Int32 = 0
      for place in talker.start..<talker.start &+ Int(talker.degree) {
        // The network's invariants keep both within bounds.
        let listener = Int(targets[unchecked: place])
        let (convinces, isOpen) = amounts.speak(at: place, &missing[unchecked: listener])
        open = max(open, isOpen)
        if convinces {
          newcomers[convinced] = UInt32(truncatingIfNeeded: listener)
          convinced += 1
        }
      }
      // Unless agents can return, a talker stops when no listener can be convinced.
      let goesOn = talker.lastStep > step && (open > 0 || course.isReversible)
      talkers[kept] = talker
      kept += goesOn ? 1 : 0
      if course.isReversible && !goesOn { silenced.append(talker.agent) }
    }
    all.removeSubrange(kept...)
    return convinced
  }

  /// The newcomers draw their periods and join the talkers; in their first episode they also join `queue`.
  private static func join(
    _ talk: inout Talk, on network: borrowing Network, after step: Int, _ course: Course, _ queue: inout [UInt32],
    _ tail: inout Int
  ) {
    let offsets = network.offsets.span
    let newcomers = talk.newcomers[..<talk.newcomerCount]
    var talkers = talk.talkers
    talk.talkers = []
    talkers.reserveCapacity(talkers.count + newcomers.count)
    func add(_ agent: UInt32, _ rounds: Int) {
      let row = Int(offsets[Int(agent)])..<Int(offsets[Int(agent) + 1])
      talkers.append(
        Talker(
          start: row.lowerBound, degree: UInt32(truncatingIfNeeded: row.count), agent: agent,
          lastStep: UInt32(truncatingIfNeeded: step + min(rounds, course.steps))))
    }
    if course.isReversible {
      for agent in newcomers {
        let episode = Int(talk.episodes[Int(agent)])
        talk.episodes[Int(agent)] += 1
        add(agent, course.period.rounds(Int(agent), episode: episode, at: course.address))
        if episode == 0 {
          queue[tail] = agent
          tail += 1
        }
      }
    } else {
      for agent in newcomers {
        queue[tail] = agent
        tail += 1
      }
      course.period.draw(for: newcomers, at: course.address) { add(newcomers[$0], $1) }
    }
    talk.talkers = talkers
  }

  /// The mean number of talkers over the last fifth of the steps.
  struct Prevalence {
    private let steps: Int
    private let first: Int
    private var sum = 0

    init(steps: Int) {
      self.steps = steps
      first = steps - (steps + 4) / 5 + 1
    }

    mutating func add(_ talkers: Int, at step: Int) { if step >= first { sum += talkers } }
    var mean: Double { Double(sum) / Double(steps - first + 1) }
  }
}
