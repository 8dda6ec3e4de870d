internal import Foundation

/// Standard output with every write checked: `print` to a full device would end with exit code 0.
package enum StandardOutput {
  package static func write(_ text: String) throws(Failure) {
    do {
      try OutputFile.writeAll(Array(Printable.text(text).utf8), to: 1, name: "standard output")
    } catch {
      // The reader closed the pipe on purpose: no message.
      throw errno == EPIPE ? Failure(.writingFailed, "") : error
    }
  }
}

/// Standard error, for notes and messages; failed writes are ignored.
enum StandardError {
  /// Writes one or more lines, escaped; nothing if `text` is empty.
  package static func note(_ text: String) {
    if !text.isEmpty { write(Printable.text(text) + "\n") }
  }

  /// Writes `text` as it is, cursor controls included.
  static func write(_ text: String) { try? OutputFile.writeAll(Array(text.utf8), to: 2, name: "standard error") }
}

/// Makes text from files and command lines safe to print.
enum Printable {
  /// `text` with control characters, except line ends and tabs, written as inert escapes: input cannot move the cursor,
  /// rename the window or hide what follows.
  package static func text(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isControl(scalar) { result.append(contentsOf: escape(scalar).unicodeScalars) } else { result.append(scalar) }
    }
    return String(result)
  }

  /// C0 except line ends and tabs, DEL, C1, bidirectional controls, line and paragraph separators, byte order marks,
  /// interlinear annotation and tag characters.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 9, 10: false
    case 0..<32, 127..<160, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }

  /// The escape of the first control character, if any.
  static func firstControl(_ text: String) -> String? { text.unicodeScalars.first(where: isControl).map(escape) }

  /// `\x1B`, `\u202E`.
  static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let width = scalar.value < 256 ? 2 : 4
    return (width == 2 ? "\\x" : "\\u") + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
