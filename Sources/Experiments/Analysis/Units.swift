internal import SocialInfluence
internal import Statistics

/// What a contrast is about.
enum Measure: String, CaseIterable, Sendable {
  /// Share of global cascades.
  case global
  /// Mean share of agents that adopted.
  case adoptedFraction = "adopted_fraction"
}

/// The independent units of inference: networks, or draws where there is one network.
struct Units: Sendable {
  let outcomes: Outcomes
  let cutoff: Double?

  /// Whether the unit is the network.
  var areNetworks: Bool { outcomes.networks > 1 }
  var count: Int { areNetworks ? outcomes.networks : outcomes.draws }

  /// Outcomes that exist: without a cut-off nothing is global.
  var kinds: [Measure] { cutoff == nil ? [.adoptedFraction] : Measure.allCases }

  /// The values of the single cascades of each unit; empty for a replicate that failed.
  func values(_ place: Int, _ outcome: Measure) -> [[Double]] {
    let own = outcomes[place]
    let agents = Int(own.sums.agents)
    func value(_ size: UInt32) -> Double? {
      guard size != ConditionOutcomes.missing else { return nil }
      switch outcome {
      case .global: return GlobalCascade.isGlobal(Int(size), of: agents, cutoff: cutoff ?? 1) ? 1 : 0
      case .adoptedFraction: return Double(size) / Double(agents)
      }
    }
    let perUnit = areNetworks ? outcomes.draws : 1
    let first = own.sizes.startIndex
    return (0..<count).map { unit in
      own.sizes[first + unit * perUnit..<first + (unit + 1) * perUnit].compactMap(value)
    }
  }

  /// The mean of each unit; nil for a replicate that failed.
  func means(_ place: Int, _ outcome: Measure) -> [Double?] {
    values(place, outcome).map { $0.isEmpty ? nil : Sample.mean($0) }
  }
}
