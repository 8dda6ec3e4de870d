internal import SocialInfluence
internal import Statistics

/// How long a run will take and what it will need, from timing some of its own replicates.
///
/// Conditions are sampled evenly from the visiting order, each after its predecessor, so that it finds the same cached
/// network, agents and needs as in the run. Those that need a new network are a separate stratum: they are few and
/// slow.
struct Forecast: Sendable {
  /// Wall-clock seconds; nil if conditions too large to try are over a tenth of the work.
  let seconds: Double?
  /// Bytes of all tables; nil likewise.
  let output: Double?
  /// Peak memory in bytes; nil likewise.
  let memory: Double?
  /// A warning if none or all of the cascades tried were global.
  let window: String?

  /// Smallest and largest `reproductionNumber` of the conditions tried; nil if none has one.
  let reproduction: ClosedRange<Double>?

  /// Time limit; one condition of each stratum is tried regardless.
  private static let patience = Duration.milliseconds(400)
  /// Most tries of conditions with a new network and without.
  private static let most = (withNetwork: 60, without: 240)
  /// Most networks that are tried.
  private static let replicates = 8

  init(_ plan: Plan, workers: Int) throws {
    let starts = plan.order.indices.map { place in
      place == 0 || plan[plan.order[place]].keys.network != plan[plan.order[place - 1]].keys.network
    }
    var sampler = Sampler(plan)
    let deadline = ContinuousClock.now.advanced(by: Self.patience)
    var total: Sample? = Sample()
    for (isStart, most) in [(true, Self.most.withNetwork), (false, Self.most.without)] {
      let stratum = plan.order.indices.filter { starts[$0] == isStart }
      guard !stratum.isEmpty else { continue }
      let mean = try Self.mean(of: stratum, most: most, plan, &sampler, until: deadline)
      total = mean.flatMap { mean in total.map { $0 + Double(stratum.count) * mean } }
    }
    // No forecast if conditions too large to try make up over 10 % of the work.
    let works = plan.order.map { (work: Rehearsal.work(plan[$0], plan), isTried: Rehearsal.canBeTimed(plan[$0], plan)) }
    let untried = works.reduce(0) { $0 + ($1.isTried ? 0 : $1.work) }
    if untried > 0.1 * works.reduce(0, { $0 + $1.work }) { total = nil }
    window = try sampler.window()
    reproduction = sampler.reproduction
    (seconds, output, memory) = total.map { Self.whole($0, plan, workers: workers) } ?? (nil, nil, nil)
  }

  /// The mean over a sample of the conditions at `places`; nil where none can be tried.
  private static func mean(
    of places: [Int], most: Int, _ plan: Plan, _ sampler: inout Sampler, until deadline: ContinuousClock.Instant
  ) throws -> Sample? {
    let networks = min(plan.scenario.head.networks, replicates)
    var (sum, count) = (Sample(), 0)
    for turn in 0..<min(most, places.count * networks) where count == 0 || ContinuousClock.now < deadline {
      let place = places[Int(spread(turn) * Double(places.count))]
      let replicate = 1 + min(turn / min(places.count, 60), networks - 1)
      guard let sample = try sampler.sample(place, replicate: replicate) else { continue }
      sum = sum + sample
      count += 1
    }
    return count == 0 ? nil : 1 / Double(count) * sum
  }

  /// Evenly spread numbers in [0, 1), however many are taken: multiples of the golden ratio, modulo 1.
  private static func spread(_ turn: Int) -> Double {
    let number = 0.5 + 0.618_033_988_749_894_9 * Double(turn)
    return number - number.rounded(.down)
  }

