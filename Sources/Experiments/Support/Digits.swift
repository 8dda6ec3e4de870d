/// Numbers as text.
enum Digits {
  /// The shortest text that reads back to the same number; whole numbers below 2⁵³ without a point.
  static func shortest(_ value: Double) -> String {
    if value == value.rounded() && abs(value) < 0x1p53 { return String(Int(value)) }
    return value.description
  }
}

enum JSON {
  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        // Control characters are escaped, so that printing the file cannot drive the terminal.
        guard scalar.value < 32 || Printable.isControl(scalar) else {
          result.unicodeScalars.append(scalar)
          continue
        }
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return result + "\""
  }
}

extension Int {
  /// `number` truncated toward 0 and clamped to 64 bits; 0 for NaN. Estimates of impossibly long runs exceed 64 bits.
  init(saturating number: Double) {
    self = number.isNaN ? 0 : number >= 0x1p63 ? .max : number < -0x1p63 ? .min : Int(number)
  }
}
