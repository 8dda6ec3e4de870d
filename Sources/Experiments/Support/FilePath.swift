/// Parts of file paths. (Foundation's `deletingLastPathComponent` traps on a relative path of one character.)
enum FilePath {
  /// The folder that holds `path`; "" for a bare name, "/" for an entry of the root.
  static func folder(_ path: String) -> String {
    guard let slash = trimmed(path).lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last component of `path`.
  static func name(_ path: String) -> String {
    let whole = trimmed(path)
    return String(whole.lastIndex(of: "/").map { whole[whole.index(after: $0)...] } ?? whole)
  }

  static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  private static func trimmed(_ path: String) -> Substring {
    var path = path[...]
    while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
    return path
  }
}
