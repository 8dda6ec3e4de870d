internal import CGSL
package import SocialInfluence

/// p_k for k = 0, 1, … of laws of counts.
package enum DegreeProbabilities {
  /// p_k until less than 10⁻¹⁵ is left: near a critical point second moments are sensitive to a tail of 10⁻¹². The law
  /// must be one of counts: of a continuous law this is P(k − 1 < X ≤ k).
  package static func of(_ law: any Distribution) -> [Double] { of(law, most: 1_000_000).probabilities }

  /// The same, at most `most` counts; `isWhole` tells whether no more than 10⁻¹⁵ is left then.
  package static func of(_ law: any Distribution, most: Int) -> (probabilities: [Double], isWhole: Bool) {
    var probabilities = [Double]()
    var below = 0.0
    while below < 1 - 1e-15 && probabilities.count < most {
      let upTo = law.cumulative(Double(probabilities.count))
      probabilities.append(upTo - below)
      below = upTo
    }
    return (probabilities, below >= 1 - 1e-15)
  }

  /// Poisson counts with the given mean ≥ 0, until a term above the mean falls below 10⁻¹⁸.
  package static func poisson(mean: Double) -> [Double] {
    guard mean > 0 else { return [1] }
    var probabilities = [Double]()
    repeat {
      probabilities.append(gsl_ran_poisson_pdf(UInt32(probabilities.count), mean))
    } while Double(probabilities.count) <= mean || probabilities[probabilities.count - 1] > 1e-18
    return probabilities
  }

  /// The law of an agent that belongs to part i with probability `share`_i; the shares sum to 1.
  package static func mixture(_ parts: [(share: Double, law: [Double])]) -> [Double] {
    (0..<(parts.map(\.law.count).max() ?? 0)).map { k in
      parts.reduce(0) { $0 + (k < $1.law.count ? $1.share * $1.law[k] : 0) }
    }
  }

  /// Connectors at equal mass: a fraction f of the agents expects g times the ties of the others, and the mean stays z,
  /// so that κ_i = z·G_i / (1 − f + f·g) with G_i = g for connectors and 1 for others; ties are Poisson(κ_i).
  ///
  /// - Parameters:
  ///   - fraction: f in [0, 1].
  ///   - multiple: g > 0.
  ///   - meanDegree: z ≥ 0, of the whole population.
  package static func connectors(fraction: Double, multiple: Double, meanDegree: Double) -> [Double] {
    let ordinary = meanDegree / (1 - fraction + fraction * multiple)
    return mixture([
      (1 - fraction, poisson(mean: ordinary)), (fraction, poisson(mean: ordinary * multiple)),
    ])
  }

  /// Σ k p_k.
  package static func mean(_ degrees: [Double]) -> Double { GeneratingFunction(degrees).mean }

  /// The share of the agents of each degree that belongs to the `fraction` of highest degree: 1 above the boundary
  /// degree, 0 below, and at the boundary the part that fills the fraction (ties broken at random).
  package static func top(fraction: Double, of degrees: [Double]) -> [Double] {
    var shares = [Double](repeating: 0, count: degrees.count)
    var left = fraction
    for k in degrees.indices.reversed() where degrees[k] > 0 {
      shares[k] = min(1, left / degrees[k])
      left -= shares[k] * degrees[k]
      if left <= 0 { break }
    }
    return shares
  }

  /// The mean of `value`(k) over the `fraction` of highest degree; NaN if the fraction is 0.
  package static func meanOverTop(fraction: Double, of degrees: [Double], _ value: (Int) -> Double) -> Double {
    let shares = top(fraction: fraction, of: degrees)
    var (sum, mass) = (0.0, 0.0)
    for k in degrees.indices where shares[k] > 0 {
      sum += degrees[k] * shares[k] * value(k)
      mass += degrees[k] * shares[k]
    }
    return sum / mass
  }
}
