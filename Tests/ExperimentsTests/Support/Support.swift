@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

/// A folder that goes away with its owner.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/influents-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, _ name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    return path + "/" + name
  }

  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    return path + "/" + name
  }
}

enum Lab {
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The data that lie beside the repository where it is developed; nil elsewhere.
  static let sharedData: String? = {
    let path = repository + "/../shared/data"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  static func scenario(_ text: String, name: String = "test.yaml", overrides: [String] = []) throws -> Scenario {
    try Scenario.parse(Array(text.utf8), name: name, overrides: overrides)
  }

  /// The message of the failure that `text` gives; nil where it is sound.
  static func failure(_ text: String, overrides: [String] = []) -> Failure? {
    do {
      _ = try Plan(try scenario(text, overrides: overrides))
      return nil
    } catch {
      return error as? Failure
    }
  }

  /// Runs `text` and gives its tables.
  static func run(_ text: String, workers: Int = 2, overrides: [String] = []) throws -> Tables {
    Quantile.prepare()
    let folder = try TemporaryFolder()
    let plan = try Plan(try scenario(text, overrides: overrides))
    let outcome = try Runner.run(
      plan, into: ResultsFolder(folder.path + "/out"), workers: workers, progress: Progress(total: plan.totalWork))
    return Tables(folder: folder, path: folder.path + "/out", outcome: outcome)
  }

  struct Tables: Sendable {
    let folder: TemporaryFolder
    let path: String
    let outcome: Runner.Outcome

    func bytes(_ name: String) -> [UInt8] {
      FileManager.default.contents(atPath: path + "/" + name).map { [UInt8]($0) } ?? []
    }

    func table(_ name: String) throws -> CSVTable { try #require(CSVTable(bytes(name))) }

    /// The rows of `name` where each named column has the given text.
    func rows(_ name: String, _ filter: [String: String]) throws -> [[String: String]] {
      let table = try table(name)
      return table.rows.indices.filter { row in filter.allSatisfy { table.text(row, $0.key) == $0.value } }.map { row in
        Dictionary(uniqueKeysWithValues: table.columns.map { ($0, table.text(row, $0)) })
      }
    }

    func number(_ name: String, _ filter: [String: String], _ column: String) throws -> Double {
      let found = try rows(name, filter)
      let row = try #require(found.count == 1 ? found[0] : nil, "\(found.count) rows for \(filter)")
      return try #require(Double(row[column] ?? ""), "no number in \(column)")
    }
  }
}

extension String {
  /// As one line with single blanks: without the breaks that make lines fit a terminal.
  var unwrapped: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
