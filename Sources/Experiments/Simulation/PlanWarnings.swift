internal import SocialInfluence

/// Warnings of `check` and `run` about a valid plan.
enum PlanWarnings {
  static func all(_ plan: Plan) -> [String] {
    thresholds(plan) + susceptibilities(plan) + nearMisses(plan) + withoutValues(plan) + SeedLots.warnings(plan)
  }

  /// Values under `where` beside which the column has others that differ in letter case, blanks or zeros.
  private static func nearMisses(_ plan: Plan) -> [String] {
    var asked = Set<[String]>()
    // The values of each column by their bare forms.
    var known = [[String]: [String: [String]]]()
    return plan.order.flatMap { index in
      let columns = plan.files[plan[index].keys.network]?.agents?.columns ?? [:]
      let spread = plan[index].eligibility.spread.flatMap { name in
        asked.insert([String(plan[index].keys.network), name]).inserted ? alike(name, columns[name.lowercased()]) : nil
      }
      return [spread].compactMap { $0 }
        + plan[index].eligibility.requirements.flatMap { requirement in
          let (place, wanted) = ([String(plan[index].keys.network), requirement.column], Set(requirement.values))
          if known[place] == nil {
            let values = columns[requirement.column.lowercased()]?.values ?? []
            known[place] = Dictionary(grouping: values) { NameTable.bare($0) }
          }
          return requirement.values.compactMap { value -> String? in
            guard asked.insert(place + [value]).inserted else { return nil }
            let others = known[place]?[NameTable.bare(value)]?.filter { !wanted.contains($0) }
            guard let other = others?.first else { return nil }
            return
              "`where` asks for `\(value)` in the column `\(requirement.column)`, and others there are `\(other)`: if they are "
              + "meant, too, write both in a list"
          }
        }
    }
  }

  /// Agents that an order by a column, or groups, leave out because their cells are empty.
  private static func withoutValues(_ plan: Plan) -> [String] {
    var asked = Set<[String]>()
    return plan.order.flatMap { index in
      let condition = plan[index]
      guard let file = plan.files[condition.keys.network] else { return [String]() }
      let names = condition.seeding.columns + (condition.eligibility.spread.map { [$0] } ?? [])
      return names.compactMap { name in
        guard asked.insert([String(condition.keys.network), name]).inserted,
          let codes = file.agents?.columns[name.lowercased()]?.codes
        else { return nil }
        let missing = codes.count { $0 < 0 }
        return missing > 0
          ? "\(Readable.plural(missing, "agent has", "agents have")) no `\(name)` and cannot be chosen by it" : nil
      }
    }
  }

  /// A doubt about two groups of a column that differ in letter case, blanks or zeros.
  private static func alike(_ name: String, _ column: AgentColumn?) -> String? {
    var met = [String: String]()
    for value in (column?.values ?? []).prefix(10_000) {
      if let other = met.updateValue(value, forKey: NameTable.bare(value)) {
        return "`spread: \(name)` takes `\(other)` and `\(value)` for two groups: if they are one, write them alike"
      }
    }
    return nil
  }

  /// Numbers of voices that a file's susceptibility changes.
  private static func susceptibilities(_ plan: Plan) -> [String] {
    let isChanged = plan.order.contains { index in
      guard case .threshold(let form) = plan[index].rule.traits.form, !form.isShare else { return false }
      return plan.files[plan[index].keys.network]?.agents?.traits.values[.susceptibility] != nil
    }
    return isChanged
      ? ["the susceptibility of the agents file acts on thresholds: a listener needs θ ÷ (s · susceptibility) voices"]
      : []
  }

  /// Rules that ignore the thresholds of an agents file while another rule may use them.
  private static func thresholds(_ plan: Plan) -> [String] {
    let without = plan.order.map { plan[$0] }.filter {
      plan.files[$0.keys.network]?.agents?.thresholds != nil && !$0.rule.takesThresholds
    }.map { type(of: $0.rule).description.kind }
    guard !without.isEmpty else { return [] }
    let names = Set(without).sorted().map { "`\($0)`" }.joined(separator: ", ")
    return [
      "\(names) \(Set(without).count == 1 ? "has" : "have") no thresholds: the column of the agents file is unused there"
    ]
  }
}

