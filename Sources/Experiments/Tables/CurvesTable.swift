internal import SocialInfluence
internal import Statistics
internal import Synchronization

/// `curves.csv`: quantile bands of the adopted share per step, per point and arm.
enum CurvesTable {
  static let name = "curves.csv"

  static func columns(_ scenario: Scenario) -> [Column] {
    PointColumns.columns(scenario, besides: own) + own
  }

  static let own: [Column] = [
    Column("arm", "name of the arm"),
    Column("step", unit: "steps", "step; the seeding is step 0"),
    Column("cascades", "cascades; one that has ended keeps its final size"),
    Column("mean", unit: "share of agents", "mean adopted share"),
    Column("q05", unit: "share of agents", "5 % quantile of the adopted share"),
    Column("q25", unit: "share of agents", "25 % quantile"),
    Column("q50", unit: "share of agents", "median"),
    Column("q75", unit: "share of agents", "75 % quantile"),
    Column("q95", unit: "share of agents", "95 % quantile"),
    Column("theory", unit: "share of agents", "adopted share by theory as N → ∞; empty without a solver"),
    PointColumns.sameAs,
  ]

  /// - Returns: wall-clock time by kind of work.
  static func write(
    _ plan: Plan, _ outcomes: Outcomes, _ spool: CurveSpool, to file: inout OutputFile, workers: Int
  ) throws -> TimeSplit {
    let begin = ContinuousClock.now
    var header = CSVRows()
    header.header(columns(plan.scenario))
    try file.write(header.bytes)
    return try spool.read { spool in
      let maker = CurveRows(plan, outcomes, spool)
      let done = try OrderedWork(items: plan.copies.origins.count, workers: workers).run(
        workspace: { 0 },
        work: { read, place in maker.rows(place, read: &read) },
        into: (file: file, times: TimeSplit()),
        emit: { output, result in
          var start = ContinuousClock.now
          if result.isLong {
            try maker.write(result.place, to: &output.file)
            output.times.add(.statistics, since: start)
            start = .now
          }
          try output.file.write(result.rows.bytes)
          output.times.add(result.times)
          output.times.add(.writing, since: start)
        })
      file = done.file
      return done.times.scaled(to: ContinuousClock.now - begin)
    }
  }
}

/// Makes the rows of each point and arm.
private struct CurveRows: Sendable {
  private static let quantiles = [0.05, 0.25, 0.5, 0.75, 0.95]
  /// Steps beyond which the rows of a condition are streamed and not held.
  private static let longest = 10_000
  private let plan: Plan
  private let outcomes: Outcomes
  private let spool: SpooledCurves
  private let memo: CourseMemo
  private let beginnings: RowBeginnings

  init(_ plan: Plan, _ outcomes: Outcomes, _ spool: SpooledCurves) {
    (self.plan, self.outcomes, self.spool) = (plan, outcomes, spool)
    memo = CourseMemo(plan.copies)
    beginnings = RowBeginnings(plan.scenario, besides: CurvesTable.own)
  }

  /// The rows at a place; if too long, none: the caller streams them with `write`.
  ///
  /// - Parameter read: bytes of the spool that the worker has read since it last released any.
  func rows(_ place: Int, read: inout Int) -> (place: Int, isLong: Bool, rows: CSVRows, times: TimeSplit) {
    let start = ContinuousClock.now
    var times = TimeSplit()
    var rows = CSVRows()
    let curves = curves(place)
    let isLong = curves.stepCount > Self.longest
    if !isLong {
      fill(&rows, place, curves) { _ in }
      // Each curve is on pages of its own, more or less.
      read += curves.byteCount + 4096 * curves.count
    }
    if read > CurveSpool.leastReleased {
      spool.release()
      read = 0
    }
    times.add(.statistics, since: start)
    return (place, isLong, rows, times)
  }

  /// Writes rows that are too many to hold.
  func write(_ place: Int, to file: inout OutputFile) throws {
    var rows = CSVRows()
    try fill(&rows, place, curves(place)) { try file.take(&$0) }
    try file.write(rows.bytes)
  }

  private func curves(_ place: Int) -> AdoptersByStep {
    var curves = [AdoptersByStep.Curve]()
    var stepCount = 0
    let own = outcomes[place]
    for (slot, size) in own.sizes.enumerated() where size != ConditionOutcomes.missing {
      let (curve, steps) = spool[own.curves[own.curves.startIndex + slot]]
      stepCount = max(stepCount, steps)
      curves.append(curve)
    }
    return AdoptersByStep(curves, stepCount: stepCount)
  }

  /// - Parameter taking: called after each row.
  private func fill(
    _ rows: inout CSVRows, _ place: Int, _ curves: AdoptersByStep, taking: (inout CSVRows) throws -> Void
  ) rethrows {
    let arms = plan.scenario.armNames.count
    let condition = Plan.ConditionIndex(point: place / arms, arm: place % arms)
    let beginning = beginnings[condition]
    let agents = Double(outcomes[place].sums.agents)
    let samePoint = plan.copies.samePoint(as: place).map { $0 + 1 }
    var adopters = curves
    let course = memo.course(plan.copies.origins[place]) {
      TheoryBeside.course(
        plan[condition], agents: Int(agents), to: adopters.stepCount, effort: outcomes.theoryEffort(condition, plan))
    }
    for step in 0..<adopters.stepCount {
      let ascending = adopters.next()
      rows.add(cells: beginning)
      rows.add(step)
      rows.add(ascending.count)
      rows.add(Sample.mean(ascending) / agents)
      for fraction in Self.quantiles { rows.add(Sample.quantile(ascending: ascending, fraction).map { $0 / agents }) }
      rows.add(step < course.count ? course[step] : nil)
      rows.add(samePoint)
      rows.endRow()
      try taking(&rows)
    }
  }
}

/// Theoretical courses of arms at several points: each is solved once.
private final class CourseMemo: Sendable {
  private let known = Mutex<[Int32: [Double]]>([:])
  private let shared: Set<Int32>

  init(_ copies: ArmCopies) {
    shared = Set(copies.origins.enumerated().lazy.filter { $0.element != $0.offset }.map(\.element))
  }

  func course(_ origin: Int32, _ make: () -> [Double]) -> [Double] {
    guard shared.contains(origin) else { return make() }
    if let known = known.withLock({ $0[origin] }) { return known }
    let made = make()
    known.withLock { $0[origin] = made }
    return made
  }
}
