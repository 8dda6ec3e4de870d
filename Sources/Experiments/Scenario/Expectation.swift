internal import SocialInfluence

/// A finding that a scenario expects of its own results: a column of a table, in certain rows, lies within a band.
package struct Expectation: Sendable {
  /// What the finding says.
  package let finding: String
  /// The table without `.csv`.
  package let table: String
  /// Cells that the rows must have, by column.
  package let conditions: [(column: String, value: String)]
  package let column: String
  package let statistic: Statistic
  package let lower: Bound?
  package let upper: Bound?
  /// Places for messages.
  let node: ScenarioNode

  /// What is compared with the band.
  package enum Statistic: String, CaseIterable, Sendable {
    /// Every row that matches.
    case each
    case mean, median
  }

  /// An end of the band: a number, or another column of the same row.
  package enum Bound: Sendable {
    case number(Double)
    case column(String)
  }
}

/// Reads the list `expect`.
enum ExpectationReader {
  static func read(_ node: ScenarioNode, _ problems: inout Problems) -> (expectations: [Expectation], setting: Setting)
  {
    guard case .list(let items) = node.content else {
      problems.add(
        Problem(
          node, "`expect` must be a list of findings",
          remedy: "write - { finding: …, table: summary, where: { arm: … }, column: …, from: …, to: … }"))
      return ([], .list([]))
    }
    var settings = [Setting]()
    let expectations = items.compactMap { item -> Expectation? in
      var group = GroupReader(item, name: "expect", &problems)
      let expectation = expectation(&group, &problems)
      group.finish(&problems)
      settings.append(.group(group.resolved))
      return expectation
    }
    return (expectations, .list(settings))
  }

  private static func expectation(_ group: inout GroupReader, _ problems: inout Problems) -> Expectation? {
    let finding = text("finding", "say what is expected", &group, &problems)
    let table = group.choice("table", of: ExpectedTables.names, standard: "summary", &problems)
    let column = text("column", "name a column of \(table).csv", &group, &problems)
    let statistic = group.choice(
      "statistic", of: Expectation.Statistic.allCases.map(\.rawValue), standard: "each", &problems)
    var conditions = [(column: String, value: String)]()
    if let rows = group.take("where") {
      for entry in rows.entries ?? [] {
        guard let value = ScalarReading.text(entry.value, "expect.where.\(entry.key)", &problems) else { continue }
        conditions.append((entry.key, value))
      }
      if rows.entries == nil {
        problems.add(Problem(rows, "`expect.where` must be a group", remedy: "write { column: value }"))
      }
      group.keep("where", .group(conditions.map { .init($0.column, .text($0.value)) }))
    }
    let (lower, upper) = (bound("from", &group, &problems), bound("to", &group, &problems))
    if lower == nil && upper == nil {
      group.missing("from", "write `from`, `to` or both: a number, or a column of the same row", &problems)
    }
    guard let finding, let column else { return nil }
    return Expectation(
      finding: finding, table: table, conditions: conditions, column: column,
      statistic: Expectation.Statistic(rawValue: statistic) ?? .each, lower: lower, upper: upper, node: group.node)
  }

  private static func text(
    _ key: String, _ remedy: String, _ group: inout GroupReader, _ problems: inout Problems
  ) -> String? {
    guard let node = group.take(key) else {
      group.missing(key, remedy, &problems)
      return nil
    }
    let text = ScalarReading.text(node, group.path(key), &problems)
    if let control = text.flatMap(Printable.firstControl) {
      problems.add(
        Problem(node, "`\(group.path(key))` holds the control character \(control)", remedy: "leave it out"))
    }
    text.map { group.keep(key, .text($0)) }
    return text
  }

  private static func bound(
    _ key: String, _ group: inout GroupReader, _ problems: inout Problems
  ) -> Expectation.Bound? {
    guard let node = group.take(key), let text = ScalarReading.text(node, group.path(key), &problems) else {
      return nil
    }
    if ScalarReading.isJSONNumber(text), let number = Double(text) {
      group.keep(key, .number(number))
      return .number(number)
    }
    group.keep(key, .text(text))
    return .column(text)
  }
}

