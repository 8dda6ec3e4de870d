internal import Foundation
internal import SocialInfluence

/// The problems of a file by kind: the first of each kind, and the lines of the others.
struct FileProblems {
  private struct Kind {
    let remedy: String
    let message: String
    var more: [Int] = []
    var count = 0
  }
  private var kinds: [Kind] = []
  /// Lines listed per kind.
  private static let shown = 5

  var isEmpty: Bool { kinds.isEmpty }

  /// Adds a problem; problems with the same remedy are of one kind.
  mutating func add(_ failure: Failure, line: Int) {
    let remedy = failure.message.range(of: "\n  = ").map { String(failure.message[$0.upperBound...]) } ?? ""
    guard let place = kinds.firstIndex(where: { $0.remedy == remedy }) else {
      kinds.append(Kind(remedy: remedy, message: failure.message))
      return
    }
    kinds[place].count += 1
    if kinds[place].more.count < Self.shown { kinds[place].more.append(line) }
  }

  /// All problems as one failure.
  var failure: Failure {
    let texts = kinds.map { kind in
      guard kind.count > 0 else { return kind.message }
      let lines =
        kind.more.map { Readable.count($0) }.joined(separator: ", ") + (kind.count > kind.more.count ? ", …" : "")
      return kind.message
        + "\n  the same on \(Readable.plural(kind.count, "more line", "more lines")): \(lines)"
    }
    let total = kinds.count > 1 ? "\n\n\(kinds.count) kinds of problems in this file" : ""
    return Failure(.wrongInput, texts.joined(separator: "\n\n") + total)
  }
}
