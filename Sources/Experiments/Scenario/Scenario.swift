internal import Foundation
internal import SocialInfluence

/// A scenario as written, read and checked: the head, the sweeps, and every condition.
struct Scenario: Sendable {
  let head: ScenarioHead
  let sweeps: [Sweep]
  let armNames: [String]
  private(set) var points: [Point]
  /// Every value, defaults included, with sweeps and arms as they were written; without defaults where these would not read back to
  /// the same scenario.
  var resolved: Setting
  /// Of every value of every condition: equal where all are.
  let checksum: String
  /// The cascades whose rows stand in the tables on request.
  let shown: RequestedRows
  /// p* of coins by ties where the scenario names none; nil where nothing hangs on it.
  var ceiling: Double?

  /// One design point: the index of each sweep's value, and one condition per arm.
  package struct Point: Sendable {
    let choices: [Int]
    fileprivate(set) var arms: [Condition]
  }

  /// Whether a network comes from a file.
  var readsFiles: Bool {
    points.contains { $0.arms.contains { if case .file = $0.source { true } else { false } } }
  }

  /// Says how many agents are seeded where that follows from a file.
  mutating func setSeeds(_ seeds: (Condition) -> Int?) {
    for point in points.indices {
      for arm in points[point].arms.indices {
        let condition = points[point].arms[arm]
        if let count = seeds(condition), count != condition.seeds {
          points[point].arms[arm] = condition.with(seeds: count)
        }
      }
    }
  }

  /// The label of each sweep at a point.
  func labels(_ point: Int) -> [String] {
    zip(sweeps, points[point].choices).map { $0.labels[$1] }
  }
}

/// What holds for the whole scenario.
struct ScenarioHead: Sendable {
  let name: String
  let question: String
  let randomSeed: UInt64
  let networks: Int
  let draws: Int
  let confidence: Double
  /// Share of agents above which a cascade is global; nil for `none`.
  let cutoff: Double?
  /// δ: the smallest difference of shares that counts as mattering.
  let delta: Double
  /// The doses whose effects are compared: factors on z and on s.
  let densityDose: Double
  let storyDose: Double
  /// Whether every point draws from the same addresses, or from its own.
  let isPaired: Bool
  /// What the scenario expects of its own results.
  let expectations: [Expectation]
  /// The tables written on request.
  let tables: [RequestedTable]
  /// Units of inference: networks, or the draws on a single one.
  var units: Int { networks > 1 ? networks : draws }
}

extension Scenario {
  /// Reads a scenario and its overrides.
  ///
  /// - Parameter overrides: `path=value` pairs, laid over the file before anything is expanded.
  /// - Throws: all problems at once (65), or what kept the file from being read (66).
  static func load(_ path: String, overrides: [String] = []) throws(Failure) -> Scenario {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure(.missingInput, "\(path): \(FileSystem.absence(path))")
    }
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      // Nothing at all is nil.
      let data = try handle.read(upToCount: StrictYAML.largestFile + 1) ?? Data()
      guard ScenarioKeys.stand(in: [UInt8](data)) else {
        // Nothing is shown of what may be somebody's secrets.
        throw Failure(
          .wrongInput,
          "\(path):1:1: error: this is no scenario: it has none of the keys of one\n  = start with `format: 1`")
      }
      return try parse([UInt8](data), name: path, overrides: overrides)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.missingInput, "\(path): cannot be read")
    }
  }

  static func parse(_ bytes: [UInt8], name: String, overrides: [String] = []) throws(Failure) -> Scenario {
    var problems = Problems()
    guard var tree = StrictYAML.tree(of: bytes, name: name, problems: &problems) else { throw Failure(problems) }
    guard tree.entries != nil else {
      problems.add(Problem(tree, "a scenario must be a group", remedy: "write `key: value` lines, `format: 1` first"))
      throw Failure(problems)
    }
    for override in overrides { tree = override.applied(to: tree, &problems) }
    let scenario = ScenarioReader.read(tree, &problems)
    guard problems.isEmpty, let scenario else { throw Failure(problems) }
    return scenario
  }
}

extension String {
  /// Lays `path=value` over a tree.
  fileprivate func applied(to tree: ScenarioNode, _ problems: inout Problems) -> ScenarioNode {
    let source = SourceText(name: "--set", text: self)
    guard let equals = firstIndex(of: "="), equals > startIndex else {
      problems.add(
        Problem(source, Place(line: 1, column: 1), "`\(self)` is not `path=value`", remedy: "write --set story=1.5"))
      return tree
    }
    let path = self[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let value = Array(self[index(after: equals)...].utf8)
    guard let node = StrictYAML.tree(of: value, name: "--set \(self[..<equals])", problems: &problems) else {
      return tree
    }
    return tree.replacing(path[...], by: node)
  }
}

/// The keys of a scenario.
enum ScenarioKeys {
  /// What holds for the whole scenario.
  static let head = [
    "format", "name", "question", "randomSeed", "networks", "draws", "confidence", "cutoff", "delta", "doses",
    "randomness", "tables", "only", "expect",
  ]
  static let all = Set(head + ConditionReader.keys + ["arms"])

  /// Whether a text has `format`, or two others of the keys, at the beginnings of lines or groups.
  static func stand(in bytes: [UInt8]) -> Bool {
    let signs = Set(" \t\r\n{,\"'".utf8)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
    // What is no UTF-8 text, or none at all, is refused as such.
    if bytes.contains(0) || bytes.allSatisfy(signs.contains) { return true }
    let words = bytes.split { signs.contains($0) }.lazy.filter {
      $0.last == UInt8(ascii: ":") || all.contains(String(decoding: $0, as: UTF8.self))
    }
    var found = Set<String>()
    for word in words {
      let key = String(decoding: word, as: UTF8.self).prefix { $0 != ":" }
      guard all.contains(String(key)) else { continue }
      found.insert(String(key))
      if key == "format" || found.count > 1 { return true }
    }
    return false
  }
}
