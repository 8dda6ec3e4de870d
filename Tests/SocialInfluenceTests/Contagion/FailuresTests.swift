@testable import SocialInfluence
import Testing

@Suite struct FailuresTests {
  /// Kept or worked out: the exponential itself, also where thousands compete for one place.
  @Test(arguments: [1, 3, 500, 100_000])
  func exponentials(different: Int) {
    var words = Fixture.random(4).stream(.coins)
    let hazards = (0..<different).map { _ in 40 * words.uniform() * words.uniform() } + [0, .infinity, 800, 0x1p-1074]
    var failures = Failures()
    for _ in 0..<50_000 {
      let hazard = hazards[words.below(hazards.count)]
      #expect(failures.chance(hazard) == exponential(-hazard), "\(hazard)")
    }
    #expect(failures.chance(.nan).isNaN)
  }
}
