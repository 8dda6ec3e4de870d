/// `trajectories.csv`, on request: the adopters of every cascade at every step.
enum TrajectoriesTable {
  static let name = "trajectories.csv"

  static func columns(_ scenario: Scenario) -> [Column] {
    PointColumns.columns(scenario, besides: own) + own
  }

  static let own: [Column] = [
    Column("arm", "name of the arm"),
    Column("replicate", "network replicate, from 1"),
    Column("draw", "draw on that network, from 1"),
    Column("step", unit: "steps", "step; the seeding is step 0"),
    Column("adopters", unit: "agents", "adopters up to and including this step"),
  ]

  static func add(_ record: CascadeRecord, _ scenario: Scenario, to rows: inout CSVRows) {
    for (step, adopters) in record.stepEnds.enumerated() {
      PointColumns.add(record.condition.point, scenario, besides: own, to: &rows)
      rows.add(scenario.armNames[record.condition.arm])
      rows.add(record.replicate)
      rows.add(record.draw)
      rows.add(step)
      rows.add(Int(adopters))
      rows.endRow()
    }
  }
}
