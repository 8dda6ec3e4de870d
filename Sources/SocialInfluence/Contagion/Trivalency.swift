/// Trivalency: an independent cascade in which each tie is strong, medium or weak at random, with p = .1, .01 or .001.
///
/// Each voice draws its p from the list, once for its network, with equal chances; the two directions of an undirected
/// tie draw separately.
///
/// Source: W. Chen, C. Wang, Y. Wang (2010), KDD, doi:10.1145/1835804.1835934.
package struct Trivalency: CascadeRule {
  package let coins: Coins

  package init(_ values: ParameterValues) {
    coins = Coins(values, standard: Self.strengths[0])
  }

  /// p of strong, medium and weak ties.
  static let strengths = [0.1, 0.01, 0.001]

  package var traits: RuleTraits { cascadeTraits.with { $0.isOneShotCascade = true } }

  package static let description = Description(
    "trivalency", "an independent cascade with p = .1, .01 or .001 on each tie, equally likely",
    source: "Chen, Wang & Wang 2010, doi:10.1145/1835804.1835934", parameters: coinParameters)

  package var hazardSource: HazardSource { .ties(Strengths(ParameterValues([:]))) }

  /// The law of a tie's p.
  private struct Strengths: Distribution {
    init(_ values: ParameterValues) {}
    static let description = Description("trivalent", "strong, medium or weak", source: "", parameters: [])
    func value(at u: Double) -> Double { u > 2.0 / 3 ? strengths[0] : u > 1.0 / 3 ? strengths[1] : strengths[2] }
    func cumulative(_ x: Double) -> Double { Double(strengths.count { $0 <= x }) / 3 }
    var mean: Double { strengths.reduce(0, +) / 3 }
  }
}
