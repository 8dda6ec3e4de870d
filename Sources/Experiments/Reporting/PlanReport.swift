internal import SocialInfluence

/// What `influents check` prints: the plan, what arms share, and what the run will need.
struct PlanReport {
  private let plan: Plan
  private let workers: Int
  private let rehearsal: Rehearsal?
  private let forecast: Forecast?

  /// - Parameters:
  ///   - rehearsal: the trial of the plan; nil if there was none.
  ///   - forecast: from timed replicates; nil if there was none.
  init(_ plan: Plan, workers: Int, rehearsal: Rehearsal? = nil, forecast: Forecast? = nil) {
    (self.plan, self.workers, self.rehearsal, self.forecast) = (plan, workers, rehearsal, forecast)
  }

  var text: String {
    let head = plan.scenario.head
    let estimate = Estimate(plan, workers: workers)
    let unit = head.networks > 1 ? "the network" : "the draw (one network: results are conditional on it)"
    return """
      \(head.name): sound\(isUntried ? ", as far as could be tried" : "")
      \(size) = \(Readable.count(plan.cascadeCount)) cascades\(copies)
      unit of inference: \(unit)
      \(sweeps)\(tried)
      arms
      \(arms.joined(separator: "\n"))
      exactness
      \(exactness)\(ceiling)
      estimates
        time   \(time)
        memory \(about(forecast?.memory, estimate.memory))at most \(Readable.bytes(estimate.memory)) with \(workers) workers
        output \(about(forecast?.output, estimate.output))at most \(Readable.bytes(estimate.output)), \(Readable.bytes(estimate.disk)) on disk while it runs
      \(reproduction)\(warnings)\(files)resolved scenario
      \(indented(plan.scenario.resolved.yaml()))
      """ + "\n"
  }

  /// Whether networks might not be made as asked, and none could be tried.
  private var isUntried: Bool {
    rehearsal?.tried.replicates == 0
      && plan.order.contains { plan[$0].transitivity != nil || plan[$0].switches > 0 }
  }

  /// How much of the run was tried: a replicate that was not tried can still fail, and the run then lists it.
  private var tried: String {
    guard let tried = rehearsal?.tried else { return "" }
    let networks = plan.scenario.head.networks
    guard tried.replicates < networks || tried.conditions < plan.order.count else { return "" }
    guard tried.replicates > 0 else {
      return "\ntried: no network, they are too large"
        + (isUntried ? "; only the run shows whether the clustering can be reached" : "")
    }
    let conditions =
      tried.conditions < plan.order.count ? ", \(tried.conditions) of \(plan.order.count) arms and points" : ""
    return
      "\ntried: the first \(Readable.count(tried.replicates)) of \(Readable.plural(networks, "network", "networks"))\(conditions)"
  }

  private var time: String {
    guard let seconds = forecast?.seconds else {
      return "unknown: one replicate takes too long to be tried here; `run` says how much is left"
    }
    return "about \(Readable.seconds(seconds)) with \(workers) workers, from replicates tried here"
  }

  private var reproduction: String {
    guard let range = forecast?.reproduction else { return "" }
    let ends = [range.lowerBound, range.upperBound].map { Readable.compact($0) }
    return "spread\n"
      + Readable.wrapped(
        "  an adopter convinces \(ends[0] == ends[1] ? ends[0] : ends.joined(separator: " to ")) others at first (p times the ties that "
          + "lead on, not back); below 1 cascades stay small") + "\n"
  }

  private var warnings: String {
    ((forecast?.window.map { [$0] } ?? []) + PlanWarnings.all(plan)).map { Readable.wrapped("warning: " + $0) + "\n" }
      .joined()
  }

  private func about(_ bytes: Double?, _ most: Int) -> String {
    bytes.map { "about \(Readable.bytes(min(most, Int(saturating: $0)))), " } ?? ""
  }

