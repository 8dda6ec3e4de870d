/// A position in a file; line and column count from 1.
struct Place: Sendable, Hashable {
  let line: Int
  let column: Int

  init(line: Int, column: Int) { (self.line, self.column) = (line, column) }
}

/// An input text, for messages: a file, or an option of the command line.
struct SourceText: Sendable, Hashable {
  let name: String
  let lines: [String]
  /// The line number of the first of `lines`, for an excerpt of a long file.
  let firstLine: Int

  /// Whether messages may quote its lines: a file of another kind may be private.
  private let isShown: Bool

  init(name: String, text: String, firstLine: Int = 1, isShown: Bool = true) {
    self.name = name
    self.isShown = isShown
    self.firstLine = firstLine
    // A carriage return is part of the line end; left in, it would move the caret to the left margin.
    lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
    }
  }

  /// Compares only name and first line: comparing whole texts for every problem would cost more than reading them.
  static func == (a: SourceText, b: SourceText) -> Bool { a.name == b.name && a.firstLine == b.firstLine }
  func hash(into hasher: inout Hasher) { hasher.combine(name) }

  func line(_ number: Int) -> String? {
    isShown && lines.indices.contains(number - firstLine) ? lines[number - firstLine] : nil
  }
}
