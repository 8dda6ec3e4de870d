internal import SocialInfluence

/// A realization as two tables.
enum ExportCSV {
  /// `edges.csv`.
  static func edges(_ realization: Realization) -> [UInt8] {
    var rows = CSVRows()
    rows.header([
      Column("source", ""), Column("target", ""), Column("weight", ""), Column("step", ""), Column("credit", ""),
    ])
    realization.ties { source, target, weight, carried in
      rows.add(realization.traced.name(source))
      rows.add(realization.traced.name(target))
      rows.add(weight)
      rows.add(carried?.step)
      rows.add(carried?.credit)
      rows.endRow()
    }
    return rows.bytes
  }

  /// `agents.csv`: the columns of the table of that name, without those that say which cascade it is.
  static func agents(_ realization: Realization) -> [UInt8] {
    var rows = CSVRows()
    rows.header(AgentsTable.file.own)
    for agent in realization.traced.steps.indices {
      AgentsTable.add(agent, realization.traced, to: &rows)
      rows.endRow()
    }
    return rows.bytes
  }
}