  /// The cost of the whole run. The constants are bytes and seconds, measured on runs of 1 to 10,000 points.
  private static func whole(
    _ sum: Sample, _ plan: Plan, workers: Int
  ) -> (seconds: Double?, output: Double?, memory: Double?) {
    let head = plan.scenario.head
    let (places, conditions) = (Double(plan.copies.origins.count), Double(plan.order.count))
    let contrasts = plan.contrastCount
    let output =
      sum.bytes + sum.pointBytes * places / conditions
      + contrasts * Double(155 + 8 * plan.scenario.sweeps.count) + 25_000
    let active = Double(max(1, min(workers, plan.itemCount)))
    let analysis = 6e-9 * (conditions * Plan.rowWork + contrasts * plan.contrastWork)
    let seconds = (sum.seconds * Double(plan.itemCount) + analysis) / active + output / 250e6 + 0.01
    let cascades = conditions * Double(head.networks) * Double(head.draws)
    let units = Double(head.units)
    let resampled = min(contrasts, 1024) * (8 * units + (units >= Double(PairedMean.fewUnits) ? 20_000 : 0))
    let others = (active - 1) * 0.6 * Estimate(plan, workers: workers).worker
    let memory =
      Double(Machine.resident ?? 0) + others + sum.kept + 12 * cascades + 1900 * places
      + contrasts * 250 + resampled
    return (seconds, output, memory)
  }

  /// The cost of one condition.
  fileprivate struct Sample {
    /// Seconds of one item of work.
    var seconds = 0.0
    /// Bytes of the whole run, in tables without rows for copies.
    var bytes = 0.0
    /// Bytes of the whole run, in tables with a row for every point.
    var pointBytes = 0.0
    /// Bytes of the whole run that are kept until its end.
    var kept = 0.0

    static func + (one: Sample, other: Sample) -> Sample {
      Sample(
        seconds: one.seconds + other.seconds, bytes: one.bytes + other.bytes,
        pointBytes: one.pointBytes + other.pointBytes, kept: one.kept + other.kept)
    }

    static func * (factor: Double, sample: Sample) -> Sample {
      Sample(
        seconds: factor * sample.seconds, bytes: factor * sample.bytes, pointBytes: factor * sample.pointBytes,
        kept: factor * sample.kept)
    }
  }
}

/// Runs single conditions as a replicate would.
private struct Sampler: ~Copyable {
  private let plan: Plan
  private var worker: ReplicateWorker
  private let cells: (cascades: RowBeginnings, networks: RowBeginnings, curves: RowBeginnings)
  private let requested: [(table: RequestedFile, beginnings: RowBeginnings)]
  /// The places of the first condition with each rule.
  private let firstOfRule: Set<Int>
  private var replicate = 0
  private(set) var reproduction: ClosedRange<Double>?
  /// Cascades tried, and those of them that were global.
  private var cascades = (all: 0, global: 0)

  init(_ plan: Plan) {
    self.plan = plan
    worker = ReplicateWorker(plan, Progress(total: 1))
    let scenario = plan.scenario
    cells = (
      RowBeginnings(scenario, besides: CascadesTable.own), RowBeginnings(scenario, besides: NetworksTable.own),
      RowBeginnings(scenario, besides: CurvesTable.own)
    )
    var seen = Set<Int32>()
    firstOfRule = Set(plan.order.indices.filter { seen.insert(plan[plan.order[$0]].keys.rule).inserted })
    requested = scenario.requestedFiles.map { ($0, RowBeginnings(scenario, besides: $0.all)) }
  }

  mutating func window() throws -> String? {
    worker.forget()
    return try WindowProbe.note(plan, globals: cascades.global, of: cascades.all, &worker)
  }

