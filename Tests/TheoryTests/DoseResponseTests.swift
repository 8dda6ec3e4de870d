import Testing
@testable import Theory

@Suite struct DoseResponseTests {
  /// Thresholds of 1, 2 or more doses; a mix of them.
  @Test func kinds() {
    #expect(DoseResponse(response: [1, 1]).kind == .epidemicThreshold)
    #expect(DoseResponse(response: Array(repeating: 0.2, count: 10)).kind == .epidemicThreshold)
    #expect(DoseResponse(response: [0.2] + Array(repeating: 1, count: 9)).kind == .vanishingCriticalMass)
    #expect(DoseResponse(response: [0.05] + Array(repeating: 1, count: 9)).kind == .criticalMass)
    #expect(DoseResponse(response: [0, 0, 1]).kind == .criticalMass)
    // One dose that never suffices is no threshold, whatever the second does.
    #expect(DoseResponse(response: [0]).kind == .criticalMass)
  }

  /// T = 1: φ = pφP₁; T = 2 with one dose: φ = 1 − (1 − pφ)², that is 2p − 1 over p².
  @Test func closedForms() throws {
    #expect(DoseResponse(response: [1]).fixedPoints(exposure: 0.9).isEmpty)
    let two = DoseResponse(response: [1, 1])
    for p in [0.6, 0.8, 0.95] {
      let found = try #require(two.fixedPoints(exposure: p).first)
      #expect(abs(found.share - (2 * p - 1) / (p * p)) < 1e-12 && found.isStable)
    }
    #expect(two.fixedPoints(exposure: 0.5).isEmpty && two.epidemicThreshold() == 0.5)
    // Both doses are needed: φ = p²φ² only at 1 where p = 1.
    #expect(DoseResponse(response: [0, 1]).fixedPoints(exposure: 1).map(\.share) == [1])
  }

  /// Three doses of three and more: a critical mass below, a settled share above; both solve the equation.
  @Test func criticalMass() {
    let theory = DoseResponse(response: [0, 0] + Array(repeating: 1, count: 8))
    let found = theory.fixedPoints(exposure: 0.5)
    #expect(found.map(\.isStable) == [false, true])
    for point in found { #expect(abs(theory.next(point.share, exposure: 0.5) - point.share) < 1e-12) }
    #expect(abs(found[1].share - 0.900987) < 1e-6)
    #expect(theory.epidemicThreshold() == .infinity)
  }
}
