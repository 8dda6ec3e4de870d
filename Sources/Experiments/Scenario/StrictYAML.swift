internal import Foundation
internal import Yams

/// The strict subset of YAML in which scenarios are written, read into a tree with places.
///
/// YAML beyond plain groups, lists and values is refused before the parser sees it: an alias used as a key costs the
/// parser time, and deep nesting costs its stack.
enum StrictYAML {
  static let largestFile = 1 << 20
  private static let deepest = 24

  /// The tree of `bytes`; nil after a problem that leaves none.
  static func tree(of bytes: [UInt8], name: String, problems: inout Problems) -> ScenarioNode? {
    func refuse(_ what: String, _ remedy: String) -> ScenarioNode? {
      problems.add(Problem(SourceText(name: name, text: ""), Place(line: 1, column: 1), what, remedy: remedy))
      return nil
    }
    guard bytes.count <= largestFile else {
      return refuse("the file has more than 1 MiB", "a scenario is a page of text; is this the network file?")
    }
    guard let whole = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      return refuse("the file is not UTF-8 text", "save the scenario as UTF-8; is this the network file?")
    }
    // A byte order mark is no part of the text.
    let text = whole.first == "\u{FEFF}" ? String(whole.unicodeScalars.dropFirst()) : whole
    let source = SourceText(name: name, text: text, isShown: name.hasPrefix("--") || Self.isScenario(text))
    for (number, line) in source.lines.enumerated() {
      let scalars = line.unicodeScalars
      guard let column = scalars.firstIndex(where: { $0 != "\t" && Printable.isControl($0) }) else { continue }
      let character = Printable.escape(scalars[column])
      problems.add(
        Problem(
          source, Place(line: number + 1, column: scalars.distance(from: scalars.startIndex, to: column) + 1),
          "a control character (\(character)) stands here",
          remedy: scalars[column] == "\r"
            ? "save the file with line ends LF or CRLF" : "remove it, or write \"\(character)\" within double quotes"))
      return nil
    }
    guard !text.allSatisfy({ $0.isWhitespace }) else { return refuse("the file is empty", "start with `format: 1`") }
    var scan = SubsetScan(source: source, deepest: deepest)
    scan.run(&problems)
    guard scan.isClean else { return nil }
    return compose(text, source, &problems)
  }

  /// Whether a line begins with a key of a scenario.
  private static func isScenario(_ text: String) -> Bool {
    text.utf8.split(separator: UInt8(ascii: "\n")).contains { line in
      let start = line.drop { $0 == 32 || $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "\"") }
      guard let colon = start.prefix(40).firstIndex(of: UInt8(ascii: ":")) else { return false }
      let key = String(decoding: start[..<colon], as: UTF8.self).trimmingCharacters(in: ["\"", " "])
      return ScenarioKeys.all.contains(key)
    }
  }

  /// Repeated keys that are reported one by one: each costs another parse of the file.
  private static func mostRepeats(_ text: String) -> Int { max(2, min(200, 500_000 / max(1, text.utf8.count))) }

  /// Yams stops at a repeated key: each is noted and hidden in a copy of the text, which is parsed again.
  private static func compose(_ text: String, _ source: SourceText, _ problems: inout Problems) -> ScenarioNode? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
    var renamed = [Place: String]()
    let most = mostRepeats(text)
    for attempt in 0...most {
      do {
        let text = lines.map { String(String.UnicodeScalarView($0)) }.joined(separator: "\n")
        guard let root = try Yams.compose(yaml: text) else {
          problems.add(
            Problem(source, Place(line: 1, column: 1), "the file is empty", remedy: "start with `format: 1`"))
          return nil
        }
        return convert(root, source, renamed, &problems)
      } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        let place = Place(line: context.mark.line, column: context.mark.column)
        guard attempt < most, let name = names.first,
          hide(name, at: place, in: &lines, mark: 0xE000 + UInt32(attempt))
        else {
          problems.add(
            Problem(
              source, place, "`\(names.first ?? "")` is written twice in one group",
              remedy: "keep one of the two; other keys may be repeated, too"))
          for (place, name) in renamed {
            problems.add(
              Problem(source, place, "`\(name)` is written twice in one group", remedy: "keep one of the two"))
          }
          return nil
        }
        renamed[place] = name
      } catch {
        problems.add(problem(error, source))
        return nil
      }
    }
    return nil
  }

  /// Overwrites a key with private-use characters of the same length; places after it do not move.
  private static func hide(_ name: String, at place: Place, in lines: inout [[Unicode.Scalar]], mark: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(mark), lines.indices.contains(place.line - 1) else { return false }
    let isQuoted =
      lines[place.line - 1].indices.contains(place.column - 1)
      && ["\"", "'"].contains(lines[place.line - 1][place.column - 1])
    let start = place.column - 1 + (isQuoted ? 1 : 0)
    let end = start + name.unicodeScalars.count
    guard end <= lines[place.line - 1].count, end > start else { return false }
    for column in start..<end { lines[place.line - 1][column] = scalar }
    return true
  }

  private static func problem(_ error: any Error, _ source: SourceText) -> Problem {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      Problem(
        source, Place(line: mark.line, column: mark.column), "this is not well-formed: \(problem)",
        remedy: "write `key: value`, with a space after the colon and equal indentation within a group")
    default:
      Problem(
        source, Place(line: 1, column: 1), "this is not well-formed YAML", remedy: "write `key: value` lines")
    }
  }

  private static func convert(
    _ node: Node, _ source: SourceText, _ renamed: [Place: String], _ problems: inout Problems
  ) -> ScenarioNode {
    let place = Place(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    switch node {
    case .scalar(let scalar):
      let isQuoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
      return ScenarioNode(content: .scalar(scalar.string, isQuoted: isQuoted), place: place, source: source)
    case .sequence(let sequence):
      let items = sequence.map { convert($0, source, renamed, &problems) }
      return ScenarioNode(content: .list(items), place: place, source: source)
    case .mapping(let mapping):
      var entries = [ScenarioNode.Entry]()
      for (key, value) in mapping {
        let keyPlace = Place(line: key.mark?.line ?? 1, column: key.mark?.column ?? 1)
        guard renamed[keyPlace] == nil else { continue }
        guard let name = key.scalar?.string else {
          problems.add(Problem(source, keyPlace, "a key must be a word", remedy: "write `key: value`"))
          continue
        }
        entries.append(.init(key: name, place: keyPlace, value: convert(value, source, renamed, &problems)))
      }
      reportRepeats(mapping, source, renamed, &problems)
      return ScenarioNode(content: .group(entries), place: place, source: source)
    case .alias:
      return ScenarioNode(content: .scalar("", isQuoted: true), place: place, source: source)
    }
  }

  private static func reportRepeats(
    _ mapping: Node.Mapping, _ source: SourceText, _ renamed: [Place: String], _ problems: inout Problems
  ) {
    for (key, _) in mapping {
      guard let mark = key.mark, let name = renamed[Place(line: mark.line, column: mark.column)] else { continue }
      let later = mapping.first { $0.key.scalar?.string == name }?.key.mark
      let place = later.map { Place(line: $0.line, column: $0.column) } ?? Place(line: mark.line, column: mark.column)
      problems.add(
        Problem(
          source, place, "`\(name)` is written twice in one group, first on line \(mark.line)",
          remedy: "keep one of the two"))
    }
  }
}

