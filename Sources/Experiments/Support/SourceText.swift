/// Where something stands in a file.
struct Place: Sendable, Hashable {
  let line: Int
  let column: Int

  init(line: Int, column: Int) { (self.line, self.column) = (line, column) }
}

/// A source of scenario text, for messages: a file, or an option of the command line.
struct SourceText: Sendable, Hashable {
  let name: String
  let lines: [String]
  /// The number of the first of `lines`, for an excerpt of a long file.
  let firstLine: Int

  /// Whether messages may show its lines: not of a file that is something else, somebody's secrets perhaps.
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

  /// One name is one text: comparing whole files for every problem would cost more than reading them.
  static func == (a: SourceText, b: SourceText) -> Bool { a.name == b.name && a.firstLine == b.firstLine }
  func hash(into hasher: inout Hasher) { hasher.combine(name) }

  func line(_ number: Int) -> String? {
    isShown && lines.indices.contains(number - firstLine) ? lines[number - firstLine] : nil
  }
}
