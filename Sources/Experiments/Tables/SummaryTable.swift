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

  /// - Returns: wall-clock time by kind of work.
  /// - Throws: also if a stop was requested.
  static func write(
    _ plan: Plan, _ units: Units, to file: inout OutputFile, workers: Int, progress: Progress
  ) throws(Failure) -> TimeSplit {
    var times = TimeSplit()
    var rows = CSVRows()
    rows.header(columns(plan.scenario))
    let arms = plan.scenario.armNames.count
    let origins = plan.copies.origins
    // Copies are not computed again: the cells after the point are kept from the original.
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
        SummaryRow(place, plan, units).add(to: &row)
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
}

/// The cells after those that identify point and arm.
private struct SummaryRow {
  let plan: Plan
  let units: Units
  let index: Plan.ConditionIndex
  private let place: Int
  private let condition: Condition
  private let own: ConditionOutcomes
  private let agents: Double
  /// Ascending.
  private let sizes: [Double]
  /// Mean adopted share of each unit.
  private let shares: [Double]
  private var confidence: Double { plan.scenario.head.confidence }

  init(_ place: Int, _ plan: Plan, _ units: Units) {
    let arms = plan.scenario.armNames.count
    (self.plan, self.units, self.place) = (plan, units, place)
    index = Plan.ConditionIndex(point: place / arms, arm: place % arms)
    condition = plan[index]
    own = units.outcomes[place]
    agents = Double(own.sums.agents)
    sizes = own.knownSizes.sorted()
    shares = units.means(place, .adoptedFraction).compactMap { $0 }
  }

  func add(to rows: inout CSVRows) {
    let degrees = own.sums.meanDegree
    let achieved = degrees.count == 0 ? nil : degrees.sum / Double(degrees.count)
    rows.add(condition.meanDegree ?? achieved)
    rows.add(condition.story)
    rows.add(achieved)
    rows.add(shares.count)
    rows.add(sizes.count)
    addGlobal(to: &rows)
    let theory = TheoryBeside(
      condition, agents: Int(agents), cutoff: units.cutoff, effort: units.outcomes.theoryEffort(index, plan))
    rows.add(theory.global)
    rows.add(theory.size)
    rows.add(theory.adopted)
    addSizes(to: &rows)
    for step in own.sums.spans.meanSteps { rows.add(step) }
    rows.add(own.sums.spans.meanPrevalence)
    addComponents(to: &rows)
    let reach = own.sums.reach
    rows.add(reach.everyone > 0 ? reach.eligible / reach.everyone : nil)
    rows.add(reach.ties > 0 ? reach.eligibleTies / reach.ties : nil)
    rows.add(multiplier)
    rows.add(bounds)
  }

  /// P(global), its interval, design effect, share near the cut-off: five cells.
  private func addGlobal(to rows: inout CSVRows) {
    guard let cutoff = units.cutoff, !sizes.isEmpty else {
      for _ in 0..<5 { rows.add(Double?.none) }
      return
    }
    let shares = units.means(place, .global).compactMap { $0 }
    let share = Sample.mean(sizes.map { isGlobal($0, cutoff) ? 1 : 0 })
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

  private func isGlobal(_ size: Double, _ cutoff: Double) -> Bool {
    GlobalCascade.isGlobal(Int(size), of: Int(agents), cutoff: cutoff)
  }

  /// The mean share with its interval, quantiles of size, mean size given global.
  private func addSizes(to rows: inout CSVRows) {
    let interval = Sample.meanOfShares(shares, confidence: confidence)
    rows.add(sizes.isEmpty ? nil : Sample.mean(sizes) / agents)
    rows.add(interval?.lower)
    rows.add(interval?.upper)
    for fraction in [0.05, 0.25, 0.5, 0.75, 0.95] { rows.add(Sample.quantile(ascending: sizes, fraction)) }
    let large = units.cutoff.map { cutoff in sizes.filter { isGlobal($0, cutoff) } }
    rows.add(large.flatMap { $0.isEmpty ? nil : Sample.mean($0) })
  }

  /// The variance between and within networks; on a single network all variance is within.
  private func addComponents(to rows: inout CSVRows) {
    let values = units.values(place, .adoptedFraction).filter { !$0.isEmpty }
    let components = Sample.components(units: units.areNetworks ? values : [values.flatMap { $0 }])
    rows.add(components.between)
    rows.add(components.within)
  }

  private var multiplier: Double? {
    let point = plan.scenario.points[index.point]
    guard !condition.seeding.isRandom, let base = ArmRoles.unaimed(for: index.arm, at: point) else { return nil }
    let random = units.outcomes[Plan.ConditionIndex(point: index.point, arm: base)].knownSizes
    return random.isEmpty ? nil : Sample.mean(sizes) / Sample.mean(random)
  }

  /// The quantities that theory bounds or fixes.
  private var bounds: String {
    [
      BoundedByTheory.boundsMultiplier(condition) ? "multiplier" : nil,
      BoundedByTheory.boundsPresence(condition) && condition.hasRandomSeeds ? "presence" : nil,
      BoundedByTheory.fixesSize(condition) ? "size" : nil,
    ].compactMap { $0 }.joined(separator: " ")
  }
}
