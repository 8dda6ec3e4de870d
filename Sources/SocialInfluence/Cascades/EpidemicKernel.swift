internal import CMachine

/// How exposures are counted against needs.
package protocol Amounts {
  associatedtype Amount: UnsignedInteger & FixedWidthInteger
  /// The voice along the tie at `place` speaks to somebody who still misses `missing`.
  ///
  /// - Returns: whether it convinces, and a number that is not 0 where the listener can still be convinced later: a
  ///   number, because a branch on it would be as good as random.
  func speak(at place: Int, _ missing: inout Amount) -> (convinces: Bool, open: UInt32)
}

/// Voices of weight 1: needs are counts. Adopters' counters stand at 0 and wrap below it, where fewer than 2³¹ voices in
/// all rounds together never bring them back; so do those of agents whom nothing convinces.
struct EqualAmounts: Amounts {
  /// The most voices that one agent may hear in a run.
  static let limit = 1 << 31

  @inline(__always)
  func speak(at place: Int, _ missing: inout UInt32) -> (convinces: Bool, open: UInt32) {
    missing = missing &- 1
    // The sign of −missing: set where the counter is above 0 and has not wrapped.
    return (missing == 0, (0 &- missing) & ~missing & 1 << 31)
  }
}

/// Voices that differ: needs are fixed-point units, 0 for adopters, the largest value where nothing suffices.
struct AmountsByTie: Amounts {
  private let exposures: [UInt64]
  init(_ exposures: [UInt64]) { self.exposures = exposures }

  @inline(__always)
  func speak(at place: Int, _ missing: inout UInt64) -> (convinces: Bool, open: UInt32) {
    // Neither 0 nor never, in one comparison.
    guard missing &- 1 < Need.neverUnits &- 1 else { return (false, 0) }
    let taken = min(missing, exposures[place])
    missing &-= taken
    return (missing == 0, missing == 0 ? 0 : 1)
  }
}

/// The kernel of recovering rules in discrete rounds.
///
/// `missing[v]` is what v still needs, in the form of its `Amounts`.
enum EpidemicKernel {
  /// How an epidemic runs, besides who convinces whom.
  struct Course {
    let period: TalkingPeriod
    let isReversible: Bool
    let steps: Int
    let address: RandomAddress
    let notesTalkers: Bool
  }

  /// Someone who talks.
  private struct Talker {
    let agent: UInt32
    /// The last round in which it speaks.
    let lastStep: Int
  }

  /// - Parameters:
  ///   - missing: the needs of the first episode; spent on return.
  ///   - renew: the need of an agent's next episode.
  static func spread<Voices: Amounts>(
    from seeds: [UInt32], on network: borrowing Network, amounts: Voices, missing: inout [Voices.Amount],
    _ course: Course, _ outcome: inout Workspace.Outcome, renew: (Int, Int) -> Voices.Amount
  ) {
    let offsets = network.offsets.span
    let targets = network.targets.span
    var missing = missing.mutableSpan
    // Episodes are counted where there can be more than one.
    var episodes = [UInt32](repeating: 0, count: course.isReversible ? network.agentCount : 0)
    var talkers = [Talker]()
    var newcomers = seeds
    var silenced = [UInt32]()
    var tail = 0
    var prevalence = Prevalence(steps: course.steps)
    for seed in seeds { missing[Int(seed)] = 0 }
    let hazard = course.period.hazard
    let ahead = 12
    var step = 0
    while true {
      for agent in newcomers {
        var episode = 0
        if course.isReversible {
          episode = Int(episodes[Int(agent)])
          episodes[Int(agent)] += 1
        }
        let rounds = course.period.rounds(Int(agent), episode: episode, hazard: hazard, at: course.address)
        let lastStep = rounds < Int.max - step ? step + rounds : Int.max
        talkers.append(Talker(agent: agent, lastStep: lastStep))
        if episode == 0 {
          outcome.queue[tail] = agent
          tail += 1
        }
      }
      outcome.stepEnds.append(tail)
      newcomers.removeAll(keepingCapacity: true)
      guard !talkers.isEmpty, step < course.steps else { break }
      step += 1
      if course.notesTalkers { outcome.talkers.append(talkers.map(\.agent)) }
      if course.isReversible { prevalence.add(talkers.count, at: step) }
      var kept = 0
      for place in talkers.indices {
        let talker = talkers[place]
        // Talkers stand in no order in memory: the ties of one who speaks soon are asked for now.
        if place + ahead < talkers.count {
          let next = Int(offsets[Int(talkers[place + ahead].agent)])
          targets.withUnsafeBufferPointer { machine_prefetch($0.baseAddress.map { $0 + next }) }
        }
        let agent = Int(talker.agent)
        var openListeners: UInt32 = 0
        for place in Planted.row(Int(offsets[agent]), Int(offsets[agent + 1])) {
          let listener = Int(targets[place])
          let (convinces, open) = amounts.speak(at: place, &missing[listener])
          openListeners |= open
          if convinces { newcomers.append(UInt32(truncatingIfNeeded: listener)) }
        }
        if talker.lastStep > step && (openListeners != 0 || course.isReversible) {
          // Whom everybody around has heard, for good, need not speak again.
          talkers[kept] = talker
          kept += 1
        } else if course.isReversible {
          silenced.append(talker.agent)
        }
      }
      talkers.removeSubrange(kept...)
      // After everybody has spoken: who falls silent in this round cannot be convinced in it.
      for agent in silenced { missing[Int(agent)] = renew(Int(agent), Int(episodes[Int(agent)])) }
      silenced.removeAll(keepingCapacity: true)
    }
    // The last step is the last with an adoption.
    while outcome.stepEnds.count > 1 && outcome.stepEnds[outcome.stepEnds.count - 2] == tail {
      outcome.stepEnds.removeLast()
    }
    if course.isReversible { outcome.prevalence = prevalence.mean / Double(network.agentCount) }
  }

  /// The mean number of talkers over the last fifth of the steps.
  private struct Prevalence {
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
