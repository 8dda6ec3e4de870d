/// Commas and points that may be decimal marks or separate thousands.
enum DecimalMarks {
  /// Whether `word` is one to three digits, the first not 0, then a comma and three digits.
  static func areThousands(_ word: String) -> Bool { word.wholeMatch(of: /[1-9][0-9]{0,2},[0-9]{3}/) != nil }

  /// The first word with a comma, if all such words look like thousands.
  static func thousands(_ words: [String]) -> String? {
    let marked = words.filter { $0.contains(",") }
    return marked.allSatisfy(areThousands) ? marked.first : nil
  }

  /// The first word with a point, if all such words look like thousands.
  static func points(_ words: [String]) -> String? {
    let marked = words.filter { $0.contains(".") }
    return marked.allSatisfy { areThousands($0.replacing(".", with: ",")) } ? marked.first : nil
  }

  static func doubt(_ what: String, _ example: String) -> String {
    let (point, whole) = (example.replacing(",", with: "."), example.filter { $0 != "," && $0 != "." })
    guard example.contains(",") else {
      return "\(what): the point of `\(example)` is read as a decimal point; for \(whole) write it without the point"
    }
    return
      "\(what): the comma of `\(example)` is read as a decimal comma, \(point); for \(whole) write it without the comma"
  }

  /// The place of the first number with another decimal mark than those before it; nil if there is none.
  static func mixed(_ cells: [[UInt8]]) -> Int? {
    let marks = [UInt8(ascii: ","), UInt8(ascii: ".")]
    let first = cells.lazy.compactMap { cell in marks.first { cell.contains($0) } }.first
    return first.flatMap { first in cells.firstIndex { cell in marks.contains { $0 != first && cell.contains($0) } } }
  }
}
