internal import SocialInfluence

/// `seeds.csv`: the seeds of each cascade; written on request, or where `Condition.showsSeeds`.
enum SeedsTable {
  static let file = RequestedFile(
    name: "seeds.csv",
    summary: "who was seeded, in order; of arms that seed the same agents in every draw the first draw only",
    own: [
      Column("rank", "place in the order of seeds, from 1"),
      Column("agent", "id: of the network file, or a number from 0"),
      Column("group", "group of the agents file; empty where it gives none"),
      Column("out_ties", unit: "ties", "agents to whom it speaks"),
      Column("reach", unit: "agents", "whom it convinces alone, on average; empty where the rule defines none"),
    ]
  ) { record, rows in
    for (place, seed) in record.seeds.enumerated() {
      rows.row {
        $0.add(place + 1)
        $0.add(seed.agent)
        $0.add(seed.group)
        $0.add(seed.outTies)
        $0.add(seed.reach)
      }
    }
  }
}

/// `groups.csv`: adopters by group of the agents file.
enum GroupsTable {
  static let file = RequestedFile(
    name: "groups.csv", summary: "adopters by group of the agents file",
    own: [
      Column("group", "group of the agents file; empty: agents without one"),
      Column("group_agents", unit: "agents", "agents of the group"),
      Column("group_seeds", unit: "agents", "initial adopters among them"),
      Column("group_adopters", unit: "agents", "adopters among them in the end, seeds included"),
      Column("group_adopted_fraction", unit: "share of the group", "group_adopters ÷ group_agents"),
    ]
  ) { record, rows in
    for group in record.groups {
      rows.row {
        $0.add(group.name)
        $0.add(group.agents)
        $0.add(group.seeds)
        $0.add(group.adopters)
        $0.add(Double(group.adopters) / Double(group.agents))
      }
    }
  }
}
