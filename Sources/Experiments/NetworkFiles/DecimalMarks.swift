/// Commas that may be decimal marks, or stand between thousands.
enum DecimalMarks {
  /// Whether a number is written as one to three digits, the first no 0, a comma and three digits.
  static func areThousands(_ word: String) -> Bool { word.wholeMatch(of: /[1-9][0-9]{0,2},[0-9]{3}/) != nil }

  /// The first of some numbers with a comma, where all of them look like thousands.
  static func thousands(_ words: [String]) -> String? {
    let marked = words.filter { $0.contains(",") }
    return marked.allSatisfy(areThousands) ? marked.first : nil
  }

  /// The first of some numbers with a point, where all of them look like thousands.
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

  /// The first number with another decimal mark than those before it; nil where all have the same.
  static func mixed(_ cells: [[UInt8]]) -> Int? {
    let marks = [UInt8(ascii: ","), UInt8(ascii: ".")]
    let first = cells.lazy.compactMap { cell in marks.first { cell.contains($0) } }.first
    return first.flatMap { first in cells.firstIndex { cell in marks.contains { $0 != first && cell.contains($0) } } }
  }
}
