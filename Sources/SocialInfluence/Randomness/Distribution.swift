/// A named law, sampled by its inverse distribution function: one uniform a draw.
package protocol Distribution: Variant {
  /// The value whose distribution function first reaches `u`, for u in (0, 1); never falls as u grows.
  func value(at u: Double) -> Double
  /// The distribution function P(X ≤ x).
  func cumulative(_ x: Double) -> Double
  var mean: Double { get }
}

extension Distribution {
  /// The one value of a constant law.
  package var constant: Double? { (self as? Constant)?.value }
}

/// Always the same value.
package struct Constant: Distribution {
  package let value: Double

  package init(value: Double) { self.value = value }
  package init(_ values: ParameterValues) { value = values.number("mean") }

  package static let description = Description(
    "constant", "the same value for everyone", source: "",
    parameters: [Parameter("mean", .number(.any), "the value")])

  package func value(at u: Double) -> Double { value }
  package func cumulative(_ x: Double) -> Double { x >= value ? 1 : 0 }
  package var mean: Double { value }
}

/// A normal law cut to (from, to].
package struct TruncatedNormal: Distribution {
  let center: Double
  let deviation: Double
  let from: Double
  let to: Double
  private let below: Double
  private let width: Double

  package init(mean: Double, sd: Double, from: Double = 0, to: Double = 1) throws(InvalidParameter) {
    (center, deviation, self.from, self.to) = (mean, sd, from, to)
    below = Quantile.normalCumulative((from - mean) / sd)
    width = Quantile.normalCumulative((to - mean) / sd) - below
    guard from < to else { throw InvalidParameter("to", "does not lie above `from`", remedy: "write from < to") }
    guard width > 1e-9 else {
      throw InvalidParameter("mean", "leaves nothing of the normal law between `from` and `to`", remedy: "move the mean")
    }
  }

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    try self.init(
      mean: values.number("mean"), sd: values.number("sd"), from: values.number("from"), to: values.number("to"))
  }

  package static let description = Description(
    "normal", "a normal law cut to (from, to]", source: "",
    parameters: [
      Parameter("mean", .number(.any), "mean of the normal law before it is cut"),
      Parameter("sd", .number(.positive), "standard deviation before it is cut"),
      Parameter("from", .number(.any), standard: .number(0), "lower end, excluded"),
      Parameter("to", .number(.any), standard: .number(1), "upper end, included"),
    ])

  package func value(at u: Double) -> Double {
    min(to, max(from, center + deviation * Quantile.normal(below + u * width)))
  }
  package func cumulative(_ x: Double) -> Double {
    x <= from ? 0 : x >= to ? 1 : (Quantile.normalCumulative((x - center) / deviation) - below) / width
  }
  package var mean: Double {
    func density(_ x: Double) -> Double { exponential(-x * x / 2) * 0.3989422804014327 }
    let (a, b) = ((from - center) / deviation, (to - center) / deviation)
    return center + deviation * (density(a) - density(b)) / width
  }
}

/// Equal density between two ends.
package struct UniformLaw: Distribution {
  let from: Double
  let to: Double

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    (from, to) = (values.number("from"), values.number("to"))
    guard from < to else { throw InvalidParameter("to", "does not lie above `from`", remedy: "write from < to") }
  }

  package static let description = Description(
    "uniform", "equal density between `from` and `to`", source: "",
    parameters: [
      Parameter("from", .number(.any), standard: .number(0), "lower end"),
      Parameter("to", .number(.any), standard: .number(1), "upper end"),
    ])

  package func value(at u: Double) -> Double { from + u * (to - from) }
  package func cumulative(_ x: Double) -> Double { min(1, max(0, (x - from) / (to - from))) }
  package var mean: Double { (from + to) / 2 }
}

