/// How the values of a trait in an agents file are read.
package enum TraitScale: String, CaseIterable, Sendable {
  /// As they stand: a susceptibility of 0 is immunity, and nobody else changes.
  case written
  /// Divided by their mean over the agents that have one, as laws are.
  case mean
}

/// Traits that a file gives.
package struct GivenTraits: Sendable {
  /// By agent, nil where the file is silent.
  package var values: [Trait: [Double?]]
  package var scale: TraitScale

  package init(_ values: [Trait: [Double?]] = [:], scale: TraitScale = .written) {
    (self.values, self.scale) = (values, scale)
  }
}

/// The agents of one network replicate: traits and roles, as structure of arrays.
package struct Population: Sendable {
  package let membership: RoleMembership
  private let values: [[Double]]
  private let roles: [Role: RoleSpecification]
  /// Traits that are as a file has them.
  private let given: Set<Trait>

  /// Agents without roles, each with all traits 1.
  package init(ofEqual agentCount: Int) {
    membership = RoleMembership(agentCount: agentCount)
    (values, roles, given) = ([[Double]](repeating: [], count: Trait.allCases.count), [:], [])
  }

  /// - Parameters:
  ///   - network: on which the agents live.
  ///   - connectivityLatents: one normal per agent: the drawn ones, or the scores of its ties.
  ///   - laws: the law of each trait, divided by its mean; a constant is 1 for everyone.
  ///   - given: values of an agents file. They replace the drawn ones; the latent of that trait is then the normal score of
  ///     its rank.
  package init(
    on network: Network, latents: Latents, connectivityLatents: [Double], laws: [Trait: any Distribution],
    correlations: TraitCorrelations, roles: [Role: RoleSpecification], given: GivenTraits,
    at address: RandomAddress
  ) {
    self.roles = roles
    self.given = given.scale == .written ? Set(given.values.keys) : []
    var values = [[Double]](repeating: [], count: Trait.allCases.count)
    var membership = RoleMembership(agentCount: network.agentCount)
    // What is known of a trait replaces the normal from which it would be drawn: the traits after it follow what is known.
    var normals = latents.normals
    for agent in normals.indices { normals[agent][0] = connectivityLatents[agent] }
    for trait in Trait.allCases {
      let role = Role.allCases.first { $0.trait == trait }
      let law = laws[trait].flatMap { $0.constant == nil ? $0 : nil }
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

  /// The values of a trait with its role's gain; empty where it is 1 for everyone.
  package func values(_ trait: Trait) -> [Double] {
    let plain = values[trait.rawValue]
    guard let role = Role.allCases.first(where: { $0.trait == trait }), let gain = roles[role]?.gain, gain != 1 else {
      return plain
    }
    return membership.bits.indices.map { (plain.isEmpty ? 1 : plain[$0]) * (membership.has(role, $0) ? gain : 1) }
  }

  /// The values of a trait that a file gives as it stands, without its role's gain: the voice that equal mass keeps. Empty for
  /// other traits, whose mean is 1.
  package func givenValues(_ trait: Trait) -> [Double] { given.contains(trait) ? values[trait.rawValue] : [] }

  private static func replacing(_ drawn: [Double], by given: [Double?], _ scale: TraitScale) -> [Double] {
    let known = scale == .mean ? given.compactMap { $0 } : []
    // A column of zeros has no mean to divide by; it is refused where it is read.
    let mean = known.isEmpty ? 1 : max(known.reduce(0, +) / Double(known.count), 1e-300)
    return given.indices.map { agent in given[agent].map { $0 / mean } ?? (drawn.isEmpty ? 1 : drawn[agent]) }
  }
}
