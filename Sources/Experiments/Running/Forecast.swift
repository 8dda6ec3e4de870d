internal import SocialInfluence

/// How long a run will take and what it will leave, from a few of its own replicates, timed.
///
/// Conditions are taken evenly from the order in which a replicate visits them, each after the one before it, so that it
/// finds the network, the agents and the needs that it would find in the run. Those that need a new network are counted
/// apart: there are few of them, and they take long.
package struct Forecast: Sendable {
  /// Time on the wall; nil where no condition is small enough to be tried.
  package let seconds: Double?
  /// Bytes of all tables; nil as well.
  package let output: Double?
  /// Bytes at the peak.
  package let memory: Double?

  /// What all tries may take.
  private static let patience = Duration.milliseconds(600)
  /// Where nothing of what was tried was global, or all of it: what that means.
  package let window: String?
  private static let most = (withNetwork: 60, without: 240)
  /// Different networks that are tried.
  private static let replicates = 8

  package init(_ plan: Plan, workers: Int) throws {
    let head = plan.scenario.head
    let starts = plan.order.indices.map { place in
      place == 0 || plan[plan.order[place]].keys.network != plan[plan.order[place - 1]].keys.network
    }
    let strata = [true, false].map { kind in plan.order.indices.filter { starts[$0] == kind } }
    var sampler = Sampler(plan)
    let deadline = ContinuousClock.now.advanced(by: Self.patience)
    var (seconds, bytes, kept, isKnown) = (0.0, 0.0, 0.0, true)
    for (stratum, most) in zip(strata, [Self.most.withNetwork, Self.most.without]) where !stratum.isEmpty {
      let count = min(most, stratum.count * min(head.networks, Self.replicates))
      var samples = [Sample]()
      // In an order that is even wherever it is cut off.
      for turn in 0..<count {
        guard samples.count < 3 || ContinuousClock.now < deadline else { break }
        let place = stratum[Int(Self.spread(turn) * Double(stratum.count))]
        let replicate = 1 + min(turn / min(stratum.count, 60), min(head.networks, Self.replicates) - 1)
        if let sample = try sampler.sample(place, replicate: replicate) { samples.append(sample) }
        if ContinuousClock.now > deadline.advanced(by: Self.patience) { break }
      }
      guard !samples.isEmpty else {
        isKnown = false
        continue
      }
      let share = Double(stratum.count) / Double(samples.count)
      seconds += share * samples.reduce(0) { $0 + $1.seconds }
      bytes += share * samples.reduce(0) { $0 + $1.bytes }
      kept += share * samples.reduce(0) { $0 + $1.kept }
    }
    window = try sampler.window()
    guard isKnown else {
      (self.seconds, output, memory) = (nil, nil, nil)
      return
    }
    let active = Double(max(1, min(workers, plan.itemCount)))
    let copies = Double(plan.copies.origins.count) / Double(max(1, plan.order.count))
    let tables = bytes + Self.contrastBytes(plan) + 25_000
    output = tables + (copies - 1) * sampler.summaryBytes(plan)
    let analysis = 6e-9 * (Double(plan.order.count) * Plan.rowWork + plan.contrastCount * plan.contrastWork)
    self.seconds = (seconds * Double(plan.itemCount) + analysis) / active + tables / 250e6 + 0.01
    let replicates = Double(head.networks) * Double(head.draws)
    let units = Double(head.networks > 1 ? head.networks : head.draws)
    let contrasts = plan.contrastCount
    let resampled = units > 4 ? 36_000 * min(contrasts, 1024) : 0
    let worker = 0.6 * Estimate(plan, workers: workers).worker
    memory =
      Double(Machine.resident ?? 0) + (active - 1) * worker + kept + 12 * replicates * Double(plan.order.count)
      + Double(plan.copies.origins.count) * 1900 + contrasts * (8 * units + 500) + resampled
  }

  /// Numbers from 0 to 1 that lie evenly, however many are taken: the golden ratio's multiples.
  private static func spread(_ turn: Int) -> Double {
    let number = 0.5 + 0.618_033_988_749_894_9 * Double(turn)
    return number - number.rounded(.down)
  }

  private static func contrastBytes(_ plan: Plan) -> Double {
    plan.contrastCount * Double(155 + 8 * plan.scenario.sweeps.count)
  }

  /// What one condition takes and leaves in one item of work, or in the whole run.
  fileprivate struct Sample {
    /// Of one item of work.
    var seconds = 0.0
    /// Of the whole run.
    var bytes = 0.0
    var kept = 0.0
  }
}

