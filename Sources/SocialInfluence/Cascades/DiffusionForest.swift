/// The trees of who convinced whom: an adopter's parent is the speaker who convinced it; seeds, and adopters convinced
/// from outside, are roots.
package struct DiffusionForest: Sendable {
  /// The place of each adopter's parent among the adopters; −1 for roots. Parents precede their children.
  package let parents: [Int]
  /// Generations from the root, 0 for roots.
  package let depths: [Int]

  /// - Precondition: `parents[i] < i`, −1 for roots.
  package init(parents: [Int]) {
    self.parents = parents
    var depths = [Int](repeating: 0, count: parents.count)
    for (place, parent) in parents.enumerated() where parent >= 0 { depths[place] = depths[parent] + 1 }
    self.depths = depths
  }

  /// The forest of a trace; among several credited speakers the parent is drawn in proportion to credit.
  package init(_ trace: InfluenceTrace, agentCount: Int, at address: RandomAddress) {
    var places = [Int](repeating: -1, count: agentCount)
    for (place, adopter) in trace.adopters.enumerated() { places[Int(adopter)] = place }
    self.init(
      parents: trace.adopters.indices.map { place in
        trace.parent(at: place, address: address).map { places[Int($0)] } ?? -1
      })
  }

  /// Adopters by generation, roots first.
  package var generationSizes: [Int] {
    var sizes = [Int](repeating: 0, count: (depths.max() ?? -1) + 1)
    for depth in depths { sizes[depth] += 1 }
    return sizes
  }

  /// Mean number of adopters convinced by each adopter of a generation: the size of the next generation ÷ its own.
  package var reproduction: [Double] {
    let sizes = generationSizes
    return sizes.indices.map { Double($0 + 1 < sizes.count ? sizes[$0 + 1] : 0) / Double(sizes[$0]) }
  }

  /// Adopters in each adopter's subtree, itself included.
  var subtreeSizes: [Int] {
    var sizes = [Int](repeating: 1, count: parents.count)
    for place in parents.indices.reversed() where parents[place] >= 0 { sizes[parents[place]] += sizes[place] }
    return sizes
  }

  /// Structural virality: the mean distance over all pairs of adopters of the same tree; 0 where there is no such pair.
  ///
  /// For one tree ν = Σ size(v) (n − size(v)) ÷ C(n, 2) over all v but the root: each tie separates that many pairs.
  ///
  /// Source: S. Goel, A. Anderson, J. Hofman, D. J. Watts (2016), Management Science 62:180,
  /// doi:10.1287/mnsc.2015.2158.
  /// *Differs*: over several trees, pairs of different trees have no distance and do not count.
  package var structuralVirality: Double {
    let below = subtreeSizes
    var roots = [Int](repeating: 0, count: parents.count)
    var (distances, pairs) = (0.0, 0.0)
    for place in parents.indices {
      let parent = parents[place]
      roots[place] = parent < 0 ? place : roots[parent]
      let size = Double(below[roots[place]])
      if parent < 0 {
        pairs += size * (size - 1) / 2
      } else {
        distances += Double(below[place]) * (size - Double(below[place]))
      }
    }
    return pairs > 0 ? distances / pairs : 0
  }
}

/// How the credit for a cascade is distributed over agents.
package struct CreditShares: Sendable {
  /// Adoptions credited to each agent, directly.
  package let direct: [Double]
  /// Adoptions credited to each agent, also through others: Σ share · (1 + downstream of the one convinced).
  package let downstream: [Double]

  package init(_ trace: InfluenceTrace, agentCount: Int) {
    var direct = [Double](repeating: 0, count: agentCount)
    var downstream = direct
    // Later adopters first, so that an adopter's downstream credit is complete when it is passed up.
    for place in trace.adopters.indices.reversed() {
      let passed = 1 + downstream[Int(trace.adopters[place])]
      for credit in trace.credits(at: place) {
        guard let source = credit.source else { continue }
        direct[Int(source)] += credit.share
        downstream[Int(source)] += credit.share * passed
      }
    }
    (self.direct, self.downstream) = (direct, downstream)
  }

  /// The share of direct credit held by the top `fraction` of all agents by credit; nil without credit, or if the
  /// fraction is less than one agent.
  package func topShare(_ fraction: Double) -> Double? {
    let sorted = direct.sorted(by: >)
    let total = sorted.reduce(0, +)
    let count = Ranking.topCount(fraction, of: sorted.count)
    guard total > 0, count > 0 else { return nil }
    return sorted.prefix(count).reduce(0, +) / total
  }

  /// The Lorenz curve: the share of credit held by the least credited i / `steps` of all agents, i = 0 … `steps`; nil
  /// without credit.
  package func lorenz(steps: Int) -> [Double]? {
    let sorted = direct.sorted()
    var sums = [0.0]
    for value in sorted { sums.append(sums[sums.count - 1] + value) }
    guard let total = sums.last, total > 0 else { return nil }
    return (0...steps).map { step in
      let place = Double(step) / Double(steps) * Double(sorted.count)
      let whole = min(sorted.count - 1, Int(place))
      return (sums[whole] + (place - Double(whole)) * (sums[whole + 1] - sums[whole])) / total
    }
  }

  /// The Gini coefficient of direct credit over all agents: 0 where all hold the same, 1 − 1/N where one holds all; nil
  /// without credit.
  package var gini: Double? {
    let sorted = direct.sorted()
    let total = sorted.reduce(0, +)
    guard total > 0 else { return nil }
    let count = Double(sorted.count)
    let weighted = sorted.enumerated().reduce(0.0) { $0 + Double($1.offset + 1) * $1.element }
    return 2 * weighted / (count * total) - (count + 1) / count
  }
}