  /// - Returns: nil if the condition or the one before it is too large to try, or cannot be made.
  mutating func sample(_ place: Int, replicate: Int) throws -> Forecast.Sample? {
    let index = plan.order[place]
    let condition = plan[index]
    guard Rehearsal.canBeTimed(condition, plan) else { return nil }
    // Later conditions of a replicate find what earlier ones made.
    if place == 0 || replicate != self.replicate { worker.forget() }
    self.replicate = replicate
    if place > 0 {
      let before = plan.order[place - 1]
      guard Rehearsal.canBeTimed(plan[before], plan) else { return nil }
      _ = try worker.sample(before, replicate: replicate, draws: 1...1)
    }
    guard let first = try worker.sample(index, replicate: replicate, draws: 1...1) else { return nil }
    if let own = worker.reproductionNumber(condition) {
      reproduction = min(own, reproduction?.lowerBound ?? own)...max(own, reproduction?.upperBound ?? own)
    }
    // Needs are drawn once per rule and draw; later conditions reuse them.
    if firstOfRule.contains(place) { worker.forgetNeeds() }
    let taken = first.times[.cascades] + first.times[.statistics]
    let draws = min(plan.drawsPerItem, taken < 1e-3 ? 64 : taken < 1e-2 ? 8 : 2)
    guard let warm = try worker.sample(index, replicate: replicate, draws: 1...draws) else { return nil }
    let each = (warm.times[.cascades] + warm.times[.statistics]) / Double(draws)
    let once = max(0, first.times[.statistics] - warm.times[.statistics] / Double(draws))
    var sample = Forecast.Sample()
    sample.seconds = first.times[.networks] + once + Double(plan.drawsPerItem) * each
    let records = warm.cascades
    if let cutoff = plan.scenario.head.cutoff {
      cascades.all += records.count
      cascades.global += records.count {
        GlobalCascade.isGlobal($0.cascade.size, of: $0.agents, cutoff: cutoff)
      }
    }
    count(records, first.networks, index, &sample)
    return sample
  }

  /// Bytes of a table with rows for every cascade, or for the cascades shown.
  private func bytes(of table: RequestedFile, _ beginnings: RowBeginnings, _ cascades: [CascadeRecord]) -> Double {
    let (head, isAsked) = (plan.scenario.head, plan.scenario.isAsked(table))
    let shown = cascades.filter { !isAsked || plan.shows($0.condition, replicate: $0.replicate, draw: $0.draw) }
    guard !shown.isEmpty else { return 0 }
    let bytes = shown.reduce(0) { sum, record in
      var own = CascadeRows(record, beginnings)
      table.add(record, &own)
      return sum + own.rows.bytes.count
    }
    let share = isAsked ? plan.scenario.shown.share(networks: head.networks, draws: head.draws) : 1
    return Double(bytes) / Double(shown.count) * share * Double(head.networks) * Double(head.draws)
  }

  /// Adds the bytes that the condition leaves in the whole run.
  private func count(
    _ cascades: [CascadeRecord], _ networks: [NetworkRecord], _ index: Plan.ConditionIndex,
    _ sample: inout Forecast.Sample
  ) {
    let head = plan.scenario.head
    let replicates = Double(head.networks) * Double(head.draws)
    var rows = CSVRows()
    for record in cascades { CascadesTable.add(record, plan.scenario, cells.cascades, to: &rows) }
    for (table, beginnings) in requested { sample.bytes += bytes(of: table, beginnings, cascades) }
    let each = 1 / Double(cascades.count)
    sample.bytes += Double(rows.bytes.count) * each * replicates
    rows.removeAll()
    for record in networks { NetworksTable.add(record, cells.networks, to: &rows) }
    sample.bytes += Double(rows.bytes.count) * Double(head.networks)
    // The longest cascade sets the length of the curve; a small sample underestimates it.
    let steps = cascades.map { Double($0.curve.stepCount) }
    let longest = (steps.max() ?? 1) + 1.4 * (replicates / Double(cascades.count)).squareRoot().binaryLog
    let beginning = Double(cells.curves[index].count)
    sample.pointBytes += longest * (beginning + 58 + (replicates > 10 ? 25 : 0)) + beginning + 215
    let changes = cascades.reduce(0.0) { $0 + Double($1.curve.changes.count + 2) } * each
    sample.kept += 4 * changes * replicates
  }
}

extension Double {
  /// ⌊log₂ x⌋; 0 below 2.
  fileprivate var binaryLog: Double { self >= 2 ? Double(exponent) : 0 }
}
