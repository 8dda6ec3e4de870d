internal import CGSL
package import SocialInfluence

/// Probability that one random seed starts a global cascade, in the limit of many agents: branching theory on random
/// networks without short cycles, where only agents whom one voice convinces matter at the start.
package enum Branching {
  /// Undirected networks with degree law p_k: u = 1 − A + Σ k p_k ρ_k u^(k−1) / z, A = Σ k p_k ρ_k / z;
  /// the chance is 1 − Σ p_k u^k.
  ///
  /// With ρ_k = 1 for k ≤ ⌊1/φ⌋ it is Watts' model, with ρ_k = p Newman's bond percolation.
  /// Sources: D. J. Watts (2002), PNAS 99:5766, doi:10.1073/pnas.082090499; M. E. J. Newman (2002), Phys. Rev. E
  /// 66:016128, doi:10.1103/PhysRevE.66.016128.
  ///
  /// - Parameters:
  ///   - degrees: p_k for k = 0, 1, …
  ///   - vulnerable: ρ_k, the chance that an agent with k ties adopts at one voice.
  package static func undirected(degrees: [Double], vulnerable: (Int) -> Double) -> Double {
    let mean = degrees.indices.reduce(0) { $0 + Double($1) * degrees[$1] }
    guard mean > 0 else { return 0 }
    let reached = degrees.indices.map { $0 == 0 ? 0 : Double($0) * degrees[$0] * vulnerable($0) / mean }
    let all = reached.reduce(0, +)
    let u = Roots.smallestFixedPoint { u in
      1 - all + reached.indices.dropFirst().reduce(0) { $0 + reached[$1] * powers(u, $1 - 1) }
    } slopeAtOne: {
      reached.indices.dropFirst().reduce(0) { $0 + reached[$1] * Double($1 - 1) }
    }
    return u >= 1 ? 0 : 1 - degrees.indices.reduce(0) { $0 + degrees[$1] * powers(u, $1) }
  }

  /// Directed influence networks: out-ties p_n to uniformly random others, so that a reached agent has
  /// 1 + Poisson(z) voices: u = 1 − v + v Σ p_n uⁿ with v = Σ_j Pois_j(z) ρ_(j+1); the chance is 1 − Σ p_n uⁿ.
  ///
  /// Source: the directed reading of D. J. Watts, P. S. Dodds (2007), J. Consumer Research 34:441, doi:10.1086/518527.
  package static func directed(degrees: [Double], vulnerable: (Int) -> Double) -> Double {
    let mean = degrees.indices.reduce(0) { $0 + Double($1) * degrees[$1] }
    guard mean > 0 else { return 0 }
    let others = PoissonLaw(ParameterValues(["mean": .number(mean)]))
    let voices = DegreeProbabilities.of(others)
    let chance = voices.indices.reduce(0) { $0 + voices[$1] * vulnerable($1 + 1) }
    func generating(_ u: Double) -> Double { degrees.indices.reduce(0) { $0 + degrees[$1] * powers(u, $1) } }
    let u = Roots.smallestFixedPoint { u in
      1 - chance + chance * generating(u)
    } slopeAtOne: {
      chance * mean
    }
    return u >= 1 ? 0 : 1 - generating(u)
  }

  private static func powers(_ base: Double, _ exponent: Int) -> Double { gsl_pow_uint(base, UInt32(exponent)) }
}

/// p_k of a law of counts.
package enum DegreeProbabilities {
  /// p_k for k = 0, 1, … until less than 10⁻¹² is left. Continuous laws are cut at the half-integers.
  package static func of(_ law: any Distribution) -> [Double] {
    var probabilities = [Double]()
    var below = 0.0
    while below < 1 - 1e-12 && probabilities.count < 1_000_000 {
      let upTo = law.cumulative(Double(probabilities.count))
      probabilities.append(upTo - below)
      below = upTo
    }
    return probabilities
  }
}

/// Roots by GSL.
enum Roots {
  /// The smallest u in [0, 1] with u = f(u), for f increasing and convex with f(1) = 1; 1 where the slope at 1 is at most 1.
  static func smallestFixedPoint(_ map: (Double) -> Double, slopeAtOne: () -> Double) -> Double {
    guard slopeAtOne() > 1 + 1e-12 else { return 1 }
    if map(0) <= 0 { return 0 }
    // Just below 1 the map lies below the diagonal; close to the critical point the distance shrinks with the root.
    var upper = 1.0
    var gap = 1e-3
    while gap > 1e-13 {
      upper = 1 - gap
      if map(upper) < upper { break }
      gap /= 10
    }
    guard map(upper) < upper else { return 1 }
    return withoutActuallyEscaping(map) { map in
      var difference: (Double) -> Double = { map($0) - $0 }
      return withUnsafeMutablePointer(to: &difference) { pointer in brent(pointer, from: 0, to: upper) }
    }
  }

  private static func brent(
    _ function: UnsafeMutablePointer<(Double) -> Double>, from lower: Double, to upper: Double
  ) -> Double {
    var wrapped = gsl_function(
      function: { x, parameters in
        guard let parameters else { return .nan }
        return parameters.assumingMemoryBound(to: ((Double) -> Double).self).pointee(x)
      }, params: UnsafeMutableRawPointer(function))
    guard let solver = influents_brent_solver() else { return .nan }
    defer { gsl_root_fsolver_free(solver) }
    guard gsl_root_fsolver_set(solver, &wrapped, lower, upper) == Int32(GSL_SUCCESS) else { return .nan }
    for _ in 0..<200 {
      guard gsl_root_fsolver_iterate(solver) == Int32(GSL_SUCCESS) else { break }
      let (low, high) = (gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver))
      if high - low < 1e-14 { break }
    }
    return gsl_root_fsolver_root(solver)
  }
}
