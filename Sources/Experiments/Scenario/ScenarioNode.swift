/// Where something stands in a file.
package struct Place: Sendable, Hashable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) { (self.line, self.column) = (line, column) }
}

/// A source of scenario text, for messages: a file, or an option of the command line.
package struct SourceText: Sendable, Hashable {
  package let name: String
  package let lines: [String]
  /// The number of the first of `lines`, for an excerpt of a long file.
  package let firstLine: Int

  /// Whether messages may show its lines: not of a file that is something else, somebody's secrets perhaps.
  private let isShown: Bool

  package init(name: String, text: String, firstLine: Int = 1, isShown: Bool = true) {
    self.name = name
    self.isShown = isShown
    self.firstLine = firstLine
    // A carriage return is part of the line end; left in, it would move the caret to the left margin.
    lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
    }
  }

  /// One name is one text: comparing whole files for every problem would cost more than reading them.
  package static func == (a: SourceText, b: SourceText) -> Bool { a.name == b.name && a.firstLine == b.firstLine }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  package func line(_ number: Int) -> String? {
    isShown && lines.indices.contains(number - firstLine) ? lines[number - firstLine] : nil
  }
}

/// A node of a scenario, with its place. Sweeps and arms are edits of this tree, made before it is read.
package struct ScenarioNode: Sendable {
  package enum Content: Sendable {
    case scalar(String, isQuoted: Bool)
    case list([ScenarioNode])
    case group([Entry])
  }

  package struct Entry: Sendable {
    package let key: String
    package let place: Place
    package var value: ScenarioNode
  }

  package var content: Content
  package let place: Place
  package let source: SourceText

  package var entries: [Entry]? {
    if case .group(let entries) = content { return entries }
    return nil
  }

  package subscript(key: String) -> ScenarioNode? { entries?.first { $0.key == key }?.value }

  /// The node at `path`, keys from the top.
  package func descendant(_ path: [String]) -> ScenarioNode? {
    path.reduce(Optional(self)) { node, key in node?[key] }
  }

  /// This tree with the node at `path` replaced, missing groups made on the way.
  package func replacing(_ path: ArraySlice<String>, by node: ScenarioNode) -> ScenarioNode {
    guard let key = path.first else { return node }
    var entries = entries ?? []
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].value = entries[index].value.replacing(path.dropFirst(), by: node)
    } else {
      let empty = ScenarioNode(content: .group([]), place: node.place, source: node.source)
      entries.append(Entry(key: key, place: node.place, value: empty.replacing(path.dropFirst(), by: node)))
    }
    return ScenarioNode(content: .group(entries), place: place, source: source)
  }

  /// This tree with `overrides` laid over it: groups merge key by key; a group that names its `kind` replaces the whole.
  package func overridden(by overrides: ScenarioNode) -> ScenarioNode {
    guard let own = entries, let theirs = overrides.entries, overrides["kind"] == nil else { return overrides }
    var merged = own
    for entry in theirs {
      if let index = merged.firstIndex(where: { $0.key == entry.key }) {
        merged[index].value = merged[index].value.overridden(by: entry.value)
      } else {
        merged.append(entry)
      }
    }
    return ScenarioNode(content: .group(merged), place: place, source: source)
  }
}
