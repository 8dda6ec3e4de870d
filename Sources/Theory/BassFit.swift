internal import CGSL
internal import SocialInfluence

/// Bass' model fitted to sales per period by nonlinear least squares: sales_t = m(F(t) − F(t − 1)), t = 1, 2, …
///
/// Source: V. Srinivasan, C. H. Mason (1986), Marketing Science 5:169, doi:10.1287/mksc.5.2.169.
package struct BassFit {
  /// p and q per period.
  package let bass: Bass
  /// m, all who will ever adopt, in units of the sales.
  package let market: Double
  /// Σ(sales − fitted sales)².
  package let residualSumOfSquares: Double

  /// - Parameter sales: first purchases in the periods 1, 2, … since the launch at time 0; at least 4, with a positive sum.
  /// - Throws: ``NumericalFailure`` where the search does not settle, as it does for sales that only fall or only grow.
  package init(sales: [Double]) throws(NumericalFailure) {
    precondition(sales.count >= 4, "a Bass fit needs at least four periods")
    let total = sales.reduce(0, +)
    precondition(total > 0, "a Bass fit needs sales")
    // Logarithms keep p, q and m positive and of one scale. The start is near the averages of published fits.
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
  package static func sales(_ bass: Bass, market: Double, periods: Int) -> [Double] {
    let shares = (0...periods).map { bass.share(at: Double($0)) }
    return zip(shares, shares.dropFirst()).map { market * ($1 - $0) }
  }
}

/// Nonlinear least squares by GSL's Levenberg–Marquardt trust region.
enum LeastSquares {
  /// The point that minimises the sum of squared residuals, and that sum.
  static func minimize(
    from start: [Double], observations: Int, _ residuals: GSLCallback.Residuals
  ) throws(NumericalFailure) -> (point: [Double], sum: Double) {
    let (result, status) = GSLCallback.withResiduals(
      observations: observations, parameters: start.count, residuals
    ) { function -> (result: (point: [Double], sum: Double), status: Int32) in
      guard let workspace = influents_least_squares(observations, start.count), let vector = gsl_vector_alloc(start.count)
      else { return (([], 0), Int32(GSL_ENOMEM)) }
      defer {
        gsl_multifit_nlinear_free(workspace)
        gsl_vector_free(vector)
      }
      for (i, value) in start.enumerated() { gsl_vector_set(vector, i, value) }
      var status = gsl_multifit_nlinear_init(vector, function, workspace)
      guard status == GSLStatus.success else { return (([], 0), status) }
      var reason: Int32 = 0
      status = gsl_multifit_nlinear_driver(500, 1e-10, 1e-10, 0, nil, nil, &reason, workspace)
      let position = gsl_multifit_nlinear_position(workspace)
      let left = gsl_multifit_nlinear_residual(workspace)
      let sum = (0..<observations).reduce(0) { $0 + gsl_pow_2(gsl_vector_get(left, $1)) }
      return (((0..<start.count).map { gsl_vector_get(position, $0) }, sum), status)
    }
    try GSLStatus.check(status, "the least-squares fit")
    return result
  }
}
