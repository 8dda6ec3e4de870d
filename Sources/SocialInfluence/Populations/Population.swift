/// The agents of one network replicate: traits and roles, as structure of arrays.
package struct Population: Sendable {
  package let membership: RoleMembership
  private let values: [[Double]]
  private let roles: [Role: RoleSpecification]

  /// - Parameters:
  ///   - network: on which the agents live.
  ///   - connectivityLatents: one normal per agent: the drawn ones, or the scores of its ties.
  ///   - laws: the law of each trait, divided by its mean; a constant is 1 for everyone.
  ///   - given: values of an agents file by agent, nil where it is silent. They replace the drawn ones, divided by their
  ///     mean; the latent of that trait is then the normal score of its rank.
  package init(
    on network: Network, latents: Latents, connectivityLatents: [Double], laws: [Trait: any Distribution],
    correlations: TraitCorrelations, roles: [Role: RoleSpecification], given: [Trait: [Double?]],
    at address: RandomAddress
  ) {
    self.roles = roles
    var values = [[Double]](repeating: [], count: Trait.allCases.count)
    var membership = RoleMembership(agentCount: network.agentCount)
    // What is known of a trait replaces the normal from which it would be drawn: the traits after it follow what is known.
    var normals = latents.normals
    for agent in normals.indices { normals[agent][0] = connectivityLatents[agent] }
    for trait in Trait.allCases {
      let role = Role.allCases.first { $0.trait == trait }
      let law = laws[trait].flatMap { $0.constant == nil ? $0 : nil }
      let file = given[trait]
      guard law != nil || file != nil || role.flatMap({ roles[$0] }) != nil else { continue }
      var own = normals.map { correlations.mix(trait, $0) }
      var drawn = [Double]()
      if let law { drawn = own.map { law.value(at: Quantile.normalCumulative($0)) / law.mean } }
      if let file {
        if trait == .connectivity && drawn.isEmpty {
          drawn = (0..<network.agentCount).map { Double(network.outDegree($0)) / max(network.meanDegree, 1e-300) }
        }
        drawn = Self.replacing(drawn, by: file)
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

  private static func replacing(_ drawn: [Double], by given: [Double?]) -> [Double] {
    let known = given.compactMap { $0 }
    let mean = known.isEmpty ? 1 : known.reduce(0, +) / Double(known.count)
    return given.indices.map { agent in
      given[agent].map { mean > 0 ? $0 / mean : 1 } ?? (drawn.isEmpty ? 1 : drawn[agent])
    }
  }
}
