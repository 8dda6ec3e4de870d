/// Adoption by exposure count: the i-th adopter among one's voices convinces with probability qᵢ.
///
/// P(need > m) = Π (1 − qᵢ) for i = 1 … m; beyond the table its last entry holds. (0, 1) is a threshold of two, rising
/// q social reinforcement; with unit voices and s · h = 1, constant q is the independent cascade. With unequal voices
/// Σ w replaces the count, as under absolute thresholds: v adopts when Σ w(u,v) over adopters reaches need ÷ (s · h_v).
///
/// *Edge cases*: if the last entry is 0, an agent that withstands the table never adopts.
///
/// Sources: S. Bikhchandani, D. Hirshleifer, I. Welch (1992), J. Political Economy 100:992, doi:10.1086/261849
/// (cascades by the number of those who came before); D. Centola (2010), Science 329:1194, doi:10.1126/science.1185231
/// (adoption by the number of signals).
/// *Differs*: the sources measure or derive such tables; here they are given.
struct AdoptionTable: ThresholdRule {
  /// q₁, q₂, …
  let chances: [Double]
  let parameter: any Distribution
  let convention = ThresholdConvention.atLeast

  init(_ values: ParameterValues) throws(InvalidParameter) {
    chances = values.numbers("chances")
    if chances.isEmpty { throw InvalidParameter("chances", "is empty", remedy: "list at least one probability") }
    parameter = FirstSuccess(chances)
  }

  var traits: RuleTraits { traits(isShare: false, isFixed: false) }

  static let description = Description(
    "adoption-table", "the i-th adopter among one's voices convinces with probability qᵢ; the last qᵢ holds beyond",
    source: "Bikhchandani et al. 1992, doi:10.1086/261849; Centola 2010, doi:10.1126/science.1185231",
    parameters: [Parameter("chances", .numbers(.probability), "q₁, q₂, …: chance that the i-th exposure convinces")])

  var isIntegerOnly: Bool { false }

  func requirement(_ listener: Listener) -> Double { listener.demand }

  /// The voices of the last step share the credit by weight: one of them convinced, and which one is not drawn.
  func trace(_ traced: Traced) -> InfluenceTrace { traced.trace(traced.byWeightOfLast) }

  /// The number of the first exposure that convinces.
  private struct FirstSuccess: Distribution {
    let chances: [Double]
    /// More voices than any agent has.
    private static let largest = 1e15

    init(_ chances: [Double]) { self.chances = chances }
    init(_ values: ParameterValues) { chances = [0] }
    static let description = Description(
      "first-success", "the first exposure that convinces", source: "", parameters: [])

    func value(at u: Double) -> Double {
      var withstood = 1.0
      for (place, chance) in chances.enumerated() {
        withstood *= 1 - chance
        if 1 - u > withstood { return Double(place + 1) }
      }
      let last = chances[chances.count - 1]
      guard last > 0, withstood > 0 else { return .infinity }
      // Geometric beyond the table. If 1 − q rounds to 1, −ln(1 − q) is q.
      let failure = 1 - last == 1 ? -last : naturalLogarithm(1 - last)
      let further = min(naturalLogarithm((1 - u) / withstood) / failure, Self.largest)
      return Double(chances.count) + 1 + roundedDown(further)
    }

    func cumulative(_ x: Double) -> Double {
      guard x >= 1 else { return 0 }
      let count = Int(min(x, 1e9))
      var withstood = chances.prefix(count).reduce(1) { $0 * (1 - $1) }
      if count > chances.count { withstood *= power(1 - chances[chances.count - 1], Double(count - chances.count)) }
      return 1 - withstood
    }

    var mean: Double {
      // Σ P(need > m); infinite if some agents never adopt.
      var (sum, withstood) = (0.0, 1.0)
      for chance in chances {
        sum += withstood
        withstood *= 1 - chance
      }
      let last = chances[chances.count - 1]
      return withstood > 0 ? (last > 0 ? sum + withstood / last : .infinity) : sum
    }
  }
}
