/// Buffers of a cascade, reused by the next.
package struct Workspace: Sendable {
  /// The result of a cascade.
  package struct Outcome: Sendable {
    /// The adopters by step of their first adoption, each once; only the first `stepEnds.last` entries are valid.
    package var queue: [UInt32] = []
    /// Number of adopters up to and including each step, seeds first; the last step is the last with an adoption.
    package var stepEnds: [Int] = []
    /// Mean share of agents that talk in the last fifth of the steps; nil except in reversible epidemics and dose
    /// memory.
    package var prevalence: Double?
    /// The agent that convinced each adopter, parallel to `queue`, a seed itself; empty unless the kernel records it.
    package var sources: [UInt32] = []
    /// Time of each adoption, in units of time, parallel to `queue`; empty in discrete time.
    var moments: [Double] = []
    /// The talkers of each round from 1 on; empty unless `notesTalkers` is set, under a recovering rule.
    package var talkers: [[UInt32]] = []

    package init() {}

    /// Agents that have adopted at least once, seeds included.
    package var size: Int { stepEnds.last ?? 0 }

    /// Removes steps after the last adoption.
    mutating func dropIdleSteps() {
      while stepEnds.count > 1 && stepEnds[stepEnds.count - 2] == size { stepEnds.removeLast() }
    }
  }

  /// Whether to record the talkers of each round; it changes nothing else.
  package var notesTalkers = false
  /// Threads per cascade; they change nothing but the time.
  package var workers: Int {
    get { wideStep.workers }
    set { wideStep.workers = newValue }
  }
  /// The result of the last cascade.
  package var outcome = Outcome()

  // Scratch arrays of the kernels; undefined between cascades, except as noted here and at `make…`.
  var counts: [UInt32] = []
  var units: [UInt64] = []
  var hasAdopted: [Bool] = []
  var adopters = AgentSet(count: 0)
  var batches = SkipBatches()
  var order = StepOrder()
  var rows = RowBatch()
  var weightedRows = RowBatch()
  var wideStep = WideStep()
  var pressures: [Double] = []
  var times: [Double] = []
  var talk = EpidemicKernel.Talk()
  /// Empty before and after each cascade.
  var calendar = SkipKernel.Calendar()

  package init() {}

  /// Clears the outcome and makes room for `count` agents.
  mutating func begin(_ count: Int) {
    if outcome.queue.count != count {
      outcome.queue = [UInt32](repeating: 0, count: count)
      (counts, units, hasAdopted, pressures, times) = ([], [], [], [], [])
      adopters = AgentSet(count: 0)
    }
    outcome.prevalence = nil
    outcome.stepEnds.removeAll(keepingCapacity: true)
    outcome.sources.removeAll(keepingCapacity: true)
    outcome.moments.removeAll(keepingCapacity: true)
    outcome.talkers.removeAll()
  }

  mutating func makeCounts(_ count: Int) {
    guard counts.isEmpty else { return }
    counts = [UInt32](repeating: 0, count: count)
    counts.useHugePages()
  }

  mutating func makeUnits(_ count: Int) {
    guard units.isEmpty else { return }
    units = [UInt64](repeating: 0, count: count)
    units.useHugePages()
  }

  /// `hasAdopted` is all false before and after each cascade.
  mutating func makeMarks(_ count: Int) {
    if hasAdopted.isEmpty { hasAdopted = [Bool](repeating: false, count: count) }
  }

  /// `adopters` is empty before and after each cascade.
  mutating func makeAdopters(_ count: Int) {
    if adopters.words.isEmpty { adopters = AgentSet(count: count) }
  }

  /// `pressures` are all 0 before and after each cascade.
  mutating func makePressures(_ count: Int) {
    if pressures.isEmpty { pressures = [Double](repeating: 0, count: count) }
  }

  /// `times` are all infinite before and after each cascade.
  mutating func makeTimes(_ count: Int) {
    if times.isEmpty { times = [Double](repeating: .infinity, count: count) }
  }
}
