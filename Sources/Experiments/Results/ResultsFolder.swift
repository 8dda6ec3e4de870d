internal import Foundation

/// The folder of a run or an export. Its manifest lists what influents has written; nothing else in it is ever touched.
struct ResultsFolder: Sendable {
  let path: String

  init(_ path: String) {
    var path = path
    while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  /// What the folder holds before a run.
  enum State: Sendable {
    case free
    /// The same run, complete.
    case complete
    /// The same run, but with files missing or changed, or with an input that cannot be read again, such as a pipe.
    case incomplete(String)
    /// Other results: scenario, inputs or version differ; the message says how.
    case other(String)
    /// Something that influents must not replace; the failure says what.
    case foreign(Failure)
  }

  static let scenarioName = "scenario.yaml"

  func state(for plan: Plan) -> State {
    state(holding: .run) { manifest in
      let identity = Manifest.Identity(plan)
      let differing = manifest.differences(from: identity)
      guard differing.isEmpty else {
        return .other(
          "\(path) holds another run. It differs in:\n" + differing.map { "  " + $0 }.joined(separator: "\n"))
      }
      if let pipe = identity.inputs.first(where: { !$0.content.isLasting }) {
        return .incomplete("\(pipe.path) is no file, and its content may differ")
      }
      for (name, checksum) in manifest.checksums.sorted(by: { $0.key < $1.key }) {
        let place = FilePath.join(path, name)
        if FileSystem.kind(place) == .nothing { return .incomplete("\(name) is missing") }
        if !Checksum.matches(place, checksum) { return .incomplete("\(name) does not match its checksum") }
      }
      return .complete
    } writing: {
      Manifest.tableNames(plan)
    }
  }

  /// - Parameters:
  ///   - compare: the state, given an undamaged manifest of this kind.
  ///   - writing: the names of the files that would be written.
  func state(
    holding holds: Manifest.Holds, compare: (Manifest) -> State, writing: () -> [String]
  ) -> State {
    switch FileSystem.kind(path) {
    case .nothing: return .free
    case .folder: break
    case let kind: return .foreign(Self.foreign(path, "is \(kind.words)"))
    }
    guard let names = FileSystem.names(path) else {
      return .foreign(Failure(.cannotCreate, "\(path): cannot be read"))
    }
    if names.allSatisfy({ $0 == Staging.name }) { return .free }
    switch Manifest.read(FilePath.join(path, Manifest.fileName)) {
    case .none: return .foreign(Self.foreign(path, "holds files, and no manifest says that influents wrote them"))
    case .damaged:
      return .foreign(
        Self.foreign(
          path + "/" + Manifest.fileName,
          "is damaged, or of another version: it does not say which files this one wrote"))
    case .whole(let manifest):
      guard manifest.holds == holds else {
        return .foreign(Self.foreign(path, manifest.holds == .run ? "holds a run" : "holds an export"))
      }
      let listed = Set(manifest.checksums.keys)
      for name in writing() where !listed.contains(name) && names.contains(name) {
        return .foreign(Self.foreign(path + "/" + name, "was not written by influents"))
      }
      if let name = Self.ofOthers(path, listed) {
        return .foreign(Failure(.cannotCreate, "\(path)/\(name): belongs to another user, and cannot be replaced"))
      }
      return compare(manifest)
    }
  }

  /// - Throws: 73 if the folder must not be replaced, or holds other results and `replaces` is false.
  func checkReplaceable(_ state: State, replaces: Bool) throws(Failure) {
    switch state {
    case .free, .complete, .incomplete: break
    case .foreign(let failure): throw failure
    case .other(let what):
      guard !replaces else { return }
      throw Failure(.cannotCreate, what + "\n  = choose another folder with --output, or replace these with --force")
    }
  }

  static func foreign(_ path: String, _ what: String) -> Failure {
    Failure(
      .cannotCreate,
      "\(path): \(what)\n  = choose another folder with --output, or move it away; influents replaces only what it wrote"
    )
  }

  /// A listed file of another user in a sticky folder, which this process cannot replace.
  private static func ofOthers(_ folder: String, _ listed: Set<String>) -> String? {
    guard let own = FileSystem.status(folder), own.st_mode & mode_t(S_ISVTX) != 0, geteuid() != 0,
      own.st_uid != geteuid()
    else { return nil }
    return listed.sorted().first { name in
      FileSystem.status(FilePath.join(folder, name)).map { $0.st_uid != geteuid() } ?? false
    }
  }
}
