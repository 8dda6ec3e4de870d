internal import SocialInfluence

/// A realization as two tables.
enum ExportCSV {
  static let edgeColumns = [
    Column("source", "the speaker; one end of an undirected tie along which nothing ran"),
    Column("target", "the listener; the other end of an undirected tie along which nothing ran"),
    Column("weight", "weight of the tie in the network file; 1 where there is none"),
    Column("step", unit: "steps", "step in which influence ran along the tie; empty if none did"),
    Column("credit", unit: "share of one adoption", "the share of the adoption that it carried; empty if none"),
  ]

  /// `edges.csv`.
  static func edges(_ realization: Realization, to file: inout OutputFile) throws(Failure) {
    var rows = CSVRows()
    rows.header(edgeColumns)
    try realization.ties { source, target, weight, carried throws(Failure) in
      rows.add(realization.traced.name(source))
      rows.add(realization.traced.name(target))
      rows.add(weight)
      rows.add(carried?.step)
      rows.add(carried?.credit)
      rows.endRow()
      try file.take(&rows)
    }
    try file.write(rows.bytes)
  }

  /// `agents.csv`: the columns of that table without those that identify the cascade.
  static func agents(_ realization: Realization, to file: inout OutputFile) throws(Failure) {
    var rows = CSVRows()
    rows.header(AgentsTable.file.own)
    for agent in realization.traced.steps.indices {
      AgentsTable.add(agent, realization.traced, to: &rows)
      rows.endRow()
      try file.take(&rows)
    }
    try file.write(rows.bytes)
  }
}
