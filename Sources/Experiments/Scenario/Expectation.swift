internal import SocialInfluence

/// A finding that a scenario expects: a column of a table, in certain rows, lies within a band.
struct Expectation: Sendable {
  /// The finding in words.
  let finding: String
  /// The table without `.csv`.
  let table: String
  /// Cells that select the rows, by column.
  let conditions: [(column: String, value: String)]
  let column: String
  let statistic: Statistic
  let lower: Bound?
  let upper: Bound?
  /// For places in messages.
  let node: ScenarioNode

  /// What is compared with the band.
  enum Statistic: String, CaseIterable, Sendable {
    /// The value in every row that matches.
    case each
    case mean, median
  }

  /// An end of the band: a number, or another column of the same row.
  enum Bound: Sendable {
    case number(Double)
    case column(String)
  }
}

/// Reads the list `expect`.
enum ExpectationReader {
  /// The tables that findings may name.
  private static let tables = ["summary", "contrasts", "cascades", "networks", "curves"] + requested.keys.sorted()

  /// Tables on request, by the names of their files.
  static let requested = Dictionary(
    RequestedTable.allCases.flatMap { table in table.fileNames.map { ($0, table) } },
    uniquingKeysWith: { first, _ in first })

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
    let table = group.choice("table", of: tables, standard: "summary", &problems)
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
    if Written.isNumber(text), let number = Double(text) {
      group.keep(key, .number(number))
      return .number(number)
    }
    group.keep(key, .text(text))
    return .column(text)
  }
}
