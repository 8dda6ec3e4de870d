import Foundation
import Testing

/// The built command, run as a user runs it: output and exit codes.
@Suite struct CommandTests {
  struct Finished {
    let code: Int32
    let output: String
    let errors: String
  }

  /// The executable beside the test bundle.
  static let executable: String = {
    let bundle = CommandLine.arguments[0]
    var folder = URL(fileURLWithPath: bundle).deletingLastPathComponent()
    for _ in 0..<6 {
      let candidate = folder.appendingPathComponent("influents").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    return Self.repository + "/.build/release/influents"
  }()

  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Runs through a shell, so that redirections can be tested too; `$I` is the executable.
  private func shell(_ script: String, in folder: String = NSTemporaryDirectory()) throws -> Finished {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(["I": Self.executable, "R": Self.repository]) {
      $1
    }
    let (out, err) = (Pipe(), Pipe())
    process.standardOutput = out
    process.standardError = err
    try process.run()
    let output = out.fileHandleForReading.readDataToEndOfFile()
    let errors = err.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Finished(
      code: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
      errors: String(decoding: errors, as: UTF8.self))
  }

  private func folder() throws -> String {
    let path = NSTemporaryDirectory() + "/influents-command-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  private static let tiny = """
    format: 1
    name: tiny
    networks: 6
    draws: 2
    agents: 200
    network: { kind: gnp, meanDegree: 4 }
    rule: { kind: independent-cascade, probability: 0.4 }
    arms: { absent: { few: absent }, top: { seeding: { kind: highest-degree } } }

    """

  private func scenario(_ folder: String, _ text: String = tiny) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/tiny.yaml"))
    return "tiny.yaml"
  }

  /// Run, run again, another scenario, force.
  @Test func lifeOfAResultsFolder() throws {
    let folder = try folder()
    let file = try scenario(folder)
    let first = try shell("$I run \(file)", in: folder)
    #expect(first.code == 0 && first.output.hasPrefix("tiny\nN = 200 · 6 networks × 2 draws"))
    #expect(FileManager.default.fileExists(atPath: folder + "/results/tiny/manifest.json"))
    let before = try shell("cd results/tiny && stat -c '%n %Y %i' *", in: folder).output
    let second = try shell("$I run \(file)", in: folder)
    #expect(second.code == 0 && second.output == first.output)
    #expect(second.errors.contains("complete, checksums verified; nothing was run"))
    #expect(try shell("cd results/tiny && stat -c '%n %Y %i' *", in: folder).output == before)
    let other = try shell("$I run \(file) --set story=2", in: folder)
    #expect(other.code == 73 && other.errors.contains("  story: there 1, here 2\n"))
    #expect(try shell("cd results/tiny && stat -c '%n %Y %i' *", in: folder).output == before)
    let forced = try shell("$I run \(file) --set story=2 --force --quiet", in: folder)
    #expect(forced.code == 0 && forced.output == "" && forced.errors == "")
    try FileManager.default.removeItem(atPath: folder + "/results/tiny/summary.csv")
    let anew = try shell("$I run \(file) --set story=2", in: folder)
    #expect(anew.code == 0 && anew.errors.contains("summary.csv is missing; starting anew"))
    #expect(try shell("ls -A results", in: folder).output == "tiny\n")
  }

  @Test func randomSeedAndWorkers() throws {
    let folder = try folder()
    let file = try scenario(folder)
    _ = try shell(
      "$I run \(file) --output a --workers 1 --random-seed 5; $I run \(file) --output b --workers 7 --random-seed 5",
      in: folder)
    _ = try shell("$I run \(file) --output c --random-seed 6", in: folder)
    #expect(try shell("diff -r a b", in: folder).code == 0)
    #expect(try shell("cmp a/cascades.csv c/cascades.csv", in: folder).code == 1)
    #expect(try shell("$I run \(file) --workers 0", in: folder).code == 64)
  }

  @Test func check() throws {
    let folder = try folder()
    let result = try shell("$I check \(try scenario(folder)); ls", in: folder)
    #expect(result.code == 0)
    for line in [
      "tiny: sound", "1 point × 2 arms × 6 networks × 2 draws = 24 cascades", "unit of inference: the network",
      "  top: with absent shares the very same networks, agents and needs", "  networks: through the C library or GSL",
      "  time   about ", "  memory about ", "  output about ", "  probability: 0.4",
    ] { #expect(result.output.contains(line), "\(line)") }
    #expect(!result.output.contains("results\n"))
  }

  @Test func lists() throws {
    let all = try shell("$I list")
    #expect(all.code == 0 && all.output.contains("independent-cascade") && all.output.contains("chung-lu"))
    let rules = try shell("$I list rules")
    #expect(rules.output.contains("fractional-threshold") && !rules.output.contains("chung-lu"))
    #expect(try shell("$I list recipes").code == 64)
  }

  @Test func networkOfAScenarioAndOfAFile() throws {
    let karate = try shell("$I network $R/scenarios/networks/zachary_karate.csv")
    #expect(karate.code == 0)
    let plain = karate.output.split(separator: "\n").map { line in
      line.split(separator: " ").joined(separator: " ")
    }
    for line in [
      "agents 34", "ties (undirected) 78", "maximum degree 17", "clustering, global 0.2557",
      "clustering, mean local 0.5706", "isolates 0", "largest component 34 (100.00 %)",
    ] { #expect(plain.contains(line), "\(line) in \(plain)") }
    let folder = try folder()
    let generated = try shell("$I network \(try scenario(folder))", in: folder)
    #expect(generated.code == 0 && generated.output.contains("arm absent") && generated.output.contains("mean degree"))
    #expect(try shell("$I network nowhere.txt", in: folder).code == 66)
    let loops = try shell("printf '0 0\\n0 1\\n1 0\\n' > l.txt; $I network l.txt", in: folder)
    #expect(loops.code == 65 && loops.errors.contains("write `--loops drop`"))
    #expect(try shell("$I network l.txt --loops drop --repeats merge", in: folder).code == 0)
    #expect(try shell("$I network l.txt --loops drop --directed --reverse", in: folder).code == 0)
    #expect(try shell("$I network l.txt --reverse", in: folder).code == 64)
  }

  @Test func wrongInput() throws {
    let folder = try folder()
    #expect(try shell("$I run nowhere.yaml", in: folder).code == 66)
    let missing = try shell(
      "$I run \(try scenario(folder)) --set 'network={kind: file, path: no.txt, directed: true}' --set agents=1",
      in: folder)
    #expect(missing.code == 65)
    let file = Self.tiny.replacingOccurrences(of: "agents: 200\n", with: "").replacingOccurrences(
      of: "{ kind: gnp, meanDegree: 4 }", with: "{ kind: file, path: no.txt, directed: true }")
    #expect(try shell("$I run \(try scenario(folder, file))", in: folder).code == 66)
    let wrong = try shell("$I run \(try scenario(folder, "format: 1\nnmae: x\n"))", in: folder)
    #expect(wrong.code == 65 && wrong.output == "" && wrong.errors.contains("did you mean `name`?"))
    #expect(wrong.errors.contains("tiny.yaml:2:1: error: `nmae` is not a key of a scenario"))
    #expect(try shell("$I walk").code == 64)
    #expect(try shell("$I --version").output.hasPrefix("0."))
  }

  /// Too large for any machine: said with the estimate before anything is allocated.
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["INFLUENTS_SANITIZED"] == nil, "skipped: memory is the sanitizer's"))
  func beyondTheMachine() throws {
    let folder = try folder()
    let file = try scenario(folder)
    let large = try shell(
      "ulimit -v 4000000; $I run \(file) --set agents=4000000000 --set network.meanDegree=0.5", in: folder)
    let sentence = /this run needs about [0-9.]+ [GT]B of memory; this machine has [0-9.]+ [MGT]B\n  = write .*\n/
    #expect(large.code == 69 && large.errors.wholeMatch(of: sentence) != nil, "\(large.errors)")
    let dense = try shell("$I check \(file) --set agents=1000000000 --set network.meanDegree=8", in: folder)
    #expect(dense.code == 69)
    #expect(
      dense.errors
        == "a network of 8.0 billion voices is too large: a stored network holds 4.29 billion\n"
        + "  = write fewer agents or a smaller mean degree\n")
  }

  @Test func outputThatCannotBeMade() throws {
    let folder = try folder()
    let file = try scenario(folder)
    let proc = try shell("$I run \(file) --output /proc/none", in: folder)
    #expect(proc.code == 73)
    #expect(proc.errors == "/proc/none: the folder cannot be created: No such file or directory\n")
    let taken = try shell("echo diary > notes; $I run \(file) --output notes", in: folder)
    #expect(
      taken.errors
        == "notes: is a file\n  = choose another folder with --output, or move it away; influents replaces only what it "
        + "wrote\n")
    #expect(
      try shell("echo diary > notes; $I run \(file) --output notes; echo $?; cat notes", in: folder).output
        == "73\ndiary\n")
    let foreign = try shell(
      "mkdir own; echo diary > own/notes; $I run \(file) --output own; echo $?; cat own/notes", in: folder)
    #expect(foreign.output == "73\ndiary\n")
  }

  /// A full device is never taken for success.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
  func fullDevice() throws {
    let folder = try folder()
    let file = try scenario(folder)
    for command in ["list", "check \(file)", "run \(file)", "run \(file)", "--help", "--version"] {
      let result = try shell("$I \(command) > /dev/full", in: folder)
      #expect(result.code == 74, "\(command): \(result.errors)")
    }
    #expect(FileManager.default.fileExists(atPath: folder + "/results/tiny/manifest.json"))
  }

  /// A disk that fills: exit 74, and what was complete stays whole.
  @Test func diskThatFills() throws {
    let folder = try folder()
    let file = try scenario(folder)
    #expect(try shell("$I run \(file) --quiet", in: folder).code == 0)
    let before = try shell("cat results/tiny/* | cksum", in: folder).output
    // A file size limit stands for the full disk: the write fails with an error instead of a signal.
    let result = try shell(
      "trap '' XFSZ; ulimit -f 40; $I run \(file) --set draws=3000 --force", in: folder)
    #expect(result.code == 74 && result.errors.contains("writing failed"), "\(result)")
    #expect(try shell("cat results/tiny/* | cksum", in: folder).output == before)
    #expect(try shell("ls -A results", in: folder).output == "tiny\n")
  }

  /// SIGINT and SIGTERM stop in order: 130 and 143, the old folder whole, nothing half-written beside it.
  @Test(arguments: [("INT", 130), ("TERM", 143)])
  func signals(name: String, code: Int32) throws {
    let folder = try folder()
    let file = try scenario(folder)
    #expect(try shell("$I run \(file) --quiet", in: folder).code == 0)
    let before = try shell("cat results/tiny/* | cksum", in: folder).output
    let stopped = try shell(
      "$I run \(file) --set agents=20000 --set networks=100000 --force & p=$!; sleep 1; kill -\(name) $p; wait $p",
      in: folder)
    #expect(stopped.code == code, "\(stopped)")
    #expect(stopped.errors.contains("stopped in order; nothing was written"))
    #expect(try shell("cat results/tiny/* | cksum", in: folder).output == before)
    #expect(try shell("ls -A results", in: folder).output == "tiny\n")
  }

  /// Memory is bounded by workers, not by networks: ten times as many networks, less than a third more memory.
  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "there is no /usr/bin/python3"),
    .disabled(
      if: ProcessInfo.processInfo.environment["INFLUENTS_SANITIZED"] != nil, "skipped: memory is the sanitizer's"))
  func memoryIsBounded() throws {
    let folder = try folder()
    let file = try scenario(folder)
    func peak(_ networks: Int) throws -> Double {
      let script = """
        import resource, subprocess, sys
        subprocess.run(sys.argv[1:], check=True)
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
        """
      let result = try shell(
        "/usr/bin/python3 -c '\(script)' $I run \(file) --set agents=5000 --set networks=\(networks) --force --quiet",
        in: folder)
      return try #require(Double(result.output.trimmingCharacters(in: .whitespacesAndNewlines)), "\(result)")
    }
    let (few, many) = (try peak(100), try peak(1000))
    #expect(many < few * 1.33, "\(few) kB at 100 networks, \(many) kB at 1000")
  }

  /// Progress off a terminal is plain lines, none of them in a short run; a terminal is shown a bar, without color on
  /// request.
  @Test func progress() throws {
    let folder = try folder()
    let file = try scenario(folder)
    let plain = try shell("$I run \(file) --set networks=3000 --output p", in: folder)
    #expect(!plain.errors.contains("\u{1B}") && !plain.errors.contains("█"))
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/script") else { return }
    let run = "$I run \(file) --set networks=20000 --force --output t"
    let bar = try shell("env -u NO_COLOR script -qec \"\(run)\" /dev/null", in: folder)
    #expect(bar.output.contains("█") && bar.output.contains("\u{1B}[36m") && bar.output.contains(" left"))
    let uncolored = try shell("NO_COLOR=1 script -qec \"\(run)\" /dev/null", in: folder)
    #expect(uncolored.output.contains("█") && !uncolored.output.contains("\u{1B}[36m"))
  }

  @Test func `paths lead where the system says, through links and back`() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      mkdir -p real/deep; ln -s real/deep link; sed s/tiny/physical/ tiny.yaml > real/s.yaml
      cp tiny.yaml s.yaml; $I check link/../s.yaml | head -1; $I run link/../s.yaml --quiet --output link/../R; ls real/R/summary.csv
      """)
    #expect(result.output == "physical: sound\nreal/R/summary.csv\n", "\(result.output) \(result.errors)")
  }

  /// The shipped scenario of a real network.
  @Test func karateClub() throws {
    let folder = try folder()
    let result = try shell("$I run $R/scenarios/karate-club.yaml", in: folder)
    #expect(result.code == 0 && result.output.contains("intervals conditional on this network"))
    #expect(
      result.output.contains("δ = 0.05 or more; `seeded`, the best")
        && result.output.contains("0.1, tie weights ignored · 1 seed"))
  }
}
