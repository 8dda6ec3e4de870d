/// The design point in every table: its number, and a column per swept path.
enum PointColumns {
  /// The sweeps without those that a table reports anyway, such as `seeds`.
  fileprivate static func swept(_ scenario: Scenario, besides own: [Column]) -> [Int] {
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

  /// The last column of tables with a row for every point, whether the arm was run there or not.
  static let sameAs = Column(
    "same_as_point",
    "the first point at which this is the same, because it does not depend on what is swept; empty at that one")
}

/// The first cells of each point's rows, made once for tables of many rows.
struct PointCells: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []

  /// For a table whose other columns are `own`.
  init(_ scenario: Scenario, besides own: [Column]) {
    let swept = PointColumns.swept(scenario, besides: own)
    for point in scenario.points.indices {
      var rows = CSVRows()
      rows.add(point + 1)
      let labels = scenario.labels(point)
      for index in swept { rows.add(labels[index]) }
      bytes += rows.bytes
      ends.append(UInt32(bytes.count))
    }
  }

  subscript(point: Int) -> ArraySlice<UInt8> { bytes[(point == 0 ? 0 : Int(ends[point - 1]))..<Int(ends[point])] }
}

/// The first cells of each point's and arm's rows.
struct RowBeginnings: Sendable {
  private let points: PointCells
  /// The cell of each arm.
  private let arms: [[UInt8]]

  init(_ scenario: Scenario, besides own: [Column]) {
    points = PointCells(scenario, besides: own)
    arms = scenario.armNames.map { arm in
      var rows = CSVRows()
      rows.add(arm)
      return rows.bytes
    }
  }

  /// Adds the cells of the point and the arm.
  func add(_ condition: Plan.ConditionIndex, to rows: inout CSVRows) {
    rows.add(cells: points[condition.point])
    rows.add(cells: arms[condition.arm])
  }

  /// The same cells, for use in many rows.
  subscript(condition: Plan.ConditionIndex) -> [UInt8] {
    var rows = CSVRows()
    add(condition, to: &rows)
    return rows.bytes
  }
}
