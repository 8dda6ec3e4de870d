internal import CGSL

/// Roots and extrema by GSL. A function that gives NaN gives a root of NaN.
enum Roots {
  /// The smallest u in [0, 1] with u = f(u), for f increasing and convex with f(1) = 1; 1 where the slope at 1 is at
  /// most 1.
  static func smallestFixedPoint(_ map: (Double) -> Double, slopeAtOne: Double) -> Double {
    guard slopeAtOne > 1 + 1e-12 else { return 1 }
    if map(0) <= 0 { return 0 }
    // Between the root and 1 the map lies below the diagonal; near the critical point the root is close to 1.
    var upper = 1.0
    var gap = 1e-3
    while gap > 1e-13 {
      upper = 1 - gap
      if map(upper) < upper { break }
      gap /= 10
    }
    guard map(upper) < upper else { return 1 }
    return between(0, upper) { map($0) - $0 }
  }

  /// A root of a continuous function whose signs at `lower` and `upper` differ, by Brent's method to 10⁻¹⁴ of the root.
  static func between(_ lower: Double, _ upper: Double, _ function: (Double) -> Double) -> Double {
    GSLCallback.withFunction(function) { wrapped in
      guard let solver = influents_brent_solver() else { return .nan }
      defer { gsl_root_fsolver_free(solver) }
      guard gsl_root_fsolver_set(solver, wrapped, lower, upper) == GSLStatus.success else { return .nan }
      for _ in 0..<200 {
        guard gsl_root_fsolver_iterate(solver) == GSLStatus.success else { return .nan }
        let (low, high) = (gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver))
        if high - low < 1e-14 * max(1, abs(high)) { break }
      }
      return gsl_root_fsolver_root(solver)
    }
  }

  /// Where a function is largest between `lower` and `upper`, to half the digits; its value at `inside` exceeds both
  /// ends.
  static func maximum(_ lower: Double, _ inside: Double, _ upper: Double, _ function: (Double) -> Double) -> Double {
    GSLCallback.withFunction({ -function($0) }) { wrapped in
      guard let solver = influents_brent_minimizer() else { return .nan }
      defer { gsl_min_fminimizer_free(solver) }
      guard gsl_min_fminimizer_set(solver, wrapped, inside, lower, upper) == GSLStatus.success else { return inside }
      for _ in 0..<200 {
        guard gsl_min_fminimizer_iterate(solver) == GSLStatus.success else { break }
        let width = gsl_min_fminimizer_x_upper(solver) - gsl_min_fminimizer_x_lower(solver)
        if width < 1e-9 * abs(upper) { break }
      }
      return gsl_min_fminimizer_x_minimum(solver)
    }
  }
}
