@testable import SocialInfluence
import Testing
@testable import Theory

@Suite struct TalkOfTheNetworkTests {
  /// First periods at or above 16, 50 and 95 %.
  @Test(arguments: [
    (5, 5, [0.0005, 0.005, 0.01], [53, 82, 129]), (5, 5, [0.00525, 0.01, 0.04], [12, 21, 37]),
    (17, 17, [0.00525, 0.01, 0.04], [6, 9, 14]), (29, 29, [0.01, 0.015, 0.07], [4, 5, 7]),
  ])
  func periods(strong: Int, weak: Int, effects: [Double], expected: [Int]) {
    let model = TalkOfTheNetwork(
      strongTies: strong, weakTies: weak, advertising: effects[0], weakEffect: effects[1], strongEffect: effects[2])
    #expect([0.16, 0.5, 0.95].map { model.firstPeriod(reaching: $0) } == expected)
    let shares = model.shares(periods: expected[2])
    #expect(shares[0] == 0 && shares[expected[1] - 1] < 0.5 && shares[expected[1]] >= 0.5)
  }

  /// Pairs (s = 1), no weak ties: P(both idle) = (1 − α)^2 a period, by hand for two periods.
  @Test func pairs() {
    let model = TalkOfTheNetwork(
      strongTies: 1, weakTies: 0, advertising: 0.1, weakEffect: 0.5, strongEffect: 0.5)
    let shares = model.shares(periods: 2)
    let second = 0.1 + 0.81 * 0.1 + 0.09 * 0.55
    #expect(abs(shares[1] - 0.1) < 1e-15 && abs(shares[2] - second) < 1e-15)
  }

  @Test func nobodyHears() {
    let model = TalkOfTheNetwork(strongTies: 3, weakTies: 3, advertising: 0, weakEffect: 0.5, strongEffect: 0.5)
    #expect(model.firstPeriod(reaching: 0.1, limit: 50) == nil)
  }

  /// Over the full grid of three levels each, standardised coefficients are correlations: advertising's weight falls while
  /// both tie effects grow.
  @Test func stageEffect() {
    let levels: [[Double]] = [
      [5, 17, 29], [5, 17, 29], [0.0005, 0.00525, 0.01], [0.005, 0.01, 0.015], [0.01, 0.04, 0.07],
    ]
    var (factors, periods) = ([[Double]](), [[Double]]())
    for index in 0..<243 {
      var (rest, row) = (index, [Double]())
      for level in levels {
        row.append(level[rest % 3])
        rest /= 3
      }
      let model = TalkOfTheNetwork(
        strongTies: Int(row[0]), weakTies: Int(row[1]), advertising: row[2], weakEffect: row[3], strongEffect: row[4])
      let shares = model.shares(periods: 140)
      factors.append(row)
      periods.append([0.16, 0.5, 0.95].map { target in Double(shares.firstIndex { $0 >= target } ?? 140) })
    }
    let expected = [
      [-0.371, -0.261, -0.593, -0.158, -0.325], [-0.435, -0.336, -0.468, -0.209, -0.368],
      [-0.482, -0.394, -0.322, -0.241, -0.403],
    ]
    for (target, row) in expected.enumerated() {
      for (factor, value) in row.enumerated() {
        let coefficient = correlation(factors.map { $0[factor] }, periods.map { $0[target] })
        #expect(agrees(coefficient, value, digits: 3), "\(target) \(factor): \(coefficient)")
      }
    }
  }

  private func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let (meanX, meanY) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      xx += (a - meanX) * (a - meanX)
      yy += (b - meanY) * (b - meanY)
      xy += (a - meanX) * (b - meanY)
    }
    return xy / (xx * yy).squareRoot()
  }
}
