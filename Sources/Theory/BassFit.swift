internal import SocialInfluence

/// Bass' model fitted to sales per period by nonlinear least squares: sales_t = m(F(t) − F(t − 1)), t = 1, 2, …
///
/// Source: V. Srinivasan, C. H. Mason (1986), Marketing Science 5:169, doi:10.1287/mksc.5.2.169.
package struct BassFit {
  /// p and q per period.
  package let bass: Bass
  /// m, the number of eventual adopters, in units of the sales.
  package let market: Double
  /// Σ(sales − fitted sales)².
  let residualSumOfSquares: Double

  /// - Parameter sales: first purchases in the periods 1, 2, … since the launch at time 0; at least 4, with a positive
  ///   sum.
  /// - Throws: ``NumericalFailure`` if the search does not converge, as for sales that only fall or only grow.
  package init(sales: [Double]) throws(NumericalFailure) {
    precondition(sales.count >= 4, "a Bass fit needs at least four periods")
    let total = sales.reduce(0, +)
    precondition(total > 0, "a Bass fit needs sales")
    // Logarithms keep p, q and m positive and of similar size. The start is near the averages of published fits.
    let start = [naturalLogarithm(0.03), naturalLogarithm(0.38), naturalLogarithm(1.5)]
    let (point, sum) = try LeastSquares.minimize(from: start, observations: sales.count) { point, residuals in
      let fitted = Self.sales(
        Bass(innovation: exponential(point[0]), imitation: exponential(point[1])), market: exponential(point[2]),
        periods: residuals.count)
      for t in residuals.indices { residuals[t] = fitted[t] - sales[t] / total }
    }
    bass = Bass(innovation: exponential(point[0]), imitation: exponential(point[1]))
    market = exponential(point[2]) * total
    residualSumOfSquares = sum * total * total
  }

  /// m(F(t) − F(t − 1)) for t = 1, …, `periods`.
  static func sales(_ bass: Bass, market: Double, periods: Int) -> [Double] {
    let shares = (0...periods).map { bass.share(at: Double($0)) }
    return zip(shares, shares.dropFirst()).map { market * ($1 - $0) }
  }
}
