/// A named law, sampled by its inverse distribution function: one uniform a draw.
package protocol Distribution: Variant {
  /// The value whose distribution function first reaches `u`, for u in (0, 1); never falls as u grows.
  func value(at u: Double) -> Double
  /// The distribution function P(X ≤ x).
  func cumulative(_ x: Double) -> Double
  var mean: Double { get }
}

extension Distribution {
  /// The one value of a constant law.
  package var constant: Double? { (self as? Constant)?.value }
}
