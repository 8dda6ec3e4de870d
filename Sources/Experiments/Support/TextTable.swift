internal import Foundation

/// A text table; columns are aligned right unless in `alignsLeft`.
struct TextTable {
  private var rows: [[String]] = []
  private let header: [String]
  private let alignsLeft: Set<Int>

  init(_ header: [String], alignsLeft: Set<Int> = []) { (self.header, self.alignsLeft) = (header, alignsLeft) }

  mutating func add(_ cells: [String]) { rows.append(cells) }

  func text(indent: Int = 2) -> String {
    let all = [header] + rows
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      let cells = row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return alignsLeft.contains(column) ? row[column] + space : space + row[column]
      }
      let line = String(repeating: " ", count: indent) + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}

/// Formats for people, not for files.
enum Readable {
  /// A count with its noun.
  static func plural(_ number: Int, _ one: String, _ many: String) -> String {
    "\(count(number)) \(number == 1 ? one : many)"
  }

  /// Words separated by commas: at most 12, then how many more.
  static func list(_ words: [String]) -> String {
    let most = 12
    let rest = words.count > most ? ", and \(count(words.count - most)) more" : ""
    return words.prefix(most).joined(separator: ", ") + rest
  }

  /// Columns of a terminal.
  static let width = 80

  /// Wraps lines at blanks to 80 columns; continuation lines are indented by two more.
  static func wrapped(_ text: String, to width: Int = width, hanging: Int = 2) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let indent = String(line.prefix { $0 == " " })
      var lines = [String]()
      var current = ""
      for word in line.split(separator: " ") {
        if current.isEmpty {
          current = indent + word
        } else if current.count + 1 + word.count > width {
          lines.append(current)
          current = indent + String(repeating: " ", count: hanging) + word
        } else {
          current += " " + word
        }
      }
      return (lines + [current]).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// Shortens `name` to `columns` characters by cutting its middle: names that begin alike usually differ at the end.
  static func shortened(_ name: String, to columns: Int) -> String {
    guard name.count > columns, columns > 2 else { return name }
    let end = (columns - 1) / 2
    return name.prefix(columns - 1 - end) + "…" + name.suffix(end)
  }

  /// The same for the names of one table, so that different names stay different: where the middle tells them apart, it
  /// is kept.
  static func shortened(_ names: [String], to columns: Int) -> [String] {
    let count = Set(names).count
    func areApart(_ short: [String]) -> Bool { Set(short).count == count }
    let usual = names.map { shortened($0, to: columns) }
    guard !areApart(usual), columns > 8 else { return usual }
    let heads = (0..<columns - 1).sorted { abs(2 * $0 - columns) < abs(2 * $1 - columns) }
    let cuts = heads.lazy.map { head in
      names.map { $0.count > columns ? $0.prefix(head) + "…" + $0.suffix(columns - 1 - head) : $0 }
    }
    if let cut = cuts.first(where: areApart) { return cut }
    // What all names have at the beginning tells nothing.
    let long = names.filter { $0.count > columns }
    let shared = long.dropFirst().map { zip($0, long[0]).prefix { $0 == $1 }.count }.min() ?? 0
    let middle = names.map { name in
      name.count > columns ? "…" + name.dropFirst(max(0, shared - 2)).prefix(columns - 2) + "…" : name
    }
    return areApart(middle) ? middle : names
  }

  /// Three decimals.
  static func share(_ value: Double?) -> String { value.map { fixed($0, 3) } ?? "" }

  /// Three decimals with a sign; no sign if it rounds to 0.
  static func difference(_ value: Double?) -> String {
    guard let value else { return "" }
    let text = fixed(abs(value), 3)
    return Double(text) == 0 ? "0.000" : (value < 0 ? "−" : "+") + text
  }

  static func interval(_ lower: Double?, _ upper: Double?, signed: Bool) -> String {
    guard let lower, let upper else { return "" }
    return signed ? " [\(difference(lower)), \(difference(upper))]" : " [\(share(lower)), \(share(upper))]"
  }

  /// Three decimals without the 0 before them: .330, 1.000.
  static func compact(_ value: Double?, digits: Int = 3) -> String {
    value.map {
      let text = fixed($0, digits); return text.hasPrefix("0.") ? String(text.dropFirst()) : text
    } ?? ""
  }

  /// Like `compact`, with a sign; 0 if it rounds to 0.
  static func compactDifference(_ value: Double, digits: Int = 3) -> String {
    let text = compact(abs(value), digits: digits)
    return text.allSatisfy({ ".0".contains($0) }) ? "0" : (value < 0 ? "−" : "+") + text
  }

  static func ratio(_ value: Double?) -> String { value.map { fixed($0, 2) } ?? "" }

  static func fixed(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

  /// 1234567 as 1,234,567.
  static func count(_ value: Int) -> String {
    var digits = Array(String(value))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return String(digits)
  }

  static func bytes(_ value: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB", "PB"]
    var amount = Double(value)
    var unit = 0
    while amount >= 1000 && unit < units.count - 1 {
      amount /= 1000
      unit += 1
    }
    return unit == 0 ? "\(value) B" : fixed(amount, amount < 10 ? 1 : 0) + " " + units[unit]
  }

  static func seconds(_ value: Double) -> String {
    if value < 9.95 { return fixed(value, 1) + " s" }
    let whole = Int(value.rounded())
    return whole < 90 ? "\(whole) s" : whole < 5400 ? "\((whole + 30) / 60) min" : fixed(value / 3600, 1) + " h"
  }
}
