internal import SocialInfluence

/// `transmissions.csv`: who convinced whom.
enum TransmissionsTable {
  static let file = RequestedFile(
    name: "transmissions.csv",
    summary: "who convinced whom: one row per share of an agent's first adoption, and one per seed",
    own: [
      Column("step", unit: "steps", "step of the adoption; the seeding is step 0"),
      Column("source", "who spoke; empty for seeds and for influence from outside the network"),
      Column("target", "who adopted"),
      Column("credit", unit: "share of one adoption", "the source's share; empty for seeds"),
    ]
  ) { record, rows in
    guard let traced = record.traced else { return }
    let trace = traced.trace
    for place in trace.adopters.indices {
      let target = traced.name(trace.adopters[place])
      guard trace.steps[place] > 0 else {
        rows.row {
          $0.add(0)
          $0.add("")
          $0.add(target)
          $0.add(Double?.none)
        }
        continue
      }
      for credit in trace.credits(at: place) {
        rows.row {
          $0.add(trace.steps[place])
          $0.add(credit.source.map(traced.name) ?? "")
          $0.add(target)
          $0.add(credit.share)
        }
      }
    }
  }
}

/// `agents.csv`: every agent of every cascade.
enum AgentsTable {
  static let file = RequestedFile(
    name: "agents.csv", summary: "every agent: traits, roles, ties, when it adopted, whom it brought",
    own: [
      Column("agent", "id: of the network file, or a number from 0"),
      Column("connectivity", "c with the connectors' gain; on networks that take none, out-ties ÷ their mean"),
      Column("expertise", "e with the mavens' gain"),
      Column("persuasion", "q with the salesmen's gain"),
      Column("susceptibility", "h"),
      Column("connector", unit: "0 or 1", "whether it is a connector"),
      Column("maven", unit: "0 or 1", "whether it is a maven"),
      Column("salesman", unit: "0 or 1", "whether it is a salesman"),
      Column("out_ties", unit: "ties", "agents to whom it speaks"),
      Column("in_ties", unit: "ties", "agents to whom it listens"),
      Column("step", unit: "steps", "step of adoption; empty if it never adopted"),
      Column("credit", unit: "adoptions", "adoptions credited to it directly"),
      Column("downstream", unit: "adoptions", "adoptions credited to it through any number of others"),
      Column("group", "group of the agents file; empty where it gives none"),
    ]
  ) { record, rows in
    guard let traced = record.traced else { return }
    for agent in traced.steps.indices { rows.row { add(agent, traced, to: &$0) } }
  }

  /// The cells of one agent.
  static func add(_ agent: Int, _ traced: TracedRecord, to row: inout CSVRows) {
    let population = traced.population
    row.add(traced.name(UInt32(agent)))
    for trait in Trait.allCases { row.add(population.value(trait, agent)) }
    for role in Role.allCases { row.add(population.membership.has(role, agent)) }
    row.add(population.network.outDegree(agent))
    row.add(Int(population.network.inDegrees[agent]))
    row.add(traced.steps[agent])
    row.add(traced.credit.direct[agent])
    row.add(traced.credit.downstream[agent])
    row.add(traced.group(agent) ?? "")
  }
}
