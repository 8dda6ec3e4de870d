internal import SocialInfluence

/// Assigns the columns, by a header or by the first row.
extension EdgeListParser {
  /// Refuses other formats, and takes a header from the comment above the first row.
  mutating func beginRows(_ line: Int, _ text: [UInt8]) throws(Failure) {
    var fields = [[UInt8]]()
    guard let separator, separator.split(text, into: &fields) else { return }
    try refuseForeign(fields, line)
    if separator == .comma, Separator.areNumbersWithDecimalCommas(text) {
      throw problem(
        line, [], "blanks separate these columns, and commas stand in the numbers",
        "write decimal points, or separate the columns by semicolons")
    }
    guard let comment else { return }
    let words = Array(comment.drop { [32, 9, UInt8(ascii: "#"), UInt8(ascii: "%")].contains($0) })
    var named = [[UInt8]]()
    for separator in [separator, Separator(firstRow: words)] {
      guard separator.split(words, into: &named), named.count == fields.count, EdgeListHeader(named).ends != nil else {
        continue
      }
      // The first row may be a header itself.
      if EdgeListHeader(fields).ends == nil { try header(named, line) }
      return
    }
  }

  func refuseForeign(_ fields: [[UInt8]], _ line: Int) throws(Failure) {
    let isBlank = if case .blank = separator { true } else { false }
    if let (what, remedy) = ForeignFormat.of(fields, isBlank: isBlank) { throw problem(line, [], what, remedy) }
  }

  /// Whether the row is taken as a header, or set aside until the next row decides. It is a header if the settings name
  /// columns, if it names both ends of a tie, or if its words stand above numbers.
  mutating func takesAsHeader(_ fields: [[UInt8]], _ line: Int, _ text: [UInt8]) throws(Failure) -> Bool {
    if let first = pending {
      pending = nil
      try settle(first, above: fields)
      return false
    }
    guard report.rows == 0 && report.header.isEmpty && width == 0 else { return false }
    let asksForNames = [settings.source, settings.target, settings.weight].contains {
      if case .named = $0 { true } else { false }
    }
    let named = EdgeListHeader(fields)
    if asksForNames || named.ends != nil && !named.mayBeIds {
      try header(fields, line)
      return true
    }
    guard fields.count >= 2 else { throw oneColumn(line, text) }
    if Self.areNumbers(idsFirst(fields).prefix(2)) {
      let numbers = fields.compactMap { Double(String(decoding: $0, as: UTF8.self)) }
      if numbers.count == fields.count, numbers.count < 4 { counts = (numbers, line) }
      try layout(fields, line)
      return false
    }
    pending = (fields, line, text)
    return true
  }

  /// The fields, with the id columns of the scenario first.
  private func idsFirst(_ fields: [[UInt8]]) -> [[UInt8]] {
    guard case .numbered(let source) = settings.source, case .numbered(let target) = settings.target,
      max(source, target) <= fields.count, source != target
    else { return fields }
    let places = [source - 1, target - 1]
    return places.map { fields[$0] } + fields.indices.filter { !places.contains($0) }.map { fields[$0] }
  }

