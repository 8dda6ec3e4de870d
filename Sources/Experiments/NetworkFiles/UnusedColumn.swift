/// A column beside the ids that is not read as weights: whether its cells deny ties or give them signs.
struct UnusedColumn {
  /// From 0, unnamed columns not counted.
  let place: Int
  let name: String
  /// As in messages: the column `name`, or column 3.
  let called: String
  private var negatives = 0
  private var firstNegative = 0
  private var (pluses, minuses, firstMinus) = (0, 0, 0)
  /// Cells that say that there is a tie, and cells that say that there is none.
  private var (ties, gaps) = (0, 0)
  private var isYesOrNo = true
  private static let minus = Array("−".utf8)

  /// Whether its name or its place suggests signs, or whether there is a tie.
  let isLikely: Bool

  init(place: Int, name: String, called: String, isLikely: Bool = true) {
    (self.place, self.name, self.called, self.isLikely) = (place, name, called, isLikely)
  }

  mutating func take(_ cell: [UInt8], _ line: Int) {
    guard isLikely || isYesOrNo else { return }
    if isLikely {
      if ColumnMeaning.isNegative(cell) {
        if negatives == 0 { firstNegative = line }
        negatives += 1
      }
      if cell.count == 1, cell[0] == UInt8(ascii: "+") { pluses += 1 }
      if cell.count == 1 && cell[0] == UInt8(ascii: "-") || cell.count == 3 && cell == Self.minus {
        if minuses == 0 { firstMinus = line }
        minuses += 1
      }
    }
    guard isYesOrNo, cell.count < 6 else { return isYesOrNo = false }
    switch String(decoding: cell, as: UTF8.self).lowercased() {
    case "1", "1.0", "true", "yes", "y": ties += 1
    case "0", "0.0", "false", "no", "n": gaps += 1
    default: isYesOrNo = false
    }
  }

  /// The rows with a sign below 0, the line of the first, and whether the cells are numbers; nil if no tie has a sign.
  var signed: (rows: Int, line: Int, areNumbers: Bool)? {
    if negatives > 0 { return (negatives, firstNegative, true) }
    // A hyphen alone is a word for nothing; beside a plus it is a sign.
    return pluses > 0 && minuses > 0 ? (minuses, firstMinus, false) : nil
  }

  /// Whether every cell is yes or no, both occur, and so many pairs are listed that most of all are.
  func mayDenyTies(rows: Int, agents: Int) -> Bool {
    isYesOrNo && ties > 0 && gaps > 0 && Double(rows) > 0.4 * Double(agents) * Double(agents - 1)
  }

  /// A doubt if every cell says whether there is a tie: all rows are read as ties.
  var doubt: String? {
    guard isYesOrNo, ties > 0, gaps > 0, signed == nil else { return nil }
    return
      "\(called) holds two values alone, one of them 0 or no, and all rows are read as ties: if it says whether there is a tie, "
      + "leave out the \(Readable.plural(gaps, "row", "rows")) without"
  }
}
