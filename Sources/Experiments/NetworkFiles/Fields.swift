/// The separator of fields, detected in the first row and kept from there on.
enum Separator: Sendable, Equatable {
  /// Fields may be quoted (RFC 4180); blanks around them are ignored.
  case comma, semicolon
  /// As before; blanks within a field belong to it.
  case tab
  /// Any run of blanks and tabs; `plain` is the one in the first row. A field that begins with a quote ends with one.
  case blank(plain: UInt8)

  /// The byte between the fields of a plain row.
  var plain: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: 9
    case .blank(let plain): plain
    }
  }

  var words: String {
    switch self {
    case .comma: "commas"
    case .semicolon: "semicolons"
    case .tab: "tabs"
    case .blank: "blanks"
    }
  }

  /// Whether a byte separates fields in other files.
  func isStray(_ byte: UInt8) -> Bool {
    byte != plain && (byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == 9)
  }

  /// Whether a comma may be a decimal mark; in files separated by blanks it may not.
  var takesDecimalCommas: Bool { self == .semicolon || self == .tab }

  /// The separator that a line such as `sep=;` gives, as spreadsheets write it above the rows; nil for other lines.
  init?(told line: [UInt8]) {
    let bare = line.filter { $0 != UInt8(ascii: "\"") && $0 != 32 }
    guard bare.count <= 5, bare.starts(with: Array("sep=".utf8)) else { return nil }
    switch bare.dropFirst(4).first {
    case nil, 9: self = .tab
    case UInt8(ascii: ","): self = .comma
    case UInt8(ascii: ";"): self = .semicolon
    default: return nil
    }
  }

  init(firstRow: [UInt8]) {
    let outside = Self.outsideQuotes(firstRow)
    // Numbers may be aligned by tabs and blanks.
    let isAligned = outside.contains(9) && outside.contains(32) && Self.areNumbers(firstRow)
    if outside.contains(9) && !isAligned {
      self = .tab
    } else if outside.contains(UInt8(ascii: ";")) {
      self = .semicolon
    } else if outside.contains(UInt8(ascii: ",")) {
      self = .comma
    } else {
      self = .blank(plain: outside.contains(9) ? 9 : 32)
    }
  }

  /// The bytes outside quotes, without blanks at either end.
  private static func outsideQuotes(_ row: [UInt8]) -> [UInt8] {
    var row = row.drop { $0 == 32 || $0 == 9 }
    while let last = row.last, last == 32 || last == 9 { row.removeLast() }
    var isQuoted = false
    return row.filter { byte in
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      return !isQuoted && byte != UInt8(ascii: "\"")
    }
  }

  /// Whether a row is separated by blanks, if its commas are read as decimal marks: numbers, or words and a last number.
  static func areNumbersWithDecimalCommas(_ row: [UInt8]) -> Bool {
    let words = row.split { $0 == 32 || $0 == 9 }
    // Ids may be words: the only comma then stands in the last of three.
    if words.count > 2, let last = words.last, row.count(where: { $0 == UInt8(ascii: ",") }) == 1,
      words.dropLast().allSatisfy({ !$0.contains(UInt8(ascii: ",")) }),
      String(decoding: last, as: UTF8.self).wholeMatch(of: /[0-9]+,[0-9]+/) != nil
    {
      return true
    }
    return words.count > 2 && areNumbers(row.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 })
  }

  private static func areNumbers(_ row: [UInt8]) -> Bool {
    row.split { $0 == 32 || $0 == 9 }.allSatisfy { Double(String(decoding: $0, as: UTF8.self)) != nil }
  }

  /// Splits a line into fields and resolves quotes. False if a quote is not closed or text follows it.
  func split(_ line: [UInt8], into fields: inout [[UInt8]]) -> Bool {
    fields.removeAll(keepingCapacity: true)
    if case .blank = self { return splitBlanks(line, &fields) }
    return splitAt(plain, line, &fields)
  }

  private func splitBlanks(_ line: [UInt8], _ fields: inout [[UInt8]]) -> Bool {
    var place = 0
    while place < line.count {
      while place < line.count && Self.isBlank(line[place]) { place += 1 }
      guard place < line.count else { return true }
      if line[place] == UInt8(ascii: "\"") {
        guard let field = Self.quoted(line, &place), place == line.count || Self.isBlank(line[place]) else {
          return false
        }
        fields.append(field)
        continue
      }
      let start = place
      while place < line.count && !Self.isBlank(line[place]) { place += 1 }
      fields.append(Array(line[start..<place]))
    }
    return true
  }

  private func splitAt(_ separator: UInt8, _ line: [UInt8], _ fields: inout [[UInt8]]) -> Bool {
    func isBlank(_ place: Int) -> Bool { Self.isBlank(line[place]) && line[place] != separator }
    var place = 0
    while true {
      while place < line.count && isBlank(place) { place += 1 }
      if place < line.count && line[place] == UInt8(ascii: "\"") {
        guard let field = Self.quoted(line, &place) else { return false }
        while place < line.count && isBlank(place) { place += 1 }
        guard place == line.count || line[place] == separator else { return false }
        fields.append(field)
      } else {
        let start = place
        while place < line.count && line[place] != separator { place += 1 }
        var end = place
        while end > start && isBlank(end - 1) { end -= 1 }
        fields.append(Array(line[start..<end]))
      }
      if place >= line.count { return true }
      place += 1
    }
  }

  /// The field whose opening quote is at `place`, which moves past the closing quote; nil if that is missing.
  private static func quoted(_ line: [UInt8], _ place: inout Int) -> [UInt8]? {
    let quote = UInt8(ascii: "\"")
    var field = [UInt8]()
    place += 1
    while place < line.count {
      if line[place] == quote {
        place += 1
        guard place < line.count && line[place] == quote else { return field }
      }
      field.append(line[place])
      place += 1
    }
    return nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
}

/// Places of fields in their row.
enum Fields {
  /// The column where field `place` begins, from 1; 1 if it is not found.
  static func column(of place: Int, _ fields: [[UInt8]], in text: [UInt8]) -> Int {
    func start(of field: [UInt8], from start: Int) -> Int? {
      guard !field.isEmpty, start + field.count <= text.count else { return field.isEmpty ? start : nil }
      return (start...text.count - field.count).first { text[$0..<$0 + field.count].elementsEqual(field) }
    }
    var next = 0
    for field in fields.prefix(place) {
      guard let found = start(of: field, from: next) else { return 1 }
      next = found + field.count + 1
    }
    guard let end = start(of: fields[place], from: next) else { return 1 }
    return 1 + String(decoding: text.prefix(end), as: UTF8.self).unicodeScalars.count
  }
}
