/// The roles of the few, after the Law of the Few.
package enum Role: Int, CaseIterable, Sendable {
  /// Many ties: the top of connectivity.
  case connector
  /// Trusted knowledge: the top of expertise.
  case maven
  /// Persuasion: the top of persuasion.
  case salesman

  package var name: String { String(describing: self) }
  package var plural: String { self == .salesman ? "salesmen" : name + "s" }
  package var trait: Trait { [.connectivity, .expertise, .persuasion][rawValue] }
}

/// How many agents have a role, and what it does.
package struct RoleSpecification: Sendable, Hashable {
  /// Share of agents with this role: the top of its trait.
  package var fraction: Double
  /// g ≥ 1: multiplies the role's trait.
  package var gain: Double
  /// S ≥ 1: multiplies the share of ties that lead to other groups (connectors on planted blocks).
  package var span: Double
  /// Probability that a seed slot goes to a maven.
  package var hearsFirst: Double

  package init(fraction: Double, gain: Double, span: Double = 1, hearsFirst: Double = 0) {
    (self.fraction, self.gain, self.span, self.hearsFirst) = (fraction, gain, span, hearsFirst)
  }
}

/// The roles of each agent, one bit per role. Overlaps follow from the correlations of the traits.
package struct RoleMembership: Sendable, Equatable {
  /// `bits[agent]` has bit r set for role r.
  package private(set) var bits: [UInt8]

  package init(agentCount: Int) { bits = [UInt8](repeating: 0, count: agentCount) }

  /// Gives `role` to the ⌊fN⌋ agents with the highest latent of its trait.
  package mutating func assign(_ role: Role, fraction: Double, latents: [Double], at address: RandomAddress) {
    let count = Ranking.topCount(fraction, of: latents.count)
    guard count > 0 else { return }
    // The `count`-th highest latent: agents above it are in; those equal to it fill up in random order.
    let bar = Ranking.value(latents, ofRank: count)
    var above = 0
    for agent in latents.indices where latents[agent] > bar {
      bits[agent] |= 1 << role.rawValue
      above += 1
    }
    func rank(_ agent: Int) -> UInt64 { address.words(.ordering, entity: agent, index: role.trait.rawValue).0 }
    let equal = latents.indices.filter { latents[$0] == bar }
    let order =
      equal.count == count - above
      ? equal : equal.sorted { rank($0) < rank($1) }
    for agent in order.prefix(count - above) { bits[agent] |= 1 << role.rawValue }
  }

  @inline(__always)
  package func has(_ role: Role, _ agent: Int) -> Bool { bits[agent] & 1 << role.rawValue != 0 }
  @inline(__always)
  package func isFew(_ agent: Int) -> Bool { bits[agent] != 0 }

  /// The number of agents with any role, and with each role.
  package var counts: (few: Int, roles: [Int]) {
    var histogram = [Int](repeating: 0, count: 8)
    for bits in bits { histogram[Int(bits)] += 1 }
    let roles = Role.allCases.map { role in
      histogram.indices.reduce(0) { $0 + ($1 & 1 << role.rawValue != 0 ? histogram[$1] : 0) }
    }
    return (bits.count - histogram[0], roles)
  }

  /// Agents with `role`, or with any role for nil, in ascending order.
  package func members(_ role: Role?) -> [UInt32] {
    let mask: UInt8 = role.map { 1 << $0.rawValue } ?? .max
    return bits.indices.filter { bits[$0] & mask != 0 }.map { UInt32($0) }
  }
}
