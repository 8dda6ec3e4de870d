internal import Foundation

/// No output may overwrite an input file.
enum InputGuard {
  /// - Parameter targets: files that will be written.
  /// - Throws: 73 if a target is a network or agents file of the plan, symbolic links resolved.
  static func check(_ plan: Plan, targets: [String]) throws(Failure) {
    var inputs = Set<String>()
    for condition in plan.scenario.points.lazy.flatMap(\.arms) {
      guard case .file(let settings) = condition.source else { continue }
      for path in [settings.path, settings.agentsFile?.path].compactMap({ $0 }) { inputs.insert(real(path)) }
    }
    guard !inputs.isEmpty, let target = targets.first(where: { inputs.contains(real($0)) }) else { return }
    throw Failure(.cannotCreate, "\(target): the scenario reads this file\n  = write to another place with --output")
  }

  private static func real(_ path: String) -> String {
    FilePath.real(path)
      ?? FilePath.real(FilePath.folder(path).isEmpty ? "." : FilePath.folder(path)).map {
        FilePath.join($0, FilePath.name(path))
      } ?? path
  }
}
