/// The resolved value of a scenario key, written or by default, in one canonical spelling.
indirect enum Setting: Sendable, Hashable {
  /// A number in its shortest form, or `none`.
  case number(String)
  case text(String)
  case list([Setting])
  case group([Pair])

  struct Pair: Sendable, Hashable {
    let key: String
    var value: Setting
    init(_ key: String, _ value: Setting) { (self.key, self.value) = (key, value) }
  }

  /// A tree as written: numbers and Booleans as such, everything else as text.
  init(written node: ScenarioNode) {
    switch node.content {
    case .group(let entries): self = .group(entries.map { Pair($0.key, Setting(written: $0.value)) })
    case .list(let items): self = .list(items.map { Setting(written: $0) })
    case .scalar(let text, let isQuoted):
      let isPlain = !isQuoted && (["true", "false"].contains(text) || Double(text) != nil)
      self = isPlain ? .number(text) : .text(text)
    }
  }

  static func number(_ value: Double) -> Setting { .number(Digits.shortest(value)) }
  static func number(_ value: Int) -> Setting { .number(String(value)) }

  subscript(key: String) -> Setting? {
    guard case .group(let pairs) = self else { return nil }
    return pairs.first { $0.key == key }?.value
  }

  /// This tree with the setting at `path` replaced.
  func replacing(_ path: ArraySlice<String>, by setting: Setting) -> Setting {
    guard let key = path.first, case .group(var pairs) = self else { return setting }
    if let index = pairs.firstIndex(where: { $0.key == key }) {
      pairs[index].value = pairs[index].value.replacing(path.dropFirst(), by: setting)
    } else {
      pairs.append(Pair(key, setting))
    }
    return .group(pairs)
  }

  /// This tree with the keys of `paths` in the order of the paths; all other keys stay in place.
  func ordered(by paths: [[String]]) -> Setting {
    guard case .group(var pairs) = self, !paths.isEmpty else { return self }
    var keys = [String]()
    for key in paths.compactMap(\.first) where !keys.contains(key) { keys.append(key) }
    let places = pairs.indices.filter { keys.contains(pairs[$0].key) }
    let moved = keys.compactMap { key in pairs.first { $0.key == key } }
    for (place, pair) in zip(places, moved) {
      let below = paths.filter { $0.first == pair.key && $0.count > 1 }.map { Array($0.dropFirst()) }
      pairs[place] = Pair(pair.key, pair.value.ordered(by: below))
    }
    return .group(pairs)
  }

  /// One line per leaf: dotted path and value, in the order of the tree.
  func leaves(_ path: String = "") -> [(path: String, value: String)] {
    switch self {
    case .number(let text), .text(let text): return [(path, text)]
    case .list(let items): return [(path, "[" + items.map(\.inline).joined(separator: ", ") + "]")]
    case .group(let pairs) where pairs.isEmpty && !path.isEmpty: return [(path, "{}")]
    case .group(let pairs):
      return pairs.flatMap { $0.value.leaves(path.isEmpty ? $0.key : path + "." + $0.key) }
    }
  }

  /// The setting on one line, as YAML flow text.
  var inline: String {
    switch self {
    case .number(let text): text
    case .text(let text): Self.quoted(text)
    case .list(let items): "[" + items.map(\.inline).joined(separator: ", ") + "]"
    case .group(let pairs):
      "{ " + pairs.map { "\(Self.quoted($0.key)): \($0.value.inline)" }.joined(separator: ", ") + " }"
    }
  }

  /// The setting as a YAML document that reads back to itself.
  func yaml(indent: Int = 0) -> String {
    guard case .group(let pairs) = self else { return inline }
    return pairs.map { pair in
      let head = String(repeating: " ", count: indent) + Self.quoted(pair.key) + ":"
      if case .group(let inner) = pair.value, !inner.isEmpty {
        return head + "\n" + pair.value.yaml(indent: indent + 2)
      }
      return head + " " + (pair.value == .group([]) ? "{}" : pair.value.inline) + "\n"
    }.joined()
  }

  /// The setting as JSON, with numbers as numbers.
  var json: String {
    switch self {
    case .number(let text): Self.isJSON(text) ? text : JSON.string(text)
    case .text(let text): JSON.string(text)
    case .list(let items): "[" + items.map(\.json).joined(separator: ", ") + "]"
    case .group(let pairs):
      "{" + pairs.map { JSON.string($0.key) + ": " + $0.value.json }.joined(separator: ", ") + "}"
    }
  }

  private static func isJSON(_ word: String) -> Bool {
    // No regular expression: a list may hold 100,000 numbers.
    word == "true" || word == "false"
      || Written.isNumber(word) && !word.hasPrefix(".") && !word.hasPrefix("-.")
  }

  private static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty && text.first?.isLetter == true
      && text.allSatisfy { $0.isLetter || $0.isNumber || "-_./ ".contains($0) } && text.last != " "
      && !["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
    if isPlain { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        // YAML parsers reject control characters, and fold line ends of every kind.
        result += Printable.isControl(scalar) ? Printable.escape(scalar) : String(scalar)
      }
    }
    return result + "\""
  }
}
