private import CProcess
internal import Foundation

/// Kinds of files, and moves that never overwrite.
enum FileSystem {
  enum Kind: Equatable, Sendable {
    case nothing, file, folder, link
    /// A device, a pipe or a socket.
    case special
    /// `lstat` failed: something may be there, so nothing is written or removed.
    case unknown

    /// With its article, for messages.
    var words: String {
      switch self {
      case .nothing: "nothing"
      case .file: "a file"
      case .folder: "a folder"
      case .link: "a link"
      case .special: "a device, pipe or socket"
      case .unknown: "something that cannot be looked at"
      }
    }
  }

  /// The kind of `path` itself: a link counts as a link, wherever it leads.
  static func kind(_ path: String) -> Kind {
    guard let status = status(path) else {
      return [ENOENT, ENOTDIR, ENAMETOOLONG].contains(errno) ? .nothing : .unknown
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    default: return .special
    }
  }

  static func status(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
  }

  /// The sorted names in a folder; nil if it cannot be read.
  static func names(_ folder: String) -> [String]? {
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted()
  }

  /// Creates a folder; fails if `path` exists.
  static func makeFolder(_ path: String) -> Bool { mkdir(path, 0o777) == 0 }

  /// Moves `from` to `to`; fails if `to` exists.
  static func moveToFreePlace(_ from: String, _ to: String) -> Bool {
    process_move_to_free_place(from, to) == 0
  }

  /// Moves `path` to the first free name among `path.kept`, `path.kept-2`, …
  ///
  /// - Returns: the new path; nil if it could not be moved.
  static func keepAside(_ path: String) -> String? {
    for number in 1...1000 {
      let place = path + (number == 1 ? ".kept" : ".kept-\(number)")
      if moveToFreePlace(path, place) { return place }
      if errno != EEXIST { return nil }
    }
    return nil
  }

  /// `no such file`, with a similar name from the same folder, if any.
  static func absence(_ path: String) -> String {
    let near = names(FilePath.folder(path).isEmpty ? "." : FilePath.folder(path)).flatMap {
      $0.count <= 10_000 ? Spelling.nearest(FilePath.name(path), among: $0) : nil
    }
    return "no such file" + (near.map { "\n  = did you mean `\($0)`?" } ?? "")
  }

  static var reason: String { String(cString: strerror(errno)) }
}
