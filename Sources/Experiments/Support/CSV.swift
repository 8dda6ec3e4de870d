/// A table column with its entry in the data dictionary.
struct Column: Sendable, Hashable {
  let name: String
  let unit: String
  let meaning: String

  init(_ name: String, unit: String = "", _ meaning: String) {
    (self.name, self.unit, self.meaning) = (name, unit, meaning)
  }
}

/// CSV rows: RFC 4180 with LF line ends, quotes only where needed, the shortest numbers that read back exactly, an
/// empty cell where a value does not apply.
struct CSVRows: Sendable {
  private(set) var bytes: [UInt8] = []
  private var isAtStart = true

  init() {}

  /// Both must consist of whole rows.
  mutating func append(_ rows: CSVRows) { bytes += rows.bytes }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func add(_ value: Int?) {
    separate()
    guard let value else { return }
    if value < 0 {
      bytes.append(contentsOf: String(value).utf8)
      return
    }
    if value < 10 {
      bytes.append(UInt8(48 + value))
      return
    }
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var (place, rest) = (digits.count, value)
    repeat {
      place -= 1
      digits[place] = UInt8(48 + rest % 10)
      rest /= 10
    } while rest > 0
    for place in place..<digits.count { bytes.append(digits[place]) }
  }

  mutating func add(_ value: Double?) {
    separate()
    // A statistic that does not exist is an empty cell, never NaN.
    guard let value, value.isFinite else { return }
    let text = Digits.shortest(value)
    bytes.append(contentsOf: text.utf8)
    // Whole numbers get `.0`, so that readers infer a column of real numbers.
    if text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 || $0 == 45 }) { bytes.append(contentsOf: [46, 48]) }
  }

  mutating func add(_ value: Bool?) { add(value.map { $0 ? 1 : 0 }) }

  /// Prefixes an apostrophe to text that a spreadsheet would read as a formula, even behind apostrophes, so that
  /// different texts stay different. Numbers are left alone.
  ///
  /// Source: OWASP, "CSV injection".
  mutating func add(_ text: String) {
    separate()
    let text = Self.isFormula(text.drop { $0 == "'" }) ? "'" + text : text
    guard text.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(34)
    for byte in text.utf8 {
      if byte == 34 { bytes.append(34) }
      bytes.append(byte)
    }
    bytes.append(34)
  }

  /// The text of a cell without the apostrophe that `add` put before it.
  static func withoutMark(_ cell: String) -> String {
    cell.first == "'" && isFormula(cell.drop { $0 == "'" }) ? String(cell.dropFirst()) : cell
  }

  /// Whether a spreadsheet would evaluate `text`: its first character is `= + - @`, a full-width form of these, a tab
  /// or a line end. Signed numbers are no formulas.
  private static func isFormula(_ text: Substring) -> Bool {
    switch text.unicodeScalars.first {
    case "=", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
    case "+", "-": Double(text) == nil
    default: false
    }
  }

  /// Adds cells that are already encoded as CSV, at least one.
  mutating func add(cells: some Collection<UInt8>) {
    separate()
    bytes.append(contentsOf: cells)
  }

  mutating func endRow() {
    bytes.append(10)
    isAtStart = true
  }

  mutating func header(_ columns: [Column]) {
    for column in columns { add(column.name) }
    endRow()
  }

  private mutating func separate() {
    if !isAtStart { bytes.append(44) }
    isAtStart = false
  }
}

/// A CSV table read back: cells by row and column name.
struct CSVTable: Sendable {
  let columns: [String]
  let rows: [[String]]
  private let places: [String: Int]

  /// Reads CSV as `CSVRows` writes it; nil if it is malformed.
  init?(_ bytes: [UInt8]) {
    var all = [[String]]()
    var row = [String]()
    var field = [UInt8]()
    var isQuoted = false
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if isQuoted {
        if byte == 34 && place + 1 < bytes.count && bytes[place + 1] == 34 {
          field.append(34)
          place += 1
        } else if byte == 34 {
          isQuoted = false
        } else {
          field.append(byte)
        }
      } else if byte == 34 {
        isQuoted = true
      } else if byte == 44 || byte == 10 {
        row.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
        if byte == 10 {
          all.append(row)
          row.removeAll(keepingCapacity: true)
        }
      } else {
        field.append(byte)
      }
      place += 1
    }
    guard !isQuoted, row.isEmpty, field.isEmpty, let header = all.first else { return nil }
    columns = header
    rows = Array(all.dropFirst())
    guard rows.allSatisfy({ $0.count == header.count }) else { return nil }
    places = Dictionary(header.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func text(_ row: Int, _ column: String) -> String { places[column].map { rows[row][$0] } ?? "" }
  func number(_ row: Int, _ column: String) -> Double? { Double(text(row, column)) }
}
