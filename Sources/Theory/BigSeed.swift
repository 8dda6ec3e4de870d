/// Big-seed marketing: N people are reached directly; everyone reached brings R < 1 others on average.
///
/// Source: D. J. Watts, J. Peretti (2007), Viral marketing for the real world, Harvard Business Review 85(5).
/// *Differs*: the paper gives the mean; the spread is that of a branching process with Poisson recruits.
package struct BigSeed {
  /// N ≥ 0, people reached directly.
  package let seedCount: Double
  /// R in [0, 1), the mean number of people that one person brings.
  package let reproduction: Double

  package init(seedCount: Double, reproduction: Double) {
    (self.seedCount, self.reproduction) = (seedCount, reproduction)
  }

  /// N / (1 − R), the mean number of people reached, seeds included.
  package var total: Double { seedCount / (1 - reproduction) }

  /// √(N R / (1 − R)³), the standard deviation of `total`.
  package var deviation: Double {
    let idle = 1 - reproduction
    return (seedCount * reproduction / (idle * idle * idle)).squareRoot()
  }
}