/// Runs single conditions as a replicate would meet them.
private struct Sampler: ~Copyable {
  private let plan: Plan
  private var worker: ReplicateWorker
  private let cells: (cascades: RowBeginnings, networks: RowBeginnings, curves: RowBeginnings)
  private let requested: [(table: CascadeFile, beginnings: RowBeginnings)]
  /// The places of conditions that are the first with their rule.
  private let firstOfRule: Set<Int>
  private var replicate = 0
  /// Cascades that were tried, and those of them that were global.
  private var cascades = (all: 0, global: 0)

  init(_ plan: Plan) {
    self.plan = plan
    worker = ReplicateWorker(plan, Progress(total: 1))
    let scenario = plan.scenario
    cells = (
      RowBeginnings(scenario, besides: CascadesTable.own), RowBeginnings(scenario, besides: NetworksTable.own),
      RowBeginnings(scenario, besides: CurvesTable.own)
    )
    var seen = Set<String>()
    firstOfRule = Set(plan.order.indices.filter { seen.insert(plan[plan.order[$0]].keys.rule).inserted })
    requested = scenario.cascadeFiles.map { ($0, RowBeginnings(scenario, besides: $0.all)) }
  }

  mutating func window() throws -> String? {
    worker.forget()
    return try WindowProbe.note(plan, globals: cascades.global, of: cascades.all, &worker)
  }

  /// Bytes of the rows of summary.csv.
  func summaryBytes(_ plan: Plan) -> Double {
    Double(plan.copies.origins.count) * Double(210 + 8 * plan.scenario.sweeps.count)
  }

  /// - Returns: nil where the condition is too large to be tried, or cannot be made.
  mutating func sample(_ place: Int, replicate: Int) throws -> Forecast.Sample? {
    let index = plan.order[place]
    let condition = plan[index]
    guard Rehearsal.canBeTimed(condition, plan) else { return nil }
    // What a replicate has made once, its later conditions find.
    if place == 0 || replicate != self.replicate { worker.forget() }
    self.replicate = replicate
    if place > 0 {
      let before = plan.order[place - 1]
      guard Rehearsal.canBeTimed(plan[before], plan) else { return nil }
      _ = try worker.sample(before, replicate: replicate, draws: 1...1)
    }
    let start = ContinuousClock.now
    guard let first = try worker.sample(index, replicate: replicate, draws: 1...1) else { return nil }
    let taken = (ContinuousClock.now - start) / .seconds(1)
    // Needs are drawn once for each rule and draw; whoever comes later finds them.
    if firstOfRule.contains(place) { worker.forgetNeeds() }
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

  /// Bytes that the condition leaves in the whole run.
  private func count(
    _ cascades: [CascadeRecord], _ networks: [NetworkRecord], _ index: Plan.ConditionIndex,
    _ sample: inout Forecast.Sample
  ) {
    let head = plan.scenario.head
    let replicates = Double(head.networks) * Double(head.draws)
    var rows = CSVRows()
    for record in cascades {
      CascadesTable.add(record, plan.scenario, cells.cascades, to: &rows)
      for (table, beginnings) in requested {
        var own = CascadeRows(record, beginnings)
        table.add(record, plan.scenario, &own)
        rows.append(own.rows)
      }
    }
    let each = 1 / Double(cascades.count)
    sample.bytes += Double(rows.bytes.count) * each * replicates
    rows.removeAll()
    for record in networks { NetworksTable.add(record, cells.networks, to: &rows) }
    sample.bytes += Double(rows.bytes.count) * Double(head.networks)
    // The longest of all cascades makes the curve; of a few it is seen too short.
    let steps = cascades.map { Double($0.curve.stepCount) }
    let longest = (steps.max() ?? 1) + 1.4 * (replicates / Double(cascades.count)).squareRoot().binaryLog
    sample.bytes += longest * Double(cells.curves[index].count + 58 + (replicates > 10 ? 25 : 0))
    sample.bytes += Double(cells.curves[index].count + 215)
    let changes = cascades.reduce(0.0) { $0 + Double($1.curve.changes.count + 2) } * each
    sample.kept += 4 * changes * replicates
  }
}

extension Double {
  /// The next whole number from the logarithm to base 2 downwards; 0 below 2.
  fileprivate var binaryLog: Double { self >= 2 ? Double(exponent) : 0 }
}
