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

  static func write(_ plan: Plan, _ recorder: Recorder, to file: inout OutputFile) throws(Failure) {
    var rows = CSVRows()
    rows.header(columns(plan.scenario))
    try recorder.spool.read { (spool) throws(Failure) in
      for point in plan.scenario.points.indices {
        for arm in plan.scenario.armNames.indices {
          add(point, arm, plan, recorder.outcomes, spool, to: &rows)
          try file.write(rows.bytes)
          rows.removeAll()
        }
      }
    }
  }

  private static func add(
    _ point: Int, _ arm: Int, _ plan: Plan, _ outcomes: Outcomes, _ spool: UnsafeBufferPointer<UInt32>,
    to rows: inout CSVRows
  ) {
    let place = point * plan.scenario.armNames.count + arm
    var curves = [Slice<UnsafeBufferPointer<UInt32>>]()
    for (slot, size) in outcomes.sizes[place].enumerated() where size != Outcomes.missing {
      let start = Int(outcomes.curves[place][slot]) + 1
      curves.append(spool[start..<start + Int(spool[start - 1])])
    }
    let steps = curves.map(\.count).max() ?? 0
    let agents = Double(outcomes.agents[place])
    let course = TheoryBeside(plan.scenario.points[point].arms[arm], agents: Int(agents), cutoff: nil).course(steps)
    for step in 0..<steps {
      let shares = curves.map { Double($0[$0.startIndex + min(step, $0.count - 1)]) }.sorted()
      PointColumns.add(point, plan.scenario, besides: own, to: &rows)
      rows.add(plan.scenario.armNames[arm])
      rows.add(step)
      rows.add(shares.count)
      rows.add(Sample.mean(shares) / agents)
      for fraction in quantiles { rows.add(Sample.quantile(ascending: shares, fraction).map { $0 / agents }) }
      rows.add(step < course.count ? course[step] : nil)
      rows.endRow()
    }
  }
}
