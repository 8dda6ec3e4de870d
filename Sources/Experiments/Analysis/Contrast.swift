internal import SocialInfluence
internal import Statistics

/// A paired difference, or the comparison of two of them.
struct Contrast: Sendable {
  enum Kind: String, Sendable {
    /// Present − absent, random seeds.
    case presence
    /// Seeded − present: choosing them on the network that has them.
    case aim
    /// Seeded − absent: presence and aim together.
    case few
    /// Any other two arms.
    case arms
    /// P(dose · z) − P(z).
    case density
    /// P(dose · s) − P(s).
    case story
    /// Δaim − Δdensity.
    case aimAgainstDensity = "aim_against_density"
    /// Δfew − Δdensity.
    case fewAgainstDensity = "few_against_density"

    /// Whether it compares two effects.
    var isComparison: Bool { self == .aimAgainstDensity || self == .fewAgainstDensity }

    /// What is tested together: every arm against the first, aim, each dose, each comparison.
    var family: String {
      switch self {
      case .presence, .few, .arms: "arms"
      default: rawValue
      }
    }
  }

  let kind: Kind
  let point: Int
  /// The point with the dose; nil where only arms differ.
  let toPoint: Int?
  let baselineArm: Int
  let arm: Int
  let outcome: Outcome
  /// Differences by unit.
  let values: [Double]
  /// For a comparison, the two effects that are compared.
  var effects: (few: Double, density: Double)?
  /// Mean of the baseline, for an interval where no unit differs.
  let baselineMean: Double
  let isBounded: Bool
  /// s of the point.
  let story: Double
  /// Whether all gains are 1: the few differ from nobody.
  let isInert: Bool

  var estimate: Double { Sample.mean(values) }
}

/// A contrast with its inference.
struct Inference: Sendable {
  let interval: Interval?
  /// How the interval was made.
  let method: String
  let pValue: Double?
  var holm: Double?
  let smallestDetectable: Double?
}

/// Finds the contrasts of a design.
struct ContrastFinder {
  let plan: Plan
  let units: Units
  let roles: ArmRoles

  /// - Parameter workers: threads; they change nothing but the time.
  func contrasts(workers: Int) -> [Contrast] {
    let dosed = doses()
    let points = plan.scenario.points.count
    return Parallel.map(units.kinds.count * points, workers: workers) { place in
      let (outcome, point) = (units.kinds[place / points], place % points)
      var found = arms(point, outcome)
      for arm in plan.scenario.armNames.indices {
        if let to = dosed.density[point] { found += difference(.density, point, arm, to, arm, outcome) }
        if let to = dosed.story[point] { found += difference(.story, point, arm, to, arm, outcome) }
      }
      if let to = dosed.density[point] { found += comparison(point, to, outcome) }
      return found
    }.flatMap { $0 }
  }

  /// For each point the point that differs from it by the dose alone.
  private func doses() -> (density: [Int?], story: [Int?]) {
    let points = plan.scenario.points
    func partners(_ path: [String], _ dose: Double, _ value: (Condition) -> Double?) -> [Int?] {
      func rest(_ point: Int) -> String {
        let labels = plan.scenario.sweeps.indices.filter { plan.scenario.sweeps[$0].path != path }
        return labels.map { plan.scenario.sweeps[$0].labels[points[point].choices[$0]] }.joined(separator: "|")
      }
      guard plan.scenario.sweeps.contains(where: { $0.path == path }) else { return points.map { _ in nil } }
      let byRest = Dictionary(grouping: points.indices, by: rest)
      return points.indices.map { point in
        guard let own = value(points[point].arms[0]) else { return nil }
        return byRest[rest(point)]?.first { other in
          value(points[other].arms[0]).map { abs($0 - dose * own) <= 1e-9 * own } ?? false
        }
      }
    }
    let head = plan.scenario.head
    return (
      partners(["network", "meanDegree"], head.densityDose) { $0.meanDegree },
      partners(["story"], head.storyDose) { $0.story }
    )
  }

  private func arms(_ point: Int, _ outcome: Outcome) -> [Contrast] {
    var found = [Contrast]()
    for second in plan.scenario.armNames.indices {
      for first in 0..<second {
        // The absent arm is the baseline wherever it stands in the scenario; the present arm is that of the seeded one.
        let isTurned = second == roles.absent || second == roles.present && first == roles.seeded
        let (baseline, arm) = isTurned ? (second, first) : (first, second)
        let kind: Contrast.Kind
        switch (baseline, arm) {
        case (roles.absent, roles.present): kind = .presence
        case (roles.absent, roles.seeded): kind = .few
        case (roles.present, roles.seeded): kind = .aim
        default: kind = .arms
        }
        found += difference(kind, point, baseline, nil, arm, outcome)
      }
    }
    return found
  }

  private func place(_ point: Int, _ arm: Int) -> Int { point * plan.scenario.armNames.count + arm }

  private func difference(
    _ kind: Contrast.Kind, _ point: Int, _ baseline: Int, _ to: Int?, _ arm: Int, _ outcome: Outcome
  ) -> [Contrast] {
    let pairs = zip(units.means(place(to ?? point, arm), outcome), units.means(place(point, baseline), outcome))
    let values = pairs.compactMap { treated, base in treated.flatMap { treated in base.map { treated - $0 } } }
    let condition = plan.scenario.points[point].arms[arm]
    let base = units.means(place(point, baseline), outcome).compactMap { $0 }
    return [
      Contrast(
        kind: kind, point: point, toPoint: to, baselineArm: baseline, arm: arm, outcome: outcome, values: values,
        baselineMean: Sample.mean(base),
        isBounded: kind == .presence && outcome == .global && BoundedByTheory.boundsPresence(condition),
        story: condition.story,
        isInert: (kind == .few || kind == .aim) && condition.isFewPresent && condition.fewAreOrdinary)
    ]
  }

