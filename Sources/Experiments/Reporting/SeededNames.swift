/// Who is seeded by name, from `seeds.csv`: for arms that seed the same agents in all cascades.
struct SeededNames: Sendable {
  private var lists: [Key: Seeds] = [:]

  private struct Key: Hashable {
    let point: String
    let arm: String
  }

  /// The seeds of the first cascade, and those of the cascade that is read.
  private struct Seeds {
    var first: [String] = []
    var cascade = ""
    /// The seeds of `cascade` read so far; nil while it is the first one.
    var count: Int?
    var areSame = true

    mutating func add(_ agent: String, cascade: String) {
      if self.cascade != cascade {
        areSame = areSame && (count ?? first.count) == first.count
        count = self.cascade.isEmpty ? nil : 0
        self.cascade = cascade
      }
      guard let count else { return first.append(agent) }
      areSame = areSame && count < first.count && first[count] == agent
      self.count = count + 1
    }
  }

  /// Nil if the table was not written or is too large to read here.
  init?(_ folder: String, _ facts: Manifest.Facts) throws(Failure) {
    // Larger tables hold the seeds of every draw, which differ.
    let isRead = try WrittenRows.read(SeedsTable.file, folder, facts, most: 8 << 20) { cell in
      lists[Key(point: cell("point"), arm: cell("arm")), default: Seeds()]
        .add(cell("agent"), cascade: cell("replicate") + "/" + cell("draw"))
    }
    guard isRead else { return nil }
  }

  /// The seeds in order; nil if they differ between draws, networks or these points.
  func names(_ points: [String], _ arm: String) -> [String]? {
    let lists = points.map { self.lists[Key(point: $0, arm: arm)] }
    guard let first = lists.first??.first, !first.isEmpty else { return nil }
    let areSame = lists.allSatisfy { list in
      list.map { $0.areSame && ($0.count ?? first.count) == first.count && $0.first == first } ?? false
    }
    return areSame ? first : nil
  }
}

extension VerdictReport {
  /// Who is seeded by each arm that seeds the same agents at all these points; empty if there is none.
  func seeded(_ groups: [Group]) -> String {
    guard let seededNames else { return "" }
    let points = groups.flatMap(\.points)
    let known = arms.compactMap { arm in seededNames.names(points, arm).map { (arm, $0) } }
    guard !known.isEmpty else { return "" }
    // Twenty people are named; of many arms fewer each.
    let most = isWide ? Int.max : known.count > 4 ? 10 : 25
    let shortArms = Readable.shortened(known.map(\.0), to: 16)
    let column = (shortArms.map(\.count).max() ?? 0) + 3
    let blocks = zip(known, shortArms).map { arm, name in
      let names = arm.1
      var words = names.prefix(most).map { Readable.shortened($0, to: 40) }
      if names.count > most { words.append("\(Readable.count(names.count - most)) more in \(SeedsTable.file.name)") }
      // `Lee, Ann` is one person.
      let list = words.joined(separator: names.contains { $0.contains(",") } ? "; " : ", ")
      let text = " " + name + String(repeating: " ", count: column - 1 - name.count) + list
      return isWide ? text : Self.hanging(text, column)
    }
    return (["seeded, in order"] + blocks).joined(separator: "\n")
  }

  /// Breaks a line so that all that follows its first `column` characters stands below one another.
  private static func hanging(_ line: String, _ column: Int) -> String {
    line.prefix(column)
      + Readable.wrapped(String(line.dropFirst(column)), to: width - column, hanging: 0)
      .replacing("\n", with: "\n" + String(repeating: " ", count: column))
  }
}
