@testable import SocialInfluence
import Testing

/// The table of gamma quantiles against the inverse, score by score.
struct GammaTableTests {
  @Test("between its nodes the table is as exact as the inverse", arguments: [3.2, 2.0, 1.25, 1.0, 0.5, 0.1, 0.01])
  func againstTheInverse(cv: Double) {
    Quantile.prepare()
    let law = GammaLaw(mean: 1.5, cv: cv)
    // 20,001 scores that hit nodes and gaps, and some beyond the table.
    let scores = (0...20_000).map { Double($0) / 1428.6 - 7 }
    let values = law.values(atScores: scores)
    var worst = 0.0
    for (score, value) in zip(scores, values) where abs(score) < 5 {
      let exact = law.value(at: Quantile.normalCumulative(score))
      if exact > 1e-250 { worst = max(worst, abs(value - exact) / exact) }
    }
    // Near score 5 the rounding of u itself, 1e-16 of 3e-7, moves the inverse by some 1e-10.
    #expect(worst < 2e-9, "\(worst)")
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("a few scores are asked of the inverse itself")
  func fewScores() {
    Quantile.prepare()
    let law = GammaLaw(mean: 1, cv: 0.8)
    let scores = [-1.2, 0, 2.3]
    #expect(law.values(atScores: scores) == scores.map { law.value(at: Quantile.normalCumulative($0)) })
  }
}
