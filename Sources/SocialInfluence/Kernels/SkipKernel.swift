/// Coins by ties: a speaker's successes are sampled by geometric skips along its ties.
///
/// Each tie has a unit-rate Poisson process on the hazard axis; each round of speaking covers a further stretch η, so
/// the first point of the process gives the round of success. In layer ℓ = 0, 1, … of width H = −ln(1 − p*), candidates
/// come by skips at p*; a candidate with uniform U lies at ℓH − ln(1 − p*U) and is kept if that is below η times the
/// rounds. Candidates are addressed by speaker, layer and counter, so that they are the same in every arm: more force,
/// more story, longer talk or more ties to later ids never remove a success.
enum SkipKernel {
  /// The address holds fewer layers than this.
  static let layerLimit = 1 << 13

  /// How candidates are sampled.
  struct Candidates: Sendable {
    let coins: Coins
    let skips: GeometricSampler
    let largestRate: Double
    /// False if every η is exactly H: then each candidate succeeds in the round of its layer, and U is not drawn.
    let needsKeeping: Bool

    init(_ coins: Coins, _ rates: some TieRates) {
      self.coins = coins
      skips = coins.skips
      largestRate = rates.largestRate
      needsKeeping = rates.commonRate != coins.width
    }

    /// The number of layers of a speaker; `layerLimit` if that is too many.
    @inline(__always)
    func layers(rounds: Int) -> Int {
      if !needsKeeping { return min(rounds, layerLimit) }
      let layers = (Double(rounds) * largestRate / coins.width).rounded(.up)
      return layers < Double(layerLimit) ? Int(layers) : layerLimit
    }

    /// Whether a tie would succeed more than twice on average.
    @inline(__always)
    func mayRepeat(rounds: Int) -> Bool { Double(rounds) * largestRate > 2 && layers(rounds: rounds) > 2 }

    func failure() -> GenerationFailure {
      GenerationFailure(
        "a hazard of \(largestRate) a round needs too many layers of the ceiling \(coins.ceiling); write `coins: needs`"
      )
    }
  }

  /// Calls `succeed` for each listener with which a speaker succeeds within `rounds`, and the round from 1: adopters
  /// too, in a fixed order; a listener may come more than once.
  ///
  /// Listeners with `isOpen` false are skipped.
  ///
  /// - Returns: false if the layers do not fit into the address.
  @inline(__always) @discardableResult
  static func successes<Rates: TieRates>(
    of speaker: Int, rounds: Int, on network: borrowing Network, rates: Rates, _ candidates: Candidates,
    at address: RandomAddress, where isOpen: (_ listener: Int, _ place: Int) -> Bool,
    _ succeed: (_ listener: Int, _ place: Int, _ round: Int) -> Void
  ) -> Bool {
    let row = network.voices(of: speaker)
    let coins = candidates.coins
    let layers = candidates.layers(rounds: rounds)
    for layer in 0..<layers {
      let index = layer << 22
      var words = address.stream(.coins, entity: speaker, index: index)
      var counter = 0
      var place = row.lowerBound + candidates.skips.failures(words.next())
      while place < row.upperBound {
        let listener = Int(network.targets[place])
        if isOpen(listener, place) {
          if candidates.needsKeeping {
            let pair = address.words(.coins, entity: speaker, index: 1 << 35 | index | counter >> 1)
            let uniform = (counter & 1 == 0 ? pair.0 : pair.1).unitInterval
            let point = Double(layer) * coins.width - naturalLogarithm(1 - coins.ceiling * uniform)
            let rate = rates.rate(at: place, listener: listener)
            if point < rate * Double(rounds) { succeed(listener, place, min(rounds, Int(point / rate) + 1)) }
          } else {
            succeed(listener, place, layer + 1)
          }
        }
        counter += 1
        place += 1 + candidates.skips.failures(words.next())
      }
    }
    if candidates.needsKeeping && rounds > 0 {
      // p = 1 succeeds without a draw.
      for place in row {
        let listener = Int(network.targets[place])
        if isOpen(listener, place) && rates.rate(at: place, listener: listener) == .infinity {
          succeed(listener, place, 1)
        }
      }
    }
    return layers < layerLimit
  }

