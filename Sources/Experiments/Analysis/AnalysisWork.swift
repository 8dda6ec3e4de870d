internal import Statistics

extension Plan {
  /// Work of the whole run: its cascades and their analysis.
  var totalWork: Int {
    let perDraw = order.reduce(0.0) { $0 + Double(weight(self[$1])) }
    return Int(
      saturating: perDraw * Double(scenario.head.networks) * Double(scenario.head.draws)
        + Double(order.count) * Self.rowWork + contrastCount * contrastWork)
  }

  /// Work per condition for its rows in summary.csv and curves.csv, as measured.
  static let rowWork = 5000.0

  /// Work per contrast for its interval, as measured: its resamples are summed and sorted.
  var contrastWork: Double {
    let units = scenario.head.units
    guard units >= PairedMean.fewUnits else { return 1000 }
    return Double(ContrastInference.resampleCount) * (1 + 0.06 * Double(min(units, Resampling.mostUnits)))
  }

  /// Rows of contrasts.csv, at most.
  var contrastCount: Double {
    let (arms, points) = (Double(scenario.armNames.count), Double(scenario.points.count))
    let densities = Double(doses.density.count { $0 != nil })
    let stories = Double(doses.story.count { $0 != nil })
    let roles = ArmRoles(scenario)
    let compared = roles.absent == nil || roles.seeded == nil ? 0.0 : roles.present == nil ? 1 : 2
    let differences = points * arms * (arms - 1) / 2 + arms * (densities + stories) + compared * densities
    return differences * (scenario.head.cutoff == nil ? 1 : 2)
  }
}