/// Seeds chosen by lot among equal agents: on a network from a file the lot is drawn once, so no interval accounts for
/// it.
enum SeedLots {
  /// A warning that names the arms whose seeds depend on a lot.
  static func warnings(_ plan: Plan) -> [String] {
    // Rules and stories do not matter: a sweep of them asks once, and one pair of rankings is held at a time.
    let alike = Dictionary(grouping: plan.order.indices) { place in
      let keys = plan[plan.order[place]].keys
      return [keys.network, keys.seeding, keys.population]
    }
    var lots = [(place: Int, seats: Int)]()
    for places in alike.values {
      let counts = Dictionary(grouping: places) { plan[plan.order[$0]].seeds }
      guard let rankings = rankings(plan[plan.order[places[0]]], plan, most: counts.keys.max() ?? 0) else { continue }
      for (count, own) in counts {
        guard let seats = seats(rankings, of: count) else { continue }
        lots += own.map { ($0, seats) }
      }
    }
    var told = Set<Int>()
    var arms = [String]()
    var takesIds = false
    for lot in lots.sorted(by: { $0.place < $1.place }) where told.insert(plan.order[lot.place].arm).inserted {
      let (index, condition) = (plan.order[lot.place], plan[plan.order[lot.place]])
      arms.append(
        "`\(plan.scenario.armNames[index.arm])` \(Readable.count(lot.seats)) of \(Readable.count(condition.seeds))")
      takesIds =
        takesIds || type(of: condition.seeding).description.parameters.contains { $0.key == "equals" }
    }
    guard !arms.isEmpty else { return [] }
    return [
      "seeds drawn by lot among equal agents, at least: \(Readable.list(arms)). The lot is drawn once for all draws, and no "
        + "interval holds what another lot would give: try other values of `randomSeed`"
        + (takesIds ? ", or write `equals: byId`" : "")
    ]
  }

  /// Larger networks are not ranked twice for a warning.
  private static let mostAgents = 300_000

  /// A lower bound on the first `count` seeds chosen by lot, from two rankings; nil if it is 0.
  private static func seats(_ rankings: [[UInt32]], of count: Int) -> Int? {
    let seats = Set(rankings[0].prefix(count)).subtracting(rankings[1].prefix(count)).count
    return seats > 0 ? seats : nil
  }

  /// The first `most` agents by two opposite lots; nil if the ranking is unknown before the run.
  private static func rankings(_ condition: Condition, _ plan: Plan, most: Int) -> [[UInt32]]? {
    guard plan.scenario.head.networks == 1, let file = plan.files[condition.keys.network], condition.seeding.isFixed,
      condition.seeding.named == nil, file.network.agentCount <= (condition.seeding.walksAllPaths ? 1000 : mostAgents)
    else { return nil }
    let count = file.network.agentCount
    let columns = file.agents?.columns ?? [:]
    var asksForTraits = false
    let rankings = [(0..<UInt32(count)).map { $0 }, (0..<UInt32(count)).reversed()].map { ranks in
      var context = SeedingContext(
        network: file.network, membership: RoleMembership(agentCount: count),
        trait: { trait in
          guard let values = fixedValues(trait, condition, file) else {
            asksForTraits = true
            return []
          }
          return values
        }, named: [],
        address: RandomAddress(randomSeed: 0, network: 1))
      context.column = { columns[$0.lowercased()]?.numbers ?? [] }
      context.idRanks = { file.idOrder.ranks }
      context.equalRanks = ranks
      let pool = condition.eligibility.applied(to: condition.seeding.pool(context), count, columns)
      return pool.eligible(count: most, agentCount: count)
    }
    return asksForTraits ? nil : rankings
  }

  /// The values of a trait if the file gives them all, or if they are the ties of the network; nil if any is drawn.
  private static func fixedValues(_ trait: Trait, _ condition: Condition, _ file: ImportedNetwork) -> [Double]? {
    guard condition.roles.isEmpty else { return nil }
    let given = file.agents?.traits.values[trait]
    if trait == .connectivity, given == nil {
      return (0..<file.network.agentCount).map { Double(file.network.outDegree($0)) }
    }
    guard given != nil || condition.traitLaws[trait]?.constant != nil else { return nil }
    return given.map { $0.map { $0 ?? 1 } } ?? [Double](repeating: 1, count: file.network.agentCount)
  }
}