/// Finds YAML outside the subset, at the starts of tokens.
private struct SubsetScan {
  let source: SourceText
  let deepest: Int
  private(set) var isClean = true
  private var flowDepth = 0
  private var quote: Unicode.Scalar?
  private var indents: [Int] = []

  init(source: SourceText, deepest: Int) { (self.source, self.deepest) = (source, deepest) }

  mutating func run(_ problems: inout Problems) {
    for (number, line) in source.lines.enumerated() {
      scan(Array(line.unicodeScalars), number + 1, &problems)
      // One report of depth is enough, and what follows would only repeat it.
      if flowDepth > deepest || indents.count > deepest { return }
    }
  }

  private mutating func refuse(_ line: Int, _ column: Int, _ what: String, _ remedy: String, _ problems: inout Problems)
  {
    isClean = false
    problems.add(Problem(source, Place(line: line, column: column), what, remedy: remedy))
  }

  private mutating func scan(_ text: [Unicode.Scalar], _ line: Int, _ problems: inout Problems) {
    var column = 0
    var atStart = true
    if quote == nil && flowDepth == 0 {
      guard startBlock(text, line, &column, &problems) else { return }
    }
    while column < text.count {
      let character = text[column]
      let next = column + 1 < text.count ? text[column + 1] : " "
      if let open = quote {
        if open == "\"" && character == "\\" { column += 1 } else if character == open { quote = nil }
        column += 1
        atStart = false
        continue
      }
      if character == "#" && (column == 0 || text[column - 1] == " " || text[column - 1] == "\t") { return }
      if character == " " || character == "\t" || character == "\r" {
        column += 1
        continue
      }
      if atStart, refusesToken(character, next, line, column + 1, &problems) { return }
      guard take(character, Place(line: line, column: column + 1), before: next, &atStart, &problems) else { return }
      column += 1
    }
  }

