internal import Foundation

/// The destination of an export, written completely or not at all, and only over an earlier export.
struct ExportTarget {
  private let path: String
  private let format: ExportFormat
  private let folder: ResultsFolder

  /// - Parameter path: a folder for csv, a file for the other formats.
  init(_ path: String, _ format: ExportFormat) {
    folder = ResultsFolder(path)
    (self.path, self.format) = (folder.path, format)
  }

  /// - Throws: 73 if something there must not be replaced.
  func check(replaces: Bool) throws(Failure) {
    if format == .csv {
      if Staging.isIn(path), FileSystem.kind(path) == .folder { try Staging.enter(path).leave() }
      let state = folder.state(holding: .export) { _ in
        .other("\(path) holds an export")
      } writing: {
        [Manifest.edgesName, AgentsTable.file.name]
      }
      return try folder.checkReplaceable(state, replaces: replaces)
    }
    switch FileSystem.kind(path) {
    case .nothing: break
    case .file where ExportMark.isWhole(path):
      guard replaces else {
        throw Failure(
          .cannotCreate, "\(path) is there already\n  = choose another --output, or replace it with --force")
      }
    case .file:
      throw ResultsFolder.foreign(path, "was not written by influents, or was changed since")
    case let kind: throw ResultsFolder.foreign(path, "is \(kind.words)")
    }
  }

  /// - Returns: the paths of the files.
  func write(_ realization: Realization, replaces: Bool) throws -> [String] {
    switch format {
    case .csv: return try writeFolder(realization)
    case .graphml: return try writeFile(replaces: replaces) { try ExportXML.graphML(realization, to: &$0) }
    case .gexf: return try writeFile(replaces: replaces) { try ExportXML.gexf(realization, to: &$0) }
    }
  }

  private func writeFolder(_ realization: Realization) throws -> [String] {
    let staging = try Staging.enter(path)
    do {
      var files = [(name: String, checksum: String, columns: [Column])]()
      func write(
        _ name: String, _ columns: [Column], _ fill: (Realization, inout OutputFile) throws(Failure) -> Void
      ) throws(Failure) {
        let checksum = try OutputFile.write(to: FilePath.join(staging.path, name)) { file throws(Failure) in
          try fill(realization, &file)
        }
        files.append((name, checksum, columns))
      }
      try write(Manifest.edgesName, ExportCSV.edgeColumns, ExportCSV.edges)
      try write(AgentsTable.file.name, AgentsTable.file.own, ExportCSV.agents)
      try Manifest.write(
        export: realization.title, files: files, to: FilePath.join(staging.path, Manifest.fileName))
    } catch {
      staging.leave()
      throw error
    }
    try staging.publish()
    return [Manifest.edgesName, AgentsTable.file.name].map { FilePath.join(path, $0) }
  }

  private func writeFile(replaces: Bool, _ fill: (inout XMLSink) throws -> Void) throws -> [String] {
    let name = "." + FilePath.name(path) + Staging.name
    let parent = FilePath.folder(path)
    let partial = FilePath.join(parent, name)
    guard FileSystem.kind(partial) == .nothing else {
      throw Failure(
        .busy, "\(partial): another export is writing there, or one was killed\n  = wait; if none is running, remove it"
      )
    }
    // The partial file is created exclusively: an export removes no file but its own.
    var sink = XMLSink(file: try OutputFile(partial))
    Leftovers.register([name], in: parent.isEmpty ? "." : parent, isOwn: false)
    defer { Leftovers.forget() }
    do {
      do {
        try fill(&sink)
        try sink.file.close()
      } catch {
        sink.file.abandon()
        throw error
      }
      try check(replaces: replaces)
    } catch {
      unlink(partial)
      throw error
    }
    let isThere = FileSystem.kind(path) == .file
    guard isThere ? rename(partial, path) == 0 : FileSystem.moveToFreePlace(partial, path) else {
      let reason = FileSystem.reason
      unlink(partial)
      throw Failure(.cannotCreate, "\(path): cannot be written: \(reason)")
    }
    return [path]
  }
}

/// The last line of an exported XML file: its checksum shows that influents wrote the file, and that it is unchanged.
enum ExportMark {
  private static let opening = "<!-- written by influents; sha256 of the lines above: "
  private static let closing = " -->\n"

  static func line(_ checksum: String) -> [UInt8] { Array("\(opening)\(checksum)\(closing)".utf8) }

  /// Whether `path` ends with this line and the checksum matches.
  static func isWhole(_ path: String) -> Bool {
    guard let data = FileManager.default.contents(atPath: path) else { return false }
    let bytes = [UInt8](data)
    let length = line(Checksum.of([])).count
    guard bytes.count > length else { return false }
    return Array(bytes.suffix(length)) == line(Checksum.of(Array(bytes.dropLast(length))))
  }
}
