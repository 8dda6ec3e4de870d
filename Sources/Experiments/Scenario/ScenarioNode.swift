/// A node of a scenario, with its place. Sweeps and arms are edits of this tree, made before it is read.
struct ScenarioNode: Sendable {
  enum Content: Sendable {
    case scalar(String, isQuoted: Bool)
    case list([ScenarioNode])
    case group([Entry])
  }

  struct Entry: Sendable {
    let key: String
    let place: Place
    var value: ScenarioNode
  }

  var content: Content
  let place: Place
  let source: SourceText

  var entries: [Entry]? {
    if case .group(let entries) = content { return entries }
    return nil
  }

  subscript(key: String) -> ScenarioNode? { entries?.first { $0.key == key }?.value }

  /// The node at `path`, keys from the top.
  func descendant(_ path: [String]) -> ScenarioNode? {
    path.reduce(Optional(self)) { node, key in node?[key] }
  }

  /// This tree with the node at `path` replaced; missing groups are added.
  func replacing(_ path: ArraySlice<String>, by node: ScenarioNode) -> ScenarioNode {
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

  /// This tree with `overrides` applied: groups merge key by key, but a group that names its `kind` replaces the whole.
  func overridden(by overrides: ScenarioNode) -> ScenarioNode {
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

extension Problem {
  init(_ node: ScenarioNode, _ what: String, remedy: String) {
    self.init(node.source, node.place, what, remedy: remedy)
  }
}