  /// Δaim − Δdensity and Δfew − Δdensity on the units that have all of it.
  private func comparison(_ point: Int, _ to: Int, _ outcome: Outcome) -> [Contrast] {
    guard let absent = roles.absent, let seeded = roles.seeded else { return [] }
    func means(_ point: Int, _ arm: Int) -> [Double?] { units.means(place(point, arm), outcome) }
    let (base, few, dense) = (means(point, absent), means(point, seeded), means(to, absent))
    let condition = plan.scenario.points[point].arms[seeded]
    func comparison(_ kind: Contrast.Kind, with before: [Double?]) -> Contrast? {
      var (effects, doses) = ([Double](), [Double]())
      for unit in base.indices {
        guard let base = base[unit], let few = few[unit], let dense = dense[unit], let before = before[unit] else {
          continue
        }
        effects.append(few - before)
        doses.append(dense - base)
      }
      guard !effects.isEmpty else { return nil }
      return Contrast(
        kind: kind, point: point, toPoint: to, baselineArm: absent, arm: seeded, outcome: outcome,
        values: zip(effects, doses).map { $0 - $1 }, effects: (Sample.mean(effects), Sample.mean(doses)),
        baselineMean: Sample.mean(base.compactMap { $0 }), isBounded: false, story: condition.story,
        isInert: condition.isFewPresent && condition.fewAreOrdinary)
    }
    let aim = roles.present.flatMap { comparison(.aimAgainstDensity, with: means(point, $0)) }
    return [aim, comparison(.fewAgainstDensity, with: base)].compactMap { $0 }
  }
}

/// Resamples units and makes intervals and p-values.
struct ContrastInference {
  static let resampleCount = 2000
  private static let atATime = 1024
  let confidence: Double
  let address: RandomAddress
  /// Threads; they change nothing but the time.
  let workers: Int

  func infer(_ contrasts: [Contrast]) -> [Inference] {
    var results = [Inference?](repeating: nil, count: contrasts.count)
    // Contrasts with equally many units share the resampled indices: the same networks at every point.
    for (count, places) in Dictionary(grouping: contrasts.indices, by: { contrasts[$0].values.count }) {
      // Some hundred at a time: the resampled statistics of one fill 16 kB.
      for start in stride(from: 0, to: places.count, by: Self.atATime) {
        let some = places[start..<min(places.count, start + Self.atATime)]
        let own = some.map { contrasts[$0] }
        let statistics = resampled(own, unitCount: count)
        let inferences = Parallel.map(own.count, workers: workers) { inference(own[$0], statistics[$0]) }
        for (place, inference) in zip(some, inferences) { results[place] = inference }
      }
    }
    var inferences = results.compactMap { $0 }
    let families = Dictionary(grouping: contrasts.indices) {
      // Comparisons at another story are a family of their own: one per z is what the verdict speaks of.
      let story = contrasts[$0].kind.isComparison ? Digits.shortest(contrasts[$0].story) : ""
      return contrasts[$0].kind.family + contrasts[$0].outcome.rawValue + story
    }
    for family in families.values {
      let tested = family.sorted().filter { inferences[$0].pValue != nil }
      let adjusted = MultipleComparisons.holm(tested.compactMap { inferences[$0].pValue })
      for (place, value) in zip(tested, adjusted) { inferences[place].holm = value }
    }
    return inferences
  }

  private func resampled(_ contrasts: [Contrast], unitCount: Int) -> [[Double]] {
    guard unitCount > 1 else { return contrasts.map { _ in [] } }
    var means = contrasts.map { _ in [Double]() }
    // As many resamples at once as fit into some 2 MB.
    let chunk = max(1, (1 << 18) / unitCount)
    for start in stride(from: 0, to: Self.resampleCount, by: chunk) {
      let indices = Parallel.map(min(chunk, Self.resampleCount - start), workers: workers) { resample in
        var words = address.stream(.resampling, entity: start + resample)
        return (0..<unitCount).map { _ in UInt32(words.below(unitCount)) }
      }.flatMap { $0 }
      let more = Parallel.map(contrasts.count, workers: workers) { place in
        Resampling.means(contrasts[place].values, indices: indices)
      }
      for place in contrasts.indices { means[place] += more[place] }
    }
    return means
  }

  private func inference(_ contrast: Contrast, _ statistics: [Double]) -> Inference {
    let none = Inference(interval: nil, method: "too few units", pValue: nil, holm: nil, smallestDetectable: nil)
    guard contrast.values.count > 1 else { return none }
    let differs = contrast.values.contains { $0 != 0 }
    guard differs else {
      let interval = Proportion.newcombeWithoutDifferences(
        share: min(1, max(0, contrast.baselineMean)), count: Double(contrast.values.count), confidence: confidence)
      let error = interval.map { ($0.upper - $0.lower) / (2 * Normal.critical(confidence)) }
      return Inference(
        interval: interval, method: "newcombe", pValue: 1, holm: nil,
        smallestDetectable: error.map { (Normal.critical(confidence) + Normal.quantile(0.8)) * $0 })
    }
    let error = Sample.variance(statistics).squareRoot()
    return Inference(
      interval: Resampling.percentileInterval(statistics, confidence: confidence), method: "bootstrap",
      pValue: Resampling.pValue(statistics, estimate: contrast.estimate), holm: nil,
      smallestDetectable: (Normal.critical(confidence) + Normal.quantile(0.8)) * error)
  }
}
