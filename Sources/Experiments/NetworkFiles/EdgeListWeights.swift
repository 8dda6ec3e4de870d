/// The decimal marks of the weights read so far: commas and points may both stand there, but not in one file.
struct WeightMarks {
  private var isComma: Bool?
  private var first: String?
  private var areThousands = true

  /// Takes a weight with a mark; false if earlier weights had the other one.
  mutating func take(_ word: String, hasComma: Bool) -> Bool {
    guard isComma ?? hasComma == hasComma else { return false }
    isComma = hasComma
    first = first ?? word
    areThousands = areThousands && DecimalMarks.areThousands(hasComma ? word : word.replacing(".", with: ","))
    return true
  }

  /// The first weight with a mark, if all of them look as if it separates thousands.
  var doubtful: String? { areThousands ? first : nil }
}

extension EdgeListParser {
  /// The weight in column `place` of a row.
  mutating func weight(_ fields: [[UInt8]], _ place: Int, _ line: Int, _ text: [UInt8]) throws(Failure) -> Double {
    let field = fields[place]
    func column() -> Int { Fields.column(of: place, fields, in: text) }
    let word = String(decoding: field, as: UTF8.self)
    let hasComma = field.count { $0 == UInt8(ascii: ",") } == 1
    if separator?.takesDecimalCommas == true, hasComma || field.contains(UInt8(ascii: ".")),
      !marks.take(word, hasComma: hasComma)
    {
      throw problem(
        line, text, column: column(),
        "the weight `\(word)` has a \(hasComma ? "comma" : "point"), and earlier ones a \(hasComma ? "point" : "comma"): which is "
          + "the decimal mark?", "write all weights with the same mark, and none between thousands")
    }
    let point =
      hasComma && separator?.takesDecimalCommas == true
      ? String(decoding: field.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }, as: UTF8.self) : word
    guard let value = Double(point), value.isFinite, Written.isNumber(point) || Int(point) != nil else {
      throw problem(
        line, text, column: column(), "the weight `\(word)` is no number",
        DecimalMarks.areThousands(word)
          ? "write \(word.filter { $0 != "," }) or \(word.replacing(",", with: ".")), whichever is meant"
          : hasComma
            ? "write a decimal point, or separate the columns by semicolons"
            : "write a number, or choose another column")
    }
    return value
  }
}
