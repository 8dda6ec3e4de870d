internal import SocialInfluence

extension RequestedTable {
  /// The files of the table.
  var files: [RequestedFile] {
    switch self {
    case .trajectories: [TrajectoriesTable.file]
    case .transmissions: [TransmissionsTable.file]
    case .agents: [AgentsTable.file]
    case .influence: [InfluenceTable.file, GenerationsTable.file, LorenzTable.file]
    case .seeds: [SeedsTable.file]
    case .groups: [GroupsTable.file]
    }
  }
}

extension Scenario {
  /// Whether a file belongs to a requested table.
  func isAsked(_ table: RequestedFile) -> Bool { head.tables.contains { $0.files.contains { $0.name == table.name } } }

  /// The files with rows per cascade that a run writes: the requested ones, and seeds.csv where `Condition.showsSeeds`.
  var requestedFiles: [RequestedFile] {
    let asked = head.tables.flatMap(\.files)
    let showsSeeds = !head.tables.contains(.seeds) && points.contains { $0.arms.contains(where: \.showsSeeds) }
    return asked + (showsSeeds ? [SeedsTable.file] : [])
  }
}

/// A file with rows for each cascade.
struct RequestedFile: Sendable {
  let name: String
  /// The content of a row, in a few words.
  let summary: String
  /// Columns after those that identify the cascade.
  let own: [Column]
  /// Adds the rows of one cascade.
  let add: @Sendable (_ record: CascadeRecord, _ rows: inout CascadeRows) -> Void

  static let key: [Column] = [
    Column("arm", "name of the arm"),
    Column("replicate", "network replicate, from 1"),
    Column("draw", "draw on that network, from 1"),
  ]

  func columns(_ scenario: Scenario) -> [Column] { PointColumns.columns(scenario, besides: all) + all }
  var all: [Column] { Self.key + own }
}

/// Rows of one cascade, each with the cells that identify it.
struct CascadeRows {
  private(set) var rows = CSVRows()
  private let beginning: [UInt8]

  init(_ record: CascadeRecord, _ beginnings: RowBeginnings) {
    var row = CSVRows()
    beginnings.add(record.condition, to: &row)
    row.add(record.replicate)
    row.add(record.draw)
    beginning = row.bytes
  }

  mutating func row(_ fill: (inout CSVRows) -> Void) {
    rows.add(cells: beginning)
    fill(&rows)
    rows.endRow()
  }
}

/// `trajectories.csv`: the adopters of every cascade at every step.
enum TrajectoriesTable {
  static let file = RequestedFile(
    name: "trajectories.csv", summary: "every step of every cascade",
    own: [
      Column("step", unit: "steps", "step; the seeding is step 0"),
      Column("adopters", unit: "agents", "adopters up to and including this step"),
    ]
  ) { record, rows in
    record.curve.forEachStep { step, adopters in
      rows.row {
        $0.add(step)
        $0.add(adopters)
      }
    }
  }
}