  /// Handles a character outside quotes; false if the line is refused.
  ///
  /// - Parameter atStart: whether a value may begin here.
  private mutating func take(
    _ character: Unicode.Scalar, _ place: Place, before next: Unicode.Scalar, _ atStart: inout Bool,
    _ problems: inout Problems
  ) -> Bool {
    switch character {
    case "\"", "'":
      if atStart { quote = character }
      atStart = false
    case "[", "{":
      if atStart || flowDepth > 0 {
        flowDepth += 1
        atStart = true
        if flowDepth > deepest {
          refuse(
            place.line, place.column, "this is nested more than \(deepest) deep",
            "a scenario needs four or five levels",
            &problems)
          return false
        }
      }
    case "]", "}":
      flowDepth = max(0, flowDepth - 1)
      atStart = false
    case ",": atStart = flowDepth > 0
    case ":" where next == " " || next == "\t" || flowDepth > 0: atStart = true
    default: atStart = false
    }
    return true
  }

  /// Handles document marks, indentation and dashes at the start of a line; false if the line is done.
  private mutating func startBlock(
    _ text: [Unicode.Scalar], _ line: Int, _ column: inout Int, _ problems: inout Problems
  ) -> Bool {
    let opening = String(String.UnicodeScalarView(text.prefix(3)))
    if opening == "---" || opening == "..." || text.first == "%" {
      refuse(
        line, 1, "`\(text.first == "%" ? "%" : opening)` starts a document or a directive",
        "write one scenario per file, without document marks", &problems)
      return false
    }
    while column < text.count {
      if text[column] == "\t" {
        refuse(line, column + 1, "a tab is used for indentation", "indent with spaces", &problems)
        return false
      }
      if text[column] == " " {
        column += 1
      } else if text[column] == "-" && (column + 1 == text.count || text[column + 1] == " ") {
        descend(to: column)
        column += 1
      } else {
        break
      }
      if indents.count > deepest { break }
    }
    let isBlank = column == text.count || text[column] == "#" || text[column] == "\r"
    if !isBlank { descend(to: column) }
    if indents.count > deepest {
      refuse(
        line, column + 1, "this is nested more than \(deepest) deep", "a scenario needs four or five levels", &problems)
      return false
    }
    return !isBlank
  }

  private mutating func descend(to column: Int) {
    while let last = indents.last, last >= column { indents.removeLast() }
    indents.append(column)
  }

  private mutating func refusesToken(
    _ character: Unicode.Scalar, _ next: Unicode.Scalar, _ line: Int, _ column: Int, _ problems: inout Problems
  ) -> Bool {
    let what: String
    switch character {
    case "&": what = "an anchor (`&`)"
    case "*": what = "an alias (`*`)"
    case "!": what = "a tag (`!`)"
    case "|", ">": what = "a block of text (`\(character)`)"
    case "@", "`": what = "a reserved character (`\(character)`)"
    case "?" where next == " " || next == "\r": what = "an explicit key (`?`)"
    case "<" where next == "<": what = "a merge key (`<<`)"
    default: return false
    }
    refuse(
      line, column, "\(what) is not part of a scenario",
      "write values out in full; put quotes around a text that starts with this character", &problems)
    return true
  }
}
