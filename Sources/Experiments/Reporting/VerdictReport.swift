internal import Foundation

/// The report of a finished run, read from its files: for each group of design points a row per arm and lever, then the
/// predictions of theory, then a sentence.
struct VerdictReport {
  let facts: Manifest.Facts
  let summary: CSVTable
  let contrasts: CSVTable
  let outcome: String
  let baseline: String
  let isWide: Bool
  /// Summary rows by point and arm; contrast rows by what they compare.
  let summaryRows: [String: Int]
  let contrastRows: [String: Int]
  /// Arms of every point, in the order of the scenario.
  let arms: [String]
  /// Adopters by group; nil if the table was not requested or is too large.
  let groupShares: GroupShares?
  /// Who is seeded, if it is the same in all draws; nil if nothing was written.
  let seededNames: SeededNames?
  /// Decimals of shares: more where all are small, as in large networks.
  let digits: Int

  /// - Parameter isWide: whether lines may exceed 80 columns and all groups are shown.
  /// - Throws: if a file of the run cannot be read.
  init(_ folder: String, isWide: Bool = false) throws(Failure) {
    func table(_ name: String) throws(Failure) -> CSVTable {
      guard let bytes = FileManager.default.contents(atPath: folder + "/" + name), let table = CSVTable([UInt8](bytes))
      else { throw Failure(.missingInput, "\(folder)/\(name): cannot be read") }
      return table
    }
    self.isWide = isWide
    facts = try Manifest.facts(folder)
    let summary = try table(SummaryTable.name)
    let contrasts = try table(ContrastsTable.name)
    self.summary = summary
    self.contrasts = contrasts
    outcome = facts.cutoff == nil ? Measure.adoptedFraction.rawValue : Measure.global.rawValue
    baseline = facts.absent.isEmpty ? (summary.rows.isEmpty ? "" : summary.text(0, "arm")) : facts.absent
    summaryRows = Dictionary(
      summary.rows.indices.map { (summary.text($0, "point") + "|" + summary.text($0, "arm"), $0) },
      uniquingKeysWith: { first, _ in first })
    contrastRows = Dictionary(
      contrasts.rows.indices.map { row in
        let kind = Contrast.Kind(rawValue: contrasts.text(row, "contrast"))
        // Contrasts of two arms are found by the arms' names.
        let name =
          kind?.family == Contrast.Kind.arms.rawValue ? contrasts.text(row, "baseline_arm") : kind?.rawValue ?? ""
        return (
          [name, contrasts.text(row, "point"), contrasts.text(row, "arm"), contrasts.text(row, "outcome")].joined(
            separator: "|"),
          row
        )
      }, uniquingKeysWith: { first, _ in first })
    let first = summary.rows.isEmpty ? "" : summary.text(0, "point")
    groupShares = try GroupShares(folder, facts)
    seededNames = try SeededNames(folder, facts)
    let isGlobal = facts.cutoff != nil
    let outcomes = summary.rows.indices.compactMap {
      summary.number($0, isGlobal ? "global_probability" : "mean_adopted_fraction")
    }
    digits = (0.000_01..<0.01).contains(outcomes.max() ?? 0) ? 5 : 3
    arms = summary.rows.indices.filter { summary.text($0, "point") == first }.map { summary.text($0, "arm") }
  }

  var text: String {
    let groups = groups()
    let isDigest = groups.count > 12 && !isWide
    let tables =
      isDigest
      ? [] : groups.map { [table($0), adopters($0)].filter { !$0.isEmpty }.joined(separator: "\n\n") }
    let sentences = isDigest ? [digest(groups)] : groups.compactMap { sentence($0) }.map(wrapped)
    return
      ([heading] + tables + [isDigest ? "" : seeded(groups), legend(groups, tables), sentences.joined(separator: "\n")])
      .filter { !$0.isEmpty }.joined(separator: "\n\n").replacingOccurrences(of: Self.firm, with: " ") + "\n"
  }

  /// Placeholder for a non-breaking blank.
  static let firm = "\u{E000}"

  /// Breaks lines at blanks, to at most 80 columns unless `isWide`.
  func wrapped(_ text: String) -> String {
    if isWide { return text }
    return Readable.wrapped(text)
  }

  static let width = Readable.width

  // MARK: Groups

  struct Group {
    let title: String
    /// Numbers of points, as text, in file order, at one story.
    let points: [String]
  }