  private var size: String {
    let head = plan.scenario.head
    return [
      Readable.plural(plan.scenario.points.count, "point", "points"),
      Readable.plural(plan.scenario.armNames.count, "arm", "arms"),
      Readable.plural(head.networks, "network", "networks"),
      Readable.plural(head.draws, "draw", "draws"),
    ].joined(separator: " × ")
  }

  private var copies: String {
    let count = plan.copies.count
    guard count > 0 else { return "" }
    return
      "\n\(Readable.plural(count, "arm is", "arms are")) the same as at an earlier point and run once: same_as_point in the tables"
  }

  private var sweeps: String {
    guard !plan.scenario.sweeps.isEmpty else { return "no sweep: one design point" }
    return plan.scenario.sweeps.map {
      "sweep \($0.path.joined(separator: ".")): \(Self.short($0.labels))\($0.zip.map { " (zip \($0))" } ?? "")"
    }.joined(separator: "\n")
  }

  /// Up to 8 labels; of more, the first three and the last.
  private static func short(_ labels: [String]) -> String {
    guard labels.count > 8 else { return labels.joined(separator: ", ") }
    return labels.prefix(3).joined(separator: ", ") + ", … " + labels[labels.count - 1] + " (\(labels.count) values)"
  }

  /// The parts that each arm shares with the first.
  private var arms: [String] {
    let conditions = plan.scenario.points[0].arms
    return plan.scenario.armNames.indices.map { arm in
      let name = plan.scenario.armNames[arm]
      guard arm > 0 else { return "  \(name): the arm to which the others are compared" }
      return "  \(name): with \(plan.scenario.armNames[0]) shares " + Self.shared(conditions[arm], conditions[0])
    }
  }

  private static func shared(_ condition: Condition, _ base: Condition) -> String {
    guard condition.keys.network != base.keys.network else {
      return condition.keys.population == base.keys.population
        ? "the very same networks, agents and needs"
        : "the very same networks, latents and needs; voices or roles differ"
    }
    let sameKind =
      condition.generator.map { own in base.generator.map { type(of: own) == type(of: $0) } ?? false } ?? false
    guard sameKind else { return "latents and needs; the networks differ" }
    let nests = condition.generator?.traits.nestsInMeanDegree == true
    let ownConnector = condition.roles[.connector]
    let addsTies = nests && (!condition.equalMass || ownConnector?.gain ?? 1 == 1)
    return addsTies
      ? "latents, needs, the order of seeds, and nested networks: old ties stay, new ones are added"
      : "latents, needs, the order of seeds, and networks from the same addresses: partly alike"
  }

  private var exactness: String {
    let conditions = plan.scenario.points.flatMap(\.arms)
    let cascades = conditions.allSatisfy(Precision.isIntegerOnly)
    let networks = conditions.allSatisfy(Precision.networkIsIntegerOnly)
    return "  networks: " + (networks ? "integer-only, the same bytes on any machine" : "through the C library or GSL")
      + "\n  cascades: "
      + (cascades
        ? "integer-only, the same bytes on any machine"
        : "through the C library or GSL, the same bytes on the same build")
      + "\n  summary, contrasts: through the C library and GSL"
      + "\n  workers change no byte of any of them"
  }

  /// Draws with `coins: ties` depend on the largest p of the scenario unless `ceiling` pins it.
  private var ceiling: String {
    guard let ceiling = plan.scenario.ceiling else { return "" }
    return
      "\n  coins by ties: drawn up to p* = \(Digits.shortest(ceiling)), the largest p written here; a point, rule or arm with a "
      + "larger p changes every row: write `ceiling` to pin it"
  }

  private var files: String {
    plan.files.isEmpty
      ? ""
      : "networks from files\n"
        + plan.files.sorted { $0.key < $1.key }.map { key, file in
          ([
            "\(ImportText.text(file.report)): \(Readable.count(file.network.agentCount)) agents, "
              + "\(Readable.count(file.network.tieCount)) ties"
          ] + ImportText.warnings(file.report)).map { Readable.wrapped("  " + $0) + "\n" }.joined()
            + divided(file, key)
        }.joined()
  }

