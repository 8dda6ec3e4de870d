internal import SocialInfluence

/// The exact law of the final size under thresholds on a complete network, with thresholds drawn independently from one
/// law.
///
/// With S seeds and n = N − S others, P(m more adopt) = C(n, m) G_m (1 − F_{S+m})^{n−m}, where F_j is the chance that j
/// adopters suffice, and G_k = 1 − Σ_{m<k} C(k, m) G_m (1 − F_{S+m})^{k−m} the chance that k of k adopt.
package enum CompleteThresholds {
  /// P(m more adopt) for m = 0 … `others`. Accurate up to about a hundred agents: beyond, the alternating sums lose
  /// their digits.
  ///
  /// - Parameter suffices: F_j, non-decreasing in j.
  package static func law(seeds: Int, others: Int, suffices: (_ adopters: Int) -> Double) -> [Double] {
    let withstands = (0...others).map { 1 - suffices(seeds + $0) }
    var all = [Double]()
    for k in 0...others {
      var rest = 1.0
      for m in 0..<k { rest -= choose(k, m) * all[m] * power(withstands[m], Double(k - m)) }
      all.append(rest)
    }
    return (0...others).map { choose(others, $0) * all[$0] * power(withstands[$0], Double(others - $0)) }
  }

  private static func choose(_ n: Int, _ k: Int) -> Double {
    (0..<min(k, n - k)).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
  }
}
