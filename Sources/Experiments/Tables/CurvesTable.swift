internal import SocialInfluence
internal import Statistics

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
  ]

  /// - Returns: how long it took on the wall, and for what.
  static func write(
    _ plan: Plan, _ recorder: Recorder, to file: inout OutputFile, workers: Int
  ) throws -> TimeSplit {
    let begin = ContinuousClock.now
    var header = CSVRows()
    header.header(columns(plan.scenario))
    try file.write(header.bytes)
    let arms = plan.scenario.armNames.count
    let beginnings = RowBeginnings(plan.scenario, besides: own)
    return try recorder.spool.read { spool in
      // Workers only read it.
      nonisolated(unsafe) let spool = spool
      let outcomes = recorder.outcomes
      let done = try OrderedWork.run(
        items: plan.scenario.points.count * arms, workers: workers, workspace: {},
        work: { _, place in
          let start = ContinuousClock.now
          var times = TimeSplit()
          let condition = Plan.ConditionIndex(point: place / arms, arm: place % arms)
          let rows = rows(condition, plan, outcomes, spool, beginning: beginnings[condition])
          times.add(.statistics, since: start)
          return (rows: rows, times: times)
        },
        into: (file: file, times: TimeSplit()),
        emit: { output, result in
          let start = ContinuousClock.now
          try output.file.write(result.rows.bytes)
          output.times.add(result.times)
          output.times.add(.writing, since: start)
        })
      file = done.file
      return done.times.scaled(to: ContinuousClock.now - begin)
    }
  }

  private static func rows(
    _ condition: Plan.ConditionIndex, _ plan: Plan, _ outcomes: Outcomes, _ spool: UnsafeBufferPointer<UInt32>,
    beginning: [UInt8]
  ) -> CSVRows {
    let place = outcomes.place(condition)
    var curves = [Slice<UnsafeBufferPointer<UInt32>>]()
    for (slot, size) in outcomes.sizes[place].enumerated() where size != Outcomes.missing {
      let start = Int(outcomes.curves[place][slot]) + 1
      curves.append(spool[start..<start + Int(spool[start - 1])])
    }
    let agents = Double(outcomes.agents[place])
    var adopters = AdoptersByStep(curves)
    let course = TheoryBeside.course(
      plan[condition], agents: Int(agents), to: adopters.stepCount,
      effort: outcomes.theoryEffort(place, meanDegree: plan.meanDegree(plan[condition])))
    var rows = CSVRows()
    for step in 0..<adopters.stepCount {
      let ascending = adopters.next()
      rows.add(cells: beginning)
      rows.add(step)
      rows.add(ascending.count)
      rows.add(Sample.mean(ascending) / agents)
      for fraction in quantiles { rows.add(Sample.quantile(ascending: ascending, fraction).map { $0 / agents }) }
      rows.add(step < course.count ? course[step] : nil)
      rows.endRow()
    }
    return rows
  }
}
