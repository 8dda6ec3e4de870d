internal import SocialInfluence
internal import Statistics

/// `summary.csv`: one row per point and arm.
enum SummaryTable {
  static let name = "summary.csv"

  static func columns(_ scenario: Scenario) -> [Column] {
    PointColumns.columns(scenario, besides: own) + own
  }

  static let own: [Column] = [
    Column("arm", "name of the arm"),
    Column("mean_degree", unit: "ties", "z as asked for; as achieved where the network fixes it"),
    Column("story", "s"),
    Column("achieved_mean_degree", unit: "ties", "mean over networks"),
    Column("units", "independent units: networks, or draws on a single network"),
    Column("cascades", "cascades simulated"),
    Column("global_probability", unit: "share of cascades", "P(global); empty without a cut-off"),
    Column("global_lower", unit: "share of cascades", "Wilson interval with n = cascades ÷ max(1, design effect)"),
    Column("global_upper", unit: "share of cascades", "upper end"),
    Column("design_effect", "between-unit variance of the shares × draws ÷ P(1 − P); empty where P is 0 or 1"),
    Column("near_cutoff_fraction", unit: "share of cascades", "cascades that end between cutoff/2 and 2 · cutoff"),
    Column(
      "theory_global", unit: "share of cascades", "P(global) by branching theory as N → ∞; empty without a solver"),
    Column(
      "theory_size", unit: "share of agents", "adopted share of a global cascade as N → ∞; empty without a solver"),
    Column(
      "theory_adopted", unit: "share of agents",
      "final adopted share from this share of seeds as N → ∞; empty below 30 seeds and without a solver"),
    Column("mean_adopted_fraction", unit: "share of agents", "mean over cascades: a mixture of small and global ones"),
    Column("adopted_lower", unit: "share of agents", "interval of that mean, from the variance between units"),
    Column("adopted_upper", unit: "share of agents", "upper end"),
    Column("size_q05", unit: "agents", "5 % quantile of size"),
    Column("size_q25", unit: "agents", "25 % quantile of size"),
    Column("size_q50", unit: "agents", "median size"),
    Column("size_q75", unit: "agents", "75 % quantile of size"),
    Column("size_q95", unit: "agents", "95 % quantile of size"),
    Column("size_given_global", unit: "agents", "mean size of global cascades; empty where there is none"),
    Column("mean_step_at_16_percent", unit: "steps", "mean first step by which 16 % of all agents have adopted"),
    Column("mean_step_at_50_percent", unit: "steps", "the same for 50 %; empty where some cascade never gets there"),
    Column("mean_step_at_95_percent", unit: "steps", "the same for 95 %"),
    Column(
      "prevalence", unit: "share of agents",
      "mean share of agents who talk in the last fifth of the steps; empty where nobody can adopt again"),
    Column("between_variance", unit: "squared share", "variance of the adopted share between networks"),
    Column("within_variance", unit: "squared share", "the same within networks; empty for one draw"),
    Column("influence_ratio", "mean one-step reach of the seeded set ÷ that of a random agent on the same network"),
    Column("ties_ratio", "mean out-ties of the seeded set ÷ those of a random agent"),
    Column("multiplier", "mean size ÷ mean size with random seeds among the same agents on the same networks"),
    Column(
      "bounded_by_theory",
      "what theory fixes: multiplier (at most the influence ratio), presence (cannot raise P), size (given global)"),
    PointColumns.sameAs,
  ]

  /// Arms whose rows are held at a time.
  private static let atATime = 2048

  /// - Returns: how long it took on the wall, and for what.
  /// - Throws: when a stop is asked for, too.
  static func write(
    _ plan: Plan, _ units: Units, to file: inout OutputFile, workers: Int, progress: Progress
  ) throws(Failure) -> TimeSplit {
    var times = TimeSplit()
    var rows = CSVRows()
    rows.header(columns(plan.scenario))
    let arms = plan.scenario.armNames.count
    let origins = plan.copies.origins
    // Copies are counted once: what follows the point is that of the first one, which is kept for them.
    let copied = Set(origins.enumerated().lazy.filter { Int($0.element) != $0.offset }.map(\.element))
    var kept = [Int32: [UInt8]]()
    let beginnings = RowBeginnings(plan.scenario, besides: own)
    for start in stride(from: 0, to: origins.count, by: atATime) {
      let places = start..<min(start + atATime, origins.count)
      var clock = ContinuousClock.now
      let bodies = Parallel.map(places.count, workers: workers) { number in
        var row = CSVRows()
        let place = start + number
        guard plan.copies.isRun(place), !progress.isStopping else { return row }
        add(place / arms, place % arms, plan, units, to: &row)
        progress.add(Int(Plan.rowWork))
        return row
      }
      try progress.check()
      times.add(.statistics, since: clock)
      clock = .now
      for (place, body) in zip(places, bodies) {
        let origin = origins[place]
        if copied.contains(Int32(place)) { kept[origin] = body.bytes }
        beginnings.add(Plan.ConditionIndex(point: place / arms, arm: place % arms), to: &rows)
        rows.add(cells: Int(origin) == place ? body.bytes : kept[origin] ?? [])
        rows.add(plan.copies.samePoint(as: place).map { $0 + 1 })
        rows.endRow()
        try file.take(&rows)
      }
      times.add(.writing, since: clock)
    }
    try file.write(rows.bytes)
    return times
  }

