internal import CGSL

/// Lends closures to GSL, each for the time of `body`.
enum GSLCallback {
  typealias Function = (Double) -> Double
  /// Writes the slopes at (time, state) into the last argument.
  typealias Slopes = (Double, Span<Double>, inout MutableSpan<Double>) -> Void
  /// Writes the residuals at a point into the last argument.
  typealias Residuals = (Span<Double>, inout MutableSpan<Double>) -> Void

  static func withFunction<Result>(
    _ function: Function, _ body: (UnsafeMutablePointer<gsl_function>) -> Result
  ) -> Result {
    withoutActuallyEscaping(function) { function in
      var lent = function
      return withUnsafeMutablePointer(to: &lent) { context in
        var wrapped = gsl_function(
          function: { x, context in
            guard let context else { return .nan }
            return context.assumingMemoryBound(to: Function.self).pointee(x)
          }, params: UnsafeMutableRawPointer(context))
        return body(&wrapped)
      }
    }
  }

  static func withSystem<Result>(
    dimension: Int, _ slopes: Slopes, _ body: (UnsafeMutablePointer<gsl_odeiv2_system>) -> Result
  ) -> Result {
    withoutActuallyEscaping(slopes) { slopes in
      var lent = (slopes: slopes, dimension: dimension)
      return withUnsafeMutablePointer(to: &lent) { context in
        var wrapped = gsl_odeiv2_system(
          function: { time, state, slope, context in
            guard let state, let slope, let context else { return Int32(GSL_EFAULT) }
            let lent = context.assumingMemoryBound(to: (slopes: Slopes, dimension: Int).self).pointee
            let output = UnsafeMutableBufferPointer(start: slope, count: lent.dimension)
            var span = output.mutableSpan
            lent.slopes(time, UnsafeBufferPointer(start: state, count: lent.dimension).span, &span)
            return GSLStatus.success
          }, jacobian: nil, dimension: dimension, params: UnsafeMutableRawPointer(context))
        return body(&wrapped)
      }
    }
  }

  static func withResiduals<Result>(
    observations: Int, parameters: Int, _ residuals: Residuals,
    _ body: (UnsafeMutablePointer<gsl_multifit_nlinear_fdf>) -> Result
  ) -> Result {
    withoutActuallyEscaping(residuals) { residuals in
      var lent = residuals
      return withUnsafeMutablePointer(to: &lent) { context in
        var wrapped = gsl_multifit_nlinear_fdf()
        wrapped.f = { point, context, output in
          guard let point, let context, let output else { return Int32(GSL_EFAULT) }
          let values = (0..<point.pointee.size).map { gsl_vector_get(point, $0) }
          // GSL's finite differences ask for a column of the Jacobian, which is not contiguous.
          var residuals = [Double](repeating: 0, count: output.pointee.size)
          var span = residuals.mutableSpan
          context.assumingMemoryBound(to: Residuals.self).pointee(values.span, &span)
          for (i, value) in residuals.enumerated() { gsl_vector_set(output, i, value) }
          return GSLStatus.success
        }
        wrapped.n = observations
        wrapped.p = parameters
        wrapped.params = UnsafeMutableRawPointer(context)
        return body(&wrapped)
      }
    }
  }
}
