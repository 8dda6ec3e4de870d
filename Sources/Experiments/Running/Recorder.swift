internal import SocialInfluence

/// Takes the results of the workers in order and writes their rows.
struct Recorder: Observer {
  private let plan: Plan
  private(set) var cascades: OutputFile
  private(set) var networks: OutputFile
  private(set) var requested: [(table: RequestedFile, beginnings: RowBeginnings, file: OutputFile)] = []
  private(set) var spool: CurveSpool
  private(set) var outcomes: Outcomes
  private(set) var times = TimeSplit()
  private var rows = CSVRows()
  private let beginnings: (cascades: RowBeginnings, networks: RowBeginnings)

  init(_ plan: Plan, in folder: String) throws(Failure) {
    self.plan = plan
    cascades = try OutputFile(folder + "/" + CascadesTable.name)
    networks = try OutputFile(folder + "/" + NetworksTable.name)
    spool = try CurveSpool(in: folder)
    outcomes = Outcomes(plan)
    beginnings = (
      RowBeginnings(plan.scenario, besides: CascadesTable.own), RowBeginnings(plan.scenario, besides: NetworksTable.own)
    )
    rows.header(CascadesTable.columns(plan.scenario))
    try cascades.write(rows.bytes)
    rows.removeAll()
    rows.header(NetworksTable.columns(plan.scenario))
    try networks.write(rows.bytes)
    for table in plan.scenario.requestedFiles {
      var file = try OutputFile(folder + "/" + table.name)
      rows.removeAll()
      rows.header(table.columns(plan.scenario))
      try file.write(rows.bytes)
      requested.append((table, RowBeginnings(plan.scenario, besides: table.all), file))
    }
  }

  mutating func add(_ result: ItemResult) throws(Failure) {
    let start = ContinuousClock.now
    times.add(result.times)
    defer { times.add(.writing, since: start) }
    rows.removeAll()
    for record in result.cascades {
      CascadesTable.add(record, plan.scenario, beginnings.cascades, to: &rows)
      outcomes.add(record, curve: try spool.add(record.curve))
    }
    try cascades.write(rows.bytes)
    rows.removeAll()
    for record in result.networks {
      if record.isFirstBlock { NetworksTable.add(record, beginnings.networks, to: &rows) }
      outcomes.add(record)
    }
    try networks.write(rows.bytes)
    outcomes.add(failures: result.failures)
    for place in requested.indices {
      let isAsked = plan.scenario.isAsked(requested[place].table)
      for record in result.cascades
      where !isAsked || plan.shows(record.condition, replicate: record.replicate, draw: record.draw) {
        var own = CascadeRows(record, requested[place].beginnings)
        requested[place].table.add(record, &own)
        try requested[place].file.write(own.rows.bytes)
      }
    }
  }

  mutating func finish() throws(Failure) {
    try cascades.close()
    try networks.close()
    for place in requested.indices { try requested[place].file.close() }
    try spool.flush()
  }
}
