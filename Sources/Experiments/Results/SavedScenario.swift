internal import Foundation
internal import SocialInfluence

extension Plan {
  /// The resolved scenario with its paths relative to `folder`, so that it can be run from there.
  func scenarioText(in folder: String) -> String {
    var moved = [String: String]()
    for condition in scenario.points.lazy.flatMap(\.arms) {
      guard case .file(let settings) = condition.source else { continue }
      moved[settings.writtenPath] = FilePath.relativePath(settings.path, to: folder)
      if let agents = settings.agentsFile { moved[agents.writtenPath] = FilePath.relativePath(agents.path, to: folder) }
    }
    return (moved.isEmpty ? scenario.resolved : scenario.resolved.movingPaths(moved)).yaml()
  }
}

extension Setting {
  /// This tree with every path replaced by its value in `moved`, including swept paths and those that an arm overrides.
  fileprivate func movingPaths(_ moved: [String: String], isPath: Bool = false) -> Setting {
    switch self {
    case .text(let text): isPath ? .text(moved[text] ?? text) : self
    case .number: self
    case .list(let items): .list(items.map { $0.movingPaths(moved, isPath: isPath) })
    case .group(let pairs):
      .group(
        pairs.map { pair in
          let leads = pair.key == "path" || isPath && pair.key == "values"
          return Pair(pair.key, pair.value.movingPaths(moved, isPath: leads))
        })
    }
  }
}

extension FilePath {
  /// `path` relative to `folder`, links resolved; absolute if they share only the root; unchanged if it is absolute or
  /// a folder does not exist.
  static func relativePath(_ path: String, to folder: String) -> String {
    guard !path.hasPrefix("/"), let from = real(folder.isEmpty ? "." : folder),
      let parent = real(self.folder(path).isEmpty ? "." : self.folder(path))
    else { return path }
    let start = from.split(separator: "/")
    let end = parent.split(separator: "/")
    let shared = zip(start, end).prefix { $0 == $1 }.count
    guard shared > 0 else { return join(parent, name(path)) }
    let ups = [String](repeating: "..", count: start.count - shared)
    return (ups + end[shared...].map(String.init) + [name(path)]).joined(separator: "/")
  }

  /// The path without links and dots, as the system resolves it; nil if nothing is there.
  static func real(_ path: String) -> String? {
    guard let known = realpath(path, nil) else { return nil }
    defer { free(known) }
    return String(cString: known)
  }
}
