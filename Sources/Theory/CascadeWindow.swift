internal import CGSL

/// The mean degrees at which one seed can start a global cascade on Poisson networks: where the branching factor of
/// vulnerable agents exceeds 1.
///
/// Source: D. J. Watts (2002), PNAS 99:5766, doi:10.1073/pnas.082090499; directed networks by the same
/// argument with one voice more for a reached agent.
package struct CascadeWindow {
  /// The lowest and the highest mean degree with a branching factor of 1; the upper end is infinite if the window does
  /// not close below a mean degree of 500. Nil if the branching factor never exceeds 1.
  package let range: ClosedRange<Double>?
  /// The largest mean number of further vulnerable agents that a vulnerable agent reaches.
  let largestBranchingFactor: Double
  /// The mean degree of the largest branching factor; 500, the end of the search, if it still grows there.
  let meanDegreeOfLargest: Double

  private static let highestMean = 500.0

  /// - Parameters:
  ///   - vulnerable: ρ_k, the chance that one voice convinces an agent with k voices.
  ///   - isDirected: false for mutual ties (k counts them all); true for influence networks with Poisson voices.
  package static func poisson(isDirected: Bool, vulnerable: (Int) -> Double) -> CascadeWindow {
    // 900 > 500 + 17 standard deviations: no Poisson term beyond matters.
    let known = (0...900).map(vulnerable)
    func factor(_ mean: Double) -> Double {
      branchingFactor(meanDegree: mean, isDirected: isDirected) { known[min($0, 900)] }
    }
    // Steps of 2 %: a narrower window is missed.
    var means = [0.05]
    while means[means.count - 1] < highestMean { means.append(min(highestMean, means[means.count - 1] * 1.02)) }
    let factors = means.map(factor)
    let top = factors.indices.max { factors[$0] < factors[$1] } ?? 0
    let isInside = top > 0 && top < means.count - 1
    let at = isInside ? Roots.maximum(means[top - 1], means[top], means[top + 1], factor) : means[top]
    return CascadeWindow(
      range: range(means, factors, peak: at, factor), largestBranchingFactor: factor(at), meanDegreeOfLargest: at)
  }

  /// Mean number of further vulnerable agents, z Σ_j Pois_j(z) ρ_(j+2) (undirected: `1/z · Σ k(k−1) p_k ρ_k`) or
  /// z Σ_j Pois_j(z) ρ_(j+1) (directed).
  static func branchingFactor(
    meanDegree: Double, isDirected: Bool, vulnerable: (Int) -> Double
  ) -> Double {
    let others = DegreeProbabilities.poisson(mean: meanDegree)
    let further = isDirected ? 1 : 2
    return meanDegree * others.indices.reduce(0) { $0 + others[$1] * vulnerable($1 + further) }
  }

  private static func range(
    _ means: [Double], _ factors: [Double], peak: Double, _ factor: (Double) -> Double
  ) -> ClosedRange<Double>? {
    guard factor(peak) > 1 else { return nil }
    let first = factors.firstIndex { $0 > 1 }
    let last = factors.lastIndex { $0 > 1 }
    let lower = Roots.between(
      first.map { means[max(0, $0 - 1)] } ?? means[0], first.map { means[$0] } ?? peak, { factor($0) - 1 })
    if let last, last == means.count - 1 { return lower...Double.infinity }
    let upper = Roots.between(
      last.map { means[$0] } ?? peak, last.map { means[$0 + 1] } ?? highestMean, { factor($0) - 1 })
    return lower...upper
  }
}
