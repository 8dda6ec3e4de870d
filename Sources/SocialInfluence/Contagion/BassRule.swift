/// The Bass model on a network: an agent adopts of its own accord with chance p, and by imitation in proportion to the
/// share of its voices that have adopted.
///
/// In each step an agent adopts with chance p + q · s · h_v · Σ w(u,v) ÷ k_v over the adopters among its k_v voices:
/// the discrete recursion F ← F + (p + qF)(1 − F) on a complete network. Story, susceptibility and voice act on
/// imitation; p stands for advertising, on which friends have no influence.
///
/// *Edge cases*: an agent without voices adopts by p alone; chances above 1 are cut to 1. The discrete recursion lags
/// the continuous curve early: say which one a fit uses.
///
/// Source: F. M. Bass (1969), Management Science 15:215, doi:10.1287/mnsc.15.5.215.
/// *Differs*: discrete steps and a finite number of agents on a network, instead of a continuous share of a mixed
/// market.
package struct BassRule: TimeDrivenRule {
  /// p.
  package let innovation: Double
  /// q.
  package let imitation: Double
  package let steps: Int
  package var hasOutsideInfluence: Bool { innovation > 0 }

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    (innovation, imitation) = (values.number("innovation"), values.number("imitation"))
    steps = values.whole("steps")
    if innovation + imitation > 1 {
      throw InvalidParameter("imitation", "and `innovation` exceed 1 together", remedy: "write p + q ≤ 1")
    }
  }

  package var traits: RuleTraits { timeDrivenTraits.with { $0.form = .bass(self) } }

  package static let description = Description(
    "bass", "adopts with chance p + q × the share of its voices that have adopted, in every step",
    source: "Bass 1969, doi:10.1287/mnsc.15.5.215",
    parameters: [
      Parameter("innovation", .number(.probability), unit: "per step", "p: chance of adopting of one's own accord"),
      Parameter("imitation", .number(.probability), unit: "per step", "q: chance where everybody around has adopted"),
      stepsParameter,
    ])

  package func parts(_ pressure: Pressure) -> PressureParts {
    PressureParts(
      outside: innovation, perVoice: imitation * pressure.responsiveness / Double(max(1, pressure.inDegree)))
  }

  package func chance(_ pressure: Pressure) -> Double {
    guard pressure.inDegree > 0 else { return innovation }
    let share = pressure.exposure / Double(pressure.inDegree)
    return min(1, innovation + imitation * pressure.responsiveness * share)
  }
}
