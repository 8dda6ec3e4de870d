/// SIS in discrete rounds: adopters talk for a period and can then be convinced again.
///
/// As SIR, but an agent that falls silent at the end of a round can be convinced from the next round on. Outcomes: the
/// number of agents that ever adopted (`size`), and the mean share of agents that talk in the last fifth of the `steps`
/// (`prevalence`).
///
/// *Edge cases*: once nobody talks, nobody ever will: prevalence counts the remaining rounds as 0.
///
/// Source: R. Pastor-Satorras, A. Vespignani (2001), Phys. Rev. Lett. 86:3200, doi:10.1103/PhysRevLett.86.3200.
/// *Differs*: synchronous rounds; the period can be fixed.
struct SusceptibleInfectedSusceptible: EpidemicRule {
  let transmission: Double
  let period: TalkingPeriod
  let steps: Int
  var isReversible: Bool { true }

  init(_ values: ParameterValues) throws(InvalidParameter) {
    transmission = values.number("transmission")
    period = try Self.period(values)
    steps = values.whole("steps")
  }

  static let description = Description(
    "sis", "adopters talk for a period, each round with a chance b, then can be convinced again",
    source: "Pastor-Satorras & Vespignani 2001, doi:10.1103/PhysRevLett.86.3200",
    parameters: [transmissionParameter] + periodParameters + [stepsParameter(nil)])
}