/// The beta law on (0, 1), by mean and concentration.
package struct BetaLaw: Distribution {
  let alpha: Double
  let beta: Double

  package init(_ values: ParameterValues) {
    let (mean, concentration) = (values.number("mean"), values.number("concentration"))
    (alpha, beta) = (mean * concentration, (1 - mean) * concentration)
  }

  package static let description = Description(
    "beta", "the beta law on (0, 1)", source: "",
    parameters: [
      Parameter("mean", .number(ValueRange(0, 1, includesLower: false, includesUpper: false)), "mean"),
      Parameter("concentration", .number(.positive), "α + β: the larger, the closer to the mean"),
    ])

  package func value(at u: Double) -> Double { Quantile.beta(u, alpha, beta) }
  package func cumulative(_ x: Double) -> Double { Quantile.betaCumulative(x, alpha, beta) }
  package var mean: Double { alpha / (alpha + beta) }
}

/// The gamma law, by mean and coefficient of variation.
package struct GammaLaw: Distribution {
  let shape: Double
  let scale: Double

  package init(mean: Double, cv: Double) {
    shape = 1 / (cv * cv)
    scale = mean * cv * cv
  }
  package init(_ values: ParameterValues) { self.init(mean: values.number("mean"), cv: values.number("cv")) }

  package static let description = Description(
    "gamma", "the gamma law", source: "",
    parameters: [
      Parameter("mean", .number(.positive), standard: .number(1), "mean"),
      Parameter("cv", .number(.positive), "coefficient of variation: standard deviation ÷ mean"),
    ])

  package func value(at u: Double) -> Double { Quantile.gamma(u, shape: shape, scale: scale) }
  package func cumulative(_ x: Double) -> Double { Quantile.gammaCumulative(x, shape: shape, scale: scale) }
  package var mean: Double { shape * scale }
}

/// The lognormal law, by mean and coefficient of variation.
package struct Lognormal: Distribution {
  let logMean: Double
  let logDeviation: Double
  package let mean: Double

  package init(_ values: ParameterValues) {
    let cv = values.number("cv")
    mean = values.number("mean")
    let variance = naturalLogarithm(1 + cv * cv)
    logDeviation = variance.squareRoot()
    logMean = naturalLogarithm(mean) - variance / 2
  }

  package static let description = Description(
    "lognormal", "the exponential of a normal law; rounded to whole ties as a degree law", source: "",
    parameters: [
      Parameter("mean", .number(.positive), standard: .number(1), "mean"),
      Parameter("cv", .number(.positive), "coefficient of variation: standard deviation ÷ mean"),
    ])

  package func value(at u: Double) -> Double { exponential(logMean + logDeviation * Quantile.normal(u)) }
  package func cumulative(_ x: Double) -> Double {
    x <= 0 ? 0 : Quantile.normalCumulative((naturalLogarithm(x) - logMean) / logDeviation)
  }
}

/// The exponential law.
package struct ExponentialLaw: Distribution {
  package let mean: Double

  package init(_ values: ParameterValues) { mean = values.number("mean") }

  package static let description = Description(
    "exponential", "the exponential law", source: "",
    parameters: [Parameter("mean", .number(.positive), standard: .number(1), "mean")])

  package func value(at u: Double) -> Double { -mean * naturalLogarithm(1 - u) }
  package func cumulative(_ x: Double) -> Double { x <= 0 ? 0 : probability(ofHazard: x / mean) }
}

/// Poisson counts.
package struct PoissonLaw: Distribution {
  package let mean: Double

  package init(_ values: ParameterValues) { mean = values.number("mean") }

  package static let description = Description(
    "poisson", "Poisson counts", source: "",
    parameters: [Parameter("mean", .number(.nonNegative), "mean")])

  package func value(at u: Double) -> Double { Double(Quantile.poisson(u, mean: mean)) }
  package func cumulative(_ x: Double) -> Double { Quantile.poissonCumulative(Int(x.rounded(.down)), mean: mean) }
}

