/// A named law, sampled by its inverse distribution function: one uniform per value.
package protocol Distribution: Variant {
  /// The smallest value whose distribution function reaches `u`, for u in (0, 1); never falls as u grows.
  func value(at u: Double) -> Double
  /// The values at the uniforms of `words`; a requirement, so that the loop is compiled per law.
  func fill(_ values: inout MutableSpan<Double>, at places: Range<Int>, from words: Span<UInt64>)
  /// The values at normal scores: at u = Φ(score).
  func values(atScores scores: [Double]) -> [Double]
  /// The distribution function P(X ≤ x).
  func cumulative(_ x: Double) -> Double
  var mean: Double { get }
  /// Upper bound on the cost of one value, in units of about 10 ns.
  var effort: Double { get }
  /// Upper bound on the numbers of the table that the law makes before its first value; 0 without one. A 64th of them is
  /// kept.
  var tableLength: Double { get }
  /// Bounds of all values, where drawing the extreme ones would take long; otherwise nil.
  var ends: ClosedRange<Double>? { get }
  /// The value of a constant law; otherwise nil.
  var constant: Double? { get }
  /// Whether its values are rounded when they serve as degrees.
  var isRoundedToDegrees: Bool { get }
  /// The numbers of a law that lists them, in the order written; otherwise nil.
  var listed: [Int]? { get }
}