  /// Groups of points that differ in z alone. A story and its dose are one group, at the lower of them: the other is a
  /// row of its table.
  func groups() -> [Group] {
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
    return order.flatMap { title in
      let rows = members[title] ?? []
      let stories = Set(rows.compactMap { summary.number($0, "story") }).sorted()
      let isDosed = stories.count == 2 && abs(stories[1] / stories[0] - facts.storyDose) < 1e-9
      return (isDosed ? Array(stories.prefix(1)) : stories).map { story in
        let level = stories.count > 1 && !isDosed ? "story \(Digits.shortest(story))" : ""
        return Group(
          title: [title, level].filter { !$0.isEmpty }.joined(separator: " · "),
          points: rows.filter { summary.number($0, "story") == story }.map { summary.text($0, "point") })
      }
    }
  }

  // MARK: Tables

  var heading: String {
    let cutoff = facts.cutoff.map { "global: size > \(Digits.shortest($0)) N" } ?? "no cut-off: mean adopted share"
    let unit =
      facts.networks > 1
      ? "\(Readable.count(facts.networks)) networks × \(facts.draws) draws"
      : "1 network × \(Readable.count(facts.draws)) draws, intervals conditional on this network"
    var text = facts.name
    if !facts.question.isEmpty { text += ": " + facts.question }
    let agents = facts.swept.contains("agents") ? "" : "N = \(facts.agents) · "
    text += "\n\(agents)\(unit) · \(cutoff) · \(Digits.shortest(100 * facts.confidence)) % intervals"
    let contagion = [facts.rule, facts.seeds].filter { !$0.isEmpty }
    if !contagion.isEmpty { text += "\n" + contagion.joined(separator: " · ") }
    // A swept value is shown with its points.
    if !facts.few.isEmpty, !facts.swept.contains(where: { $0.hasPrefix("roles") }) { text += "\nthe few: " + facts.few }
    return wrapped(text)
  }

  /// One line of a table: an arm or a lever.
  struct Line {
    let name: String
    /// The point and arm whose outcome is shown; nil for a difference of two arms.
    let place: (point: String, arm: String)?
    /// The row of contrasts.csv; nil for the baseline arm.
    let contrast: Int?
  }

  /// All arms, best first, then the levers.
  func lines(_ point: String) -> [Line] {
    let ranked = arms.sorted { (value(point, $0) ?? -1, $1) > (value(point, $1) ?? -1, $0) }
    let all = ranked.map { arm in Line(name: arm, place: (point, arm), contrast: change(point, arm)) }
    var levers = [Line]()
    if let row = row(.aim, point, facts.seeded) {
      levers.append(Line(name: "aim at the few", place: nil, contrast: row))
    }
    for (kind, name) in [(Contrast.Kind.density, dose), (.story, "\(Digits.shortest(facts.storyDose))s")] {
      guard let row = row(kind, point, baseline) else { continue }
      levers.append(Line(name: name, place: (contrasts.text(row, "to_point"), baseline), contrast: row))
    }
    return all + levers
  }

  func table(_ group: Group) -> String {
    let isGlobal = facts.cutoff != nil
    let rows = group.points.flatMap { point in lines(point).map { (point, $0) } }
    let agents = Double(facts.agents)
    func shown(people: Bool, launch: Bool, interval: Bool, names: Int) -> String {
      var titles = group.points.count > 1 ? ["z"] : []
      let start = titles.count
      titles += ["", isGlobal ? "P(global)" : "adopted share"]
      if people { titles.append("people") }
      if launch { titles.append("one run") }
      let hasChanges = rows.contains { $0.1.contrast != nil }
      titles += hasChanges ? ["change", ""] : []
      var table = TextTable(titles, alignsLeft: hasChanges ? [start, titles.count - 1] : [start])
      var last = ""
      let short = Readable.shortened(rows.map(\.1.name), to: names)
      for ((point, line), name) in zip(rows, short) {
        var cells = group.points.count > 1 ? [point == last ? "" : z(point)] : []
        last = point
        cells += [name, line.place.map { level($0.point, $0.arm, interval: interval) } ?? ""]
        if people { cells.append(line.place.flatMap { self.people($0.point, $0.arm, agents) } ?? "") }
        if launch { cells.append(line.place.flatMap { self.launch($0.point, $0.arm) } ?? "") }
        if hasChanges { cells += [line.contrast.map { effect($0) } ?? "", line.contrast.map { verdict($0) } ?? ""] }
        table.add(cells)
      }
      return table.text(indent: 1)
    }
    // The first form that fits the terminal; summary.csv has what is left out.
    let forms = Self.forms(isGlobal: isGlobal)
    let known = forms.lazy.map {
      shown(people: $0.people && agents != nil, launch: $0.launch, interval: $0.interval, names: $0.names)
    }
    let body =
      isWide
      ? known[0]
      : known.first { $0.split(separator: "\n").allSatisfy { $0.count <= Self.width } } ?? known[forms.count - 1]
    return [group.title.isEmpty ? "" : wrapped(group.title), body, theory(group.points)].filter { !$0.isEmpty }
      .joined(separator: "\n")
  }

