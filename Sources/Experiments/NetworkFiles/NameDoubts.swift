/// Doubts about ids: unseen characters at an end, likely comments, numbers with a point or below 0, several ids in one,
/// quotes, and the same letters in different bytes.
struct NameDoubts {
  private let names: NameTable
  /// Whether a name may be several with blanks between, as in lists of alters; otherwise `Anna Lee` is one person, also
  /// beside an `Anna` and a `Lee`.
  private let splitsAtBlanks: Bool
  private var (blanks, comments, several, quoted) = (Oddity(), Oddity(), Oddity(), Oddity())
  private var (alike, broken, fractions, negatives) = (Oddity(), Oddity(), Oddity(), Oddity())
  private var letters = Set<String>()

  init(_ names: NameTable, splitsAtBlanks: Bool) {
    (self.names, self.splitsAtBlanks) = (names, splitsAtBlanks)
    let mayCompare = names.count <= NameTable.mostCompared
    for index in names.textAgents.indices {
      let name = names.text(index)
      noteNumber(name)
      if mayCompare, name.contains(where: { Self.joins[Int($0)] }), holdsAgents(name) {
        several.note(String(decoding: name, as: UTF8.self))
      } else if let last = name.last,
        name[name.startIndex] <= 39 || last <= 32 || Self.needsLook(name)
      {
        noteWord(name)
      }
    }
  }

  private mutating func noteNumber(_ name: ArraySlice<UInt8>) {
    if name.count > 2, name.suffix(2).elementsEqual([UInt8(ascii: "."), UInt8(ascii: "0")]),
      NameTable.number(name.dropLast(2)) != nil
    {
      broken.note(String(decoding: name, as: UTF8.self))
    } else if name[name.startIndex] == UInt8(ascii: "-"), NameTable.number(name.dropFirst()) != nil {
      negatives.note(String(decoding: name, as: UTF8.self))
    } else if Self.isFraction(name) {
      fractions.note(String(decoding: name, as: UTF8.self))
    }
  }

  private mutating func noteWord(_ name: ArraySlice<UInt8>) {
    let word = String(decoding: name, as: UTF8.self)
    if Self.holdsSeveral(name) { several.note(word) }
    if word.count > 2, let pair = Self.quotes[word.first ?? " "], word.last == pair || word.hasPrefix("=\"") {
      quoted.note(word)
    }
    // Strings are equal if their letters are, however these are composed.
    if names.textAgents.count <= EdgeListParser.mostWithDoubts, name.contains(where: { $0 > 127 }),
      !letters.insert(word).inserted
    {
      alike.note(word)
    }
    let scalars = word.unicodeScalars
    if [scalars.first, scalars.last].contains(where: { $0.map(NameTable.isUnseen) ?? false }) {
      blanks.note(Self.seen(word))
    }
    if word.contains(" #") { comments.note(word) }
  }

  var told: [String] {
    blanks.told(
      "id begins or ends", "ids begin or end", "with a blank or an unseen character",
      "the same without it is another agent")
      + comments.told("id holds", "ids hold", "a #", "comments stand in lines of their own")
      + broken.told(
        "id is", "ids are", "a whole number with .0",
        "another agent than the number without it; programs write so where ids are missing")
      + fractions.told("id is", "ids are", "a number with a point", "if these are values, another column holds the ids")
      + negatives.told(
        "id is", "ids are", "a number below 0", "if it is a code for a missing answer, leave these ties out")
      + several.told(
        "id holds", "ids hold", "several, as it looks",
        "each is one agent; for several in one cell write a row for each")
      + quoted.told(
        "id is", "ids are", "in quotes that belong to it",
        "only \" sets off an id; the same without them is another agent")
      + alike.told(
        "id has", "ids have", "the letters of another in other bytes",
        "both are agents; save the file with composed letters (NFC)")
  }

  /// An id with unseen characters written out.
  static func seen(_ id: String) -> String {
    id.unicodeScalars.map { NameTable.isUnseen($0) && $0 != " " ? Printable.escape($0) : String($0) }.joined()
  }

  private static func isFraction(_ name: ArraySlice<UInt8>) -> Bool {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return name.count > 2 && name.count { $0 == UInt8(ascii: ".") } == 1 && digits.contains(name[name.startIndex])
      && name.allSatisfy { digits.contains($0) || $0 == UInt8(ascii: ".") }
  }

  /// Bytes that may stand between names in one cell: blank , / & +
  private static let joins = (0..<256).map { " ,/&+".utf8.contains(UInt8($0)) }

  /// Whether a name consists of the ids of other agents, with commas, other marks, `and` or blanks between.
  private func holdsAgents(_ name: ArraySlice<UInt8>) -> Bool {
    func areAgents(_ parts: [ArraySlice<UInt8>]) -> Bool {
      parts.count > 1
        && parts.allSatisfy { part in
          names.index(of: part.drop { $0 == 32 }.reversed().drop { $0 == 32 }.reversed()) != nil
        }
    }
    return ",/&+".utf8.contains { mark in name.contains(mark) && areAgents(name.split(separator: mark)) }
      || areAgents(name.split(separator: Array(" and ".utf8)))
      || splitsAtBlanks && areAgents(name.split(separator: 32))
  }

  /// Bytes that call for a closer look: beyond ASCII, and # ; , | [ { =
  private static let isOdd = (0..<256).map { $0 > 127 || "#;,|[{=".utf8.contains(UInt8($0)) }

  private static func needsLook(_ name: ArraySlice<UInt8>) -> Bool {
    name.contains { isOdd[Int($0)] } || holdsAddresses(name)
  }

  private static func holdsAddresses(_ name: ArraySlice<UInt8>) -> Bool { name.count { $0 == UInt8(ascii: "@") } > 1 }

  /// Whether an id looks like several: separators, lists of programs, two addresses. Names may hold `, `.
  private static func holdsSeveral(_ name: ArraySlice<UInt8>) -> Bool {
    let comma = UInt8(ascii: ",")
    func isDecimal() -> Bool {
      name.contains(UInt8(ascii: "E"))
        && Double(String(decoding: name.map { $0 == comma ? UInt8(ascii: ".") : $0 }, as: UTF8.self)) != nil
    }
    let isTight = zip(name, name.dropFirst()).contains { $0 == comma && $1 != 32 }
    return name.contains { ";|".utf8.contains($0) } || name.first.map { "[{".utf8.contains($0) } ?? false
      || isTight && !isDecimal() || holdsAddresses(name)
  }

  /// Quotes that stay part of an id, with those that close them.
  private static let quotes: [Character: Character] = [
    "'": "'", "=": "\"", "‘": "’", "“": "”", "„": "“", "«": "»", "`": "`",
  ]

  /// Suspicious ids of one kind: how many, and the first.
  private struct Oddity {
    private var count = 0
    private var first = ""

    mutating func note(_ word: String) {
      if count == 0 { first = word }
      count += 1
    }

    func told(_ one: String, _ many: String, _ what: String, _ remedy: String) -> [String] {
      count == 0 ? [] : ["\(Readable.plural(count, one, many)) \(what), the first is `\(first)`: \(remedy)"]
    }
  }
}
