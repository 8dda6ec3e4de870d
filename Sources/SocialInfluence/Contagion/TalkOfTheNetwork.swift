/// Talk of the network: advertising, strong ties that last, and weak ties that are random meetings in each period.
///
/// In each period an agent adopts with chance 1 − (1 − α)(1 − β_w)^j (1 − β_s)^m: m adopters among its strong ties (the
/// network's), j among the w strangers whom it meets in this period. Strong ties count with their weights:
/// m = Σ w(u,v); strangers with their persuasion ÷ mean persuasion, without trust, which needs a tie. Story and
/// susceptibility multiply both exponents, not α.
///
/// The paper's market is a set of separate personal networks: `disjoint-cliques` of s + 1 agents give everyone s strong
/// ties. Strangers are drawn with replacement from all agents outside the personal network.
///
/// *Edge cases*: an agent that listens to all others meets no strangers.
///
/// Source: J. Goldenberg, B. Libai, E. Muller (2001), Marketing Letters 12:211, doi:10.1023/A:1011122126881.
/// *Differs*: synchronous periods; cliques of s + 1, so that everyone has exactly s strong ties.
package struct TalkOfTheNetwork: TimeDrivenRule {
  /// α.
  package let advertising: Double
  /// β_w.
  package let weak: Double
  /// β_s.
  package let strong: Double
  package let meetings: Int
  package let steps: Int
  package var hasOutsideInfluence: Bool { advertising > 0 || weak > 0 && meetings > 0 }
  private let hazards: (advertising: Double, weak: Double, strong: Double)

  package init(_ values: ParameterValues) {
    (advertising, weak, strong) = (values.number("advertising"), values.number("weak"), values.number("strong"))
    (meetings, steps) = (values.whole("meetings"), values.whole("steps"))
    hazards = (
      hazard(ofProbability: advertising), hazard(ofProbability: weak), hazard(ofProbability: strong)
    )
  }

  package var traits: RuleTraits { timeDrivenTraits.with { $0.form = .talk(self) } }

  package static let description = Description(
    "talk-of-the-network", "advertising, lasting strong ties, and weak ties redrawn in each step",
    source: "Goldenberg, Libai & Muller 2001, doi:10.1023/A:1011122126881",
    parameters: [
      Parameter("advertising", .number(.probability), unit: "per step", "α: chance of adopting by advertising"),
      Parameter("strong", .number(.probability), unit: "per step", "β_s: chance of an adopter among one's ties"),
      Parameter("weak", .number(.probability), unit: "per step", "β_w: chance of an adopter among the strangers met"),
      Parameter("meetings", .whole(0...1000), unit: "agents", "w: strangers met in each step"),
      stepsParameter,
    ])

  package var hazardSource: HazardSource { .common(probability: strong) }

  package func force(raised: [Double], plain: [Double]?, hazards: TieHazards) -> Double {
    hazards.force(raised: raised, plain: plain)
  }

  /// Hazards are cut at 1e9: a finite stand-in for the infinite hazard of a chance of 1.
  package func parts(_ pressure: Pressure) -> PressureParts {
    func finite(_ hazard: Double) -> Double { min(1e9, hazard) }
    return PressureParts(
      outside: finite(hazards.advertising), perVoice: finite(hazards.strong) * pressure.responsiveness,
      perMeeting: finite(hazards.weak) * pressure.responsiveness)
  }

  package func chance(_ pressure: Pressure) -> Double {
    var hazard = hazards.advertising
    // Products with 0 are skipped: 0 · ∞ would be NaN.
    if pressure.met > 0 { hazard += hazards.weak * pressure.met * pressure.responsiveness }
    if pressure.exposure > 0 { hazard += hazards.strong * pressure.exposure * pressure.responsiveness }
    return probability(ofHazard: hazard)
  }
}
