/// The cascades that have rows in the tables on request: all, or those that `only` names.
struct RequestedRows: Sendable {
  /// Points and arms from 0, replicates and draws from 1; nil for all.
  private(set) var points: Set<Int>?
  private(set) var arms: Set<Int>?
  private(set) var replicates: Set<Int>?
  private(set) var draws: Set<Int>?

  /// All cascades.
  init() {}

  var isEverything: Bool { points == nil && arms == nil && replicates == nil && draws == nil }

  func contains(point: Int, arm: Int) -> Bool { points?.contains(point) ?? true && arms?.contains(arm) ?? true }

  func contains(replicate: Int, draw: Int) -> Bool {
    replicates?.contains(replicate) ?? true && draws?.contains(draw) ?? true
  }

  /// The share of `networks` × `draws` that is chosen.
  func share(networks: Int, draws: Int) -> Double {
    Double(replicates?.count ?? networks) / Double(networks) * Double(self.draws?.count ?? draws) / Double(draws)
  }
}

extension RequestedRows {
  /// All that can be chosen.
  struct Choices {
    let points: Int
    let arms: [String]
    let networks: Int
    let draws: Int
  }

  /// Reads `only: { points: [...], arms: [...], replicates: [...], draws: [...] }`.
  ///
  /// - Parameters:
  ///   - node: nil if `only` is not written.
  ///   - setting: receives what was read.
  init(
    _ node: ScenarioNode?, among choices: Choices, setting: inout Setting?, _ problems: inout Problems
  ) {
    self.init()
    guard let node else { return }
    var group = GroupReader(node, name: "only", &problems)
    if group.node.entries?.isEmpty == true {
      problems.add(Problem(node, "`only` chooses nothing", remedy: "write any of points, arms, replicates, draws"))
    }
    points = Self.numbers(&group, "points", 1...choices.points, &problems).map { Set($0.map { $0 - 1 }) }
    arms = Self.items(&group, "arms", &problems).map { items in
      Set(
        items.compactMap {
          ScalarReading.choice($0, "arm", of: choices.arms, &problems).flatMap(choices.arms.firstIndex(of:))
        })
    }
    if let arms { group.keep("arms", .list(arms.sorted().map { .text(choices.arms[$0]) })) }
    replicates = Self.numbers(&group, "replicates", 1...choices.networks, &problems)
    draws = Self.numbers(&group, "draws", 1...choices.draws, &problems)
    group.finish(&problems)
    setting = .group(group.resolved)
  }

  private static func items(
    _ group: inout GroupReader, _ key: String, _ problems: inout Problems
  ) -> [ScenarioNode]? {
    guard let node = group.take(key) else { return nil }
    guard case .list(let items) = node.content, !items.isEmpty else {
      problems.add(
        Problem(node, "`only.\(key)` must be a list of at least one", remedy: "write \(key): [1], or leave it out"))
      return nil
    }
    return items
  }

  private static func numbers(
    _ group: inout GroupReader, _ key: String, _ range: ClosedRange<Int>, _ problems: inout Problems
  ) -> Set<Int>? {
    guard let items = items(&group, key, &problems) else { return nil }
    let numbers = Set(
      items.compactMap { ScalarReading.whole($0, "only.\(key)", in: range, unit: "", &problems) })
    group.keep(key, .list(numbers.sorted().map { .number($0) }))
    return numbers
  }
}
