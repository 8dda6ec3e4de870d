/// The four traits of an agent, each of mean 1.
package enum Trait: Int, CaseIterable, Sendable {
  /// c: scales an agent's ties.
  case connectivity
  /// e: relative trust in a speaker.
  case expertise
  /// q: added force of a speaker.
  case persuasion
  /// h: scales a listener's response.
  case susceptibility

  package var name: String { String(describing: self) }
}

/// Correlations between the traits: the factor that mixes independent normals into latents (a Gaussian copula).
///
/// A rank correlation ρ becomes the latent correlation 2 sin(πρ/6). Connectivity comes first, so that its latent is its
/// own normal.
package struct TraitCorrelations: Sendable, Hashable {
  /// Lower triangular Cholesky factor, row by row.
  private let factor: [Double]

  package static let independent = TraitCorrelations(factor: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1])

  private init(factor: [Double]) { self.factor = factor }

  /// - Parameter rank: the rank correlation of two different traits, symmetric, in [−1, 1].
  /// - Returns: nil where the latent correlations are not positive definite.
  package init?(rank: (Trait, Trait) -> Double) {
    var latent = [Double](repeating: 1, count: 16)
    for a in Trait.allCases {
      for b in Trait.allCases where a != b {
        latent[4 * a.rawValue + b.rawValue] = 2 * sine(Double.pi / 6 * rank(a, b))
      }
    }
    var factor = [Double](repeating: 0, count: 16)
    for row in 0..<4 {
      for column in 0...row {
        var rest = latent[4 * row + column]
        for k in 0..<column { rest -= factor[4 * row + k] * factor[4 * column + k] }
        if row == column {
          guard rest > 1e-12 else { return nil }
          factor[4 * row + row] = rest.squareRoot()
        } else {
          factor[4 * row + column] = rest / factor[4 * column + column]
        }
      }
    }
    self.factor = factor
  }

  /// The latent of `trait`: the agent's independent normals up to the trait's own, mixed.
  @inline(__always)
  package func mix(_ trait: Trait, _ independent: SIMD4<Double>) -> Double {
    let row = 4 * trait.rawValue
    var sum = 0.0
    for column in 0...trait.rawValue { sum += factor[row + column] * independent[column] }
    return sum
  }

  /// The independent normal that gives `trait` this latent, given the normals of the traits before it.
  @inline(__always)
  func independent(_ trait: Trait, latent: Double, _ normals: SIMD4<Double>) -> Double {
    let row = 4 * trait.rawValue
    var rest = latent
    for column in 0..<trait.rawValue { rest -= factor[row + column] * normals[column] }
    return rest / factor[row + trait.rawValue]
  }
}

/// Four independent normals per agent, from purpose `latents`.
package struct Latents: Sendable {
  private(set) var normals: [SIMD4<Double>]

  package init(agentCount: Int, at address: RandomAddress) {
    normals = (0..<agentCount).map { agent in
      let (first, second) = address.words(.latents, entity: agent, index: 0)
      let (third, fourth) = address.words(.latents, entity: agent, index: 1)
      return SIMD4(
        Quantile.normal(first.openUnitInterval), Quantile.normal(second.openUnitInterval),
        Quantile.normal(third.openUnitInterval), Quantile.normal(fourth.openUnitInterval))
    }
  }

  /// The connectivity latents, for generators that use them.
  package var connectivity: [Double] { normals.map { $0.x } }

  /// The same agents with other connectivity latents.
  package func with(connectivity: [Double]) -> Latents {
    var changed = self
    for agent in normals.indices { changed.normals[agent].x = connectivity[agent] }
    return changed
  }
}
