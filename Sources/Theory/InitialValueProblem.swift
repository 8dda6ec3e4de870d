internal import CGSL

/// Ordinary differential equations y' = f(t, y) by GSL's Runge–Kutta Prince–Dormand (8, 9) method.
enum InitialValueProblem {
  /// The states at `times`, ascending from 0 or later; `initial` is the state at 0. The local error of a step is held
  /// below 10⁻¹² plus 10⁻¹² of the state, because early epidemics amplify the errors of their first steps.
  static func states(
    from initial: [Double], at times: [Double], slopes: GSLCallback.Slopes
  ) throws(NumericalFailure) -> [[Double]] {
    precondition(
      zip([0] + times, times).allSatisfy { $0 <= $1 && $1.isFinite }, "times of a solution rise from at least 0")
    let (states, status) = GSLCallback.withSystem(dimension: initial.count, slopes) { system in
      var (state, states, time) = (initial, [[Double]](), 0.0)
      guard let driver = influents_ode_driver(system, 1e-4, 1e-12) else { return (states, Int32(GSL_ENOMEM)) }
      defer { gsl_odeiv2_driver_free(driver) }
      for target in times {
        let status = gsl_odeiv2_driver_apply(driver, &time, target, &state)
        guard status == GSLStatus.success else { return (states, status) }
        states.append(state)
      }
      return (states, GSLStatus.success)
    }
    try GSLStatus.check(status, "the solution of a differential equation")
    return states
  }
}
