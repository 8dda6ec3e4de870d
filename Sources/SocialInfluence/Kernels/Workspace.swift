/// What cascades write on, reused from one to the next.
package struct Workspace: Sendable {
  /// What a cascade leaves.
  package struct Outcome: Sendable {
    /// The adopters in order of adoption, ascending steps; only the first `stepEnds.last` count.
    package var queue: [UInt32] = []
    /// Adopters up to and including each step, the seeds first; the last step is the last with an adoption.
    package var stepEnds: [Int] = []
    /// Mean share of agents who talk in the last fifth of the steps, under rules by which adopters can return; else nil.
    package var prevalence: Double?
    /// Who convinced each adopter, parallel to `queue`, itself for a seed; empty where the kernel does not know.
    package var sources: [UInt32] = []
    /// When each adopter adopted, in units of time, parallel to `queue`; empty under rules by steps.
    var moments: [Double] = []
    /// Who talked in each round from 1 on, where that was asked for and adopters fall silent.
    package var talkers: [[UInt32]] = []

    package init() {}

    /// The number of adopters, seeds included.
    package var size: Int { stepEnds.last ?? 0 }

    /// Removes steps after the last adoption.
    mutating func dropIdleSteps() {
      while stepEnds.count > 1 && stepEnds[stepEnds.count - 2] == size { stepEnds.removeLast() }
    }
  }

  /// Whether to note who talks in each round; it changes nothing else.
  package var notesTalkers = false
  /// Threads that may work inside one cascade; they change nothing but the time.
  package var workers: Int {
    get { wideStep.workers }
    set { wideStep.workers = newValue }
  }
  /// What the last cascade left.
  package var outcome = Outcome()

  // Spent by the kernels.
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

  /// Makes room for a cascade among `count` agents.
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

  /// All false before and after each cascade.
  mutating func makeMarks(_ count: Int) {
    if hasAdopted.isEmpty { hasAdopted = [Bool](repeating: false, count: count) }
  }

  /// Nobody before and after each cascade.
  mutating func makeAdopters(_ count: Int) {
    if adopters.words.isEmpty { adopters = AgentSet(count: count) }
  }

  /// All 0 before and after each cascade.
  mutating func makePressures(_ count: Int) {
    if pressures.isEmpty { pressures = [Double](repeating: 0, count: count) }
  }

  /// All infinite before and after each cascade.
  mutating func makeTimes(_ count: Int) {
    if times.isEmpty { times = [Double](repeating: .infinity, count: count) }
  }
}
