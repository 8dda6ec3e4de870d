internal import CGSL

/// Word of mouth over strong ties in cliques and weak ties to random others, period by period, in a large population.
///
/// Every agent has s strong ties (a clique of s + 1) and meets w random others per period. With m adopters in its
/// clique and a share F of adopters in the population an agent adopts with chance 1 − (1 − α)(1 − β_w F)^w (1 − β_s)^m;
/// updates are synchronous.
/// Source: J. Goldenberg, B. Libai, E. Muller (2001), Marketing Letters 12:211, doi:10.1023/A:1011122126881.
/// *Differs*: infinitely many agents, described by the law of m in a clique, instead of 3000 simulated ones.
package struct TalkOfTheNetwork {
  /// s ≥ 0, strong ties of every agent.
  let strongTies: Int
  /// w ≥ 0, weak ties of every agent, drawn anew each period.
  let weakTies: Int
  /// α in [0, 1], the chance per period that advertising convinces.
  package let advertising: Double
  /// β_w in [0, 1], the chance per period that a weak tie to an adopter convinces.
  let weakEffect: Double
  /// β_s in [0, 1], the chance per period that a strong tie to an adopter convinces.
  let strongEffect: Double

  package init(strongTies: Int, weakTies: Int, advertising: Double, weakEffect: Double, strongEffect: Double) {
    (self.strongTies, self.weakTies) = (strongTies, weakTies)
    (self.advertising, self.weakEffect, self.strongEffect) = (advertising, weakEffect, strongEffect)
  }

  /// The shares of adopters after 0, 1, …, `periods` periods.
  package func shares(periods: Int) -> [Double] {
    var clique = start
    var shares = [0.0]
    for _ in 0..<periods {
      clique = next(clique)
      shares.append(share(clique))
    }
    return shares
  }

  /// The first period after which at least the share `target` in (0, 1) of the agents has adopted; nil if that takes
  /// more than `limit` periods.
  package func firstPeriod(reaching target: Double, limit: Int = 10_000) -> Int? {
    var clique = start
    for period in stride(from: 1, through: limit, by: 1) {
      clique = next(clique)
      if share(clique) >= target { return period }
    }
    return nil
  }

  /// P(m adopters in a clique) for m = 0, …, s + 1, before anyone has adopted.
  private var start: [Double] { [1] + [Double](repeating: 0, count: strongTies + 1) }

  private func share(_ clique: [Double]) -> Double {
    clique.indices.reduce(0) { $0 + Double($1) * clique[$1] } / Double(strongTies + 1)
  }

  private func next(_ clique: [Double]) -> [Double] {
    let refused = (1 - advertising) * gsl_pow_uint(1 - weakEffect * share(clique), UInt32(weakTies))
    var after = [Double](repeating: 0, count: clique.count)
    for adopters in clique.indices where clique[adopters] > 0 {
      let idle = clique.count - 1 - adopters
      let chance = 1 - refused * gsl_pow_uint(1 - strongEffect, UInt32(adopters))
      for new in 0...idle {
        after[adopters + new] += clique[adopters] * gsl_ran_binomial_pdf(UInt32(new), chance, UInt32(idle))
      }
    }
    return after
  }
}
