internal import Foundation

/// The answer on screen, read from the files of a finished run: a table per group of design points with a row per z,
/// then one sentence per group.
package struct VerdictReport {
  private let facts: Manifest.Facts
  private let summary: CSVTable
  private let contrasts: CSVTable
  private let outcome: String
  private let baseline: String
  /// Summary rows by point and arm, contrast rows by what they compare.
  private let summaryRows: [String: Int]
  private let contrastRows: [String: Int]

  /// - Throws: when the folder is not a whole run.
  package init(_ folder: String) throws(Failure) {
    func table(_ name: String) throws(Failure) -> CSVTable {
      guard let bytes = FileManager.default.contents(atPath: folder + "/" + name), let table = CSVTable([UInt8](bytes))
      else { throw Failure(.missingInput, "\(folder)/\(name): cannot be read") }
      return table
    }
    facts = try Manifest.facts(folder)
    let summary = try table(SummaryTable.name)
    let contrasts = try table(ContrastsTable.name)
    self.summary = summary
    self.contrasts = contrasts
    outcome = facts.cutoff == nil ? Outcome.adoptedFraction.rawValue : Outcome.global.rawValue
    baseline = facts.absent.isEmpty ? (summary.rows.isEmpty ? "" : summary.text(0, "arm")) : facts.absent
    summaryRows = Dictionary(
      summary.rows.indices.map { (summary.text($0, "point") + "|" + summary.text($0, "arm"), $0) },
      uniquingKeysWith: { first, _ in first })
    contrastRows = Dictionary(
      contrasts.rows.indices.map { row in
        let parts = ["contrast", "point", "arm", "outcome"].map { contrasts.text(row, $0) }
        return (parts.joined(separator: "|"), row)
      }, uniquingKeysWith: { first, _ in first })
  }

  package var text: String {
    let groups = groups()
    let tables = groups.map { group in
      (group.title.isEmpty ? "" : group.title + "\n") + table(group.points)
    }
    let sentences = groups.compactMap { sentence($0) }
    return ([heading] + tables + [legend(groups), sentences.joined(separator: "\n")])
      .filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  // MARK: Groups

  private struct Group {
    let title: String
    /// Numbers of points as text, in order of z, at the lowest story.
    let points: [String]
  }

  /// Points that differ in z alone, at the lowest story, one group per remaining combination.
  private func groups() -> [Group] {
    let dosed = ["network_mean_degree", "story"]
    let named = facts.swept.filter { !dosed.contains($0) }
    var order = [String]()
    var members = [String: [Int]]()
    for row in summary.rows.indices where summary.text(row, "arm") == baseline {
      let title = named.map { column in
        let value = summary.text(row, column)
        return Double(value) == nil ? value : column + " " + value
      }.joined(separator: " · ")
      if members[title] == nil { order.append(title) }
      members[title, default: []].append(row)
    }
    return order.map { title in
      let rows = members[title] ?? []
      let least = rows.compactMap { summary.number($0, "story") }.min()
      return Group(
        title: title,
        points: rows.filter { summary.number($0, "story") == least }.map { summary.text($0, "point") })
    }
  }

  // MARK: Tables

  private var heading: String {
    let cutoff = facts.cutoff.map { "global: size > \(Digits.shortest($0)) N" } ?? "no cut-off: mean adopted share"
    let unit =
      facts.networks > 1
      ? "\(Readable.count(facts.networks)) networks × \(facts.draws) draws"
      : "1 network × \(Readable.count(facts.draws)) draws, intervals conditional on this network"
    var text = facts.name
    if !facts.question.isEmpty { text += ": " + facts.question }
    text += "\nN = \(facts.agents) · \(unit) · \(cutoff) · \(Digits.shortest(100 * facts.confidence)) % intervals"
    return facts.few.isEmpty ? text : text + "\nthe few: " + facts.few
  }

  /// A column is shown if any point has something in it.
  private func table(_ points: [String]) -> String {
    let isGlobal = facts.cutoff != nil
    let columns: [(title: String, cell: (String) -> String)] = [
      (
        "z", { summaryNumber($0, baseline, "mean_degree").map { Readable.fixed($0, $0 == $0.rounded() ? 0 : 2) } ?? "" }
      ),
      (isGlobal ? "P(global) \(baseline)" : "adopted \(baseline)", base),
      ("theory", { Readable.share(summaryNumber($0, baseline, isGlobal ? "theory_global" : "theory_adopted")) }),
      ("size (theory)", size),
      ("+ their presence", { difference("presence", $0, facts.present) }),
      ("+ seeding them", { difference("seeding", $0, facts.seeded) }),
      ("ratio", { Readable.ratio(summaryNumber($0, facts.seeded, "influence_ratio")) }),
      ("multiplier", { Readable.ratio(summaryNumber($0, facts.seeded, "multiplier")) }),
      ("+ \(Digits.shortest(facts.densityDose)) z", { difference("density", $0, baseline) }),
      ("+ \(Digits.shortest(facts.storyDose)) s", { difference("story", $0, baseline) }),
    ]
    let shown = columns.filter { column in points.contains { !column.cell($0).isEmpty } }
    var table = TextTable(shown.map(\.title))
    for point in points { table.add(shown.map { $0.cell(point) }) }
    return table.text()
  }

  /// The adopted share of global cascades, beside what theory says.
  private func size(_ point: String) -> String {
    guard let theory = summaryNumber(point, baseline, "theory_size"), theory > 0,
      let size = summaryNumber(point, baseline, "size_given_global"), let agents = Double(facts.agents)
    else { return "" }
    return Readable.share(size / agents) + " (\(Readable.share(theory)))"
  }

  private func base(_ point: String) -> String {
    guard facts.cutoff != nil else { return Readable.share(summaryNumber(point, baseline, "mean_adopted_fraction")) }
    return Readable.share(summaryNumber(point, baseline, "global_probability"))
      + Readable.interval(
        summaryNumber(point, baseline, "global_lower"), summaryNumber(point, baseline, "global_upper"), signed: false)
  }

  private func summaryNumber(_ point: String, _ arm: String, _ column: String) -> Double? {
    summaryRows[point + "|" + arm].flatMap { summary.number($0, column) }
  }

  private func row(_ contrast: String, _ point: String, _ arm: String) -> Int? {
    contrastRows[[contrast, point, arm, outcome].joined(separator: "|")]
  }

  private func difference(_ contrast: String, _ point: String, _ arm: String) -> String {
    guard !arm.isEmpty, let row = row(contrast, point, arm), let estimate = contrasts.number(row, "estimate") else {
      return ""
    }
    let mark = contrasts.text(row, "bounded_by_theory") == "1" ? "†" : ""
    return Readable.difference(estimate)
      + Readable.interval(contrasts.number(row, "lower"), contrasts.number(row, "upper"), signed: true) + mark
  }

  private func legend(_ groups: [Group]) -> String {
    let points = Set(groups.flatMap(\.points))
    var lines = [String]()
    let isMarked = contrasts.rows.indices.contains {
      points.contains(contrasts.text($0, "point")) && contrasts.text($0, "bounded_by_theory") == "1"
    }
    if isMarked {
      lines.append("† bounded by theory: with attention 0 and equal mass presence cannot raise P(global).")
    }
    if !facts.failures.isEmpty {
      lines.append("\(facts.failures.count) networks could not be made and are left out; see manifest.json.")
    }
    return lines.joined(separator: "\n")
  }

  // MARK: Sentences

  private func sentence(_ group: Group) -> String? {
    var wins: [String: [String]] = [:]
    var undecided = [String]()
    var without = [String]()
    for point in group.points {
      let z = summaryNumber(point, baseline, "mean_degree").map(Digits.shortest) ?? "?"
      guard let row = row("few_against_density", point, facts.seeded) else {
        without.append(z)
        continue
      }
      func estimate(_ contrast: String, _ arm: String) -> String {
        Readable.difference(self.row(contrast, point, arm).flatMap { contrasts.number($0, "estimate") })
      }
      let both = "\(estimate("seeding", facts.seeded)) against \(estimate("density", baseline))"
      switch contrasts.text(row, "verdict") {
      case Verdict.few.rawValue: wins["few", default: []].append("z = \(z) (\(both))")
      case Verdict.density.rawValue: wins["density", default: []].append("z = \(z) (\(both))")
      case Verdict.noDifference.rawValue: wins["none", default: []].append("z = \(z)")
      default:
        let detectable = contrasts.number(row, "smallest_detectable").map { ", detectable from " + Readable.share($0) }
        undecided.append("z = \(z) (\(both)\(detectable ?? ""))")
      }
    }
    guard without.count < group.points.count else { return singleSentence(group) }
    var parts = [String]()
    if let few = wins["few"] { parts.append("the few mattered more at " + few.joined(separator: ", ")) }
    if let density = wins["density"] { parts.append("density mattered more at " + density.joined(separator: ", ")) }
    if let none = wins["none"] {
      parts.append("no difference at \(none.joined(separator: ", ")): all gains are 1, the few are ordinary agents")
    }
    if !undecided.isEmpty { parts.append("undecided at " + undecided.joined(separator: ", ")) }
    if !without.isEmpty {
      parts.append("z = \(without.joined(separator: ", ")) \(without.count == 1 ? "has" : "have") no \(dose) point")
    }
    return lead(group) + "seeding the few against \(dose): " + parts.joined(separator: "; ") + "."
  }

  private var dose: String { Digits.shortest(facts.densityDose) + "z" }

  private func lead(_ group: Group) -> String {
    let story = group.points.first.flatMap { summaryNumber($0, baseline, "story") }.map(Digits.shortest) ?? "1"
    return (group.title.isEmpty ? "" : group.title + ", ") + "s = \(story), "
  }

  /// Where z cannot be dosed, what the few and the story do.
  private func singleSentence(_ group: Group) -> String? {
    guard let point = group.points.first, !facts.seeded.isEmpty else { return nil }
    let few = difference("seeding", point, facts.seeded)
    let story = difference("story", point, baseline)
    guard !few.isEmpty else { return nil }
    let what = facts.cutoff == nil ? "the mean adopted share" : "P(global)"
    var text = lead(group) + "seeding the few changes \(what) by \(few)"
    if !story.isEmpty { text += "; a story \(Digits.shortest(facts.storyDose)) times as good changes it by \(story)" }
    return text + "; density has no dose here, so that nothing is said of the few against density."
  }
}