  /// Decides by the row below whether a first row of words is a header.
  private mutating func settle(
    _ first: (fields: [[UInt8]], line: Int, text: [UInt8]), above fields: [[UInt8]]
  ) throws(Failure) {
    let above = EdgeListHeader(first.fields)
    if above.ends == nil,
      let trait = above.names.first(where: ColumnMeaning.isTrait)
        ?? (ColumnMeaning.areOfAgents(above.names) ? above.names.dropFirst().first : nil)
    {
      throw problem(
        first.line, [],
        "the first row names `\(trait)`, which is said of agents: this looks like an agents file, not like ties",
        "write it under `agentsFile: { path: … }` beside the file of ties")
    }
    if above.ends == nil, fields.count > 2, fields.count == first.fields.count,
      fields.allSatisfy({ $0 == [48] || $0 == [49] })
    {
      throw problem(
        first.line, [], "names stand above rows of 0 and 1: this looks like an adjacency matrix",
        "write `format: matrix`; if these are ties, call the two columns that hold the ids source and target")
    }
    if above.ends == nil, first.fields.count > 1, fields.count == first.fields.count + 1, fields[0] == first.fields[0] {
      throw problem(
        first.line, [], "the first row begins as the second and is one shorter: this looks like an adjacency matrix",
        "write `format: matrix`, or convert it to one tie per row: source,target,weight")
    }
    let modes = above.ends == nil ? ColumnMeaning.modes(above.names) : nil
    if modes == nil,
      Self.areNames(idsFirst(first.fields), above: idsFirst(fields))
        || above.alters != nil || above.ends != nil && !above.isLike(fields)
        || ForeignFormat.isMatrix(header: above.names, fields)
    {
      try header(first.fields, first.line)
    } else if let modes {
      throw problem(
        first.line, [],
        "the first row names two kinds of nodes: this looks like a two-mode network, in which nobody is tied to anybody",
        "tie those who share one (`\(modes.0)` by `\(modes.1)`), one pair per row under the header source,target; "
          + "if these are ids, write source,target above them")
    } else {
      try layout(first.fields, first.line)
      beginsWithWords = true
      try row(first.fields, first.line, first.text)
    }
  }

  /// Whether words stand above numbers: in both ids, or in a column beside them.
  static func areNames(_ first: [[UInt8]], above fields: [[UInt8]]) -> Bool {
    guard first.count <= fields.count else { return areNumbers(fields.prefix(2)) && !areNumbers(first.prefix(2)) }
    let numbers = first.indices.filter { isNumber(fields[$0]) }
    // A number above a number is no name; an empty cell may be one.
    return (numbers.starts(with: [0, 1]) || numbers.contains { $0 > 1 }) && numbers.allSatisfy { !isNumber(first[$0]) }
  }

