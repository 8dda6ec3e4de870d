@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

/// "Complete" is said only of the very same run.
@Suite struct ResultsFolderTests {
  private static let text = """
    format: 1
    name: tiny
    networks: 2
    agents: 50
    network: { kind: gnp, meanDegree: 3 }
    rule: { kind: independent-cascade, probability: 0.3 }

    """

  private func word(_ path: String, _ text: String = text, _ overrides: [String] = []) throws -> String {
    switch ResultsFolder(path).state(for: try Plan(try Lab.scenario(text, overrides: overrides))) {
    case .free: "free"
    case .complete: "complete"
    case .incomplete(let reason): reason
    case .other(let what): what
    case .foreign(let failure): "foreign: " + failure.message
    }
  }

  @Test func states() throws {
    let folder = try TemporaryFolder()
    #expect(try word(folder.path + "/none") == "free")
    #expect(try word(folder.path) == "free")
    let tables = try Lab.run(Self.text)
    #expect(try word(tables.path) == "complete")
    #expect(try word(tables.path + "/") == "complete")
    #expect(
      try word(tables.path, overrides: ["story=2", "agents=60"])
        == "\(tables.path) holds another run. It differs in:\n  agents: there 50, here 60\n  story: there 1, here 2")
    #expect(try word(tables.path, overrides: ["question=Why"]).contains("question: there empty, here Why"))
    var bytes = tables.bytes("cascades.csv")
    bytes[bytes.count - 2] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: tables.path + "/cascades.csv"))
    #expect(try word(tables.path) == "cascades.csv does not match its checksum")
    try FileManager.default.removeItem(atPath: tables.path + "/cascades.csv")
    #expect(try word(tables.path) == "cascades.csv is missing")
    try FileManager.default.removeItem(atPath: tables.path + "/manifest.json")
    #expect(try word(tables.path).hasPrefix("foreign: \(tables.path): holds files, and no manifest"))
    _ = try folder.write("diary", "notes.txt")
    #expect(try word(folder.path).hasPrefix("foreign: \(folder.path): holds files"))
    #expect(try word(folder.path + "/notes.txt").hasPrefix("foreign: \(folder.path)/notes.txt: is a file"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link", withDestinationPath: folder.path + "/none")
    #expect(try word(folder.path + "/link").hasPrefix("foreign: \(folder.path)/link: is a link"))
    #expect(try word("/dev/null").hasPrefix("foreign: /dev/null: is a device"))
  }

  private func word(_ path: String, overrides: [String]) throws -> String { try word(path, Self.text, overrides) }

  /// A file that the run would write, but did not, is somebody's.
  @Test func namesOfTablesThatSomebodyElseUses() throws {
    let tables = try Lab.run(Self.text)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: tables.path + "/agents.csv"))
    #expect(try word(tables.path) == "complete")
    #expect(
      try word(tables.path, overrides: ["tables=[agents]"]).hasPrefix(
        "foreign: \(tables.path)/agents.csv: was not written by influents"))
  }

  @Test func nothingIsLeftBesideTheTarget() throws {
    let tables = try Lab.run(Self.text)
    #expect(try FileManager.default.contentsOfDirectory(atPath: tables.folder.path) == ["out"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: tables.path).sorted() == [
        "cascades.csv", "contrasts.csv", "curves.csv", "manifest.json", "networks.csv", "scenario.yaml", "summary.csv",
      ])
  }

  /// Arms without overrides, their names and order, and the order of sweeps and values.
  @Test func armsAndOrderCount() throws {
    let arms = Self.text + "arms: { absent: { few: absent }, present: {} }\n"
    let tables = try Lab.run(arms)
    #expect(try word(tables.path, arms) == "complete")
    for other in [
      "arms: { absent: { few: absent } }", "arms: { absent: { few: absent }, there: {} }",
      "arms: { absent: { few: absent }, present: {}, third: {} }", "arms: { present: {}, absent: { few: absent } }",
    ] { #expect(try word(tables.path, Self.text + other + "\n").contains("differs in"), "\(other)") }
    #expect(
      try word(tables.path, Self.text + "arms: { present: {}, absent: { few: absent } }\n")
        .hasSuffix("the order or the kind of its arms, sweeps or values"))

    let head = "format: 1\nname: tiny\nagents: 50\nrule: { kind: independent-cascade, probability: 0.3 }\n"
    let story = "story: { values: [1, 1.25] }\n"
    let network = "network: { kind: gnp, meanDegree: { values: [2, 4] } }\n"
    let swept = try Lab.run(head + network + story)
    #expect(try word(swept.path, head + network + story) == "complete")
    #expect(
      try word(swept.path, head + story + network).hasSuffix("the order or the kind of its arms, sweeps or values"))
    #expect(
      try word(swept.path, head + network + "story: { values: [1.25, 1] }\n").contains("story.values: there [1, 1.25]"))
    // Keys that sweep nothing may stand anywhere.
    #expect(try word(swept.path, network + head + story) == "complete")
    // The resolved scenario reads back to the same points.
    let turned = try Lab.run(head + story + network)
    let resolved = String(decoding: turned.bytes("scenario.yaml"), as: UTF8.self)
    #expect(try word(turned.path, resolved) == "complete")
  }

  /// Another version of the program, and every flipped bit of the manifest, are seen.
  @Test func manifestIsGuarded() throws {
    let tables = try Lab.run(Self.text)
    let path = tables.path + "/manifest.json"
    let whole = tables.bytes("manifest.json")
    for place in stride(from: 0, to: whole.count, by: 29) {
      var bytes = whole
      bytes[place] ^= 1 << UInt8(place % 8)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      #expect(try word(tables.path).contains("manifest.json: is damaged"), "byte \(place)")
    }
    try Data(whole).write(to: URL(fileURLWithPath: path))
    #expect(try word(tables.path) == "complete")
  }

  private func network(_ paths: String...) -> String {
    let values = paths.enumerated().map { "{ kind: file, path: \"\($1)\", directed: false, label: n\($0) }" }
    return """
      format: 1
      name: tiny
      draws: 5
      network: { values: [\(values.joined(separator: ", "))] }
      rule: { kind: independent-cascade, probability: 0.3 }
      cutoff: none

      """
  }

  /// A changed network file under the same name is another run, also where two files have one name.
  @Test func contentOfEachFileCounts() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] {
      try FileManager.default.createDirectory(atPath: folder.path + "/" + name, withIntermediateDirectories: true)
      _ = try folder.write("0 1\n1 2\n\(name == "a" ? "2 3\n" : "")", name + "/ties.txt")
    }
    let text = network(folder.path + "/a/ties.txt", folder.path + "/b/ties.txt")
    let tables = try Lab.run(text)
    #expect(try word(tables.path, text) == "complete")
    for name in ["a", "b"] {
      let path = folder.path + "/" + name + "/ties.txt"
      let before = try String(contentsOfFile: path, encoding: .utf8)
      _ = try folder.write(before + "9 10\n", name + "/ties.txt")
      #expect(try word(tables.path, text).contains("content of \(path): there "), "\(name)")
      _ = try folder.write(before, name + "/ties.txt")
    }
    #expect(try word(tables.path, text) == "complete")
  }

  /// The content that was used counts, not what stands there at the end.
  @Test func contentIsTakenWhileItIsRead() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("0 1\n1 2\n", "ties.txt")
    let text = network(path)
    let plan = try Plan(try Lab.scenario(text))
    _ = try folder.write("0 1\n1 2\n2 3\n", "ties.txt")
    _ = try Runner.run(
      plan, into: ResultsFolder(folder.path + "/out"), workers: 1, progress: Progress(total: plan.totalWork))
    #expect(try word(folder.path + "/out", text).contains("content of \(path)"))
    _ = try folder.write("0 1\n1 2\n", "ties.txt")
    #expect(try word(folder.path + "/out", text) == "complete")
  }

  /// A JSON reader keeps the last of two equal keys, and says nothing.
  @Test func manifestNamesNothingTwice() throws {
    let tables = try Lab.run(
      """
      format: 1
      name: once
      agents: 50
      network: { kind: gnp, meanDegree: 4 }
      rule: { kind: independent-cascade, probability: 0.2 }
      cutoff: none
      """)
    let text = String(decoding: tables.bytes("manifest.json"), as: UTF8.self)
    let keys = text.split(separator: "\n").compactMap { line in
      line.hasPrefix("  \"") ? line.dropFirst(3).prefix { $0 != "\"" } : nil
    }
    #expect(keys.count > 15 && Set(keys).count == keys.count)
    let root = try JSONSerialization.jsonObject(with: Data(tables.bytes("manifest.json"))) as? [String: Any]
    #expect((root?["scenario"] as? [String: Any])?["name"] as? String == "once")
  }
}
