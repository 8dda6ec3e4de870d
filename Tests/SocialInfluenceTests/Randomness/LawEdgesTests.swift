@testable import SocialInfluence
import Testing

/// Every law at the ends of what its parameters may be: numbers, rising, and true to its own distribution function.
@Suite struct LawEdgesTests {
  /// The smallest and largest uniform numbers that draws give, and what lies between.
  private static let uniforms: [Double] = {
    let middle = (1..<50).map { Double($0) / 50 }
    let low: [Double] = [0x1p-53, 1e-12, 1e-6, 1e-3]
    return low + middle + low.reversed().map { 1 - $0 }
  }()

  /// Ends, their neighbors and some numbers between, of every number that a law declares.
  private static func values(_ parameter: Parameter) -> [ParameterValue] {
    switch parameter.kind {
    case .number(let range):
      let lower = range.lower.isFinite ? range.lower : -1e3
      let upper = range.upper.isFinite ? range.upper : 1e3
      let ends = [lower, upper, lower.nextUp, upper.nextDown, 0.001, 0.3, 1, 4, 700, 1e4, 1e5]
      return ends.filter(range.contains).map { .number($0) }
    case .wholes: return [.wholes([0]), .wholes([5, 5, 5]), .wholes([0, Int(UInt32.max) - 1])]
    default: return []
    }
  }

  private static func combinations(_ parameters: [Parameter]) -> [[String: ParameterValue]] {
    parameters.reduce([[:]]) { sets, parameter in
      sets.flatMap { set in values(parameter).map { set.merging([parameter.key: $0]) { $1 } } }
    }
  }

  @Test func everyLawIsANumberAndRises() {
    Quantile.prepare()
    var tried = 0
    for type in Catalogue.distributions {
      for parameters in Self.combinations(type.description.parameters) {
        guard let law = try? type.init(ParameterValues(parameters)) else { continue }
        tried += 1
        let drawn = Self.uniforms.map { law.value(at: $0) }
        let kind = type.description.kind
        #expect(drawn.allSatisfy { $0.isFinite }, "\(kind) \(parameters)")
        // Up to rounding: a quantile of 10⁻³⁰⁰ may come out as 10⁻²¹.
        let isRising = zip(drawn, drawn.dropFirst()).allSatisfy { $0 - $1 <= 1e-12 * max(1, abs($0)) }
        #expect(isRising, "\(kind) \(parameters)")
      }
    }
    #expect(tried > 500)
  }

  /// Where GSL's inverses go astray, the quantiles agree with the distribution function.
  @Test func quantilesInvert() {
    Quantile.prepare()
    for (a, b) in [(0.5e5, 0.5e5), (1e3, 1e5), (5e5, 5e5), (2.0, 1e6)] {
      for u in Self.uniforms where u > 1e-7 && u < 1 - 1e-7 {
        let x = Quantile.beta(u, a, b)
        #expect(abs(Quantile.betaCumulative(x, a, b) - u) < 1e-9, "beta \(a) \(b) \(u)")
      }
    }
    // The cube of a normal number, where GSL's distribution function can still judge it: from 3·10⁵ on it strays, too.
    for u in Self.uniforms where u > 1e-7 && u < 1 - 1e-7 {
      let x = Quantile.gamma(u, shape: 1.2e5, scale: 1)
      #expect(abs(Quantile.gammaCumulative(x, shape: 1.2e5, scale: 1) - u) < 1e-5, "gamma \(u)")
    }
    #expect(Quantile.poisson(0.5, mean: 1e300) == Int(UInt32.max))
    #expect(Quantile.negativeBinomial(1 - 0x1p-53, probability: 1e-12, size: 1) == Int(UInt32.max))
  }

  /// Chances too small for 1 − q to show: the first success comes as late as 1 ÷ q says, never as no number.
  @Test func tinyChancesOfAnAdoptionTable() throws {
    let rule = try AdoptionTable(ParameterValues(["chances": .numbers([0.1, 1e-17])]))
    var demands = [Double](repeating: 0, count: 1000)
    rule.fillDemands(&demands, at: RandomAddress(randomSeed: 1, network: 1, draw: 1))
    let early = demands.count { $0 == 1 }
    #expect((60...140).contains(early))
    #expect(demands.allSatisfy { $0 == 1 || $0 > 1e12 })
  }
}
