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
      "presence: present − absent; seeding: seeded − absent; arms: any other two arms; density: P(dose · z) − P(z); "
        + "story: P(dose · s) − P(s); few_against_density: |seeding| − |density|"),
    Column("to_point", "the point with the dose; empty where only arms differ"),
    Column("baseline_arm", "arm that is subtracted"),
    Column("arm", "arm from which it is subtracted; for a comparison the seeded arm"),
    Column("outcome", "global: share of global cascades; adopted_fraction: mean share of agents that adopted"),
    Column("estimate", unit: "share", "paired difference of the outcome"),
    Column("lower", unit: "share", "lower end of the interval at the scenario's confidence"),
    Column("upper", unit: "share", "upper end"),
    Column("method", "bootstrap: percentiles over resampled units; newcombe: paired score where no unit differs"),
    Column("units", "independent units: networks, or draws on a single network"),
    Column("p_value", "two-sided, from the resamples"),
    Column("p_holm", "adjusted by Holm over all contrasts of this kind and outcome in the run"),
    Column("smallest_detectable", unit: "share", "(z(1 − α/2) + z(.8)) · standard error: found with 80 % power"),
    Column("verdict", "for comparisons: few, density, undecided or no difference"),
    Column("bounded_by_theory", unit: "0 or 1", "1 where theory rules out a rise beforehand"),
  ]

  static func rows(_ contrasts: [Contrast], _ inferences: [Inference], _ scenario: Scenario) -> CSVRows {
    var rows = CSVRows()
    rows.header(columns(scenario))
    for (contrast, inference) in zip(contrasts, inferences) {
      PointColumns.add(contrast.point, scenario, besides: own, to: &rows)
      rows.add(contrast.kind.rawValue)
      rows.add(contrast.toPoint.map { $0 + 1 })
      rows.add(scenario.armNames[contrast.baselineArm])
      rows.add(scenario.armNames[contrast.arm])
      rows.add(contrast.outcome.rawValue)
      rows.add(contrast.values.isEmpty ? nil : contrast.estimate)
      rows.add(inference.interval?.lower)
      rows.add(inference.interval?.upper)
      rows.add(inference.method)
      rows.add(contrast.values.count)
      rows.add(inference.pValue)
      rows.add(inference.holm)
      rows.add(inference.smallestDetectable)
      rows.add(Verdict(contrast, inference, scenario.head)?.rawValue ?? "")
      rows.add(contrast.isBounded)
      rows.endRow()
    }
    return rows
  }
}

/// Which of two hypotheses moved the outcome more at one design point.
enum Verdict: String, Sendable {
  case few
  case density
  case undecided
  /// All gains are 1: the few are ordinary agents.
  case noDifference = "no difference"

  /// Nil for contrasts that compare nothing.
  init?(_ contrast: Contrast, _ inference: Inference, _ head: ScenarioHead) {
    guard contrast.kind == .fewAgainstDensity else { return nil }
    if contrast.isInert {
      self = .noDifference
      return
    }
    let (few, density) = (abs(Sample.mean(contrast.values)), abs(Sample.mean(contrast.against)))
    let excludesZero = inference.interval.map { !$0.contains(0) } ?? false
    let isDecided = excludesZero && (inference.holm.map { $0 <= 1 - head.confidence } ?? false)
    guard isDecided, max(few, density) >= head.delta else {
      self = .undecided
      return
    }
    self = few > density ? .few : .density
  }
}
