import Foundation

/// A folder with the scenario `tiny.yaml`, in which the built command is run through a shell; `$I` is the executable.
final class CommandLab: Sendable {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "/influents-command-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try write(
      """
      format: 1
      name: tiny
      networks: 6
      draws: 2
      agents: 200
      network: { kind: gnp, meanDegree: 4 }
      rule: { kind: independent-cascade, probability: 0.4 }
      arms: { absent: { few: absent }, top: { seeding: { kind: highest-degree } } }

      """, "tiny.yaml")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  func shell(_ script: String) throws -> CommandTests.Finished {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging([
      "I": CommandTests.executable, "R": CommandTests.repository,
    ]) { $1 }
    // Files, not pipes: what is left running must not keep the test waiting.
    let names = ["stdout", "stderr"].map { folder + "/../" + UUID().uuidString + "." + $0 }
    defer { for name in names { try? FileManager.default.removeItem(atPath: name) } }
    let files = names.compactMap { name -> FileHandle? in
      FileManager.default.createFile(atPath: name, contents: nil) ? FileHandle(forWritingAtPath: name) : nil
    }
    process.standardOutput = files[0]
    process.standardError = files[1]
    try process.run()
    process.waitUntilExit()
    let texts = try names.map { try String(contentsOfFile: $0, encoding: .utf8) }
    return CommandTests.Finished(code: process.terminationStatus, output: texts[0], errors: texts[1])
  }
}

extension String {
  /// As one line with single blanks: without the breaks that make lines fit a terminal.
  var unwrapped: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
