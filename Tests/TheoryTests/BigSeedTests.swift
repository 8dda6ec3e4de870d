import Testing
@testable import Theory

@Suite struct BigSeedTests {
  /// Tide Coldwater: 900,000 people, R = 40/940: 40,046 more, give or take 209. 1000 seeds at R = .5: 2000, 63.25.
  @Test func campaigns() {
    let tide = BigSeed(seedCount: 900_000, reproduction: 0.0426)
    #expect((tide.total - 900_000).rounded() == 40_046 && tide.deviation.rounded() == 209)
    let half = BigSeed(seedCount: 1000, reproduction: 0.5)
    #expect(half.total == 2000 && agrees(half.deviation, 63.25, digits: 2))
  }

  @Test func nobodyTells() {
    let silent = BigSeed(seedCount: 7, reproduction: 0)
    #expect(silent.total == 7 && silent.deviation == 0)
  }
}
