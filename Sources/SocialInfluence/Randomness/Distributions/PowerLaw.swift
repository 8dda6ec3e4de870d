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
      Parameter(
        "cutoff", .number(.positive), unit: "ties", "exponential cut-off κ; a power law without one is refused"),
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
