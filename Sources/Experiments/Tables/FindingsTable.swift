internal import Foundation
internal import Statistics

/// `findings.csv`: what the scenario expects of its results, and what was found. Written if the scenario has `expect`.
enum FindingsTable {
  static let name = "findings.csv"

  static let own: [Column] = [
    Column("finding", "what is expected, in words"),
    Column("table", "the table in which it shows"),
    Column("rows", "the rows it speaks of"),
    Column("column", "the column"),
    Column("statistic", "each: every row; or the mean or median over the rows"),
    Column("lower", "lower end of the band; for `each` of the row that is farthest out"),
    Column("upper", "upper end"),
    Column("found", "the value; for `each` the one that is farthest out"),
    Column("holds", unit: "0 or 1", "whether it lies within the band"),
  ]

  /// The result of one expectation.
  struct Finding: Sendable {
    let expectation: Expectation
    let lower: Double?
    let upper: Double?
    let found: Double?
    let holds: Bool
  }

  static func rows(_ findings: [Finding]) -> CSVRows {
    var rows = CSVRows()
    rows.header(own)
    for finding in findings {
      let expectation = finding.expectation
      rows.add(expectation.finding)
      rows.add(expectation.table)
      rows.add(expectation.conditions.map { "\($0.column) = \($0.value)" }.joined(separator: " and "))
      rows.add(expectation.column)
      rows.add(expectation.statistic.rawValue)
      rows.add(finding.lower)
      rows.add(finding.upper)
      rows.add(finding.found)
      rows.add(finding.holds)
      rows.endRow()
    }
    return rows
  }

  /// Checks the expectations against the files in `folder`.
  static func findings(_ expectations: [Expectation], in folder: String) throws(Failure) -> [Finding] {
    var tables = [String: CSVTable]()
    var findings = [Finding]()
    for expectation in expectations {
      let path = folder + "/" + expectation.table + ".csv"
      if tables[path] == nil {
        guard let bytes = FileManager.default.contents(atPath: path), let table = CSVTable([UInt8](bytes)) else {
          throw Failure(.missingInput, "\(path): cannot be read")
        }
        tables[path] = table
      }
      if let table = tables[path] { findings.append(finding(expectation, table)) }
    }
    return findings
  }

  private static func finding(_ expectation: Expectation, _ table: CSVTable) -> Finding {
    let rows = table.rows.indices.filter { row in
      expectation.conditions.allSatisfy { condition in
        let cell = table.text(row, condition.column)
        // 4 and 4.0 are the same number.
        if let number = Double(cell), let wanted = Double(condition.value) { return number == wanted }
        return cell == condition.value
      }
    }
    func value(_ bound: Expectation.Bound?, _ row: Int) -> Double? {
      switch bound {
      case .number(let number): number
      case .column(let name): table.number(row, name)
      case nil: nil
      }
    }
    let values = rows.compactMap { row in table.number(row, expectation.column).map { (row: row, value: $0) } }
    guard let first = values.first, expectation.statistic != .each || values.count == rows.count else {
      // An expectation without rows, or `each` with an empty cell, fails.
      return Finding(expectation: expectation, lower: nil, upper: nil, found: nil, holds: false)
    }
    func band(_ row: Int, _ found: Double) -> Finding {
      let (lower, upper) = (value(expectation.lower, row), value(expectation.upper, row))
      let isBounded = (lower != nil) == (expectation.lower != nil) && (upper != nil) == (expectation.upper != nil)
      return Finding(
        expectation: expectation, lower: lower, upper: upper, found: found,
        holds: isBounded && found >= lower ?? -.infinity && found <= upper ?? .infinity)
    }
    switch expectation.statistic {
    case .mean: return band(first.row, Sample.mean(values.map(\.value)))
    case .median: return band(first.row, Sample.quantile(ascending: values.map(\.value).sorted(), 0.5) ?? .nan)
    case .each:
      let all = values.map { band($0.row, $0.value) }
      return all.first { !$0.holds } ?? all[0]
    }
  }

  /// The findings as text: a line each, and how many hold.
  static func text(_ findings: [Finding]) -> String {
    var table = TextTable(["expected", "from", "to", "found", ""], alignsLeft: [0, 4])
    func cell(_ value: Double?) -> String { value.map { String(format: "%.4g", $0) } ?? "" }
    for finding in findings {
      table.add([
        finding.expectation.finding, cell(finding.lower), cell(finding.upper), cell(finding.found),
        finding.holds ? "holds" : "FAILS",
      ])
    }
    let count = findings.count { $0.holds }
    return "findings: \(count) of \(findings.count) hold\n" + table.text() + "\n"
  }
}
