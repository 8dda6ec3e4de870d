/// The tables that expected findings can name.
enum ExpectedTables {
  /// The columns of a table of this scenario; nil if the scenario does not write it.
  static func columns(_ name: String, _ scenario: Scenario) -> [String]? {
    let columns: [Column]
    switch name {
    case "summary": columns = SummaryTable.columns(scenario)
    case "contrasts": columns = ContrastsTable.columns(scenario)
    case "cascades": columns = CascadesTable.columns(scenario)
    case "networks": columns = NetworksTable.columns(scenario)
    case "curves": columns = CurvesTable.columns(scenario)
    default:
      guard let file = scenario.requestedFiles.first(where: { $0.name == name + ".csv" }) else { return nil }
      columns = file.columns(scenario)
    }
    return columns.map(\.name)
  }

  /// Columns of words.
  private static let texts: Set = [
    "arm", "baseline_arm", "contrast", "outcome", "method", "verdict", "bounded_by_theory",
  ]

  /// Problems of expectations that can never hold.
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

  /// Adds problems with the tables and columns that a scenario's findings name.
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
            remedy: "add \(ExpectationReader.requested[expectation.table]?.rawValue ?? expectation.table) to `tables`"))
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

extension Plan {
  /// A plan, with its expected findings checked against its tables.
  init(_ scenario: Scenario) throws(Failure) { try self.init(scenario, checks: ExpectedTables.check) }
}
