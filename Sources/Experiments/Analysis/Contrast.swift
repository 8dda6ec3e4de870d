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
  let outcome: Measure
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
  /// The arms that go in, by point and arm: copies as the first of them.
  let arms: [Int32]
  /// Where the first such contrast stands in the list; nil where it is this one.
  var original: Int?

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
    let dosed = plan.doses
    let points = plan.scenario.points.count
    let found = Parallel.map(units.kinds.count * points, workers: workers) { place in
      let (outcome, point) = (units.kinds[place / points], place % points)
      var found = arms(point, outcome)
      for arm in plan.scenario.armNames.indices {
        if let to = dosed.density[point] { found += difference(.density, point, arm, to, arm, outcome) }
        if let to = dosed.story[point] { found += difference(.story, point, arm, to, arm, outcome) }
      }
      if let to = dosed.density[point] { found += comparison(point, to, outcome) }
      return found
    }.flatMap { $0 }
    return Self.markingCopies(found)
  }

  /// A contrast of the same arms as one before is the same contrast: no family of tests counts it again.
  private static func markingCopies(_ contrasts: [Contrast]) -> [Contrast] {
    struct Identity: Hashable {
      let kind: Contrast.Kind
      let outcome: Measure
      let arms: [Int32]
    }
    var first = [Identity: Int]()
    var contrasts = contrasts
    for place in contrasts.indices {
      let own = contrasts[place]
      let identity = Identity(kind: own.kind, outcome: own.outcome, arms: own.arms)
      contrasts[place].original = first[identity]
      if first[identity] == nil { first[identity] = place }
    }
    return contrasts
  }

  private func arms(_ point: Int, _ outcome: Measure) -> [Contrast] {
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

  private func origin(_ point: Int, _ arm: Int) -> Int32 { plan.copies.origins[place(point, arm)] }

  private func difference(
    _ kind: Contrast.Kind, _ point: Int, _ baseline: Int, _ to: Int?, _ arm: Int, _ outcome: Measure
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
        isInert: (kind == .few || kind == .aim) && condition.isFewPresent && condition.fewAreOrdinary,
        arms: [origin(point, baseline), origin(to ?? point, arm)])
    ]
  }

  /// Δaim − Δdensity and Δfew − Δdensity on the units that have all of it.
  private func comparison(_ point: Int, _ to: Int, _ outcome: Measure) -> [Contrast] {
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
        isInert: condition.isFewPresent && condition.fewAreOrdinary,
        arms: [absent, seeded, roles.present ?? absent].map { origin(point, $0) } + [origin(to, absent)])
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
  let progress: Progress
  /// Work of one contrast, for the progress.
  let workEach: Double

  /// - Returns: one per contrast; a copy has that of the first.
  /// - Throws: when a stop is asked for.
  func infer(_ contrasts: [Contrast]) throws(Failure) -> [Inference] {
    let own = contrasts.indices.filter { contrasts[$0].original == nil }
    var inferences = [Inference?](repeating: nil, count: contrasts.count)
    for (place, inference) in zip(own, try inferOwn(own.map { contrasts[$0] })) { inferences[place] = inference }
    return contrasts.indices.compactMap { inferences[contrasts[$0].original ?? $0] }
  }

  private func inferOwn(_ contrasts: [Contrast]) throws(Failure) -> [Inference] {
    var results = [Inference?](repeating: nil, count: contrasts.count)
    // Contrasts with equally many units share the resampled indices: the same networks at every point.
    for (count, places) in Dictionary(grouping: contrasts.indices, by: { contrasts[$0].values.count }) {
      // Some hundred at a time: the resampled statistics of one fill 16 kB.
      for start in stride(from: 0, to: places.count, by: Self.atATime) {
        let some = places[start..<min(places.count, start + Self.atATime)]
        let own = some.map { contrasts[$0] }
        let statistics = try resampled(own, unitCount: count)
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

  /// Resampled means of each contrast.
  private func resampled(_ contrasts: [Contrast], unitCount: Int) throws(Failure) -> [ResampledStatistic] {
    guard unitCount > 1 else { return contrasts.map { _ in ResampledStatistic([]) } }
    let blocks = contrasts.map { Resampling.blocks($0.values) }
    let sizes = blocks[0]?.sizes
    let count = sizes?.count ?? unitCount
    func indices(_ resamples: Range<Int>) -> [UInt32] {
      Parallel.map(resamples.count, workers: workers) { resample in
        var words = address.stream(.resampling, entity: resamples.lowerBound + resample)
        return (0..<count).map { _ in UInt32(words.below(count)) }
      }.flatMap { $0 }
    }
    if unitCount <= ResampleClasses.mostUnits {
      let classes = ResampleClasses(indices(0..<Self.resampleCount), unitCount: unitCount)
      progress.add(Int(saturating: workEach * Double(contrasts.count)))
      try progress.check()
      return Parallel.map(contrasts.count, workers: workers) { place in
        ResampledStatistic(
          Resampling.means(contrasts[place].values, indices: classes.indices), counts: classes.counts)
      }
    }
    var means = contrasts.map { _ in [Double]() }
    // As many resamples at once as fit into some 2 MB.
    let chunk = max(1, (1 << 18) / count)
    for start in stride(from: 0, to: Self.resampleCount, by: chunk) {
      let indices = indices(start..<min(start + chunk, Self.resampleCount))
      let weights = sizes.map { Resampling.means($0, indices: indices) }
      let more = Parallel.map(contrasts.count, workers: workers) { place in
        let means = Resampling.means(blocks[place]?.sums ?? contrasts[place].values, indices: indices)
        return weights.map { zip(means, $0).map { $0 / $1 } } ?? means
      }
      for place in contrasts.indices { means[place] += more[place] }
      let share = Double(indices.count) / Double(count * Self.resampleCount)
      progress.add(Int(saturating: workEach * share * Double(contrasts.count)))
      try progress.check()
    }
    let all = means
    return Parallel.map(contrasts.count, workers: workers) { ResampledStatistic(all[$0]) }
  }

  private func inference(_ contrast: Contrast, _ resampled: ResampledStatistic) -> Inference {
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
    return Inference(
      interval: resampled.interval(confidence: confidence), method: "bootstrap",
      pValue: resampled.pValue(estimate: contrast.estimate), holm: nil,
      smallestDetectable: (Normal.critical(confidence) + Normal.quantile(0.8)) * resampled.error)
  }
}