  /// By what tie weights are divided: a weight equal to the divisor becomes a voice of 1.
  private func divided(_ file: ImportedNetwork, _ key: Int32) -> String {
    guard let weights = file.network.weights, !weights.isEmpty else { return "" }
    let ways = Set(plan.scenario.points.flatMap(\.arms).filter { $0.keys.network == key }.map(\.weighting))
    let mean = Digits.shortest((weights.reduce(0, +) / Double(weights.count) * 1e6).rounded() / 1e6)
    var texts = [String]()
    if ways.contains(.relative) {
      texts.append("tie weights are divided by their mean, \(mean) (tieWeights: relative)")
    }
    if ways.contains(.own) {
      texts.append("tie weights are divided by the mean of each listener's own (tieWeights: own)")
    }
    return texts.map { "    \($0)\n" }.joined()
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  }
}

/// What was found while reading a file, in words.
enum ImportText {
  /// Lines for the screen: what was read, then warnings.
  static func lines(_ path: String, _ report: ImportReport) -> String {
    ([path + ": " + text(report)] + warnings(report)).map { Readable.wrapped($0) }.joined(separator: "\n")
  }

  static func warnings(_ report: ImportReport) -> [String] {
    var warnings = report.doubts.map { "warning: " + $0 }
    if let short = report.shortened {
      warnings.append(
        "warning: \(Readable.plural(short.count, "id", "ids")) such as `\(short.first)` is a number written short: another "
          + "agent than the one with all digits; write ids in full (R: options(scipen = 999))")
    }
    return warnings
  }

  static func text(_ report: ImportReport) -> String {
    var parts = [
      report.format.map { "\($0.rawValue), \(Readable.plural(report.rows, "tie", "ties"))" }
        ?? Readable.plural(report.rows, "row", "rows") + " separated by \(report.separator)"
    ]
    if report.format != nil && report.hasWeights { parts.append("with weights") }
    func note(_ count: Int, _ one: String, _ many: String, _ what: String = "") {
      if count > 0 { parts.append(Readable.plural(count, one, many) + what) }
    }
    note(report.comments, "comment", "comments")
    note(report.loops, "loop", "loops", " dropped")
    note(report.repeats, "repeat", "repeats", " dropped or merged")
    note(report.droppedWeights, "tie", "ties", " with weights ≤ 0 dropped")
    if report.hasHeader { parts.append("a header") }
    if report.columns.count > 1 { parts.append("ids from \(report.columns[0]) and \(report.columns[1])") }
    if report.columns.count > 2 { parts.append("weights from \(report.columns[2])") }
    if !report.ignoredColumns.isEmpty {
      parts.append(
        "\(Readable.plural(report.ignoredColumns.count, "column", "columns")) ignored (\(Readable.list(report.ignoredColumns)))"
      )
    }
    if !report.calledBy.isEmpty { parts.append("agents called by `\(report.calledBy)`") }
    if !report.said.isEmpty { parts.append("of agents: " + Readable.list(report.said)) }
    if report.format == nil, report.columns.count == 2, !report.ignoredColumns.isEmpty {
      parts.append("every tie counts 1 (`weight:` names a column)")
    }
    note(report.isolatesAdded, "agent", "agents", " without ties from the agents file")
    note(report.missingAgents, "agent", "agents", " without a row in the agents file")
    if !report.agentsSeparator.isEmpty {
      parts.append("an agents file separated by \(report.agentsSeparator)")
      if !report.agentsIgnored.isEmpty {
        parts.append(
          "\(Readable.plural(report.agentsIgnored.count, "column", "columns")) of it ignored (\(Readable.list(report.agentsIgnored)))"
        )
      }
    }
    parts += report.traits
    return parts.joined(separator: ", ")
  }
}
