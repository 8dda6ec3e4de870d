@testable import SocialInfluence
import Testing
@testable import Theory

@Suite struct CascadeWindowTests {
  /// Watts 2002, rule "at least": z · P(Poisson(z) ≤ K − 2) = 1; digits as in the project's table of windows.
  @Test(arguments: [
    (0.10, 1.000001, 6, 13.65931, 5, 5.146, 6.54), (0.12, 1.000083, 6, 10.65744, 5, 3.812, 5.06),
    (0.15, 1.003731, 6, 7.477080, 6, 2.544, 3.64), (0.16, 1.003731, 6, 7.477080, 6, 2.544, 3.64),
    (0.18, 1.020704, 6, 5.764677, 6, 1.942, 2.95), (0.19, 1.020704, 6, 5.764677, 6, 1.942, 2.95),
    (0.20, 1.020704, 6, 5.764677, 6, 1.942, 2.95), (0.21, 1.114142, 6, 3.863069, 6, 1.371, 2.27),
    (0.25, 1.114142, 6, 3.863069, 6, 1.371, 2.27),
  ])
  func undirected(
    phi: Double, lower: Double, lowerDigits: Int, upper: Double, upperDigits: Int, largest: Double, at: Double
  ) throws {
    let window = CascadeWindow.poisson(isDirected: false, vulnerable: Law.vulnerable(phi))
    let range = try #require(window.range)
    #expect(agrees(range.lowerBound, lower, digits: lowerDigits), "\(range)")
    #expect(agrees(range.upperBound, upper, digits: upperDigits), "\(range)")
    #expect(agrees(window.largestBranchingFactor, largest, digits: 3), "\(window)")
    // The table's places come from a grid in z.
    #expect(abs(window.meanDegreeOfLargest - at) < 0.012, "\(window)")
  }

  /// K = 3: z(1 + z)e^(−z) is largest at the golden ratio.
  @Test(arguments: [0.26, 0.33])
  func noWindow(phi: Double) {
    let window = CascadeWindow.poisson(isDirected: false, vulnerable: Law.vulnerable(phi))
    #expect(window.range == nil)
    #expect(agrees(window.largestBranchingFactor, 0.840, digits: 3))
    #expect(abs(window.meanDegreeOfLargest - (1 + 5.0.squareRoot()) / 2) < 1e-6)
  }

  @Test func moreThan() throws {
    let window = CascadeWindow.poisson(isDirected: false) { 0.2 * Double($0) < 1 - 1e-9 ? 1 : 0 }
    let range = try #require(window.range)
    #expect(agrees(range.lowerBound, 1.114142, digits: 6) && agrees(range.upperBound, 3.863069, digits: 6))
  }

  /// Normal thresholds with mean .18 and sd .05, as they are and cut to (0, 1]: the cut moves the upper edge by .005.
  @Test(arguments: [(-1.0, 2.0, 1.057363, 7.870263), (0, 1, 1.057374, 7.865644)])
  func normalThresholds(from: Double, to: Double, lower: Double, upper: Double) throws {
    let law = try TruncatedNormal(mean: 0.18, sd: 0.05, from: from, to: to)
    let window = CascadeWindow.poisson(isDirected: false) { $0 == 0 ? 0 : law.cumulative(1 / Double($0)) }
    let range = try #require(window.range)
    #expect(agrees(range.lowerBound, lower, digits: 6), "\(range)")
    #expect(agrees(range.upperBound, upper, digits: 6), "\(range)")
    #expect(agrees(window.largestBranchingFactor, 1.984, digits: 3))
  }

  @Test(arguments: [(0.18, 1.003731, 7.477080), (0.25, 1.020704, 5.764677), (0.3, 1.114142, 3.863069)])
  func directed(phi: Double, lower: Double, upper: Double) throws {
    let window = CascadeWindow.poisson(isDirected: true, vulnerable: Law.vulnerable(phi))
    let range = try #require(window.range)
    #expect(agrees(range.lowerBound, lower, digits: 6) && agrees(range.upperBound, upper, digits: 6), "\(range)")
  }

  /// One voice convinces everybody with probability p: the window opens at z = 1/p and never closes.
  @Test func neverCloses() throws {
    let range = try #require(CascadeWindow.poisson(isDirected: false) { _ in 0.5 }.range)
    #expect(abs(range.lowerBound - 2) < 1e-9 && range.upperBound == .infinity)
  }
}
