@testable import SocialInfluence
import Testing

@Suite struct ThresholdRuleTests {
  private func listener(_ threshold: Double, _ k: Int, story: Double = 1) -> Listener {
    Listener(demand: threshold, hazard: 0, inDegree: k, responsiveness: story)
  }

  /// All φ = .01 … .99 and k ≤ 1000 against whole-number arithmetic: need = ⌈hk / 100⌉ for φ = h / 100.
  @Test func atLeastIsExactForHundredths() {
    for hundredths in 1...99 {
      let rule = Fixture.fractional(Double(hundredths) / 100)
      for k in 1...1000 {
        let expected = max(1, (hundredths * k + 99) / 100)
        #expect(rule.count(listener(Double(hundredths) / 100, k)) == UInt32(expected))
      }
    }
  }

  @Test func moreThanIsExactForHundredths() {
    for hundredths in 1...99 {
      let rule = Fixture.fractional(Double(hundredths) / 100, .moreThan)
      for k in 1...1000 {
        #expect(rule.count(listener(Double(hundredths) / 100, k)) == UInt32(hundredths * k / 100 + 1))
      }
    }
  }

  /// Needs of many agents at once are those of each: exact shares, shares above 1, huge counts, no voices.
  @Test func needsOfManyAreNeedsOfEach() throws {
    let network = Fixture.network(
      400, (0..<399).flatMap { hub in (hub % 7 == 0 ? (1...60) : (1...2)).map { (hub, min(398, hub + $0)) } })
    let thresholds = (0..<400).map { agent -> Double in
      [Double(agent % 100) / 100 + 0.01, 1.0000001, 1e-12, 0x1p32, 4_294_967_293.5, .infinity, 3, 2.999_999_999_9][
        agent % 8]
    }
    for convention in ThresholdConvention.allCases {
      for rule in [Fixture.fractional(0.5, convention), Fixture.absolute(2, convention)] as [any NeedRule] {
        for story in [1, 0.7, 1.25, 1e-300, 0] {
          let listeners = Listeners(
            demands: thresholds, hazards: [], hazard: 0, story: story, susceptibility: [])
          var needs = [UInt32](repeating: 7, count: 400)
          rule.fillCounts(&needs, listeners, network)
          for agent in 0..<400 {
            #expect(needs[agent] == rule.count(listeners.listener(agent, on: network)))
          }
        }
      }
    }
    let cascade = try Fixture.cascade(0.3)
    for hazard in [0.3, 1e-300, 0, .infinity] {
      let listeners = Listeners(demands: thresholds, hazards: [], hazard: hazard, story: 1, susceptibility: [])
      var needs = [UInt32](repeating: 7, count: 400)
      cascade.fillCounts(&needs, listeners, network)
      for agent in 0..<400 { #expect(needs[agent] == cascade.count(listeners.listener(agent, on: network))) }
    }
  }

  /// The same in fixed point: k unit voices of 2⁻²⁴ meet the need exactly when the count does.
  @Test func unitsAgreeWithCounts() {
    for convention in ThresholdConvention.allCases {
      for hundredths in stride(from: 1, through: 99, by: 7) {
        let rule = Fixture.fractional(Double(hundredths) / 100, convention)
        for k in 1...300 {
          let one = listener(Double(hundredths) / 100, k)
          let exposure = rule.exposure(1, on: one)
          let needed = rule.units(one)
          let count = UInt64(rule.count(one))
          #expect(count * exposure >= needed)
          #expect(count == 1 || (count - 1) * exposure < needed)
        }
      }
    }
  }

  @Test func edgeCases() {
    let rule = Fixture.fractional(0.5)
    #expect(rule.count(listener(0.5, 0)) == Need.never && rule.units(listener(0.5, 0)) == Need.neverUnits)
    #expect(rule.count(listener(1.01, 5)) == Need.never && rule.units(listener(1.01, 5)) == Need.neverUnits)
    #expect(rule.count(listener(1, 5)) == 5)
    #expect(rule.count(listener(0.5, 5, story: 0)) == Need.never)
    // A threshold above 1 never adopts, however good the story.
    #expect(rule.count(listener(1.01, 5, story: 10)) == Need.never)
    #expect(Fixture.absolute(3).count(listener(3, 2)) == 3)
    #expect(Fixture.absolute(2, .moreThan).count(listener(2, 9)) == 3)
  }

  /// Story and susceptibility divide the requirement: ⌈2 / s⌉ is 2 for every 1 ≤ s < 2.
  @Test func storyIsAStaircaseForOneCommonThreshold() {
    let rule = Fixture.absolute(2)
    for (story, expected) in [(1.0, 2), (1.25, 2), (1.99, 2), (2, 1), (5, 1), (0.5, 4)] {
      #expect(rule.count(listener(2, 10, story: story)) == UInt32(expected))
    }
  }
}