/// Negative binomial counts from 0, by mean and coefficient of variation; geometric where cv² = 1 + 1/mean.
package struct NegativeBinomial: Distribution {
  package let mean: Double
  private let success: Double
  private let size: Double

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    mean = values.number("mean")
    let cv = values.number("cv")
    let variance = cv * cv * mean * mean
    guard variance > mean * (1 + 1e-9) else {
      throw InvalidParameter(
        "cv", "is too small for a negative binomial law with this mean",
        remedy: "write a cv above 1/√mean, or use `poisson`")
    }
    success = mean / variance
    size = mean * mean / (variance - mean)
  }

  package static let description = Description(
    "negative-binomial", "negative binomial counts from 0; geometric where cv² = 1 + 1/mean", source: "",
    parameters: [
      Parameter("mean", .number(.positive), "mean"),
      Parameter("cv", .number(.positive), "coefficient of variation: standard deviation ÷ mean, above 1/√mean"),
    ])

  package func value(at u: Double) -> Double {
    Double(Quantile.negativeBinomial(u, probability: success, size: size))
  }
  package func cumulative(_ x: Double) -> Double {
    Quantile.negativeBinomialCumulative(Int(x.rounded(.down)), probability: success, size: size)
  }
}

/// Counts from 1 with p_k ∝ k^−α · exp(−k/κ): a power law with exponential cut-off.
///
/// Source: M. E. J. Newman (2002), Phys. Rev. E 66:016128, doi:10.1103/PhysRevE.66.016128, equation (20).
package struct PowerLaw: Distribution {
  private let cumulated: [Double]
  package let mean: Double

  package init(_ values: ParameterValues) {
    self.init(exponent: values.number("exponent"), cutoff: values.number("cutoff"))
  }

  package init(exponent: Double, cutoff: Double) {
    var terms = [Double]()
    var k = 1.0
    repeat {
      terms.append(exponential(-exponent * naturalLogarithm(k) - k / cutoff))
      k += 1
    } while terms[terms.count - 1] > 1e-17 * terms[0] && terms.count < 10_000_000
    let total = terms.reversed().reduce(0, +)
    mean = zip(1..., terms).reversed().reduce(0) { $0 + Double($1.0) * $1.1 } / total
    var sum = 0.0
    cumulated = terms.map { term in
      sum += term / total
      return sum
    }
  }

  package static let description = Description(
    "power-law", "counts from 1 with p(k) ∝ k^−exponent · exp(−k/cutoff)",
    source: "Newman 2002, doi:10.1103/PhysRevE.66.016128",
    parameters: [
      Parameter("exponent", .number(.positive), "exponent α"),
      Parameter("cutoff", .number(.positive), unit: "ties", "exponential cut-off κ; a power law without one is refused"),
    ])

  package func value(at u: Double) -> Double {
    var (low, high) = (0, cumulated.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulated[middle] >= u { high = middle } else { low = middle + 1 }
    }
    return Double(low + 1)
  }
  package func cumulative(_ x: Double) -> Double {
    x < 1 ? 0 : x >= Double(cumulated.count) ? 1 : cumulated[Int(x) - 1]
  }
}

/// Each of the listed whole numbers with equal probability; as a degree law, the sequence itself.
package struct ListedValues: Distribution {
  package let values: [Int]
  private let sorted: [Int]

  package init(_ parameters: ParameterValues) throws(InvalidParameter) {
    values = parameters.wholes("values")
    sorted = values.sorted()
    if values.isEmpty { throw InvalidParameter("values", "is empty", remedy: "list at least one whole number") }
  }

  package static let description = Description(
    "list", "the listed whole numbers, equally likely; as a degree law, the given sequence (one number per agent)",
    source: "", parameters: [Parameter("values", .wholes(0...Int(UInt32.max) - 1), "the numbers")])

  package func value(at u: Double) -> Double { Double(sorted[min(sorted.count - 1, Int(u * Double(sorted.count)))]) }
  package func cumulative(_ x: Double) -> Double {
    Double(sorted.count { Double($0) <= x }) / Double(sorted.count)
  }
  package var mean: Double { sorted.reduce(0) { $0 + Double($1) } / Double(sorted.count) }
}
