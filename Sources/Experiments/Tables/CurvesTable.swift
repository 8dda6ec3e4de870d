internal import SocialInfluence
internal import Statistics
internal import Synchronization

/// `curves.csv`: quantile bands of the adopted share per step, per point and arm.
enum CurvesTable {
  static let name = "curves.csv"

  static func columns(_ scenario: Scenario) -> [Column] {
    PointColumns.columns(scenario, besides: own) + own
  }

  private static let quantiles = [0.05, 0.25, 0.5, 0.75, 0.95]

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

  /// - Returns: how long it took on the wall, and for what.
  static func write(
    _ plan: Plan, _ outcomes: Outcomes, _ spool: CurveSpool, to file: inout OutputFile, workers: Int
  ) throws -> TimeSplit {
    let begin = ContinuousClock.now
    var header = CSVRows()
    header.header(columns(plan.scenario))
    try file.write(header.bytes)
    let arms = plan.scenario.armNames.count
    let beginnings = RowBeginnings(plan.scenario, besides: own)
    let memo = CourseMemo(plan.copies)
    return try spool.read { spool in
      // Workers only read it.
      nonisolated(unsafe) let spool = spool
      let done = try OrderedWork.run(
        items: plan.scenario.points.count * arms, workers: workers, workspace: { 0 },
        work: { read, place in
          let start = ContinuousClock.now
          var times = TimeSplit()
          let condition = Plan.ConditionIndex(point: place / arms, arm: place % arms)
          let curves = Self.curves(outcomes, place, spool)
          var rows = CSVRows()
          // Very long tables are left to whoever writes: they need not be held.
          let isLong = curves.stepCount > Self.longest
          if !isLong {
            Self.fill(&rows, condition, plan, outcomes, curves, memo, beginning: beginnings[condition]) { _ in }
          }
          // Each curve lies on pages of its own, more or less.
          read += isLong ? 0 : curves.byteCount + 4096 * curves.count
          if read > CurveSpool.leastReleased {
            CurveSpool.release(spool)
            read = 0
          }
          times.add(.statistics, since: start)
          return (condition: condition, isLong: isLong, rows: rows, times: times)
        },
        into: (file: file, times: TimeSplit()),
        emit: { output, result in
          var start = ContinuousClock.now
          var rows = result.rows
          if result.isLong {
            let curves = Self.curves(outcomes, outcomes.place(result.condition), spool)
            try Self.fill(
              &rows, result.condition, plan, outcomes, curves, memo, beginning: beginnings[result.condition]
            ) { rows in
              guard rows.bytes.count > 1 << 18 else { return }
              try output.file.write(rows.bytes)
              rows.removeAll()
            }
            output.times.add(.statistics, since: start)
            start = .now
          }
          try output.file.write(rows.bytes)
          output.times.add(result.times)
          output.times.add(.writing, since: start)
        })
      file = done.file
      return done.times.scaled(to: ContinuousClock.now - begin)
    }
  }

  /// Steps beyond which the rows of a condition are not held as a whole.
  private static let longest = 10_000

  private static func curves(
    _ outcomes: Outcomes, _ place: Int, _ spool: UnsafeBufferPointer<UInt32>
  ) -> AdoptersByStep {
    var curves = [AdoptersByStep.Curve]()
    var stepCount = 0
    let own = outcomes[place]
    for (slot, size) in own.sizes.enumerated() where size != ConditionOutcomes.missing {
      let start = Int(own.curves[own.curves.startIndex + slot])
      stepCount = max(stepCount, Int(spool[start]))
      curves.append(spool[start + 2..<start + 2 + Int(spool[start + 1])])
    }
    return AdoptersByStep(curves, stepCount: stepCount)
  }

  /// - Parameter taking: called after each row.
  private static func fill(
    _ rows: inout CSVRows, _ condition: Plan.ConditionIndex, _ plan: Plan, _ outcomes: Outcomes,
    _ curves: AdoptersByStep, _ memo: CourseMemo,
    beginning: [UInt8], taking: (inout CSVRows) throws -> Void
  ) rethrows {
    let agents = Double(outcomes[condition].sums.agents)
    let place = outcomes.place(condition)
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
      for fraction in quantiles { rows.add(Sample.quantile(ascending: ascending, fraction).map { $0 / agents }) }
      rows.add(step < course.count ? course[step] : nil)
      rows.add(samePoint)
      rows.endRow()
      try taking(&rows)
    }
  }
}

/// Courses of arms that stand at several points: theory is asked once.
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