  /// Which columns a table has and how long names may be, the fullest form first.
  private static func forms(isGlobal: Bool) -> [(people: Bool, launch: Bool, interval: Bool, names: Int)] {
    // A mean share is not shown alone; beside P(global), people say more than the range of single cascades.
    [(true, true, true, 60), (true, true, true, 16), (true, true, true, 12)]
      + (isGlobal ? [(true, false, true, 60)] : [(false, true, true, 16), (false, true, true, 12)])
      + [(true, false, true, 16), (false, false, true, 20), (false, false, false, 24)]
  }

  /// Predictions of theory beside results, and the reach ratio of the seeds; empty where nothing is known.
  func theory(_ points: [String]) -> String {
    let isGlobal = facts.cutoff != nil
    let agents = Double(facts.agents)
    let columns: [(title: String, cell: (String) -> String)] = [
      ("z", { z($0) }),
      (
        "theory: \(isGlobal ? "P(global)" : "adopted share")",
        { Readable.compact(summaryNumber($0, baseline, isGlobal ? "theory_global" : "theory_adopted")) }
      ),
      (
        "theory: size",
        { point in
          summaryNumber(point, baseline, "theory_size").flatMap { $0 > 0 ? Readable.compact($0) : nil } ?? ""
        }
      ),
      (
        "size found",
        { point in
          guard summaryNumber(point, baseline, "theory_size") ?? 0 > 0, let agents else { return "" }
          return Readable.compact(summaryNumber(point, baseline, "size_given_global").map { $0 / agents })
        }
      ),
      ("reach ratio", { Readable.ratio(summaryNumber($0, facts.seeded, "influence_ratio")) }),
      ("multiplier", { Readable.ratio(summaryNumber($0, facts.seeded, "multiplier")) }),
    ]
    let shown = columns.enumerated().filter { place, column in
      place == 0 ? points.count > 1 : points.contains { !column.cell($0).isEmpty }
    }.map(\.element)
    guard shown.contains(where: { $0.title != "z" }) else { return "" }
    var table = TextTable(shown.map(\.title))
    for point in points { table.add(shown.map { $0.cell(point) }) }
    return table.text(indent: 1)
  }

  // MARK: Cells

  func z(_ point: String) -> String {
    summaryNumber(point, baseline, "mean_degree").map { Readable.fixed($0, $0 == $0.rounded() ? 0 : 2) } ?? ""
  }

  func value(_ point: String, _ arm: String) -> Double? {
    summaryNumber(point, arm, facts.cutoff == nil ? "mean_adopted_fraction" : "global_probability")
  }

  func level(_ point: String, _ arm: String, interval: Bool = true) -> String {
    let ends = facts.cutoff == nil ? ["adopted_lower", "adopted_upper"] : ["global_lower", "global_upper"]
    let text = Readable.compact(value(point, arm), digits: digits)
    guard interval, let lower = summaryNumber(point, arm, ends[0]), let upper = summaryNumber(point, arm, ends[1])
    else {
      return text
    }
    return text + " [\(Readable.compact(lower, digits: digits)), \(Readable.compact(upper, digits: digits))]"
  }

  /// The mean number of adopters.
  func people(_ point: String, _ arm: String, _ agents: Double?) -> String? {
    guard let agents, let share = summaryNumber(point, arm, "mean_adopted_fraction") else { return nil }
    let people = share * agents
    return people < 99.95 ? Readable.fixed(people, 1) : Readable.count(Int(saturating: people.rounded()))
  }

  /// The range of sizes of nine in ten cascades: the 5 % and 95 % quantiles.
  func launch(_ point: String, _ arm: String) -> String? {
    guard let lower = summaryNumber(point, arm, "size_q05"), let upper = summaryNumber(point, arm, "size_q95") else {
      return nil
    }
    return [lower, upper].map { Readable.count(Int(saturating: $0.rounded())) }.joined(separator: "–")
  }

  func summaryNumber(_ point: String, _ arm: String, _ column: String) -> Double? {
    summaryRows[point + "|" + arm].flatMap { summary.number($0, column) }
  }

