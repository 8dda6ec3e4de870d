internal import Foundation
internal import Statistics

/// Adopters by group, from `groups.csv`: mean shares over cascades, with intervals.
struct GroupShares: Sendable {
  /// Groups in file order, with their numbers of agents.
  private(set) var groups: [(name: String, agents: Int)] = []
  private var places: [String: Int] = [:]
  private var shares: [Key: Units] = [:]
  private let confidence: Double

  private struct Key: Hashable {
    let point: String
    let arm: String
    let group: String
  }

  /// The mean share of each unit of inference. Cascades of one unit must be consecutive.
  private struct Units {
    private var known = [Double]()
    private var open = (unit: "", sum: 0.0, count: 0.0)

    mutating func add(_ share: Double, unit: String) {
      if unit != open.unit {
        if open.count > 0 { known.append(open.sum / open.count) }
        open = (unit, 0, 0)
      }
      open = (unit, open.sum + share, open.count + 1)
    }

    var means: [Double] { open.count > 0 ? known + [open.sum / open.count] : known }
  }

  /// Nil if the table was not requested or is too large to read here.
  init?(_ folder: String, _ facts: Manifest.Facts) throws(Failure) {
    confidence = facts.confidence
    let unit = facts.networks > 1 ? "replicate" : "draw"
    guard try WrittenRows.read(GroupsTable.file, folder, facts, most: 64 << 20, { take(unit: unit, $0) }) else {
      return nil
    }
  }

  /// Adds a row: one group in one cascade.
  private mutating func take(unit: String, _ cell: (String) -> String) {
    let group = cell("group")
    if places[group] == nil {
      places[group] = groups.count
      groups.append((group, Int(cell("group_agents")) ?? 0))
    }
    let key = Key(point: cell("point"), arm: cell("arm"), group: group)
    shares[key, default: Units()].add(Double(cell("group_adopted_fraction")) ?? 0, unit: cell(unit))
  }

  /// A group's mean adopted share and its interval; nil without cascades.
  func share(_ group: String, point: String, arm: String) -> (mean: Double, interval: Interval?)? {
    guard let means = shares[Key(point: point, arm: arm, group: group)]?.means, !means.isEmpty else { return nil }
    return (Sample.mean(means), Sample.meanOfShares(means, confidence: confidence))
  }
}

/// Reads the rows of a requested table one by one: only what a report keeps of them is in memory.
enum WrittenRows {
  /// Hands each row to `take`, as a function from the names of columns to cells. False if the table was not requested or
  /// is too large to read here.
  ///
  /// - Parameter most: bytes of the largest table that is read.
  static func read(
    _ file: RequestedFile, _ folder: String, _ facts: Manifest.Facts, most: Int, _ take: ((String) -> String) -> Void
  ) throws(Failure) -> Bool {
    let path = folder + "/" + file.name
    guard facts.tables.contains(file.name), let status = FileSystem.status(path), status.st_size < most else {
      return false
    }
    var reader = try LineReader(path, encoding: .utf8)
    var (line, fields) = ([UInt8](), [[UInt8]]())
    var header = [String: Int]()
    while try reader.next(&line), Separator.comma.split(line, into: &fields) {
      let words = fields.map { String(decoding: $0, as: UTF8.self) }
      if header.isEmpty {
        header = Dictionary(words.enumerated().map { ($1, $0) }) { first, _ in first }
      } else {
        take { header[$0].map { CSVRows.withoutMark(words[$0]) } ?? "" }
      }
    }
    return true
  }
}

extension VerdictReport {
  /// Most groups shown: the largest ones.
  private static let mostGroups = 40

  /// Adopters, with a row per group and a column per arm; empty unless the table was requested.
  func adopters(_ group: Group) -> String {
    guard let groupShares, !groupShares.groups.isEmpty else { return "" }
    let shown = groupShares.groups.enumerated().sorted {
      ($1.element.agents, $0.offset) < ($0.element.agents, $1.offset)
    }
    .prefix(isWide ? Int.max : Self.mostGroups).map(\.element)
    return group.points.map { point in
      let head =
        "share of each group that adopts, seeds among them" + (group.points.count > 1 ? ", z = \(z(point))" : "")
      let rest = groupShares.groups.count - shown.count
      let more = rest > 0 ? "\n \(Readable.plural(rest, "more group", "more groups")) in \(GroupsTable.file.name)" : ""
      func fits(_ text: String) -> Bool { text.split(separator: "\n").allSatisfy { $0.count <= Self.width } }
      let full = table(shown, arms[...], groupShares, point, interval: true)
      // Without intervals, and with as many arms side by side as there is room for.
      let parts = (1...max(1, arms.count)).lazy.map { parts in
        stride(from: 0, to: arms.count, by: (arms.count + parts - 1) / parts).map { start in
          let some = arms[start..<min(arms.count, start + (arms.count + parts - 1) / parts)]
          return table(shown, some, groupShares, point, interval: false)
        }.joined(separator: "\n")
      }
      let body =
        isWide || fits(full)
        ? full : parts.first(where: fits) ?? table(shown, arms[...], groupShares, point, interval: false)
      return head + "\n" + body + more
    }.joined(separator: "\n\n")
  }

  private func table(
    _ groups: [(name: String, agents: Int)], _ arms: ArraySlice<String>, _ groupShares: GroupShares, _ point: String,
    interval: Bool
  ) -> String {
    let width = isWide || interval ? 60 : max(12, (Self.width - 36) / max(1, arms.count) - 2)
    var table = TextTable(["", "agents"] + Readable.shortened(Array(arms), to: width), alignsLeft: [0])
    let names = Readable.shortened(groups.map(\.name), to: 24)
    for (group, short) in zip(groups, names) {
      let cells = arms.map { arm -> String in
        guard let share = groupShares.share(group.name, point: point, arm: arm) else { return "" }
        let text = Readable.compact(share.mean)
        guard interval, let ends = share.interval else { return text }
        return text + " [\(Readable.compact(ends.lower)), \(Readable.compact(ends.upper))]"
      }
      table.add([short.isEmpty ? "(no group)" : short, Readable.count(group.agents)] + cells)
    }
    return table.text(indent: 1)
  }
}
