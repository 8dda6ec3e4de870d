internal import Foundation

/// The folder of one run: whole or absent.
///
/// A run writes into a folder beside its target and renames it at the end. Until then the target is as it was.
package struct ResultsFolder: Sendable {
  package let path: String

  package init(_ path: String) { self.path = path }

  /// What stands at the target before a run.
  package enum State: Sendable {
    case free
    /// The same scenario, whole.
    case complete
    /// The same scenario, with files that are missing or damaged.
    case incomplete(String)
    /// Something else; the message says what.
    case other(String)
  }

  static let manifestName = "manifest.json"
  static let scenarioName = "scenario.yaml"

  package func state(for plan: Plan) -> State {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return .free }
    guard isDirectory.boolValue else { return .other("\(path) is a file") }
    let contents = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    if contents.isEmpty { return .free }
    guard let manifest = Manifest.read(path + "/" + Self.manifestName) else {
      let ours = Set(contents).isSubset(of: Manifest.fileNames)
      return ours ? .incomplete("its manifest is missing") : .other("\(path) holds files that no run has written")
    }
    let differing = manifest.differences(from: Manifest.settings(plan))
    guard differing.isEmpty else {
      return .other(
        "\(path) holds another scenario. It differs in:\n" + differing.map { "  " + $0 }.joined(separator: "\n"))
    }
    for (name, checksum) in manifest.checksums.sorted(by: { $0.key < $1.key }) {
      guard let bytes = FileManager.default.contents(atPath: path + "/" + name) else {
        return .incomplete("\(name) is missing")
      }
      if Checksum.of([UInt8](bytes)) != checksum { return .incomplete("\(name) does not match its checksum") }
    }
    return .complete
  }

  /// Makes the folder in which a run writes.
  func makeStaging() throws(Failure) -> String {
    let staging = FilePath.join(FilePath.folder(path), "." + FilePath.name(path) + ".partial-\(getpid())")
    do {
      if FileManager.default.fileExists(atPath: staging) { try FileManager.default.removeItem(atPath: staging) }
      try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotCreate, "\(path): the results folder cannot be created: \(String(cString: strerror(errno)))")
    }
    return staging
  }

  /// Puts a finished staging folder in the place of the target.
  func adopt(_ staging: String) throws(Failure) {
    let old = staging + ".old"
    let hasOld = FileManager.default.fileExists(atPath: path)
    if hasOld, rename(path, old) != 0 {
      throw Failure(.cannotCreate, "\(path): cannot be replaced: \(String(cString: strerror(errno)))")
    }
    guard rename(staging, path) == 0 else {
      let reason = String(cString: strerror(errno))
      if hasOld { rename(old, path) }
      throw Failure(.cannotCreate, "\(path): cannot be created: \(reason)")
    }
    if hasOld { try? FileManager.default.removeItem(atPath: old) }
  }
}
