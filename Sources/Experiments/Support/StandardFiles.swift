internal import Foundation

/// Standard output with every write checked: `print` to a full device would end with exit code 0.
package enum StandardOutput {
  package static func write(_ text: String) throws(Failure) {
    do {
      try OutputFile.writeAll(Array(Printable.text(text).utf8), to: 1, name: "standard output")
    } catch {
      // Whoever closed the pipe has read enough, and wants no word about it.
      throw errno == EPIPE ? Failure(.writingFailed, "") : error
    }
  }
}

/// Standard error: notes and messages. Where it is full or closed they are lost, and nothing else changes.
enum StandardError {
  /// One or more lines.
  package static func note(_ text: String) {
    if !text.isEmpty { write(Printable.text(text) + "\n") }
  }

  /// Text that may move the cursor.
  static func write(_ text: String) { try? OutputFile.writeAll(Array(text.utf8), to: 2, name: "standard error") }
}

/// Text from files and command lines, made fit for a terminal.
enum Printable {
  /// `text` with control characters, but for line ends and tabs, written as escapes that do nothing: nothing that stands in
  /// a file can move the cursor, rename the window or hide what follows.
  package static func text(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isControl(scalar) { result.append(contentsOf: escape(scalar).unicodeScalars) } else { result.append(scalar) }
    }
    return String(result)
  }

  /// C0 and C1 but for line ends and tabs, DEL, tags, and the characters that turn the direction of writing.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 9, 10: false
    case 0..<32, 127..<160, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }

  /// The first character that is written as an escape, as that escape.
  static func firstControl(_ text: String) -> String? { text.unicodeScalars.first(where: isControl).map(escape) }

  /// `\x1B`, `\u202E`.
  static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let width = scalar.value < 256 ? 2 : 4
    return (width == 2 ? "\\x" : "\\u") + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
