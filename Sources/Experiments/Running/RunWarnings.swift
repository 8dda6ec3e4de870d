internal import SocialInfluence

/// Warnings that a reader should know before believing the results.
struct RunWarnings {
  let plan: Plan
  let units: Units

  var all: [String] {
    cutoffWarning + degreeWarning + rangeWarning + shareWarning + componentWarning + PlanWarnings.all(plan)
  }

  /// No cascade or every cascade was global: no lever can then show an effect.
  private var rangeWarning: [String] {
    guard let cutoff = units.cutoff else { return [] }
    var (dead, saturated, known) = (0, 0, 0)
    for index in plan.order {
      let own = units.outcomes[index]
      let sizes = own.knownSizes
      guard !sizes.isEmpty else { continue }
      let agents = Int(own.sums.agents)
      let large = sizes.count { GlobalCascade.isGlobal(Int($0), of: agents, cutoff: cutoff) }
      known += 1
      dead += large == 0 ? 1 : 0
      saturated += large == sizes.count ? 1 : 0
    }
    guard known > 0, dead == known || saturated == known else { return [] }
    let all = known == 1 ? "the only arm" : "every arm at every point"
    return [
      dead == known
        ? "no cascade was global, in \(all): nothing can be seen of what helps or harms; make influence stronger (a larger p, lower "
          + "thresholds, more seeds), or write `cutoff: none` to compare mean shares"
        : "all cascades were global, in \(all): nothing can be seen of what helps; make influence weaker (a smaller p, higher "
          + "thresholds, fewer seeds), or write `cutoff: none` to compare mean shares"
    ]
  }

  /// The same for mean shares: hardly anyone beyond the seeds adopts, or nearly the whole largest component.
  private var shareWarning: [String] {
    guard units.cutoff == nil, plan.scenario.armNames.count > 1 else { return [] }
    var (dead, saturated) = ([Int: [Bool]](), [Int: [Bool]]())
    for index in plan.order {
      // Rules that run in time differ in when, not in how many.
      let rule = plan[index].rule.traits
      let own = units.outcomes[index]
      guard rule.isOneShotCascade || rule.form.fixedThreshold != nil, !own.knownSizes.isEmpty else { continue }
      let (agents, seeds) = (Double(own.sums.agents), Double(plan[index].seeds))
      let mean = own.knownSizes.reduce(0, +) / Double(own.knownSizes.count)
      let isSaturated = own.sums.largestComponent > 0 && mean >= 0.97 * own.sums.largestComponent * agents
      saturated[index.point, default: []].append(isSaturated)
      // Where nearly everybody is seeded, nobody is left to adopt.
      dead[index.point, default: []].append(
        !isSaturated && mean - seeds < 0.1 * seeds && mean - seeds < 0.01 * agents)
    }
    func told(_ points: [Int: [Bool]], _ what: String, _ remedy: String) -> [String] {
      let all = points.filter { $0.value.allSatisfy { $0 } }.keys.sorted()
      guard let first = all.first else { return [] }
      let place =
        plan.scenario.points.count == 1
        ? "in every arm"
        : "in every arm at \(all.count) of \(plan.scenario.points.count) points, the first "
          + zip(plan.scenario.sweeps, plan.scenario.labels(first)).map { "\($0.column) \($1)" }.joined(separator: ", ")
      return ["\(what), \(place): nothing can be seen there of what helps; \(remedy)"]
    }
    return told(
      dead, "hardly anybody adopts beyond the seeds",
      "make influence stronger (a larger p, lower thresholds, more seeds)")
      + told(
        saturated, "nearly all who hang together adopt",
        "make influence weaker (a smaller p, higher thresholds, fewer seeds)")
  }

  /// Networks whose largest component is no larger than the cut-off: no cascade can be global there.
  private var componentWarning: [String] {
    guard let cutoff = units.cutoff else { return [] }
    let places = plan.order.filter { index in
      let largest = units.outcomes[index].sums.largestComponent
      return largest > 0 && largest <= cutoff
    }
    guard let first = places.first else { return [] }
    let share = units.outcomes[first].sums.largestComponent
    return [
      "in \(places.count) of \(plan.order.count) arms no network has a component above the cut-off, at most "
        + "\(Readable.fixed(100 * share, 1)) % of agents hang together (\(words(first.point, first.arm))): nothing can be global there"
    ]
  }

  /// A point and an arm, in words.
  private func words(_ point: Int, _ arm: Int) -> String {
    let labels = zip(plan.scenario.sweeps, plan.scenario.labels(point)).map { "\($0.column) \($1)" }
    return (labels + ["arm " + plan.scenario.armNames[arm]]).joined(separator: ", ")
  }

  /// Networks with fewer ties than requested: very uneven connectivity puts most ties on the same few pairs.
  private var degreeWarning: [String] {
    var worst: (ratio: Double, text: String)?
    var count = 0
    for index in plan.order {
      let degrees = units.outcomes[index].sums.meanDegree
      guard let asked = plan[index].meanDegree, asked > 0, degrees.count > 0, plan[index].equalMass else { continue }
      let achieved = degrees.sum / Double(degrees.count)
      guard achieved < 0.8 * asked else { continue }
      count += 1
      guard achieved / asked < worst?.ratio ?? 1 else { continue }
      let place = words(index.point, index.arm)
      worst = (achieved / asked, "\(Readable.fixed(achieved, 2)) instead of \(Digits.shortest(asked)) (\(place))")
    }
    guard let worst else { return [] }
    return [
      "in \(count) of \(plan.order.count) arms the networks have fewer ties than were asked for, at worst a mean degree of "
        + worst.text + ": connectivity is so uneven that ties repeat; see achieved_mean_degree"
    ]
  }

  /// Arms whose cut-off does not lie in the gap between small and large cascades.
  private var cutoffWarning: [String] {
    guard let cutoff = units.cutoff else { return [] }
    // Of a large cut-off, not up to cascades that take everybody.
    let nearby = min(2 * cutoff, (1 + cutoff) / 2)
    var worst: (share: Double, point: Int, arm: Int)?
    var count = 0
    for index in plan.order.sorted(by: { ($0.point, $0.arm) < ($1.point, $1.arm) }) {
      let sizes = units.outcomes[index].knownSizes
      let agents = Double(units.outcomes[index].sums.agents)
      let near = sizes.count { $0 > cutoff / 2 * agents && $0 <= nearby * agents }
      let share = Double(near) / Double(max(1, sizes.count))
      guard share > 0.02 else { continue }
      count += 1
      if share > worst?.share ?? 0 { worst = (share, index.point, index.arm) }
    }
    guard let worst else { return [] }
    let place = words(worst.point, worst.arm)
    return [
      "in \(count) of \(plan.order.count) arms more than 2 % of cascades end "
        + "near the cut-off, between \(Digits.shortest(cutoff / 2)) and \(Digits.shortest(nearby)) of all agents, at most "
        + "\(Int((100 * worst.share).rounded())) % (\(place)): there P(global) "
        + "depends on where the cut-off lies; see near_cutoff_fraction, global_05 and global_20"
    ]
  }
}
