internal import SocialInfluence
internal import Statistics

/// A contrast with its inference.
struct Inference: Sendable {
  /// How an interval was made.
  enum Method: String, Sendable {
    case bootstrap
    /// Student's t, for few units.
    case student
    /// What equal differences leave open.
    case alike
    /// Newcombe's paired score interval, where no unit differs.
    case newcombe
    case none = "too few units"
  }

  /// Units with a value in every arm of the contrast.
  let units: Int
  /// Mean difference; nil without units.
  let estimate: Double?
  /// In a comparison: |effect of the few| − |effect of density|.
  let excess: Double?
  let method: Method
  var interval: Interval?
  var pValue: Double?
  var holm: Double?
  var smallestDetectable: Double?
}

/// Resamples units and makes intervals and p-values.
struct ContrastInference {
  static let resampleCount = 2000
  /// Contrasts whose differences are in memory at a time; the resampled statistics of one take 16 kB.
  private static let atATime = 1024
  let finder: ContrastFinder
  /// Threads; results do not depend on them.
  let workers: Int
  let progress: Progress

  private var head: ScenarioHead { finder.plan.scenario.head }

  /// - Returns: one per contrast; a copy has that of its original.
  /// - Throws: if a stop was requested.
  func infer(_ contrasts: [Contrast]) throws(Failure) -> [Inference] {
    let own = contrasts.indices.filter { contrasts[$0].original == nil }
    var inferences = [Inference?](repeating: nil, count: contrasts.count)
    for start in stride(from: 0, to: own.count, by: Self.atATime) {
      let places = own[start..<min(own.count, start + Self.atATime)]
      for (place, inference) in zip(places, try inferSome(places.map { contrasts[$0] })) {
        inferences[place] = inference
      }
    }
    adjust(&inferences, contrasts, own)
    return contrasts.indices.compactMap { inferences[contrasts[$0].original ?? $0] }
  }

  private func inferSome(_ contrasts: [Contrast]) throws(Failure) -> [Inference] {
    let differences = Parallel.map(contrasts.count, workers: workers) { finder.differences(contrasts[$0]) }
    var results = [Inference?](repeating: nil, count: contrasts.count)
    // Contrasts with equally many units share the resampled indices: the same networks, unless different replicates
    // failed.
    for (count, places) in Dictionary(grouping: contrasts.indices, by: { differences[$0].values.count }) {
      let own = places.map { differences[$0] }
      let statistics = try resampled(own, unitCount: count)
      let inferences = Parallel.map(own.count, workers: workers) { place in
        inference(own[place], statistics?[place], most: contrasts[places[place]].kind.isComparison ? 2 : 1)
      }
      for (place, inference) in zip(places, inferences) { results[place] = inference }
    }
    return results.compactMap { $0 }
  }

  /// Adds Holm's p-values, by family.
  private func adjust(_ inferences: inout [Inference?], _ contrasts: [Contrast], _ own: [Int]) {
    struct Family: Hashable {
      let name: String
      let outcome: Measure
      /// A family of comparisons has one story, and one test per z, as a verdict has.
      let story: Double?
    }
    let families = Dictionary(grouping: own) {
      let contrast = contrasts[$0]
      return Family(
        name: contrast.kind.family, outcome: contrast.outcome,
        story: contrast.kind.isComparison ? finder.story(contrast) : nil)
    }
    for family in families.values {
      let tested = family.filter { inferences[$0]?.pValue != nil }
      let adjusted = MultipleComparisons.holm(tested.compactMap { inferences[$0]?.pValue })
      for (place, value) in zip(tested, adjusted) { inferences[place]?.holm = value }
    }
  }

  /// Resampled means of each contrast; nil for few units.
  private func resampled(_ differences: [Differences], unitCount: Int) throws(Failure) -> [ResampledStatistic]? {
    let workEach = finder.plan.contrastWork * Double(differences.count)
    guard unitCount >= PairedMean.fewUnits else {
      progress.add(Int(saturating: workEach))
      try progress.check()
      return nil
    }
    let blocks = differences.map { Resampling.blocks($0.values) }
    let sizes = blocks[0]?.sizes
    let count = sizes?.count ?? unitCount
    let address = RandomAddress(randomSeed: head.randomSeed)
    func indices(_ resamples: Range<Int>) -> [UInt32] {
      Parallel.map(resamples.count, workers: workers) { resample in
        var words = address.stream(.resampling, entity: resamples.lowerBound + resample)
        return (0..<count).map { _ in UInt32(words.below(count)) }
      }.flatMap { $0 }
    }
    let summed = differences.indices.map { blocks[$0]?.sums ?? differences[$0].values }
    var means = differences.map { _ in [Double]() }
    // At most 2¹⁸ indices (1 MB) at a time.
    let chunk = max(1, (1 << 18) / count)
    for start in stride(from: 0, to: Self.resampleCount, by: chunk) {
      let indices = indices(start..<min(start + chunk, Self.resampleCount))
      let weights = sizes.map { Resampling.means($0, indices: indices) }
      let groups = (differences.count + Resampling.atATime - 1) / Resampling.atATime
      let more = Parallel.map(groups, workers: workers) { group in
        let own = Resampling.atATime * group..<min(Resampling.atATime * (group + 1), differences.count)
        let means = Resampling.means(summed[own], indices: indices)
        return weights.map { weights in means.map { zip($0, weights).map { $0 / $1 } } } ?? means
      }.flatMap { $0 }
      for place in differences.indices { means[place] += more[place] }
      progress.add(Int(saturating: workEach * Double(indices.count) / Double(count * Self.resampleCount)))
      try progress.check()
    }
    let all = means
    return Parallel.map(differences.count, workers: workers) { ResampledStatistic(all[$0]) }
  }

  /// - Parameters:
  ///   - resampled: nil for few units.
  ///   - most: the largest possible difference.
  private func inference(_ differences: Differences, _ resampled: ResampledStatistic?, most: Double) -> Inference {
    let values = differences.values
    let excess = differences.effects.map { abs($0.few) - abs($0.density) }
    func result(_ method: Inference.Method) -> Inference {
      Inference(
        units: values.count, estimate: values.isEmpty ? nil : Sample.mean(values), excess: excess, method: method)
    }
    guard values.count > 1 else { return result(.none) }
    guard values.contains(where: { $0 != 0 }) else { return withoutDifferences(differences, result(.newcombe)) }
    guard let resampled, !PairedMean.areAlike(values) else {
      let paired = PairedMean(values, most: most, confidence: head.confidence)
      var few = result(PairedMean.areAlike(values) ? .alike : .student)
      (few.interval, few.pValue, few.smallestDetectable) = (paired.interval, paired.pValue, paired.smallestDetectable)
      return few
    }
    var different = result(.bootstrap)
    different.interval = resampled.interval(confidence: head.confidence)
    different.pValue = resampled.pValue(estimate: Sample.mean(values))
    different.smallestDetectable = detectable * resampled.error
    return different
  }

  private func withoutDifferences(_ differences: Differences, _ result: Inference) -> Inference {
    var same = result
    same.interval = Proportion.newcombeWithoutDifferences(
      share: min(1, max(0, differences.baselineMean)), count: Double(same.units), confidence: head.confidence)
    same.pValue = 1
    let error = same.interval.map { ($0.upper - $0.lower) / (2 * Normal.critical(head.confidence)) }
    same.smallestDetectable = error.map { detectable * $0 }
    return same
  }

  /// An effect so many standard errors large is found with 80 % power.
  private var detectable: Double { Normal.critical(head.confidence) + Normal.quantile(0.8) }
}
