/// SI: adopters talk for ever; each voice succeeds with chance b in every round.
///
/// Given enough rounds, every agent that a chain of voices with b > 0 reaches adopts: only the times are random.
///
/// *Edge cases*: b = 0 convinces nobody; at b = 1 an adopter convinces all its listeners in one round.
///
/// Source: N. T. J. Bailey (1975), The Mathematical Theory of Infectious Diseases (the simple epidemic); on networks
/// I. Z. Kiss, J. C. Miller, P. L. Simon (2017), Mathematics of Epidemics on Networks, doi:10.1007/978-3-319-50806-1.
/// *Differs*: rounds instead of continuous time.
struct SusceptibleInfected: EpidemicRule {
  let transmission: Double
  let steps: Int
  var period: TalkingPeriod { .forever }
  var isReversible: Bool { false }

  init(_ values: ParameterValues) {
    (transmission, steps) = (values.number("transmission"), values.whole("steps"))
  }

  static let description = Description(
    "si", "adopters talk for ever: a chance b with every listener in every round",
    source: "Kiss, Miller & Simon 2017, doi:10.1007/978-3-319-50806-1",
    parameters: [transmissionParameter, stepsParameter(1000)])
}