/// The tables of which findings can speak.
enum ExpectedTables {
  static let names = ["summary", "contrasts", "cascades", "networks", "curves"] + requested.keys.sorted()

  private static let requested = Dictionary(
    RequestedTable.allCases.flatMap { table in table.files.map { (String($0.name.dropLast(4)), table) } },
    uniquingKeysWith: { first, _ in first })

  /// The columns of a table of this scenario; nil where the scenario does not ask for it.
  static func columns(_ name: String, _ scenario: Scenario) -> [String]? {
    let columns: [Column]
    switch name {
    case "summary": columns = SummaryTable.columns(scenario)
    case "contrasts": columns = ContrastsTable.columns(scenario)
    case "cascades": columns = CascadesTable.columns(scenario)
    case "networks": columns = NetworksTable.columns(scenario)
    case "curves": columns = CurvesTable.columns(scenario)
    default:
      guard let file = scenario.cascadeFiles.first(where: { $0.name == name + ".csv" }) else { return nil }
      columns = file.columns(scenario)
    }
    return columns.map(\.name)
  }

  /// Columns of words.
  private static let texts: Set = [
    "arm", "baseline_arm", "contrast", "outcome", "method", "verdict", "bounded_by_theory",
  ]

  /// What can never hold.
  private static func checkMeaning(_ expectation: Expectation, _ scenario: Scenario, _ problems: inout Problems) {
    let node = expectation.node
    if case .number(let lower) = expectation.lower, case .number(let upper) = expectation.upper, lower > upper {
      problems.add(
        Problem(
          node["from"] ?? node, "nothing lies from \(Digits.shortest(lower)) to \(Digits.shortest(upper))",
          remedy: "write `from` below `to`"))
    }
    if texts.contains(expectation.column) {
      problems.add(
        Problem(
          node["column"] ?? node, "`\(expectation.column)` holds words, and no word lies in a band",
          remedy: "choose rows by it, `where: { \(expectation.column): … }`, and name a column of numbers"))
    }
    for (column, value) in expectation.conditions
    where ["arm", "baseline_arm"].contains(column) && !scenario.armNames.contains(value) {
      problems.add(
        Problem(
          node.descendant(["where", column]) ?? node, "there is no arm `\(value)`",
          remedy: "known: " + scenario.armNames.joined(separator: ", ")))
    }
  }

  /// Problems with tables and columns that a scenario's findings name.
  static func check(_ scenario: Scenario, _ problems: inout Problems) {
    var known = [String: [String]]()
    for expectation in scenario.head.expectations {
      guard !problems.isFull else { return }
      let node = expectation.node
      let found = known[expectation.table] ?? columns(expectation.table, scenario)
      known[expectation.table] = found
      guard let columns = found else {
        problems.add(
          Problem(
            node["table"] ?? node, "`\(expectation.table)` is not written by this scenario",
            remedy: "add \(requested[expectation.table]?.rawValue ?? expectation.table) to `tables`"))
        continue
      }
      checkMeaning(expectation, scenario, &problems)
      var named = [(expectation.column, node["column"] ?? node)]
      named += expectation.conditions.map { ($0.column, node.descendant(["where", $0.column]) ?? node) }
      for (key, bound) in [("from", expectation.lower), ("to", expectation.upper)] {
        if case .column(let name) = bound { named.append((name, node[key] ?? node)) }
      }
      for (name, place) in named where !columns.contains(name) {
        let near = Spelling.nearest(name, among: columns)
        problems.add(
          Problem(
            place, "`\(name)` is not a column of \(expectation.table).csv",
            remedy: near.map { "did you mean `\($0)`?" } ?? "known: " + columns.joined(separator: ", ")))
      }
    }
  }
}
