internal import SocialInfluence

/// `influence.csv`: the shape of each cascade and the distribution of credit.
enum InfluenceTable {
  private static let roles = Role.allCases.map(\.name)

  static let file = RequestedFile(
    name: "influence.csv", summary: "per cascade: generations, structural virality, who brought how many",
    own: [
      Column("adopters", unit: "agents", "adopters, seeds included"),
      Column("roots", unit: "agents", "seeds, and adopters convinced from outside the network"),
      Column("generations", unit: "generations", "generations after the roots"),
      Column("mean_generation", unit: "generations", "mean generation of adopters; roots are 0"),
      Column(
        "structural_virality", unit: "ties",
        "mean distance between two adopters of one tree (Goel et al. 2016); 0 where there are no two"),
      Column("outside_credit", unit: "adoptions", "credit of influence from outside the network"),
      Column("gini", "Gini's coefficient of direct credit over all agents; empty without credit"),
      Column(
        "top_1_percent", unit: "share of credit",
        "direct credit held by the 1 % of agents with most; empty without credit"),
      Column("credit_few", unit: "adoptions", "direct credit of agents with at least one role"),
      Column("credit_ordinary", unit: "adoptions", "direct credit of agents without a role"),
    ] + roles.map { Column("credit_\($0)", unit: "adoptions", "direct credit of \($0)s; roles may overlap") } + [
      Column(
        "downstream_few", unit: "adoptions", "sum of downstream credit over the few: chains are counted at each link"),
      Column("downstream_ordinary", unit: "adoptions", "the same over agents without a role"),
    ] + roles.map { Column("downstream_\($0)", unit: "adoptions", "the same over \($0)s") }
  ) { record, rows in
    guard let traced = record.traced else { return }
    let (forest, credit, membership) = (traced.forest, traced.credit, traced.population.membership)
    rows.row { row in
      row.add(forest.parents.count)
      row.add(forest.parents.count { $0 < 0 })
      row.add(forest.depths.max() ?? 0)
      row.add(Double(forest.depths.reduce(0, +)) / Double(max(1, forest.depths.count)))
      row.add(forest.structuralVirality)
      let credited = traced.trace.steps.count { $0 > 0 }
      let direct = credit.direct.reduce(0, +)
      // Credit to no agent in the network; a rounding error counts as 0.
      let outside = Double(credited) - direct
      row.add(outside < 1e-9 * Double(max(1, credited)) ? 0 : outside)
      row.add(credit.gini)
      row.add(credit.topShare(0.01))
      for values in [credit.direct, credit.downstream] {
        row.add(traced.sum(values) { membership.isFew($0) })
        row.add(traced.sum(values) { !membership.isFew($0) })
        for role in Role.allCases { row.add(traced.sum(values) { membership.has(role, $0) }) }
      }
    }
  }
}

/// `generations.csv`: size and reproduction of each generation.
enum GenerationsTable {
  static let file = RequestedFile(
    name: "generations.csv", summary: "per cascade and generation: its size and how many each of it convinced",
    own: [
      Column("generation", unit: "generations", "0 for roots"),
      Column("size", unit: "agents", "adopters of this generation"),
      Column("reproduction", unit: "agents", "mean adopters convinced by one of them: next size ÷ size"),
    ]
  ) { record, rows in
    guard let forest = record.traced?.forest else { return }
    let reproduction = forest.reproduction
    for (generation, size) in forest.generationSizes.enumerated() {
      rows.row {
        $0.add(generation)
        $0.add(size)
        $0.add(reproduction[generation])
      }
    }
  }
}

/// `lorenz.csv`: the Lorenz curve of credit.
enum LorenzTable {
  private static let steps = 20

  static let file = RequestedFile(
    name: "lorenz.csv", summary: "per cascade: the Lorenz curve of direct credit over all agents; none without credit",
    own: [
      Column("agents_fraction", unit: "share of agents", "the agents with least credit"),
      Column("credit_fraction", unit: "share of credit", "what they hold of it"),
    ]
  ) { record, rows in
    for (step, share) in (record.traced?.credit.lorenz(steps: steps) ?? []).enumerated() {
      rows.row {
        $0.add(Double(step) / Double(steps))
        $0.add(share)
      }
    }
  }
}
