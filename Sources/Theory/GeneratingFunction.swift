/// The generating function G(x) = Σ p_k x^k of a law of counts on [0, 1] and its first two derivatives.
///
/// Sums run from the largest count down (Horner), O(largest count) each.
struct GeneratingFunction {
  /// p_k for k = 0, 1, …
  let probabilities: [Double]
  /// <k>, the first derivative at 1.
  let mean: Double
  /// <k² − k>, the second derivative at 1.
  let pairs: Double

  init(_ probabilities: [Double]) {
    self.probabilities = probabilities
    mean = probabilities.indices.reversed().reduce(0) { $0 + Double($1) * probabilities[$1] }
    pairs = probabilities.indices.reversed().reduce(0) { $0 + Double($1) * Double($1 - 1) * probabilities[$1] }
  }

  func value(_ x: Double) -> Double { probabilities.reversed().reduce(0) { $0 * x + $1 } }

  func slope(_ x: Double) -> Double {
    var sum = 0.0
    for k in stride(from: probabilities.count - 1, through: 1, by: -1) { sum = sum * x + Double(k) * probabilities[k] }
    return sum
  }

  func curvature(_ x: Double) -> Double {
    var sum = 0.0
    for k in stride(from: probabilities.count - 1, through: 2, by: -1) {
      sum = sum * x + Double(k * (k - 1)) * probabilities[k]
    }
    return sum
  }

  /// G1(x) = G'(x) / <k>, the law of the further ties of an agent reached along a tie; 1 where there are no ties.
  func excess(_ x: Double) -> Double { mean > 0 ? slope(x) / mean : 1 }
  /// G1'(x); G1'(1) = <k² − k> / <k>.
  func excessSlope(_ x: Double) -> Double { mean > 0 ? curvature(x) / mean : 0 }
}
