internal import SocialInfluence

/// `cascades.csv`: one row per cascade. `ReplicateWorker.runCascade` makes the record, `Recorder.add` writes it.
enum CascadesTable {
  static let name = "cascades.csv"

  static func columns(_ scenario: Scenario) -> [Column] {
    PointColumns.columns(scenario, besides: own) + own
  }

  static let own: [Column] = [
    Column("arm", "name of the arm"),
    Column("replicate", "network replicate, from 1"),
    Column("draw", "draw on that network (seeds, needs, coins), from 1"),
    Column("agents", unit: "agents", "N"),
    Column("ties", unit: "ties", "m; an undirected tie counts once"),
    Column("seeds", unit: "agents", "initial adopters"),
    Column("size", unit: "agents", "adopters in the end, seeds included"),
    Column("adopted_fraction", unit: "share of agents", "size ÷ agents"),
    Column("global", unit: "0 or 1", "size > cutoff · N; empty without a cut-off"),
    Column("global_05", unit: "0 or 1", "size > .05 N; empty without a cut-off or where seeds ≥ .05 N / 2"),
    Column("global_20", unit: "0 or 1", "size > .20 N; empty without a cut-off or where seeds ≥ .20 N / 2"),
    Column("steps", unit: "steps", "last step with an adoption; the seeding is step 0"),
    Column("peak_step", unit: "steps", "first step ≥ 1 with most adoptions; empty if only the seeds adopted"),
    Column("peak_adoptions", unit: "agents", "adoptions in that step"),
    Column("time_to_10_percent", unit: "steps", "first step by which 10 % of the final size have adopted"),
    Column("time_to_50_percent", unit: "steps", "the same for 50 %"),
    Column("time_to_90_percent", unit: "steps", "the same for 90 %"),
    Column("step_at_16_percent", unit: "steps", "first step by which 16 % of all agents have adopted; empty if never"),
    Column("step_at_50_percent", unit: "steps", "the same for 50 %"),
    Column("step_at_95_percent", unit: "steps", "the same for 95 %"),
    Column(
      "prevalence", unit: "share of agents",
      "mean share of agents who talk in the last fifth of the steps; empty where nobody can adopt again"),
    Column("adopters_few", unit: "agents", "adopters with at least one role"),
    Column("adopters_ordinary", unit: "agents", "adopters without a role"),
    Column("adopters_connector", unit: "agents", "adopters who are connectors; roles may overlap"),
    Column("adopters_maven", unit: "agents", "adopters who are mavens"),
    Column("adopters_salesman", unit: "agents", "adopters who are salesmen"),
    Column(
      "early_mean_out_ties", unit: "ties",
      "mean out-ties of the first 100 adopters, seeds included, earliest step first, ties by id; empty below 100"),
  ]

  static func add(_ record: CascadeRecord, _ scenario: Scenario, _ beginnings: RowBeginnings, to rows: inout CSVRows) {
    let cascade = record.cascade
    beginnings.add(record.condition, to: &rows)
    rows.add(record.replicate)
    rows.add(record.draw)
    rows.add(record.agents)
    rows.add(record.ties)
    rows.add(cascade.seeds)
    rows.add(cascade.size)
    rows.add(Double(cascade.size) / Double(record.agents))
    let cutoff = scenario.head.cutoff
    rows.add(cutoff.map { GlobalCascade.isGlobal(cascade.size, of: record.agents, cutoff: $0) })
    for other in [0.05, 0.2] {
      let applies = cutoff != nil && Double(cascade.seeds) < other * Double(record.agents) / 2
      rows.add(applies ? GlobalCascade.isGlobal(cascade.size, of: record.agents, cutoff: other) : nil)
    }
    rows.add(cascade.steps)
    rows.add(cascade.peakStep)
    rows.add(cascade.peakAdoptions)
    rows.add(cascade.timeTo10)
    rows.add(cascade.timeTo50)
    rows.add(cascade.timeTo90)
    for step in cascade.stepsToShares { rows.add(step) }
    rows.add(cascade.prevalence)
    rows.add(cascade.fewAdopters)
    rows.add(cascade.size - cascade.fewAdopters)
    for adopters in cascade.adoptersByRole { rows.add(adopters) }
    rows.add(cascade.earlyMeanOutTies)
    rows.endRow()
  }
}
