internal import SocialInfluence

/// `networks.csv`: the achieved network of each point, arm and replicate.
enum NetworksTable {
  static let name = "networks.csv"

  static func columns(_ scenario: Scenario) -> [Column] {
    PointColumns.columns(scenario, besides: own) + own
  }

  static let own: [Column] = [
    Column("arm", "name of the arm"),
    Column("replicate", "network replicate, from 1"),
    Column("agents", unit: "agents", "N"),
    Column("ties", unit: "ties", "m; an undirected tie counts once"),
    Column("mean_degree", unit: "ties", "mean out-ties of an agent"),
    Column("degree_cv", "standard deviation of out-ties ÷ mean; empty without ties"),
    Column("maximum_degree", unit: "ties", "most out-ties of an agent"),
    Column("isolates", unit: "agents", "agents without any tie"),
    Column("components", "weakly connected components"),
    Column("largest_component_fraction", unit: "share of agents", "agents of the largest component ÷ N"),
    Column("few", unit: "agents", "agents with at least one role"),
    Column("connectors", unit: "agents", "connectors"),
    Column("mavens", unit: "agents", "mavens"),
    Column("salesmen", unit: "agents", "salesmen"),
    Column("force", "λ: factor on voices that keeps the mean influence over ties; 1 where nothing has to be kept"),
    Column(
      "seeded_reach", unit: "agents",
      "mean one-step reach of the agents eligible as seeds; under thresholds over the first draws on it (summary.csv: "
        + "over all); empty where all are"
    ),
    Column("mean_reach", unit: "agents", "mean one-step reach of all agents; empty where all are eligible"),
    Column("seeded_ties", unit: "ties", "mean out-ties of the agents eligible as seeds; empty where all are"),
  ]

  static func add(_ record: NetworkRecord, _ beginnings: RowBeginnings, to rows: inout CSVRows) {
    let statistics = record.statistics
    beginnings.add(record.condition, to: &rows)
    rows.add(record.replicate)
    rows.add(statistics.agents)
    rows.add(statistics.ties)
    rows.add(statistics.meanDegree)
    rows.add(statistics.degreeVariation)
    rows.add(statistics.maximumDegree)
    rows.add(statistics.isolates)
    rows.add(statistics.components)
    rows.add(Double(statistics.largestComponent) / Double(max(1, statistics.agents)))
    rows.add(record.few)
    for count in record.roles { rows.add(count) }
    rows.add(record.force)
    rows.add(record.reach?.eligible)
    rows.add(record.reach?.everyone)
    rows.add(record.ties?.eligible)
    rows.endRow()
  }
}
