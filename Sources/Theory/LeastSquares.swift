internal import CGSL

/// Nonlinear least squares by GSL's Levenberg–Marquardt trust region.
enum LeastSquares {
  /// The point that minimizes the sum of squared residuals, and that sum.
  static func minimize(
    from start: [Double], observations: Int, _ residuals: GSLCallback.Residuals
  ) throws(NumericalFailure) -> (point: [Double], sum: Double) {
    let (result, status) = GSLCallback.withResiduals(
      observations: observations, parameters: start.count, residuals
    ) { function -> (result: (point: [Double], sum: Double), status: Int32) in
      guard let workspace = influents_least_squares(observations, start.count),
        let vector = gsl_vector_alloc(start.count)
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
