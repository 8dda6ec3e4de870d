internal import Foundation
internal import SocialInfluence

/// A scenario that was read and checked: the head, the sweeps, and every condition.
struct Scenario: Sendable {
  let head: ScenarioHead
  let sweeps: [Sweep]
  let armNames: [String]
  private(set) var points: [Point]
  /// Every value, defaults included, with sweeps and arms as written; without defaults if these would not read back to
  /// the same scenario.
  var resolved: Setting
  /// Checksum of every value of every condition.
  let checksum: String
  /// The cascades that have rows in the tables on request.
  let shown: RequestedRows
  /// p* of coins by ties, if the scenario names none; nil if nothing depends on it.
  var ceiling: Double?

  /// One point: the index of each sweep's value, and one condition per arm.
  package struct Point: Sendable {
    let choices: [Int]
    fileprivate(set) var arms: [Condition]
  }

  /// Whether any network comes from a file.
  var readsFiles: Bool {
    points.contains { $0.arms.contains { if case .file = $0.source { true } else { false } } }
  }

  /// Sets the numbers of seeds that depend on a file.
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

/// The settings of the whole scenario.
struct ScenarioHead: Sendable {
  let name: String
  let question: String
  let randomSeed: UInt64
  let networks: Int
  let draws: Int
  let confidence: Double
  /// Share of agents above which a cascade is global; nil for `none`.
  let cutoff: Double?
  /// δ: the smallest difference of shares that matters.
  let delta: Double
  /// The doses whose effects are compared: factors on z and on s.
  let densityDose: Double
  let storyDose: Double
  /// Whether all points share the same random addresses; otherwise each has its own.
  let isPaired: Bool
  /// Findings that the scenario expects of its own results.
  let expectations: [Expectation]
  /// The tables written on request.
  let tables: [RequestedTable]
  /// Units of inference: networks, or the draws on a single one.
  var units: Int { networks > 1 ? networks : draws }
}

extension Scenario {
  /// Reads a scenario and its overrides.
  ///
  /// - Parameter overrides: `path=value` pairs, applied to the file before sweeps and arms are expanded.
  /// - Throws: all problems at once, or that the file is no scenario (65); that it cannot be read (66).
  static func load(_ path: String, overrides: [String] = []) throws(Failure) -> Scenario {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure(.missingInput, "\(path): \(FileSystem.absence(path))")
    }
    do {
      // As the system resolves it: a URL would fold `link/..` as text.
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw Failure(.missingInput, "\(path): cannot be read: \(FileSystem.reason)") }
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      // An empty file gives nil.
      let data = try handle.read(upToCount: StrictYAML.largestFile + 1) ?? Data()
      guard ScenarioKeys.stand(in: [UInt8](data)) else {
        // No excerpt: the file may be private and no scenario.
        throw Failure(
          .wrongInput,
          "\(path):1:1: error: this is no scenario: it has none of the keys of one\n  = start with `format: 1`; a network in "
            + "JSON or YAML is not read: convert it to one tie per row, source,target")
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
  /// Applies `path=value` to a tree.
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
  /// Keys of the whole scenario.
  static let head = [
    "format", "name", "question", "randomSeed", "networks", "draws", "confidence", "cutoff", "delta", "doses",
    "randomness", "tables", "only", "expect",
  ]
  static let all = Set(head + ConditionReader.keys + ["arms"])

  /// Whether a text looks like a scenario: it has `format`, or two other keys, at the beginnings of lines or groups.
  static func stand(in bytes: [UInt8]) -> Bool {
    let signs = Set(" \t\r\n{,\"'".utf8)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
    // Binary and empty files are refused later, with a message of their own.
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
