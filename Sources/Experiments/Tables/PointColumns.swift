/// The design point in every table: its number, and every swept path as a column.
enum PointColumns {
  /// A swept path that a table reports anyway, such as `seeds`, is not written twice.
  private static func swept(_ scenario: Scenario, besides own: [Column]) -> [Int] {
    let names = Set(own.map(\.name))
    return scenario.sweeps.indices.filter { !names.contains(scenario.sweeps[$0].column) }
  }

  static func columns(_ scenario: Scenario, besides own: [Column]) -> [Column] {
    [Column("point", "design point, from 1")]
      + swept(scenario, besides: own).map {
        let sweep = scenario.sweeps[$0]
        return Column(sweep.column, "value or label of `\(sweep.path.joined(separator: "."))`")
      }
  }

  static func add(_ point: Int, _ scenario: Scenario, besides own: [Column], to rows: inout CSVRows) {
    rows.add(point + 1)
    let labels = scenario.labels(point)
    for index in swept(scenario, besides: own) { rows.add(labels[index]) }
  }
}

/// How the rows of each point and arm begin: worked out once, for tables of many rows.
struct RowBeginnings: Sendable {
  private let armCount: Int
  /// The cells of the point and the arm, as they stand in a row.
  private let cells: [[UInt8]]

  /// For a table whose other columns are `own`.
  init(_ scenario: Scenario, besides own: [Column]) {
    armCount = scenario.armNames.count
    cells = scenario.points.indices.flatMap { point in
      scenario.armNames.map { arm in
        var rows = CSVRows()
        PointColumns.add(point, scenario, besides: own, to: &rows)
        rows.add(arm)
        return rows.bytes
      }
    }
  }

  subscript(condition: Plan.ConditionIndex) -> [UInt8] { cells[condition.point * armCount + condition.arm] }
}
