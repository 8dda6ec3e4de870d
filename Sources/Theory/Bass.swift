internal import SocialInfluence

/// Bass' model of first purchases: an idle agent adopts at rate p + q·(share of adopters).
///
/// Source: F. M. Bass (1969), Management Science 15:215, doi:10.1287/mnsc.15.5.215.
package struct Bass {
  /// p > 0, innovation: the rate of adopting without example, per unit of time.
  package let innovation: Double
  /// q ≥ 0, imitation: the rate added when everybody has adopted, per unit of time.
  package let imitation: Double

  package init(innovation: Double, imitation: Double) { (self.innovation, self.imitation) = (innovation, imitation) }

  /// F(t) = (1 − e^(−(p+q)t)) / (1 + (q/p) e^(−(p+q)t)), the share of adopters at time t ≥ 0 in a large, fully mixed
  /// population.
  package func share(at time: Double) -> Double {
    let exponent = (innovation + imitation) * time
    return probability(ofHazard: exponent) / (1 + imitation / innovation * exponential(-exponent))
  }

  /// f(t) = F'(t), the share adopting per unit of time.
  package func density(at time: Double) -> Double {
    let share = share(at: time)
    return (innovation + imitation * share) * (1 - share)
  }

  /// t* = ln(q/p) / (p + q), when adoption is fastest; nil if q ≤ p, because adoption then falls from the start.
  package var peakTime: Double? {
    imitation > innovation ? naturalLogarithm(imitation / innovation) / (innovation + imitation) : nil
  }

  /// F(t*) = 1/2 − p/(2q); nil without a peak.
  package var peakShare: Double? { imitation > innovation ? 0.5 - innovation / (2 * imitation) : nil }

  /// f(t*) = (p + q)² / (4q); nil without a peak.
  package var peakDensity: Double? {
    imitation > innovation ? (innovation + imitation) * (innovation + imitation) / (4 * imitation) : nil
  }

  /// The shares after 0, 1, …, `steps` steps of F ← F + (p + qF)(1 − F), synchronous steps of length 1. They lag the
  /// continuous curve early and overtake it late.
  package func rounds(_ steps: Int) -> [Double] {
    var shares = [0.0]
    for _ in 0..<steps {
      let share = shares[shares.count - 1]
      shares.append(share + (innovation + imitation * share) * (1 - share))
    }
    return shares
  }

  /// F(t) = 1 − exp(−(p+q)t + q(1 − e^(−pt))/p): agents on a long ring or line who are influenced by their neighbors
  /// only, however q is split between the two sides.
  ///
  /// Derived from the chance S_k that k agents in a row are idle, S_k' = −(kp + q)S_k + qS_(k+1).
  /// Source of the limit of large circles: G. Fibich, A. Golan, S. Schochet (2024), arXiv:2407.10816.
  package func ringShare(at time: Double) -> Double {
    probability(
      ofHazard: (innovation + imitation) * time - imitation * probability(ofHazard: innovation * time) / innovation)
  }

  /// The mean share of adopters at `times` (which rise from at least 0) in a fully mixed population of `agentCount` ≥ 1
  /// agents: a pure-birth chain with rates (M − n)(p + qn/(M − 1)), solved for all n. O(M) memory, O(M²) time.
  package func mixedShares(agentCount: Int, at times: [Double]) throws(NumericalFailure) -> [Double] {
    let others = Double(max(1, agentCount - 1))
    let rates = (0...agentCount).map { n in
      Double(agentCount - n) * (innovation + imitation * Double(n) / others)
    }
    let start = [1] + [Double](repeating: 0, count: agentCount)
    let states = try InitialValueProblem.states(from: start, at: times) { _, state, slope in
      slope[0] = -rates[0] * state[0]
      for n in 1..<state.count { slope[n] = rates[n - 1] * state[n - 1] - rates[n] * state[n] }
    }
    return states.map { state in
      state.indices.reduce(0) { $0 + Double($1) * state[$1] } / Double(agentCount)
    }
  }
}
