internal import SocialInfluence
internal import Statistics

/// The outcome that a contrast compares.
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

  /// Outcomes measured; `global` needs a cut-off.
  var kinds: [Measure] { cutoff == nil ? [.adoptedFraction] : Measure.allCases }

  /// The values of the cascades of each unit; empty for a replicate that failed.
  func values(_ place: Int, _ outcome: Measure) -> [[Double]] {
    var values = [[Double]](repeating: [], count: count)
    forEach(place, outcome) { values[$0].append($1) }
    return values
  }

  /// The mean of each unit; nil for a replicate that failed.
  func means(_ place: Int, _ outcome: Measure) -> [Double?] {
    var sums = [(sum: Double, count: Int)](repeating: (0, 0), count: count)
    forEach(place, outcome) {
      sums[$0].sum += $1
      sums[$0].count += 1
    }
    return sums.map { $0.count == 0 ? nil : $0.sum / Double($0.count) }
  }

  /// Calls `body` with unit and value of each finished cascade, unit by unit.
  private func forEach(_ place: Int, _ outcome: Measure, _ body: (Int, Double) -> Void) {
    let own = outcomes[place]
    let agents = Int(own.sums.agents)
    let perUnit = areNetworks ? outcomes.draws : 1
    for (slot, size) in own.sizes.enumerated() where size != ConditionOutcomes.missing {
      let value =
        switch outcome {
        case .global: GlobalCascade.isGlobal(Int(size), of: agents, cutoff: cutoff ?? 1) ? 1.0 : 0
        case .adoptedFraction: Double(size) / Double(agents)
        }
      body(slot / perUnit, value)
    }
  }
}
