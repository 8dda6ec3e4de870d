@testable import SocialInfluence
import Testing
@testable import Theory

/// The degree laws of the tables.
enum Law {
  static func poisson(_ mean: Double) -> [Double] { DegreeProbabilities.poisson(mean: mean) }

  static func geometric(_ mean: Double) -> [Double] {
    geometric(ratio: mean / (1 + mean))
  }

  /// p_k = (1 − e^(−1/κ)) e^(−k/κ).
  static func exponential(_ kappa: Double) -> [Double] { geometric(ratio: SocialInfluence.exponential(-1 / kappa)) }

  static func powerLaw(_ exponent: Double, _ cutoff: Double) -> [Double] {
    DegreeProbabilities.of(PowerLaw(exponent: exponent, cutoff: cutoff))
  }

  static func regular(_ degree: Int) -> [Double] { (0...degree).map { $0 == degree ? 1 : 0 } }

  private static func geometric(ratio: Double) -> [Double] {
    var law = [1 - ratio]
    while law[law.count - 1] > 1e-18 { law.append(law[law.count - 1] * ratio) }
    return law
  }

  /// Everybody adopts at the share φ of adopters, "at least".
  static func threshold(_ phi: Double) -> (Int, Int) -> Double {
    { voices, adopters in adopters > 0 && Double(adopters) >= phi * Double(voices) - 1e-9 ? 1 : 0 }
  }

  /// One voice suffices for φ, "at least".
  static func vulnerable(_ phi: Double) -> (Int) -> Double {
    { voices in phi * Double(voices) <= 1 + 1e-9 ? 1 : 0 }
  }
}

/// Equal to the digits printed. A few entries of the tables were rounded twice (.55145 to .5515), hence .53 of a unit of the
/// last digit instead of half of one.
func agrees(_ value: Double, _ printed: Double, digits: Int) -> Bool {
  abs(value - printed) <= 0.53 * power(10, -Double(digits))
}

/// A degree law with a name to be read in the log.
struct NamedLaw: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let degrees: [Double]

  init(_ name: String, _ degrees: [Double]) { (testDescription, self.degrees) = (name, degrees) }
}
