internal import Foundation
internal import SocialInfluence
internal import Statistics
internal import Synchronization

/// How much of the work is done, and whether somebody wants it stopped. Shared by all workers.
package final class Progress: Sendable {
  // A class because one count is shared by threads that come and go.
  private let done = Atomic<Int>(0)
  private let stop = Atomic<Int32>(0)
  package let total: Int

  static let stopped = "stopped in order; nothing was written"

  package init(total: Int) { self.total = max(1, total) }

  package func add(_ work: Int) { done.wrappingAdd(work, ordering: .relaxed) }

  /// Share of the work that is done, by ties to be walked, not by runs.
  package var fraction: Double { min(1, Double(done.load(ordering: .relaxed)) / Double(total)) }

  /// Asks the workers to stop, with the exit code of the reason.
  package func requestStop(_ code: Failure.Code) { stop.store(code.rawValue, ordering: .relaxed) }

  package var isStopping: Bool { stop.load(ordering: .relaxed) != 0 }

  /// - Throws: when a stop was asked for.
  func check() throws(Failure) {
    let code = stop.load(ordering: .relaxed)
    guard code != 0 else { return }
    throw Failure(Failure.Code(rawValue: code) ?? .interrupted, Self.stopped)
  }
}

extension Int {
  /// The whole number next to `number` towards 0, or the nearest that there is; 0 for what is no number. Estimates of runs
  /// that nobody could do lie beyond 64 bits.
  init(saturating number: Double) {
    self = number.isNaN ? 0 : number >= 0x1p63 ? .max : number < -0x1p63 ? .min : Int(number)
  }
}

extension Plan {
  /// Work of one draw of a condition: ties that may be walked, and agents that are touched once.
  func weight(_ condition: Condition) -> Int {
    Int(saturating: Double(agentCount(condition)) * (1 + meanDegree(condition)))
  }

  /// Work of the whole run: its cascades, and what is worked out of them.
  package var totalWork: Int {
    let perDraw = order.reduce(0.0) { $0 + Double(weight(self[$1])) }
    return Int(
      saturating: perDraw * Double(scenario.head.networks) * Double(scenario.head.draws)
        + Double(order.count) * Self.rowWork + contrastCount * contrastWork)
  }

  /// Work of a condition's rows in summary.csv and curves.csv, as measured.
  static let rowWork = 5000.0

  /// Work of the interval of one contrast, as measured: its resamples are summed and sorted.
  var contrastWork: Double {
    let units = scenario.head.networks > 1 ? scenario.head.networks : scenario.head.draws
    return Double(ContrastInference.resampleCount) * (1 + 0.06 * Double(min(units, Resampling.mostUnits)))
  }

  /// Rows of contrasts.csv.
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
