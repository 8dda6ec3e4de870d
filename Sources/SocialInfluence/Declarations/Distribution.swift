/// A named law, sampled by its inverse distribution function: one uniform a draw.
package protocol Distribution: Variant {
  /// The value whose distribution function first reaches `u`, for u in (0, 1); never falls as u grows.
  func value(at u: Double) -> Double
  /// The values at the words' places in (0, 1); a requirement, so that the loop is compiled for each law.
  func fill(_ values: inout MutableSpan<Double>, at places: Range<Int>, from words: Span<UInt64>)
  /// The values at normal scores: at u = Φ(score).
  func values(atScores scores: [Double]) -> [Double]
  /// The distribution function P(X ≤ x).
  func cumulative(_ x: Double) -> Double
  var mean: Double { get }
  /// What one value takes at most, in units of some ten nanoseconds.
  var effort: Double { get }
  /// The one value of a constant law; nil elsewhere.
  var constant: Double? { get }
  /// Whether its values must be rounded where they stand for degrees.
  var isRoundedToDegrees: Bool { get }
  /// The whole numbers of a law that lists them, in their order; nil elsewhere.
  var listed: [Int]? { get }
}
