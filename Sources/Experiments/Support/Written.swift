/// The syntax of labels and numbers in scenarios and files.
enum Written {
  /// 1 to 64 ASCII letters, digits, blanks and `. _ -`, a letter or digit first.
  static func isLabel(_ text: String) -> Bool {
    func isPlain(_ c: UInt8) -> Bool {
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= c || UInt8(ascii: "a")...UInt8(ascii: "z") ~= c
        || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= c
    }
    let bytes = Array(text.utf8)
    guard let first = bytes.first, isPlain(first), bytes.count <= 64 else { return false }
    return bytes.allSatisfy { isPlain($0) || " ._-".utf8.contains($0) }
  }

  /// -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?; the digits before the point may be missing: `.5`, as Stata writes.
  static func isNumber(_ text: String) -> Bool {
    var rest = Substring(text)
    func digits() -> Int {
      let run = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(run.count)
      return run.count
    }
    if rest.first == "-" { rest.removeFirst() }
    if rest.first == "0" { rest.removeFirst() } else if rest.first != ".", digits() == 0 { return false }
    if rest.first == "." {
      rest.removeFirst()
      if digits() == 0 { return false }
    }
    if rest.first == "e" || rest.first == "E" {
      rest.removeFirst()
      if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
      if digits() == 0 { return false }
    }
    return rest.isEmpty
  }
}
