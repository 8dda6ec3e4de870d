internal import SocialInfluence

/// Remembered doses with random contacts: the stationary shares of adopters, if adopters give up as soon as the
/// remembered doses are too few and can adopt again at once (r = ρ = 1).
///
/// Of the last T contacts of an agent k were adopters who gave a dose, with the chance C(T, k) (pφ)^k (1 − pφ)^(T − k);
/// it is an adopter with chance P_k. A share φ of adopters is therefore stationary where
/// φ = Σ_k C(T, k) (pφ)^k (1 − pφ)^(T − k) P_k.
///
/// Source: P. S. Dodds, D. J. Watts (2004), Phys. Rev. Lett. 92:218701, doi:10.1103/PhysRevLett.92.218701; (2005), J.
/// Theor. Biol. 232:587, doi:10.1016/j.jtbi.2004.09.006.
package struct DoseResponse {
  /// How contagion begins as the chance p of a dose grows.
  package enum Kind: String, Sendable {
    /// P₁ ≥ P₂ / 2 and P₁ ≥ 1 / T: above p_c contagion spreads from any share of adopters, below p_c from none.
    case epidemicThreshold = "epidemic threshold"
    /// P₂ / 2 > P₁ ≥ 1 / T: above p_c it spreads from any share of adopters, below p_c from large enough shares.
    case vanishingCriticalMass = "vanishing critical mass"
    /// P₁ < 1 / T: a critical mass is needed at every p ≤ 1.
    case criticalMass = "critical mass"
  }

  /// P_k: the chance that k doses suffice, for k = 0 … T; non-decreasing in k.
  private let response: [Double]

  /// - Parameter response: P_k for k = 1 … T; T is 1 or more.
  package init(response: [Double]) { self.response = [0] + response }

  /// T.
  package var memory: Int { response.count - 1 }

  package var kind: Kind {
    let second = memory > 1 ? response[2] : 0
    if response[1] >= second / 2 && response[1] * Double(memory) >= 1 { return .epidemicThreshold }
    return response[1] * Double(memory) >= 1 ? .vanishingCriticalMass : .criticalMass
  }

  /// p_c: above it a single adopter may start an epidemic; if p_c > 1, none can.
  ///
  /// An agent convinced by one dose talks for T + 1 / r − 1 steps on average and is the contact of one agent per step.
  ///
  /// - Parameter recovery: r, in (0, 1].
  package func epidemicThreshold(recovery: Double = 1) -> Double {
    1 / (response[1] * (Double(memory) + 1 / recovery - 1))
  }

  /// The share of adopters after a share φ has lasted for T steps.
  package func next(_ share: Double, exposure: Double) -> Double {
    let chance = exposure * share
    if chance >= 1 { return response[memory] }
    // Each term from the one before: C(T, k) q^k (1 − q)^(T − k).
    var term = power(1 - chance, Double(memory))
    var sum = term * response[0]
    for k in 1...memory {
      term *= Double(memory - k + 1) / Double(k) * chance / (1 - chance)
      sum += term * response[k]
    }
    return sum
  }

  /// All stationary shares above 0, ascending. From an unstable one, disturbances grow.
  ///
  /// - Parameter exposure: p, in [0, 1].
  func fixedPoints(exposure: Double) -> [(share: Double, isStable: Bool)] {
    let count = 4000
    func gain(_ share: Double) -> Double { next(share, exposure: exposure) - share }
    var found = [(share: Double, isStable: Bool)]()
    var before = gain(1e-6)
    for place in 1...count {
      let (low, high) = (max(1e-6, Double(place - 1) / Double(count)), Double(place) / Double(count))
      let after = gain(high)
      if before * after < 0 || after == 0 && before != 0 {
        found.append((after == 0 ? high : Roots.between(low, high, gain), before > 0))
      }
      before = after
    }
    return found
  }
}