  private static func isNumber(_ field: [UInt8]) -> Bool {
    Double(String(decoding: field.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }, as: UTF8.self)) != nil
  }

  static func areNumbers(_ fields: ArraySlice<[UInt8]>) -> Bool {
    fields.count == 2 && fields.allSatisfy { Double(String(decoding: $0, as: UTF8.self)) != nil }
  }

  mutating func header(_ fields: [[UInt8]], _ line: Int) throws(Failure) {
    let header = EdgeListHeader(fields)
    report.header = header.names
    headerFields = fields
    isNamed = header.ends != nil
    func find(_ reference: ColumnReference?, or standard: Int?) throws(Failure) -> Int? {
      switch reference {
      case .named(let name):
        if let place = header.place(of: name) { return place }
        // Names are quoted only if they look like names: the file may be private.
        let areNames = header.names.count > 1 && header.names.allSatisfy(Written.isLabel)
        throw problem(
          line, [], "there is no column `\(name)`",
          areNames ? "known: " + header.names.joined(separator: ", ") : "head the file with the names of its columns")
      case .numbered(let number): return number - 1
      case nil: return standard
      }
    }
    try refuseAmbiguous(header, line)
    let skipped = header.hasRowNumbers ? 1 : 0
    places.source = try find(settings.source, or: header.ends?.source ?? skipped) ?? 0
    places.target = try find(settings.target, or: header.ends?.target ?? skipped + 1) ?? 1
    places.weight = settings.ignoresWeights ? nil : try find(settings.weight, or: header.weight)
    try begin(fields, line)
  }

  /// Refuses a header that does not say which columns hold the ids.
  private func refuseAmbiguous(_ header: EdgeListHeader, _ line: Int) throws(Failure) {
    guard settings.source == nil, settings.target == nil else { return }
    if let alters = header.alters {
      throw problem(
        line, [], "the header names several alters, `\(alters.0)` and `\(alters.1)`: this looks like a list of alters",
        "keep the columns of ids and write `format: alters`, or convert it to one tie per row: source,target")
    }
    guard header.ends == nil, !header.hasRowNumbers || header.mayMissIds, header.names.count > 2, !header.restIsKnown
    else { return }
    throw problem(
      line, [], "the header does not say which of its \(header.names.count) columns hold the ids",
      "call these two columns source and target, where they stand"
        + (settings.isByOptions ? "" : ", or write `source:` and `target:` with their names"))
  }

  mutating func layout(_ fields: [[UInt8]], _ line: Int) throws(Failure) {
    func number(_ reference: ColumnReference?, _ standard: Int) -> Int {
      if case .numbered(let number) = reference { number - 1 } else { standard }
    }
    places.source = number(settings.source, 0)
    places.target = number(settings.target, 1)
    if case .numbered(let number) = settings.weight, !settings.ignoresWeights { places.weight = number - 1 }
    try refuseTimes(fields, line)
    try begin(fields, line)
    // A third id beside an unchanging second one suggests SIF: id, relation, id.
    if width == 3, fields.count == 3, settings.source == nil, settings.target == nil, places.weight == nil,
      Double(String(decoding: fields[2], as: UTF8.self)) == nil,
      !ColumnMeaning.isTime(cell: String(decoding: fields[2], as: UTF8.self))
    {
      relation = (fields[1], fields[2], false)
    }
  }

  /// Refuses a time in one of the first two columns if two other columns may hold the ids.
  private func refuseTimes(_ fields: [[UInt8]], _ line: Int) throws(Failure) {
    guard fields.count > 2, settings.source == nil, settings.target == nil else { return }
    let areTimes = fields.map { ColumnMeaning.isTime(cell: String(decoding: $0, as: UTF8.self)) }
    let others = areTimes.indices.filter { !areTimes[$0] }
    // Whole numbers may be seconds or ids: only all rows show which.
    let isFirst = areTimes[0] || areTimes[1] && Int(String(decoding: fields[1], as: UTF8.self)) == nil
    guard isFirst, others.count > 1 else { return }
    throw problem(
      line, [], "the \(areTimes[0] ? "first" : "second") column looks like a time, not like an id",
      "name the columns of the ids: `source: \(others[0] + 1), target: \(others[1] + 1)`, or a header such as time,source,target; if "
        + "these are ids, write `source: 1, target: 2`")
  }

  mutating func begin(_ fields: [[UInt8]], _ line: Int) throws(Failure) {
    // Separators at the end of rows make no columns.
    let width = (fields.lastIndex { !$0.isEmpty } ?? -1) + 1
    if width < 2 { throw oneColumn(line, []) }
    self.width = width
    if places.weight != nil { weighted = TieList(weights: []) }
    let last = max(places.source, places.target, places.weight ?? 0)
    if last >= width {
      throw problem(line, [], "there is no column \(last + 1)", "the file has \(width) columns")
    }
    if places.source == places.target {
      throw problem(line, [], "both ends of a tie are column \(places.source + 1)", "name two columns")
    }
    func name(_ place: Int) -> String {
      place < report.header.count && !report.header[place].isEmpty ? report.header[place] : "column \(place + 1)"
    }
    let used = [places.source, places.target] + (places.weight.map { [$0] } ?? [])
    report.columns = used.map(name)
    let ignored = (0..<width).filter { !used.contains($0) }
    report.ignoredColumns = ignored.map(name)
    let hasNames = !report.header.isEmpty
    func called(_ place: Int) -> String { hasNames ? "the column `\(name(place))`" : name(place) }
    if settings.weight == nil && !settings.ignoresWeights {
      func isLikely(_ place: Int) -> Bool {
        hasNames ? ColumnMeaning.isSign(name: name(place)) || ColumnMeaning.isTie(name: name(place)) : place == 2
      }
      // A file with many columns is a table of something else.
      unused = (ignored.filter(isLikely) + ignored.filter { !isLikely($0) }.prefix(8)).map {
        UnusedColumn(place: $0, name: name($0), called: called($0), isLikely: isLikely($0))
      }
    }
    kind = hasNames ? ignored.first { ColumnMeaning.isKind(name: name($0)) } : nil
    timeColumnName = ignored.first {
      hasNames
        ? ColumnMeaning.isTime(name: name($0)) : ColumnMeaning.isTime(cell: String(decoding: fields[$0], as: UTF8.self))
    }.map(called)
  }
}
