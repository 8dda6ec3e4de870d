internal import Foundation
internal import SocialInfluence

/// One cascade with its network and agents, replayed from point, arm, replicate and draw: any row of `cascades.csv`.
struct Realization {
  let record: CascadeRecord
  let traced: TracedRecord
  let title: String

  /// - Throws: 65 if the plan has no such cascade.
  init(_ plan: Plan, point: Int, arm: String?, replicate: Int, draw: Int) throws {
    let scenario = plan.scenario
    func refuse(_ what: String, _ remedy: String) -> Failure { Failure(.wrongInput, what + "\n  = " + remedy) }
    guard point >= 1, point <= scenario.points.count else {
      throw refuse("there is no point \(point)", "write --point 1 to \(scenario.points.count)")
    }
    let named: Int? = if let arm { scenario.armNames.firstIndex(of: arm) } else { 0 }
    guard let place = named else {
      throw refuse("there is no arm `\(arm ?? "")`", "known: " + scenario.armNames.joined(separator: ", "))
    }
    guard 1...scenario.head.networks ~= replicate, 1...scenario.head.draws ~= draw else {
      throw refuse(
        "there is no replicate \(replicate) with draw \(draw)",
        "write --replicate 1 to \(scenario.head.networks) and --draw 1 to \(scenario.head.draws)")
    }
    var worker = ReplicateWorker(plan, Progress(total: 1), tracing: .all)
    let index = Plan.ConditionIndex(point: point - 1, arm: place)
    let record = try worker.replay(index, replicate: replicate, draw: draw)
    guard let traced = record.traced else { throw Failure(.internalError, "the replay left no trace") }
    (self.record, self.traced) = (record, traced)
    let labels = zip(scenario.sweeps, scenario.labels(index.point)).map { "\($0.column) \($1)" }
    title =
      ([scenario.head.name] + labels + ["arm \(scenario.armNames[place])", "replicate \(replicate)", "draw \(draw)"])
      .joined(separator: ", ")
  }

  var network: Network { traced.population.network }
  /// The step after the last one of the curve.
  var end: Int { record.curve.stepCount }

  /// Visits each tie once: its ends (the speaker first if influence passed along it), its weight, and the step and
  /// credit of that influence, if any.
  func ties<Problem>(
    _ visit: (
      _ source: UInt32, _ target: UInt32, _ weight: Double, _ carried: (step: Int, credit: Double)?
    ) throws(Problem) -> Void
  ) throws(Problem) {
    var carried = [UInt64: (step: Int, credit: Double)]()
    for place in traced.trace.adopters.indices {
      for credit in traced.trace.credits(at: place) {
        guard let source = credit.source else { continue }
        carried[UInt64(source) << 32 | UInt64(traced.trace.adopters[place])] = (traced.trace.steps[place], credit.share)
      }
    }
    for source in 0..<network.agentCount {
      for place in network.voices(of: source) {
        let target = network.targets[place]
        if !network.isDirected && target < source { continue }
        let forward = carried[UInt64(source) << 32 | UInt64(target)]
        let backward = network.isDirected ? nil : carried[UInt64(target) << 32 | UInt64(source)]
        let weight = network.weights?[place] ?? 1
        // Influence passes along an undirected tie in one direction at most.
        if let backward {
          try visit(target, UInt32(source), weight, backward)
        } else {
          try visit(UInt32(source), target, weight, forward)
        }
      }
    }
  }
}

/// The file formats of an export.
package enum ExportFormat: String, CaseIterable, Sendable {
  case csv, graphml, gexf
}

/// Text escaped for XML 1.0.
enum XMLText {
  /// - Throws: 65 for a character that XML 1.0 cannot represent.
  static func escaped(_ text: String) throws(Failure) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n", "\r": escaped += "&#\(scalar.value);"
      default:
        guard scalar.value >= 0x20, !(0xFFFE...0xFFFF ~= scalar.value) else {
          throw Failure(
            .wrongInput,
            "`\(text)` holds a character that XML cannot write\n  = export as csv, or write it without")
        }
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
