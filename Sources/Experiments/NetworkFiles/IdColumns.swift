/// Which two of the first three columns hold the same ids, in rows without names of columns.
///
/// A wave, a layer or the number of a tie may stand before the ids. Both ends of a tie come from one set of agents, so the
/// two columns of ids share many words, and a column beside them shares few or has few.
struct IdColumns {
  private var words = [Set<[UInt8]>](repeating: [], count: 3)
  private var rows = 0

  /// Rows that are compared.
  private static let most = 1000

  mutating func take(_ fields: [[UInt8]]) {
    guard rows < Self.most, fields.count > 2 else { return }
    rows += 1
    for place in 0..<3 { words[place].insert(fields[place]) }
  }

  /// A doubt if columns 2 and 3 look like the ids, and column 1 does not.
  var doubt: String? {
    guard rows > 4, !words[2].isEmpty else { return nil }
    let shared = overlap(1, 2)
    let isApart = words[0].isDisjoint(with: words[1]) && words[0].isDisjoint(with: words[2])
    guard shared >= 0.3, words[1].intersection(words[2]).count > 2 else { return nil }
    guard isApart || overlap(0, 1) <= shared / 3 && words[0].count * 4 <= words[1].count else { return nil }
    return
      "columns 2 and 3 share most of their words, and column 1 has others or few: if it holds a wave, a layer or the number of "
      + "the tie, head the file with names, source and target above columns 2 and 3"
  }

  /// The share of words of two columns that stand in both (Jaccard's index).
  private func overlap(_ one: Int, _ other: Int) -> Double {
    Double(words[one].intersection(words[other]).count) / Double(words[one].union(words[other]).count)
  }
}
