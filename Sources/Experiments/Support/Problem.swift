/// Something wrong with the user's input: where, what, and the remedy.
struct Problem: Sendable, Hashable {
  let source: SourceText
  let place: Place
  let what: String
  let remedy: String

  init(_ source: SourceText, _ place: Place, _ what: String, remedy: String) {
    (self.source, self.place, self.what, self.remedy) = (source, place, what, remedy)
  }

  /// `file:line:column: error: what`, the line with a caret, and the remedy.
  var message: String {
    var text = "\(source.name):\(place.line):\(place.column): error: \(what)\n"
    if let excerpt = source.line(place.line), !excerpt.isEmpty {
      let line = String(excerpt.unicodeScalars.prefix(160).map { $0.value < 32 ? " " : Character($0) })
      text += "  | \(line)\n  | \(String(repeating: " ", count: max(0, min(place.column, 160) - 1)))^\n"
    }
    return text + "  = \(remedy)"
  }
}

/// Distinct problems, sorted by place; only the first `most` found are kept.
struct Problems: Sendable {
  /// Problems kept.
  static let most = 200
  private var found = Set<Problem>()
  private var hasMore = false

  init() {}

  mutating func add(_ problem: Problem) {
    guard found.count < Self.most else {
      hasMore = hasMore || !found.contains(problem)
      return
    }
    found.insert(problem)
  }
  /// Adds those of `others` that are at none of `places`.
  mutating func add(_ others: Problems, except places: Set<Place>) {
    for problem in others.sorted where !places.contains(problem.place) { add(problem) }
    hasMore = hasMore || others.hasMore
  }
  var isEmpty: Bool { found.isEmpty }
  /// Whether further problems would be dropped.
  var isFull: Bool { found.count >= Self.most }
  /// The number of problems, for messages.
  var count: String {
    found.count == 1 ? "1 problem" : "\(hasMore ? "the first " : "")\(found.count) problems"
  }

  var sorted: [Problem] {
    found.sorted {
      ($0.source.name, $0.place.line, $0.place.column, $0.what) < (
        $1.source.name, $1.place.line, $1.place.column, $1.what
      )
    }
  }
}

/// An error that ends a command, with its documented exit code.
package struct Failure: Error, Sendable {
  package enum Code: Int32, Sendable {
    case somethingFailed = 1
    case wrongInput = 65
    case missingInput = 66
    case beyondTheMachine = 69
    case internalError = 70
    case cannotCreate = 73
    case writingFailed = 74
    /// Another run writes there: try again later.
    case busy = 75
    case hungUp = 129
    case interrupted = 130
    case terminated = 143
  }

  package let code: Code
  package let message: String

  init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

  /// All problems of a scenario as one failure.
  init(_ problems: Problems) {
    precondition(!problems.isEmpty, "a refusal names its problem")
    let text = problems.sorted.map(\.message).joined(separator: "\n\n")
    self.init(.wrongInput, text + "\n\n\(problems.count); nothing was run.")
  }
}

/// Suggestions for misspelled words.
enum Spelling {
  /// The closest candidate to `word`, if close enough; the first of equally close ones. Otherwise, with `byBeginning`,
  /// the only candidate that begins with `word`.
  static func nearest(_ word: String, among candidates: some Sequence<String>, byBeginning: Bool = false) -> String? {
    let own = word.lowercased()
    let limit = max(1, min(3, word.count / 3))
    var best: (word: String, distance: Int)?
    var longer = [String]()
    for candidate in candidates {
      let other = candidate.lowercased()
      if byBeginning, word.count > 2, other.hasPrefix(own) { longer.append(candidate) }
      // So many letters more or fewer are as many edits.
      guard abs(other.count - own.count) <= limit else { continue }
      let distance = distance(own, other)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word ?? (longer.count == 1 ? longer[0] : nil)
  }

  /// Optimal string alignment distance (insert, delete, substitute, swap neighbors) of the first 64 characters.
  private static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.prefix(64)), Array(b.prefix(64)))
    var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { rows[i][0] = i }
    for j in 0...b.count { rows[0][j] = j }
    for i in stride(from: 1, through: a.count, by: 1) {
      for j in stride(from: 1, through: b.count, by: 1) {
        rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
          rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
        }
      }
    }
    return rows[a.count][b.count]
  }
}
