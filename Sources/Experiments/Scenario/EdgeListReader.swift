internal import SocialInfluence

/// Reads the keys of `network: { kind: file }`.
enum EdgeListReader {
  static func read(_ group: inout GroupReader, _ problems: inout Problems) -> EdgeListSettings? {
    let path = path(&group, "path", &problems)
    if group.node["path"] == nil {
      group.missing("path", "write the path of an edge list, relative to the scenario", &problems)
    }
    var settings = EdgeListSettings(path: path?.resolved ?? "", isDirected: isDirected(&group, &problems))
    settings.writtenPath = path?.written ?? ""
    readDirection(&group, &settings, &problems)
    readPolicies(&group, &settings, &problems)
    let format = format(&group, &problems)
    settings.format = format
    readColumns(&group, &settings, format ?? NetworkFormat(ofName: path?.resolved ?? ""), &problems)
    return path == nil ? nil : settings
  }

  private static func isDirected(_ group: inout GroupReader, _ problems: inout Problems) -> Bool {
    guard group.node["directed"] == nil else { return group.flag("directed", standard: false, &problems) }
    _ = group.take("directed")
    group.missing("directed", "write `directed: true` or `directed: false`", &problems)
    return false
  }

  private static func readDirection(
    _ group: inout GroupReader, _ settings: inout EdgeListSettings, _ problems: inout Problems
  ) {
    settings.reverse = group.flag("reverse", standard: false, &problems)
    guard settings.reverse && !settings.isDirected, let node = group.node["reverse"] else { return }
    problems.add(
      Problem(
        node, "an undirected network has no arrows to turn round",
        remedy: "remove `reverse`, or write `directed: true`"))
  }

  /// Reads what to do with loops, repeats and weights that are not positive, and the encoding.
  private static func readPolicies(
    _ group: inout GroupReader, _ settings: inout EdgeListSettings, _ problems: inout Problems
  ) {
    let loops = group.choice("loops", of: LoopPolicy.allCases.map(\.rawValue), standard: "refuse", &problems)
    let repeats = group.choice("repeats", of: RepeatPolicy.allCases.map(\.rawValue), standard: "refuse", &problems)
    let nonPositive = group.choice("nonPositive", of: ["refuse", "drop"], standard: "refuse", &problems)
    let encoding = group.choice("encoding", of: TextEncoding.allCases.map(\.rawValue), standard: "utf-8", &problems)
    settings.loops = LoopPolicy(rawValue: loops) ?? .refuse
    settings.repeats = RepeatPolicy(rawValue: repeats) ?? .refuse
    settings.dropsNonPositive = nonPositive == "drop"
    settings.encoding = TextEncoding(rawValue: encoding) ?? .utf8
  }

  private static func format(_ group: inout GroupReader, _ problems: inout Problems) -> NetworkFormat? {
    let known = NetworkFormat.allCases.map(\.rawValue)
    guard let node = group.take("format"),
      let word = ScalarReading.choice(node, "format of a network file", of: known, &problems)
    else { return nil }
    group.keep("format", .text(word))
    return NetworkFormat(rawValue: word)
  }

  /// Reads which columns or attributes hold ids, weights and groups.
  private static func readColumns(
    _ group: inout GroupReader, _ settings: inout EdgeListSettings, _ kind: NetworkFormat, _ problems: inout Problems
  ) {
    settings.source = column(&group, "source", &problems)
    settings.target = column(&group, "target", &problems)
    if case .scalar("none", _) = group.node["weight"]?.content {
      _ = group.take("weight")
      group.keep("weight", .text("none"))
      settings.ignoresWeights = true
    } else {
      settings.weight = column(&group, "weight", &problems)
    }
    for key in ["source", "target"] where kind != .edgeList {
      guard let node = group.node[key] else { continue }
      problems.add(
        Problem(
          node, "`network.\(key)` names a column, and \(kind.rawValue) has none",
          remedy: "remove it, or write `format: edge-list`"))
    }
    settings.agentsFile = agentsFile(&group, &problems)
    guard let node = group.take("group"), let text = ScalarReading.text(node, "network.group", &problems) else {
      return
    }
    if settings.agentsFile != nil || ![.graphML, .gexf, .gml].contains(kind) {
      problems.add(
        Problem(
          node, "`network.group` names what a graph says of its nodes",
          remedy: "write agentsFile: { path: …, group: … }"))
    }
    settings.group = text
    group.keep("group", .text(text))
  }

  private static func agentsFile(_ group: inout GroupReader, _ problems: inout Problems) -> AgentsFileSettings? {
    guard let node = group.take("agentsFile") else { return nil }
    var inner = GroupReader(node, name: group.path("agentsFile"), scalarKey: "path", &problems)
    let path = path(&inner, "path", &problems)
    if inner.node["path"] == nil { inner.missing("path", "write the path of a CSV file with a column `id`", &problems) }
    let isolates = inner.choice("isolates", of: ["refuse", "keep"], standard: "refuse", &problems)
    let encoding = inner.choice("encoding", of: TextEncoding.allCases.map(\.rawValue), standard: "utf-8", &problems)
    var groupColumn = "group"
    if let node = inner.take("group") {
      groupColumn = ScalarReading.text(node, inner.path("group"), &problems) ?? groupColumn
    }
    inner.keep("group", .text(groupColumn))
    let scale = inner.choice("scale", of: TraitScale.allCases.map(\.rawValue), standard: "written", &problems)
    inner.finish(&problems)
    group.keep("agentsFile", .group(inner.resolved))
    guard let path else { return nil }
    var settings = AgentsFileSettings(path: path.resolved)
    settings.writtenPath = path.written
    settings.keepsIsolates = isolates == "keep"
    settings.group = groupColumn
    settings.scale = TraitScale(rawValue: scale) ?? .written
    settings.encoding = TextEncoding(rawValue: encoding) ?? .utf8
    return settings
  }

  /// A path as written, and as resolved against the scenario's folder.
  private static func path(_ group: inout GroupReader, _ key: String, _ problems: inout Problems) -> (
    written: String, resolved: String
  )? {
    guard let node = group.take(key), let text = ScalarReading.text(node, group.path(key), &problems) else {
      return nil
    }
    group.keep(key, .text(text))
    if text.hasPrefix("/") || node.source.name.hasPrefix("--") { return (text, text) }
    return (text, FilePath.join(FilePath.folder(node.source.name), text))
  }

  private static func column(
    _ group: inout GroupReader, _ key: String, _ problems: inout Problems
  ) -> ColumnReference? {
    guard let node = group.take(key) else { return nil }
    if case .scalar(let text, false) = node.content, Written.isNumber(text) {
      guard let number = ScalarReading.whole(node, group.path(key), in: 1...10_000, unit: "columns", &problems) else {
        return nil
      }
      group.keep(key, .number(number))
      return .numbered(number)
    }
    guard let text = ScalarReading.text(node, group.path(key), &problems) else { return nil }
    group.keep(key, .text(text))
    return .named(text)
  }
}
