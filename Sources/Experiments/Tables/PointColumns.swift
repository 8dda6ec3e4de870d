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

  /// The last column of tables that keep a row for every point, whether its arm was run there or not.
  static let sameAs = Column(
    "same_as_point",
    "the first point at which this is the same, because it does not depend on what is swept; empty at that one")

  /// The cells of every point, in order.
  static func cells(_ scenario: Scenario, besides own: [Column]) -> [[UInt8]] {
    let swept = swept(scenario, besides: own)
    return scenario.points.indices.map { point in
      var rows = CSVRows()
      rows.add(point + 1)
      let labels = scenario.labels(point)
      for index in swept { rows.add(labels[index]) }
      return rows.bytes
    }
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
    cells = PointColumns.cells(scenario, besides: own).flatMap { point in
      scenario.armNames.map { arm in
        var rows = CSVRows()
        rows.add(cells: point)
        rows.add(arm)
        return rows.bytes
      }
    }
  }

  subscript(condition: Plan.ConditionIndex) -> [UInt8] { cells[condition.point * armCount + condition.arm] }
}
