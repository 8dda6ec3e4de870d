/// A named law, sampled by its inverse distribution function: one uniform a draw.
package protocol Distribution: Variant {
  /// The value whose distribution function first reaches `u`, for u in (0, 1); never falls as u grows.
  func value(at u: Double) -> Double
  /// The values at the words' places in (0, 1); a requirement, so that the loop is compiled for each law.
  func fill(_ values: UnsafeMutablePointer<Double>, from words: UnsafePointer<UInt64>, count: Int)
  /// The values at normal scores: at u = Φ(score).
  func values(atScores scores: [Double]) -> [Double]
  /// The distribution function P(X ≤ x).
  func cumulative(_ x: Double) -> Double
  var mean: Double { get }
}

extension Distribution {
  package func fill(_ values: UnsafeMutablePointer<Double>, from words: UnsafePointer<UInt64>, count: Int) {
    for place in 0..<count { values[place] = value(at: words[place].openUnitInterval) }
  }

  package func values(atScores scores: [Double]) -> [Double] {
    scores.map { value(at: Quantile.normalCumulative($0)) }
  }

  /// The one value of a constant law.
  package var constant: Double? { (self as? Constant)?.value }
}
