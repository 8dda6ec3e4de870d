@testable import SocialInfluence
import Testing

@Suite struct DistributionTests {
  /// A law that is told by its name in the log, not by its tables.
  struct NamedLaw: CustomTestStringConvertible {
    let law: any Distribution
    var testDescription: String { "\(type(of: law).description.kind), mean \(law.mean)" }
  }

  static func named() throws -> [NamedLaw] { try laws().map { NamedLaw(law: $0) } }

  private static func laws() throws -> [any Distribution] {
    func values(_ pairs: [String: Double]) -> ParameterValues {
      ParameterValues(pairs.mapValues { ParameterValue.number($0) })
    }
    return [
      Constant(value: 3), try TruncatedNormal(mean: 0.18, sd: 0.05), try UniformLaw(values(["from": -1, "to": 3])),
      BetaLaw(values(["mean": 0.3, "concentration": 4])), GammaLaw(mean: 1, cv: 0.8),
      Lognormal(values(["mean": 2, "cv": 1.5])), ExponentialLaw(values(["mean": 2])), PoissonLaw(values(["mean": 4])),
      PoissonLaw(values(["mean": 700])), try NegativeBinomial(values(["mean": 4, "cv": 1.118])),
      PowerLaw(exponent: 2, cutoff: 20),
      try ListedValues(ParameterValues(["values": .wholes([5, 1, 1, 2])])),
    ]
  }

  /// value(u) is the first point whose distribution function reaches u, and never falls as u grows.
  @Test(arguments: try DistributionTests.named())
  func inverts(named: NamedLaw) {
    let law = named.law
    var last = -Double.infinity
    for step in 0..<2000 {
      let u = (Double(step) + 0.5) / 2000
      let value = law.value(at: u)
      #expect(value >= last)
      last = value
      #expect(law.cumulative(value) >= u - 1e-9)
      #expect(law.cumulative(value - 1e-6 * max(1, abs(value))) <= u + 1e-5)
    }
  }

  /// The mean of the law is the mean of its quantiles (midpoint rule; tails allow .5 %).
  @Test(arguments: try DistributionTests.named())
  func means(named: NamedLaw) {
    let law = named.law
    let steps = 200_000
    let mean = (0..<steps).reduce(0) { $0 + law.value(at: (Double($1) + 0.5) / Double(steps)) } / Double(steps)
    #expect(abs(mean - law.mean) < 0.005 * max(0.01, abs(law.mean)))
  }

  @Test func poissonByTableSumAndSearchAgree() {
    // Beyond a mean of 200 the count comes from GSL's distribution function instead of a sum.
    for mean in [199.9, 200.1] {
      for step in 1..<200 {
        let u = Double(step) / 200
        let count = Quantile.poisson(u, mean: mean)
        #expect(Quantile.poissonCumulative(count, mean: mean) >= u - 1e-12)
        #expect(Quantile.poissonCumulative(count - 1, mean: mean) <= u + 1e-12)
      }
    }
    #expect(Quantile.poisson(1 - 0x1p-53, mean: 4) < 60)
    #expect(Quantile.poisson(0x1p-53, mean: 0) == 0)
  }

  /// Small shapes, where GSL's inverse finds nothing: the quantile still inverts GSL's distribution function.
  @Test(arguments: [0.3, 0.25, 0.2, 0.1, 0.05, 0.02, 0.01])
  func gammaOfSmallShapes(shape: Double) {
    for step in 1..<2000 {
      let u = Double(step) / 2000
      let x = Quantile.gamma(u, shape: shape, scale: 2)
      #expect(x.isFinite && x >= 0)
      if x > 1e-290 { #expect(abs(Quantile.gammaCumulative(x, shape: shape, scale: 2) - u) < 1e-9) }
    }
  }

  /// Newman 2002: the means of his power laws.
  @Test func powerLawMeans() {
    #expect(abs(PowerLaw(exponent: 2, cutoff: 20).mean - 2.091089) < 1e-6)
    #expect(abs(PowerLaw(exponent: 2, cutoff: 40).mean - 2.423056) < 1e-6)
    #expect(abs(PowerLaw(exponent: 2.5, cutoff: 100).mean - 1.724639) < 1e-6)
  }

  /// Long tables keep one sum of each block: values and distribution function are those of the whole table.
  @Test(arguments: [(0.1, 300.0), (1, 1000), (2.5, 2000), (1.5, 105)])
  func powerLawTables(exponent: Double, cutoff: Double) {
    let law = PowerLaw(exponent: exponent, cutoff: cutoff)
    var terms = [Double]()
    repeat {
      let k = Double(terms.count + 1)
      terms.append(exponential(-exponent * naturalLogarithm(k) - k / cutoff))
    } while terms[terms.count - 1] > 1e-17 * terms[0]
    let total = terms.reversed().reduce(0, +)
    var sums = [Double]()
    for term in terms { sums.append((sums.last ?? 0) + term / total) }
    #expect(Double(terms.count) <= law.tableLength)
    for step in 0..<20_000 {
      // Also ends: half of the values lie in the outermost parts.
      let u = step % 2 == 0 ? (Double(step) + 0.5) / 20_000 : 1 - power(0.999, Double(step))
      let whole = sums.firstIndex { $0 >= u } ?? sums.count - 1
      #expect(law.value(at: u) == Double(whole + 1))
    }
    for place in stride(from: 0, to: terms.count - 1, by: 7) {
      #expect(law.cumulative(Double(place + 1) + 0.5) == sums[place])
    }
    #expect(law.cumulative(Double(terms.count)) == 1 && law.cumulative(.infinity) == 1 && law.cumulative(0.5) == 0)
  }

  @Test func impossibleLawsAreRefused() {
    func values(_ pairs: [String: Double]) -> ParameterValues {
      ParameterValues(pairs.mapValues { ParameterValue.number($0) })
    }
    #expect(throws: InvalidParameter.self) { try NegativeBinomial(values(["mean": 4, "cv": 0.5])) }
    #expect(throws: InvalidParameter.self) { try TruncatedNormal(mean: 9, sd: 0.1) }
    #expect(throws: InvalidParameter.self) { try UniformLaw(values(["from": 1, "to": 1])) }
  }
}
