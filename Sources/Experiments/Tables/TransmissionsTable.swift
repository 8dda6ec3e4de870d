internal import SocialInfluence

/// `transmissions.csv`: who convinced whom.
enum TransmissionsTable {
  static let file = CascadeFile(
    name: "transmissions.csv",
    summary: "who convinced whom: one row per share of an agent's first adoption, and one per seed",
    own: [
      Column("step", unit: "steps", "step of the adoption; the seeding is step 0"),
      Column("source", "who spoke; empty for seeds and for influence from outside the network"),
      Column("target", "who adopted"),
      Column("credit", unit: "share of one adoption", "the source's share; empty for seeds"),
    ]
  ) { record, _, rows in
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
  static let file = CascadeFile(
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
    ]
  ) { record, _, rows in
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
  }
}

/// The agents of a traced cascade, shared by all cascades on one network and population.
struct TracedPopulation: Sendable {
  let network: Network
  let membership: RoleMembership
  /// By trait; empty where it is 1 for everyone.
  let values: [[Double]]
  /// The ids of a network file; nil where agents are numbers.
  let names: NameTable?

  func value(_ trait: Trait, _ agent: Int) -> Double {
    let own = values[trait.rawValue]
    if !own.isEmpty { return own[agent] }
    return trait == .connectivity && network.meanDegree > 0
      ? Double(network.outDegree(agent)) / network.meanDegree : 1
  }
}

/// A cascade with who convinced whom.
struct TracedRecord: Sendable {
  let population: TracedPopulation
  let trace: InfluenceTrace
  let forest: DiffusionForest
  let credit: CreditShares
  /// The step of each agent; nil for those who never adopted.
  let steps: [Int?]

  func name(_ agent: UInt32) -> String { population.names?[Int(agent)] ?? String(agent) }

  /// Direct or downstream credit of the agents that satisfy a condition.
  func sum(_ values: [Double], _ condition: (Int) -> Bool) -> Double {
    values.indices.reduce(0) { $0 + (condition($1) ? values[$1] : 0) }
  }
}
