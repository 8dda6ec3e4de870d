/// How the values of a trait in an agents file are read.
package enum TraitScale: String, CaseIterable, Sendable {
  /// As written: a susceptibility of 0 is immunity, and no other agent changes.
  case written
  /// Divided by their mean over the agents with a value, as laws are divided by theirs.
  case mean
}

/// Traits given by an agents file.
package struct GivenTraits: Sendable {
  /// By agent; nil where the file gives no value.
  package var values: [Trait: [Double?]]
  package var scale: TraitScale

  package init(_ values: [Trait: [Double?]] = [:], scale: TraitScale = .written) {
    (self.values, self.scale) = (values, scale)
  }
}

/// Where the traits of a population come from.
package struct TraitSources: Sendable {
  /// The law of each trait, divided by its mean; a constant is 1 for everyone.
  let laws: [Trait: any Distribution]
  let correlations: TraitCorrelations
  /// Values of an agents file, which replace drawn ones; the latents of such a trait are then the normal scores of its
  /// ranks.
  let given: GivenTraits

  package init(
    laws: [Trait: any Distribution], correlations: TraitCorrelations = .independent, given: GivenTraits = GivenTraits()
  ) {
    (self.laws, self.correlations, self.given) = (laws, correlations, given)
  }
}

/// The agents of one network replicate: traits and roles, as structure of arrays.
package struct Population: Sendable {
  package let membership: RoleMembership
  private let values: [[Double]]
  private let roles: [Role: RoleSpecification]
  /// Traits that the file gives as written.
  private let given: Set<Trait>

  /// Agents without roles, all traits 1.
  package init(ofEqual agentCount: Int) {
    membership = RoleMembership(agentCount: agentCount)
    (values, roles, given) = ([[Double]](repeating: [], count: Trait.allCases.count), [:], [])
  }

  /// - Parameters:
  ///   - network: the agents' network.
  ///   - latents: drawn, or with the scores of the agents' ties for their connectivity.
  package init(
    on network: Network, latents: Latents, _ traits: TraitSources, roles: [Role: RoleSpecification],
    at address: RandomAddress
  ) {
    let (given, correlations) = (traits.given, traits.correlations)
    self.roles = roles
    self.given = given.scale == .written ? Set(given.values.keys) : []
    var values = [[Double]](repeating: [], count: Trait.allCases.count)
    var membership = RoleMembership(agentCount: network.agentCount)
    // A trait given by a file replaces its latent, so that later traits keep their correlation with it.
    var normals = latents.normals
    for trait in Trait.allCases {
      let role = Role.allCases.first { $0.trait == trait }
      let law = traits.laws[trait].flatMap { $0.constant == nil ? $0 : nil }
      let file = given.values[trait]
      guard law != nil || file != nil || role.flatMap({ roles[$0] }) != nil else { continue }
      var own = normals.map { correlations.mix(trait, $0) }
      var drawn = [Double]()
      if let law { drawn = law.values(atScores: own).map { $0 / law.mean } }
      if let file {
        if trait == .connectivity && drawn.isEmpty {
          drawn = (0..<network.agentCount).map { Double(network.outDegree($0)) / max(network.meanDegree, 1e-300) }
        }
        drawn = Self.replacing(drawn, by: file, given.scale)
        own = Ranking.normalScores(drawn, at: address, series: trait.rawValue)
        for agent in normals.indices {
          normals[agent][trait.rawValue] = correlations.independent(trait, latent: own[agent], normals[agent])
        }
      }
      values[trait.rawValue] = drawn
      if let role, let specification = roles[role] {
        membership.assign(role, fraction: specification.fraction, latents: own, at: address)
      }
    }
    self.values = values
    self.membership = membership
  }

  /// The values of a trait with its role's gain; empty where all are 1.
  package func values(_ trait: Trait) -> [Double] {
    let plain = values[trait.rawValue]
    guard let role = Role.allCases.first(where: { $0.trait == trait }), let gain = roles[role]?.gain, gain != 1 else {
      return plain
    }
    return membership.bits.indices.map { (plain.isEmpty ? 1 : plain[$0]) * (membership.has(role, $0) ? gain : 1) }
  }

  /// The values of a trait that a file gives as written, without its role's gain, for the mean influence that equal
  /// mass keeps; empty for other traits, whose mean is 1.
  package func givenValues(_ trait: Trait) -> [Double] { given.contains(trait) ? values[trait.rawValue] : [] }

  private static func replacing(_ drawn: [Double], by given: [Double?], _ scale: TraitScale) -> [Double] {
    let known = scale == .mean ? given.compactMap { $0 } : []
    // Avoids division by 0; a column of zeros is refused on reading.
    let mean = known.isEmpty ? 1 : max(known.reduce(0, +) / Double(known.count), 1e-300)
    return given.indices.map { agent in given[agent].map { $0 / mean } ?? (drawn.isEmpty ? 1 : drawn[agent]) }
  }
}