  private static func add(_ point: Int, _ arm: Int, _ plan: Plan, _ units: Units, to rows: inout CSVRows) {
    let scenario = plan.scenario
    let condition = scenario.points[point].arms[arm]
    let place = point * scenario.armNames.count + arm
    let outcomes = units.outcomes
    let own = outcomes[place]
    let agents = Double(own.sums.agents)
    let sizes = own.knownSizes.sorted()
    let degrees = own.sums.meanDegree
    let achieved = degrees.count == 0 ? nil : degrees.sum / Double(degrees.count)
    rows.add(condition.meanDegree ?? achieved)
    rows.add(condition.story)
    rows.add(achieved)
    rows.add(units.means(place, .adoptedFraction).count { $0 != nil })
    rows.add(sizes.count)
    addGlobal(place, condition, units, sizes, agents, scenario.head.confidence, to: &rows)
    let theory = TheoryBeside(
      condition, agents: Int(agents), cutoff: units.cutoff,
      effort: outcomes.theoryEffort(Plan.ConditionIndex(point: point, arm: arm), plan))
    rows.add(theory.global)
    rows.add(theory.size)
    rows.add(theory.adopted)
    let mean = sizes.isEmpty ? nil : Sample.mean(sizes) / agents
    let interval = Sample.meanOfShares(
      units.means(place, .adoptedFraction).compactMap { $0 }, confidence: scenario.head.confidence)
    rows.add(mean)
    rows.add(interval?.lower)
    rows.add(interval?.upper)
    for fraction in [0.05, 0.25, 0.5, 0.75, 0.95] { rows.add(Sample.quantile(ascending: sizes, fraction)) }
    let large = units.cutoff.map { cutoff in
      sizes.filter { GlobalCascade.isGlobal(Int($0), of: Int(agents), cutoff: cutoff) }
    }
    rows.add(large.flatMap { $0.isEmpty ? nil : Sample.mean($0) })
    for step in own.sums.spans.meanSteps { rows.add(step) }
    rows.add(own.sums.spans.meanPrevalence)
    let values = units.values(place, .adoptedFraction).filter { !$0.isEmpty }
    // On a single network all variance is within it.
    let components = Sample.components(units: units.areNetworks ? values : [values.flatMap { $0 }])
    rows.add(components.between)
    rows.add(components.within)
    let reach = own.sums.reach
    rows.add(reach.everyone > 0 ? reach.eligible / reach.everyone : nil)
    rows.add(reach.ties > 0 ? reach.eligibleTies / reach.ties : nil)
    rows.add(multiplier(point, arm, plan, outcomes, Sample.mean(sizes)))
    let bounds = [
      BoundedByTheory.boundsMultiplier(condition) ? "multiplier" : nil,
      BoundedByTheory.boundsPresence(condition) && condition.hasRandomSeeds ? "presence" : nil,
      BoundedByTheory.fixesSize(condition) ? "size" : nil,
    ]
    rows.add(bounds.compactMap { $0 }.joined(separator: " "))
  }

  /// P(global) and what belongs to it; five cells.
  private static func addGlobal(
    _ place: Int, _ condition: Condition, _ units: Units, _ sizes: [Double], _ agents: Double, _ confidence: Double,
    to rows: inout CSVRows
  ) {
    guard let cutoff = units.cutoff, !sizes.isEmpty else {
      for _ in 0..<5 { rows.add(Double?.none) }
      return
    }
    let shares = units.means(place, .global).compactMap { $0 }
    let share = Sample.mean(sizes.map { GlobalCascade.isGlobal(Int($0), of: Int(agents), cutoff: cutoff) ? 1 : 0 })
    let perUnit = Double(units.areNetworks ? units.outcomes.draws : 1)
    let effect = Proportion.designEffect(shares: shares, trialsPerUnit: perUnit)
    let interval = Proportion.wilson(
      share: share, count: Double(sizes.count) / max(1, effect ?? 1), confidence: confidence)
    rows.add(share)
    rows.add(interval?.lower)
    rows.add(interval?.upper)
    rows.add(effect)
    let near = sizes.count { $0 > cutoff / 2 * agents && $0 <= 2 * cutoff * agents }
    rows.add(Double(near) / Double(sizes.count))
  }

  private static func multiplier(
    _ point: Int, _ arm: Int, _ plan: Plan, _ outcomes: Outcomes, _ mean: Double
  ) -> Double? {
    guard !plan.scenario.points[point].arms[arm].seeding.isRandom,
      let base = ArmRoles.unaimed(for: arm, at: plan.scenario.points[point])
    else { return nil }
    let sizes = outcomes[point * plan.scenario.armNames.count + base].knownSizes
    return sizes.isEmpty ? nil : mean / Sample.mean(sizes)
  }
}
