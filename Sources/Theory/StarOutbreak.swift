internal import CGSL
internal import SocialInfluence

/// An SIR epidemic on a star that starts at the hub: the leaves can catch the disease from it alone.
package enum StarOutbreak {
  /// P(j leaves infected) for j = 0, …, `leafCount`, with contacts at rate β and an exponential period with recovery
  /// rate γ: BetaBinomial(n; 1, γ/β), so that P(0) = γ / (γ + nβ), because all leaves share the hub's period.
  ///
  /// - Precondition: β and γ are positive.
  package static func leaves(_ leafCount: Int, contactRate: Double, recoveryRate: Double) -> [Double] {
    let ratio = recoveryRate / contactRate
    return (0...leafCount).map { j in
      ratio
        * exponential(
          gsl_sf_lnchoose(UInt32(leafCount), UInt32(j)) + gsl_sf_lnbeta(Double(1 + j), ratio + Double(leafCount - j)))
    }
  }
}
