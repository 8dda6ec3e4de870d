/// Patterns over all rows that suggest another format: row numbers, times, relations, alters.
struct RowLooks {
  /// The next number, if the first column counts the rows from 0 or 1; otherwise nil.
  private var next: Int?
  private var isCounting = true
  /// The last number of the first column, while it never falls.
  private var last = -Double.infinity
  private var isRising = true
  private var hasRisen = false
  /// Whether every row has a number or a time in its first column, and words in the next two.
  private var isNumberBesideWords = true
  /// Whether every first id holds a colon and a blank.
  private var hasColons = true
  /// Whether every second id ends in a blank and a number; whether every row stands in brackets.
  private var endsInNumber = true
  private var isBracketed = true
  /// Whether in every row the second of three fields may be seconds since 1970, and the first may not.
  private var hasTimes = true
  /// Distinct second, first and third fields of rows of three, while the second ones are few.
  private var (relations, speakers, thirds) = (Set<[UInt8]>(), Set<[UInt8]>(), Set<[UInt8]>())
  private var mayRelate = true
  private var ids = IdColumns()
  private var rows = 0

  /// Rows whose fields are kept for comparison.
  private static let most = 10_000

  /// - Parameter mayBeHeader: whether this is a first row of words, which may be names of columns.
  mutating func take(_ fields: [[UInt8]], isNamed: Bool, mayBeHeader: Bool) {
    rows += 1
    hasColons = hasColons && fields[0].contains(UInt8(ascii: ":")) && Self.isAlters(fields[0])
    // `Room 1` beside `Room 2` is an id.
    endsInNumber = endsInNumber && Self.endsInNumber(fields[1]) && !Self.endsInNumber(fields[0])
    isBracketed =
      isBracketed && "([{".utf8.contains(fields[0].first ?? 0)
      && ")]}".utf8.contains(fields[fields.count - 1].last ?? 0)
    hasTimes = hasTimes && fields.count > 2 && Self.isTime(fields[1]) && !Self.isTime(fields[0])
    guard !isNamed, fields.count > 2 else {
      (isCounting, isRising, isNumberBesideWords, mayRelate) = (false, false, false, false)
      return
    }
    if mayRelate { relate(fields) }
    // Names of columns are no numbers.
    if mayBeHeader, Double(String(decoding: fields[0], as: UTF8.self)) == nil { return }
    ids.take(fields)
    if isCounting || isRising || isNumberBesideWords { look(fields) }
  }

  private static func isAlters(_ id: [UInt8]) -> Bool { String(decoding: id, as: UTF8.self).contains(": ") }

  private static func isTime(_ field: [UInt8]) -> Bool {
    (field.count == 10 || field.count == 13) && ColumnMeaning.isTime(cell: String(decoding: field, as: UTF8.self))
  }

  private static func endsInNumber(_ id: [UInt8]) -> Bool {
    guard let last = id.last, last >= UInt8(ascii: "0"), last <= UInt8(ascii: "9"),
      let blank = id.lastIndex(where: { $0 == 32 || $0 == 9 })
    else { return false }
    return Double(String(decoding: id[(blank + 1)...], as: UTF8.self)) != nil
  }

  private mutating func look(_ fields: [[UInt8]]) {
    let words = fields.prefix(3).map { String(decoding: $0, as: UTF8.self) }
    let number = Double(words[0])
    let whole = Int(words[0])
    isCounting = isCounting && whole != nil && (next == nil ? whole == 0 || whole == 1 : whole == next)
    next = isCounting ? whole.map { $0 + 1 } : nil
    isRising = isRising && number.map { $0 >= last } ?? false
    if let number {
      hasRisen = hasRisen || number > last && last.isFinite
      last = number
    }
    isNumberBesideWords =
      isNumberBesideWords && (number != nil || ColumnMeaning.isTime(cell: words[0]))
      && words[1...2].allSatisfy { Double($0) == nil && !ColumnMeaning.isTime(cell: $0) }
  }

  private mutating func relate(_ fields: [[UInt8]]) {
    guard fields.count == 3, rows <= Self.most else { return }
    relations.insert(fields[1])
    speakers.insert(fields[0])
    thirds.insert(fields[2])
    mayRelate = relations.count <= max(2, rows / 2) && relations.count < 100
  }

  /// A pattern of all rows that ties cannot have; nil if they may be ties.
  func refusal(_ count: Int) -> (what: String, remedy: String)? {
    guard rows > 1, count > 1 else { return nil }
    if hasColons {
      return ("a colon stands in the first id of every row: this looks like a list of alters", "write `format: alters`")
    }
    if endsInNumber {
      return (
        "every second id ends in a blank and a number: a weight, as it looks, separated otherwise than the ids",
        "separate all columns alike; if the ids are so, put them in quotes and head the file with source,target"
      )
    }
    if isBracketed {
      return ("every row stands in brackets: this looks like text of a program", "write source,target without brackets")
    }
    if hasTimes {
      return (
        "the second column may be seconds since 1970 in every row",
        "head the file with names, source and target above the columns of ids"
      )
    }
    if isNumberBesideWords, rows > 2 {
      return (
        "the first column holds \(isCounting ? "row numbers" : "numbers or times"), as it looks, and two columns of words stand beside it",
        "head the file with names, source and target above the columns of ids"
      )
    }
    if mayRelate, relations.isDisjoint(with: speakers), relations.isDisjoint(with: thirds),
      !thirds.isDisjoint(with: speakers),
      relations.allSatisfy({ Double(String(decoding: $0, as: UTF8.self)) == nil }), rows > relations.count
    {
      return (
        "the ids of the first column stand in the third, and the second has few words of its own: these look like relations",
        "head the file with names, source and target above the columns of ids"
      )
    }
    return nil
  }

  /// - Parameter isApart: whether no id occurs in both id columns.
  func doubt(_ count: Int, isApart: Bool) -> String? {
    guard count > 2, rows > 2 else { return nil }
    if isCounting {
      return
        "the first column counts the rows and is read as ids: if these are row numbers, head the file with names, source and target "
        + "above the ids"
    }
    if let doubt = ids.doubt { return doubt }
    if isRising, hasRisen, isApart {
      return
        "the first column never falls, and none of its ids stands in the second: if it holds times, head the file with names, "
        + "source and target above the ids"
    }
    return nil
  }
}
