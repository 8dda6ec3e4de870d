internal import Statistics

/// `contrasts.csv`: paired differences and comparisons with their intervals.
enum ContrastsTable {
  static let name = "contrasts.csv"

  static func columns(_ scenario: Scenario) -> [Column] {
    PointColumns.columns(scenario, besides: own) + own
  }

  static let own: [Column] = [
    Column(
      "contrast",
      "presence: present − absent; aim: seeded − present; few: seeded − absent; arms: any other two arms; density: P(dose · z) − "
        + "P(z); story: P(dose · s) − P(s); aim_against_density: aim − density; few_against_density: few − density"),
    Column("to_point", "the point with the dose; empty where only arms differ"),
    Column("baseline_arm", "arm that is subtracted"),
    Column("arm", "arm from which it is subtracted; for a comparison the seeded arm"),
    Column("outcome", "global: share of global cascades; adopted_fraction: mean share of agents that adopted"),
    Column("estimate", unit: "share", "paired difference of the outcome"),
    Column("lower", unit: "share", "lower end of the interval at the scenario's confidence"),
    Column("upper", unit: "share", "upper end"),
    Column(
      "method",
      "bootstrap: percentiles over resampled units; student: t of fewer than 30 units; alike: all n differences are equal, and a share of "
        + "up to 1 − α^(1/n) of units may differ; newcombe: paired score where no unit differs, for shares as if each unit were all or "
        + "nothing; too few units: no interval"),
    Column("units", "independent units: networks, or draws on a single network"),
    Column(
      "p_value",
      "two-sided test of a mean paired difference of 0, by method; bootstrap: 2 · (resamples in the smaller tail + 1) ÷ 2,001, at most 1, from "
        + "2,000 resamples of the units; with fewer than 10 in that tail, the normal law at their standard error if that is less; student: t test, "
        + "units − 1 degrees of freedom; alike: the α at which the interval ends at 0; 1 where no unit differs"),
    Column(
      "p_holm",
      "adjusted by Holm over its family: presence, few and arms; aim; density; story; each kind of comparison at each story; each outcome "
        + "apart"),
    Column(
      "smallest_detectable", unit: "share",
      "(z(1 − α/2) + z(.8)) · standard error, for few units with quantiles of t: found with 80 % power"),
    Column(
      "verdict",
      "of an effect: helped, harmed, no difference (of δ) or undecided; of a comparison, who helped more: few, density, neither, "
        + "undecided, or no difference where the few are ordinary agents"),
    Column(
      "size_difference", unit: "share", "for comparisons: |effect of the few| − |effect of density|"),
    Column("bounded_by_theory", unit: "0 or 1", "1 where theory rules out a rise beforehand"),
    PointColumns.sameAs,
  ]

  /// - Parameter file: rows are written as they are made.
  static func write(_ analysis: Analysis, _ scenario: Scenario, to file: inout OutputFile) throws(Failure) {
    var rows = CSVRows()
    rows.header(columns(scenario))
    let points = PointCells(scenario, besides: own)
    for (place, contrast) in analysis.contrasts.enumerated() {
      let inference = analysis.inferences[place]
      rows.add(cells: points[contrast.point])
      rows.add(contrast.kind.rawValue)
      rows.add(contrast.toPoint.map { $0 + 1 })
      rows.add(scenario.armNames[contrast.baselineArm])
      rows.add(scenario.armNames[contrast.arm])
      rows.add(contrast.outcome.rawValue)
      rows.add(inference.estimate)
      rows.add(inference.interval?.lower)
      rows.add(inference.interval?.upper)
      rows.add(inference.method.rawValue)
      rows.add(inference.units)
      rows.add(inference.pValue)
      rows.add(inference.holm)
      rows.add(inference.smallestDetectable)
      rows.add(analysis.verdicts[place].rawValue)
      rows.add(inference.excess)
      rows.add(analysis.areBounded[place])
      rows.add(contrast.original.map { analysis.contrasts[$0].point + 1 })
      rows.endRow()
      try file.take(&rows)
    }
    try file.write(rows.bytes)
  }
}
