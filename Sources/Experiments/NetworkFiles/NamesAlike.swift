/// Ids that differ only in what programs change: letter case, zeros before a number, `.0` after it.
extension NameTable {
  /// Larger files are not written by hand.
  static let mostCompared = 200_000

  /// An id without these differences and without blanks.
  static func bare(_ id: String) -> String {
    var word = id.lowercased()
    // `Ann <ann@x.org>` is `ann@x.org`.
    if word.last == ">", let start = word.lastIndex(of: "<") {
      word = String(word[word.index(after: start)...].dropLast())
    }
    if word.utf8.contains(where: { $0 <= 32 || $0 > 127 }) {
      word = String(String.UnicodeScalarView(word.unicodeScalars.filter { !isUnseen($0) }))
    }
    guard let first = word.utf8.first, first >= UInt8(ascii: "0"), first <= UInt8(ascii: "9") else { return word }
    let plain = word.contains(",") && DecimalMarks.areThousands(word) ? word.filter { $0 != "," } : word
    guard let number = Double(plain), number < 1e15, number == number.rounded() else {
      return word
    }
    return String(Int(number))
  }

  /// The first two ids that are alike, and the number of ids like an earlier one; nil if there are none.
  ///
  /// - Parameter letters: whether single letters count: nodes may be named `a` and `A`.
  private func alike(letters: Bool) -> (one: String, other: String, count: Int)? {
    guard count <= Self.mostCompared else { return nil }
    // Of two alike ids at least one differs from its bare form; most ids do not.
    var met = [String: Int]()
    var found: (one: String, other: String, count: Int)?
    for agent in changeable {
      let id = self[agent]
      guard letters || id.count > 1 || id.first?.isNumber == true else { continue }
      let bare = Self.bare(id)
      guard let other = met[bare] ?? index(of: Array(bare.utf8)) else {
        met[bare] = agent
        continue
      }
      // `doubts` covers equal letters in different bytes.
      guard other != agent, self[other] != id else { continue }
      let pair = other < agent ? (self[other], id) : (id, self[other])
      found = (found?.one ?? pair.0, found?.other ?? pair.1, (found?.count ?? 0) + 1)
    }
    return found
  }

  /// A doubt about ids that are alike; `what` is agents or groups.
  func alikeDoubt(_ what: String) -> String? {
    alike(letters: what == "groups").map {
      "`\(NameDoubts.seen($0.one))` and `\(NameDoubts.seen($0.other))` are two \(what)"
        + ($0.count > 1 ? ", and so are \(Readable.plural($0.count - 1, "more pair", "more pairs"))" : "")
        + ": if they are meant to be one, write them alike"
    }
  }
}
