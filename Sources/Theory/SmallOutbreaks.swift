internal import CGSL
internal import SocialInfluence

/// The chance P(s) that an outbreak from one random seed ends after exactly s agents, the seed included.
///
/// Below the threshold the chances sum to 1, above it to 1 − S. Transmissibility T in [0, 1]; s ≥ 1.
package enum SmallOutbreaks {
  /// P(1), …, P(`largest`) on a network with degree law p_k, by Lagrange inversion on the law p̃ of transmitting ties:
  /// P(1) = p̃_0 and P(s) = T<k>/(s − 1) · [x^(s−2)] G̃1(x)^s. O(largest³ + largest · degrees).
  ///
  /// Accurate until (1 − T u)^largest leaves the range of doubles: several hundred agents in practice.
  package static func sizes(degrees: [Double], transmissibility: Double, upTo largest: Int) -> [Double] {
    let law = GeneratingFunction(degrees)
    var chances = [law.value(1 - transmissibility)]
    let further = thinnedExcess(degrees, mean: law.mean, transmissibility, count: max(0, largest - 1))
    for size in stride(from: 2, through: largest, by: 1) {
      let coefficient = powerCoefficient(of: further, exponent: size, at: size - 2)
      chances.append(transmissibility * law.mean / Double(size - 1) * coefficient)
    }
    return Array(chances.prefix(largest))
  }

  /// Poisson networks, R = zT: P(s) = e^(−Rs) (Rs)^(s−1) / s!, Borel's law.
  package static func borel(reproduction: Double, size: Int) -> Double {
    let s = Double(size)
    guard reproduction > 0 else { return size == 1 ? 1 : 0 }
    return exponential(
      -reproduction * s + (s - 1) * naturalLogarithm(reproduction * s) - gsl_sf_lnfact(UInt32(size)))
  }

  /// Networks on which every agent has k ≥ 2 ties:
  /// P(s) = k · [s(k−1)]! / ((s−1)! [s(k−2)+2]!) · T^(s−1) (1−T)^(s(k−2)+2).
  package static func regular(degree: Int, transmissibility: Double, size: Int) -> Double {
    let edge = size * (degree - 2) + 2
    let ways =
      gsl_sf_lnfact(UInt32(size * (degree - 1))) - gsl_sf_lnfact(UInt32(size - 1)) - gsl_sf_lnfact(UInt32(edge))
    return Double(degree) * exponential(ways) * gsl_pow_uint(transmissibility, UInt32(size - 1))
      * gsl_pow_uint(1 - transmissibility, UInt32(edge))
  }

  /// The first coefficients of G1(1 − T + T x), the law of the further ties of a reached agent that transmit.
  private static func thinnedExcess(
    _ degrees: [Double], mean: Double, _ transmissibility: Double, count: Int
  ) -> [Double] {
    var coefficients = [Double](repeating: 0, count: count)
    for k in degrees.indices.dropFirst() where degrees[k] > 0 {
      for transmitting in 0..<min(count, k) {
        coefficients[transmitting] +=
          Double(k) * degrees[k] / mean
          * gsl_ran_binomial_pdf(UInt32(transmitting), transmissibility, UInt32(k - 1))
      }
    }
    return coefficients
  }

  /// [x^n] A(x)^s by b_n = Σ_i (i(s + 1) − n) a_i b_(n−i) / (n a_0); for n < s every term is positive, so nothing
  /// cancels.
  private static func powerCoefficient(of series: [Double], exponent: Int, at index: Int) -> Double {
    guard series[0] > 0 else { return 0 }
    var powers = [gsl_pow_uint(series[0], UInt32(exponent))]
    for n in stride(from: 1, through: index, by: 1) {
      var sum = 0.0
      for i in 1...n { sum += Double(i * (exponent + 1) - n) * series[i] * powers[n - i] }
      powers.append(sum / (Double(n) * series[0]))
    }
    return powers[index]
  }
}