  /// Each adopter speaks once, in the step after its adoption.
  ///
  /// - Parameter hasAdopted: empty on entry and on return.
  static func spread<Rates: TieRates>(
    from seeds: [UInt32], on network: Network, rates: Rates, _ candidates: Candidates,
    at address: RandomAddress, hasAdopted: inout AgentSet, _ batches: inout SkipBatches, _ wideStep: inout WideStep,
    order: inout StepOrder,
    queue: inout [UInt32], stepEnds: inout [Int]
  ) throws(GenerationFailure) {
    guard candidates.layers(rounds: 1) < layerLimit else { throw candidates.failure() }
    var tail = 0
    for seed in seeds {
      hasAdopted[Int(seed)] = true
      queue[tail] = seed
      tail += 1
    }
    stepEnds.removeAll(keepingCapacity: true)
    stepEnds.append(tail)
    var head = 0
    while head < tail {
      let stepEnd = tail
      let isWide = StepOrder.isWide(speakers: stepEnd - head, agentCount: network.agentCount)
      if !candidates.needsKeeping && isWide {
        tail = wideStep.speak(
          &queue, head..<stepEnd, on: network, candidates.skips, at: address, &hasAdopted)
        head = stepEnd
      } else if !candidates.needsKeeping {
        tail = batches.speak(&queue, head, stepEnd, on: network, candidates.skips, at: address, &hasAdopted)
        head = stepEnd
      }
      while head < stepEnd {
        let speaker = Int(queue[head])
        head += 1
        successes(of: speaker, rounds: 1, on: network, rates: rates, candidates, at: address) { listener, _ in
          !hasAdopted[listener]
        } _: { listener, _, _ in
          hasAdopted[listener] = true
          queue[tail] = UInt32(listener)
          tail += 1
        }
      }
      if isWide && candidates.needsKeeping {
        var all = queue.mutableSpan
        order.sort(&all, stepEnd..<tail, agentCount: network.agentCount)
      }
      if tail > stepEnd { stepEnds.append(tail) }
    }
    hasAdopted.remove(queue, count: tail)
  }

  /// How long adopters speak.
  struct Talking {
    let period: DrawnPeriod
    /// Rounds after which the run ends.
    let steps: Int
  }

  /// Scheduled adoptions by step; agents may repeat.
  struct Calendar {
    fileprivate var days: [[UInt32]] = []
    /// Which ties of the present speaker have an entry, where many would have several.
    private var entered: [Bool] = []
    /// The last step with an entry.
    fileprivate var last = 0

    /// Layers come in the order of their points: of a tie's successes the first entered is the earliest, and later ones
    /// would find an adopter.
    @inline(__always)
    fileprivate mutating func begin(_ row: Range<Int>) {
      entered.removeAll(keepingCapacity: true)
      entered.append(contentsOf: repeatElement(false, count: row.count))
    }

    @inline(__always)
    fileprivate func hasEntered(_ place: Int, of row: Range<Int>) -> Bool { entered[place - row.lowerBound] }

    @inline(__always)
    fileprivate mutating func note(_ place: Int, of row: Range<Int>) {
      entered[place - row.lowerBound] = true
    }

    @inline(__always)
    fileprivate mutating func enter(_ listener: Int, at step: Int) {
      while days.count <= step { days.append([]) }
      days[step].append(UInt32(truncatingIfNeeded: listener))
      last = max(last, step)
    }
  }

  /// Each adopter speaks in every round of its period; its successes of all rounds are drawn when it adopts.
  ///
  /// - Parameters:
  ///   - hasAdopted: empty on entry and on return.
  ///   - calendar: empty on entry and on return.
  static func spread<Rates: TieRates>(
    from seeds: [UInt32], on network: borrowing Network, rates: Rates, _ candidates: Candidates, _ talking: Talking,
    at address: RandomAddress, hasAdopted: inout AgentSet, _ calendar: inout Calendar,
    _ outcome: inout Workspace.Outcome
  ) throws(GenerationFailure) {
    var head = 0
    var tail = 0
    var hasRoom = true
    for seed in seeds {
      hasAdopted[Int(seed)] = true
      outcome.queue[tail] = seed
      tail += 1
    }
    outcome.stepEnds.append(tail)
    var step = 0
    calendar.last = 0
    while true {
      while head < tail {
        let speaker = Int(outcome.queue[head])
        head += 1
        let rounds = min(talking.period.rounds(speaker, episode: 0, at: address), talking.steps - step)
        guard candidates.mayRepeat(rounds: rounds) else {
          let isAddressed = successes(
            of: speaker, rounds: rounds, on: network, rates: rates, candidates, at: address
          ) { listener, _ in
            !hasAdopted[listener]
          } _: { listener, _, round in
            calendar.enter(listener, at: step + round)
          }
          hasRoom = hasRoom && isAddressed
          continue
        }
        let row = network.voices(of: speaker)
        calendar.begin(row)
        let isAddressed = successes(
          of: speaker, rounds: rounds, on: network, rates: rates, candidates, at: address
        ) { listener, place in
          !hasAdopted[listener] && !calendar.hasEntered(place, of: row)
        } _: { listener, place, round in
          calendar.enter(listener, at: step + round)
          calendar.note(place, of: row)
        }
        hasRoom = hasRoom && isAddressed
      }
      guard hasRoom && step < calendar.last else { break }
      step += 1
      for listener in calendar.days[step] where !hasAdopted[Int(listener)] {
        hasAdopted[Int(listener)] = true
        outcome.queue[tail] = listener
        tail += 1
      }
      calendar.days[step].removeAll(keepingCapacity: true)
      outcome.stepEnds.append(tail)
    }
    hasAdopted.remove(outcome.queue, count: tail)
    outcome.dropIdleSteps()
    guard hasRoom else {
      calendar = Calendar()
      throw candidates.failure()
    }
  }
}