  func row(_ kind: Contrast.Kind, _ point: String, _ arm: String) -> Int? {
    arm.isEmpty ? nil : contrastRows[[kind.rawValue, point, arm, outcome].joined(separator: "|")]
  }

  /// The contrast of an arm with the baseline arm.
  func change(_ point: String, _ arm: String) -> Int? {
    contrastRows[[baseline, point, arm, outcome].joined(separator: "|")]
  }

  /// An effect with its interval, and a mark where theory bounds it.
  func effect(_ row: Int, turned: Bool = false) -> String {
    guard let estimate = contrasts.number(row, "estimate") else { return "" }
    let mark = contrasts.text(row, "bounded_by_theory") == "1" ? "†" : ""
    func shown(_ share: Double) -> String { Readable.compactDifference(share, digits: digits) }
    let text = shown(turned ? -estimate : estimate)
    guard let lower = contrasts.number(row, "lower"), let upper = contrasts.number(row, "upper") else {
      return text + mark
    }
    let (low, high) = turned ? (-upper, -lower) : (lower, upper)
    return text + Self.firm + "[\(shown(low)),\(Self.firm)\(shown(high))]" + mark
  }

  func verdict(_ row: Int) -> String {
    let word = contrasts.text(row, "verdict")
    return word == Verdict.noDifference.rawValue ? "no diff." : word
  }

  /// δ in agents, where it is a share of agents and N is one number.
  private func people(delta: Double) -> String {
    guard facts.cutoff == nil, let agents = Double(facts.agents.replacing(",", with: "")) else { return "" }
    let count = delta * agents
    return ", \(count < 9.95 ? Readable.fixed(count, 1) : Readable.count(Int(count.rounded()))) people"
  }

  /// What the columns mean that are shown.
  private func columnWords(_ tables: [String]) -> [String] {
    func shows(_ column: String) -> Bool { tables.contains { $0.contains(column) } }
    var parts = [String]()
    if shows(Verdict.undecided.rawValue) { parts.append("undecided: the interval allows several of these") }
    if shows("one run") { parts.append("one run: adopters in nine of ten cascades") }
    if shows("people") { parts.append("people: adopters, seeds among them") }
    if shows("theory: size") { parts.append("theory: size: share of agents in a large outbreak") }
    if shows("reach ratio") {
      parts.append("reach ratio: converts of a seed alone, `\(facts.seeded)` ÷ random agents")
    }
    if shows("multiplier") {
      parts.append(
        "multiplier: mean size, `\(facts.seeded)` ÷ \(facts.present.isEmpty ? "random seeds" : "`\(facts.present)`")")
    }
    if facts.tables.contains(SeedsTable.file.name) { parts.append("ties and reach of seeds: \(SeedsTable.file.name)") }
    return parts
  }

  func legend(_ groups: [Group], _ tables: [String]) -> String {
    let isDigest = tables.isEmpty
    let points = Set(groups.flatMap(\.points))
    func has(_ kind: Contrast.Kind) -> Bool {
      groups.contains { $0.points.contains { row(kind, $0, baseline) != nil } }
    }
    let delta = Digits.shortest(facts.delta)
    var lines = [String]()
    var parts = [String]()
    if groups.contains(where: { $0.points.count > 1 }) { parts.append("z: ties per agent") }
    if !isDigest, arms.count > 1 || has(.density) || has(.story) {
      parts += [
        "change: against \(baseline), paired", "helped, harmed: beyond 0 and by δ = \(delta) or more",
        "no diff.: within ± \(delta)" + people(delta: facts.delta),
      ]
    }
    parts += columnWords(tables)
    if !isDigest {
      if !facts.seeded.isEmpty, !facts.present.isEmpty { parts.append("aim: \(facts.seeded) − \(facts.present)") }
      if has(.density) {
        parts.append("\(dose): \(baseline) with \(Digits.shortest(facts.densityDose)) times the ties")
      }
      if has(.story) {
        parts.append("\(Digits.shortest(facts.storyDose))s: \(baseline) with a story so many times as good")
      }
      lines.append(parts.joined(separator: " · "))
    }
    let isMarked = contrasts.rows.indices.contains {
      points.contains(contrasts.text($0, "point")) && contrasts.text($0, "bounded_by_theory") == "1"
    }
    if isMarked && !isDigest {
      lines.append("† bounded by theory: with attention 0 and equal mass presence cannot raise P(global).")
    }
    if !facts.failures.isEmpty {
      lines.append("\(facts.failures.count) networks could not be made and are left out; see manifest.json.")
    }
    return lines.filter { !$0.isEmpty }.map(wrapped).joined(separator: "\n")
  }
}
