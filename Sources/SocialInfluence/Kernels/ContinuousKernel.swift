/// The kernel of SIR in continuous time. Each adopter draws its period and a waiting time for each of its ties; waiting
/// times that end within the period become events.
enum ContinuousKernel {
  /// Most steps recorded per run.
  static let stepLimit = 100_000

  /// Leaves the adopters in `queue`, their times in `moments` and the agents that convinced them in `sources` (a seed:
  /// itself).
  static func spread<Rates: TieRates>(
    from seeds: [UInt32], on network: borrowing Network, rates: Rates, period: ContinuousPeriod,
    at address: RandomAddress, times: inout [Double], _ outcome: inout Workspace.Outcome
  ) {
    var events = EventQueue()
    var tail = 0
    // `times[v]`: the earliest time scheduled for v's adoption; ∞ if none, −1 once v has adopted.
    var times = times.mutableSpan
    for seed in seeds {
      times[Int(seed)] = 0
      events.push(Event(time: 0, target: seed, source: seed))
    }
    while let event = events.pop() {
      let speaker = Int(event.target)
      // Superseded by an earlier event, or already adopted.
      guard event.time == times[speaker] else { continue }
      outcome.queue[tail] = event.target
      tail += 1
      outcome.sources.append(event.source)
      outcome.moments.append(event.time)
      times[speaker] = -1
      let length = period.length(speaker, at: address)
      // A common rate needs one exponential per speaker, not per tie.
      let commonChance = rates.commonRate.map { exponential(-$0 * length) }
      var words = address.stream(.coins, entity: speaker)
      for place in network.voices(of: speaker) {
        let word = words.next()
        let listener = Int(network.targets[place])
        guard times[listener] > event.time else { continue }
        let rate = rates.rate(at: place, listener: listener)
        // 1 − U ≤ exp(−rate · length): the waiting time outlasts the period.
        let withstood = 1 - word.unitInterval
        guard withstood > commonChance ?? exponential(-rate * length), rate > 0 else { continue }
        let moment = event.time - naturalLogarithm(withstood) / rate
        if moment < times[listener] {
          times[listener] = moment
          events.push(Event(time: moment, target: network.targets[place], source: event.target))
        }
      }
    }
    for place in 0..<tail { times[Int(outcome.queue[place])] = .infinity }
  }

  /// Sets `stepEnds`, for steps of `length` units of time.
  ///
  /// - Returns: false if the last adoption lies at or beyond `stepLimit` steps.
  static func collectSteps(_ length: Double, in workspace: inout Workspace) -> Bool {
    guard let last = workspace.outcome.moments.last, last / length < Double(stepLimit) else {
      workspace.outcome.stepEnds = [0]
      return workspace.outcome.moments.isEmpty
    }
    var ends = [Int](repeating: 0, count: Int((last / length).rounded(.up)) + 1)
    for moment in workspace.outcome.moments { ends[Int((moment / length).rounded(.up))] += 1 }
    for step in 1..<max(1, ends.count) { ends[step] += ends[step - 1] }
    workspace.outcome.stepEnds = ends
    return true
  }
}
