import Foundation
import Testing

/// Extreme scenarios, small machines and strange text end in a documented way.
@Suite struct LimitsTests {
  private static let head = "format: 1\nname: x\nnetworks: 2\n"
  private static let rule = "rule: { kind: independent-cascade, probability: 0.15 }\n"

  /// A network without ties before one with ties, where voices differ.
  @Test func emptyNetworkFirst() throws {
    let lab = try CommandLab()
    try lab.write(
      Self.head + "agents: 100\nnetwork: { kind: gnp, meanDegree: { values: [0, 4] } }\n" + Self.rule
        + "roles: { maven: { fraction: 0.05, gain: 3 } }\n", "a.yaml")
    try lab.write(
      "format: 1\nname: y\nnetworks: 50\nagents: 4\nnetwork: { kind: gnp, meanDegree: { values: [3, 0.1] } }\n"
        + Self.rule
        + "roles: { maven: { fraction: 0.5, gain: 3 } }\ncutoff: none\n", "b.yaml")
    #expect(try lab.shell("$I run a.yaml --quiet; echo $?; $I run b.yaml --quiet; echo $?").output == "0\n0\n")
  }

  /// Numbers beyond 64 bits in what a run would take.
  @Test(arguments: [
    "network: { kind: complete }\nagents: 2147483648\n",
    "network: { kind: ring-lattice, meanDegree: 1073741824 }\nagents: 2147483648\n",
    "network: { kind: watts-strogatz, meanDegree: 1073741824, rewiring: 0.1 }\nagents: 2147483648\n",
    "network: { kind: barabasi-albert, meanDegree: 1073741824 }\nagents: 2147483648\n",
    "network: { kind: chung-lu, meanDegree: 4 }\nagents: 4000000000\nequalMass: false\nroles: { connector: { fraction: 1, gain: 1e9 } }\n",
    "network: { kind: torus, rows: 65000, columns: 65000, range: 32000 }\n",
  ])
  func estimatesBeyondSixtyFourBits(network: String) throws {
    let lab = try CommandLab()
    try lab.write("format: 1\nname: x\n" + network + Self.rule, "a.yaml")
    #expect(try lab.shell("$I check a.yaml; echo $?").output == "69\n")
  }

  @Test func moreCascadesThanThereIsRoom() throws {
    let lab = try CommandLab()
    try lab.write(
      "format: 1\nname: x\nnetworks: 16777215\ndraws: 16777215\nagents: 1000\ntables: [agents]\n"
        + "network: { kind: gnp, meanDegree: 4 }\n" + Self.rule, "a.yaml")
    #expect(try lab.shell("$I check a.yaml; echo $?").output == "69\n")
    #expect(
      try lab.shell("$I export tiny.yaml --point=-9223372036854775808 --output e; echo $?").output == "65\n")
  }

  /// Thousands of mistakes are refused with the first of them.
  @Test func thousandsOfMistakes() throws {
    let lab = try CommandLab()
    let sound = Self.head + "agents: 100\nnetwork: { kind: gnp, meanDegree: 4 }\n" + Self.rule
    func lines(_ count: Int, _ line: (Int) -> String) -> String { (0..<count).map(line).joined() }
    let mistakes = [
      lines(20_000) { "key\($0): 1\n" }, lines(30_000) { _ in "story: 1\n" }, lines(30_000) { "k\($0 / 2): 1\n" },
      "expect:\n" + lines(20_000) { _ in "  - { finding: a, column: b, from: 0 }\n" },
      "tables: [" + lines(10_000) { _ in "\"\", " } + "]\n",
      "story: { values: [" + lines(90_000) { _ in "+1, " } + "] }\n",
      "story: { values: [" + lines(90_000) { "\($0 + 1), " } + "] }\n",
      "arms:\n" + lines(40_000) { "  a\($0): {}\n" },
    ]
    for (number, mistake) in mistakes.enumerated() {
      try lab.write(sound + mistake, "a.yaml")
      let result = try lab.shell(
        "timeout -s KILL 60 $I check a.yaml 2> errors; echo $?; wc -c < errors; tail -1 errors")
      let parts = result.output.split(separator: "\n")
      #expect(parts.first == "65" && Int(parts[1]) ?? .max < 200_000, "\(number): \(parts)")
      #expect(parts.last?.hasSuffix("nothing was run.") == true && parts.last?.hasPrefix("0 ") == false)
    }
  }

  /// Under a sanitizer memory is the sanitizer's.
  private static let isPlain = ProcessInfo.processInfo.environment["INFLUENTS_SANITIZED"] == nil

  /// Memory that cannot be had is 69: before the run, or where only the allocation shows it.
  @Test(.enabled(if: isPlain, "skipped: memory is the sanitizer's")) func memoryThatCannotBeHad() throws {
    let lab = try CommandLab()
    let before = try lab.shell("ulimit -v 1000000; $I run tiny.yaml --set agents=20000000 --output o; echo $?; ls -A o")
    #expect(before.output == "69\n" && before.errors.contains("this run needs about"))
    // A box that says nothing beforehand: the limit falls while the run is under way.
    let during = try lab.shell(
      """
      command -v prlimit > /dev/null || { echo none; exit; }
      $I run tiny.yaml --set agents=2000000 --set network.meanDegree=20 --output o --quiet & sleep 0.7
      prlimit --pid $! --data=150000000; wait $!; echo $?; ls -A
      """)
    guard during.output != "none\n" else {
      print("skipped: there is no prlimit")
      return
    }
    #expect(during.output == "69\ntiny.yaml\n", "\(during.errors)")
    #expect(during.errors.contains("memory ran out"))
  }

  /// What a run holds lies below what was predicted, and not far below.
  @Test(
    .enabled(if: isPlain, "skipped: memory is the sanitizer's"),
    arguments: [
      "agents: 200000\nnetwork: { kind: gnp, meanDegree: 10 }\n" + rule,
      "agents: 200000\nnetwork: { kind: influence-network, meanDegree: 10 }\nrule: { kind: fractional-threshold }\n"
        + "roles: { maven: { fraction: 0.05, gain: 3 }, connector: { fraction: 0.05, gain: 5 } }\n",
      "agents: 100000\nnetwork: { kind: configuration-model, meanDegree: 10, degrees: { kind: lognormal, cv: 3 } }\n"
        + rule,
      "agents: 100000\nnetwork: { kind: gnp, meanDegree: 10, switches: 0.2 }\n" + rule,
      "agents: 200000\nnetwork: { kind: gnp, meanDegree: 10 }\nrule: { kind: trivalency }\n",
      "agents: 50\nnetwork: { kind: gnp, meanDegree: 4 }\nseeds: 0\n"
        + "rule: { kind: bass, innovation: 0.00001, imitation: 0, steps: 200000 }\n",
      "agents: 1000\nnetwork: { kind: gnp, meanDegree: 4 }\n" + rule + "arms:\n"
        + (0..<60).map { "  a\($0): { story: \(1 + Double($0) / 100) }\n" }.joined(),
      "agents: 50000\nnetwork: { kind: gnp, meanDegree: 10 }\n" + rule + "tables: [transmissions, agents, influence]\n",
    ])
  func memoryIsPredicted(scenario: String) throws {
    let lab = try CommandLab()
    try lab.write(Self.head + "draws: 4\n" + scenario, "a.yaml")
    let result = try lab.shell(
      "$I run a.yaml --workers 2 2>&1 > /dev/null | grep '^memory'; du -sb results/x | cut -f1; $I check a.yaml | grep ' output '"
    )
    func bytes(_ text: Substring) -> Double {
      let parts = text.split(separator: " ")
      let units = ["B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9]
      return (Double(parts[0]) ?? .nan) * (units[String(parts[1])] ?? .nan)
    }
    let found = try #require(
      result.output.firstMatch(
        of:
          /memory: ([0-9.]+ \w+) at the peak, at most ([0-9.]+ \w+) predicted\n(\d+)\n +output (?:about [^,]+, )?at most ([0-9.]+ \w+),/
      ))
    let (peak, predicted) = (bytes(found.1), bytes(found.2))
    #expect(peak <= predicted && predicted < 2.5 * peak, "\(found.0)")
    #expect(Double(found.3) ?? .infinity <= bytes(found.4), "\(found.0)")
  }

  /// Control characters of a scenario reach neither the terminal nor a file that cannot be read back.
  @Test func controlCharacters() throws {
    let lab = try CommandLab()
    try lab.write(
      #"question: "a\e]0;title\a b\u009b2J \u202Ereversed""# + "\n"
        + (try String(contentsOfFile: lab.folder + "/tiny.yaml", encoding: .utf8)),
      "q.yaml")
    let result = try lab.shell(
      "$I check q.yaml; $I run q.yaml --output o 2>&1; $I run o/scenario.yaml --output o 2>&1; echo $?")
    #expect(result.output.hasSuffix("0\n") && result.output.contains("complete, checksums verified"))
    #expect(result.output.contains(#"a\x1B]0;title\x07 b\x9B2J \u202Ereversed"#))
    #expect(
      !result.output.unicodeScalars.contains {
        $0.value < 32 && $0 != "\n" || 127..<160 ~= $0.value || $0.value == 0x202E
      })
    let wrong = try lab.shell(#"$I check tiny.yaml --set 'agents="\e[2J"' --set "$(printf 'x\033[2J')=1"; echo $?"#)
    #expect(wrong.output == "65\n" && !wrong.errors.contains("\u{1B}"))
    let raw = try lab.shell(#"printf 'format: 1\nname: "a\001b"\n' > c.yaml; $I check c.yaml"#)
    #expect(raw.code == 65 && raw.errors.hasPrefix("c.yaml:2:9: error: a control character (\\x01) stands here"))
  }

  /// Where no thread can be made, nothing waits for one.
  @Test func noThreads() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      command -v setpriv > /dev/null && [ "$(id -u)" = 0 ] || { echo none; exit; }
      chmod 777 .; cp $I influents; chmod 755 influents
      setpriv --reuid=65534 --regid=65534 --clear-groups bash -c \
        'ulimit -u 1; exec ./influents run tiny.yaml --output o' & sleep 8; kill -KILL $! 2> /dev/null; wait $!; echo $?; ls -d o
      """)
    guard result.output != "none\n" else {
      print("skipped: needs setpriv and root")
      return
    }
    #expect(result.output == "69\n", "\(result.output) \(result.errors)")
    #expect(result.errors.contains("threads cannot be started"))
  }

  /// Text files of other systems, and no text at all.
  @Test func marksAndLineEnds() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      (printf '\\xef\\xbb\\xbf'; cat tiny.yaml) > bom.yaml; $I check bom.yaml > /dev/null; echo $?
      tr '\\n' '\\r' < tiny.yaml > mac.yaml; $I check mac.yaml; echo $?; : > empty.yaml; $I check empty.yaml; echo $?
      printf 'format: 1\\n"": 1\\n"": 1\\n' > keys.yaml; $I check keys.yaml; echo $?
      $I check tiny.yaml --set randomSeed=9007199254740993; echo $?
      """)
    #expect(result.output == "0\n65\n65\n65\n65\n")
    #expect(result.errors.contains("mac.yaml:1:10: error: a control character (\\x0D) stands here"))
    #expect(result.errors.contains("save the file with line ends LF or CRLF"))
    #expect(result.errors.contains("empty.yaml:1:1: error: the file is empty\n  = start with `format: 1`"))
    #expect(result.errors.contains("keys.yaml:2:1: error: `` is written twice in one group"))
    #expect(result.errors.contains("`randomSeed` is 9007199254740993, out of range"))
  }

  /// Of a file that is no scenario nothing is shown.
  @Test func filesThatAreNoScenarios() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      printf 'root:$6$HASH$abc:19000:0:99999:7:::\\ndaemon:*:1:0:9:7:::\\n' > shadow; $I check shadow; echo $?
      printf 'machine a.org login bob password HASH\\nlogin bob password HASH2\\n' > netrc
      $I network netrc; echo $?
      """)
    #expect(result.output == "65\n65\n" && !result.errors.contains("HASH"), "\(result.errors)")
    #expect(result.errors.contains("shadow:1:1: error: this is no scenario"))
  }

  /// Of a file that is no network nothing is shown, and a small file that fills the machine is refused.
  @Test func filesThatAreNoNetworks() throws {
    let lab = try CommandLab()
    let secret = try lab.shell(
      """
      printf 'root:x:0:0:secret:/root:/bin/bash\\n' > secrets
      for key in '' ',"weight":"w"' ',"source":"a","target":"b"' ',"agentsFile":{"path":"secrets"}'; do
        echo "{\\"format\\":1,\\"name\\":\\"s\\",\\"network\\":{\\"kind\\":\\"file\\",\\"path\\":\\"secrets\\",\\"directed\\":true$key},\\"rule\\":{\\"kind\\":\\"weighted-cascade\\"}}" > s.json
        $I check s.json; echo $?
      done; $I network secrets; echo $?; $I check secrets; echo $?
      """)
    #expect(secret.output == "65\n65\n65\n65\n65\n65\n" && !secret.errors.contains("root:"), "\(secret.errors)")
    let bomb = try lab.shell(
      "yes '1 2' | head -c 300000000 | gzip > bomb.gz; $I network bomb.gz --repeats drop; echo $?")
    #expect(bomb.output == "65\n" && bomb.errors.contains("over a hundred times as much"), "\(bomb.errors)")
  }

  /// What only random numbers refuse is found before a run: degrees that no network has, seeds that are not there.
  @Test func whatReplicatesRefuse() throws {
    let lab = try CommandLab()
    try lab.write(
      """
      format: 1
      name: uneven
      networks: 12
      agents: 1000
      network: { kind: configuration-model, meanDegree: 4, degrees: { kind: negative-binomial, cv: 20 } }
      rule: { kind: independent-cascade, probability: 0.2 }
      """, "uneven.yaml")
    try lab.write(
      """
      format: 1
      name: draws
      draws: 10
      agents: 15
      network: { kind: ring-lattice, meanDegree: 6 }
      rule: { kind: independent-cascade, probability: 0.2 }
      seeds: 3
      seeding: { kind: top-fraction }
      roles: { maven: { fraction: 0.2, gain: 10, hearsFirst: 0.5 } }
      cutoff: none
      """, "draws.yaml")
    for (name, what) in [
      ("uneven", "no simple network has it"), ("draws", "3 seeds are asked of"),
    ] {
      let check = try lab.shell("$I check \(name).yaml; echo $?")
      #expect(check.output == "65\n" && check.errors.contains(what), "\(check.output)\(check.errors)")
      #expect(try lab.shell("$I run \(name).yaml --quiet; echo $?").output == "1\n")
    }
  }

  /// What was read of a file stands beside its results.
  @Test func readingIsPrinted() throws {
    let lab = try CommandLab()
    try lab.write("1 2 7\n2 3 1\n", "ties.txt")
    try lab.write(
      """
      format: 1
      name: file
      network: { kind: file, path: ties.txt, directed: false }
      rule: { kind: independent-cascade, probability: 0.2 }
      cutoff: none
      """, "file.yaml")
    let run = try lab.shell("$I run file.yaml")
    #expect(
      run.errors.unwrapped.contains(
        "ties.txt: 2 rows separated by blanks, ids from column 1 and column 2, 1 column ignored (column 3), every tie counts 1 (`weight:` names a column)"
      ))
    #expect(run.errors.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  /// Ctrl-\\ ends the program at once.
  @Test func quits() throws {
    let lab = try CommandLab()
    try lab.write(
      """
      format: 1
      name: long
      networks: 20000
      agents: 20000
      network: { kind: gnp, meanDegree: 8 }
      rule: { kind: independent-cascade, probability: 0.5 }
      """, "a.yaml")
    let result = try lab.shell(
      "ulimit -c 0; $I run a.yaml --quiet & p=$!; sleep 1; kill -QUIT $p; wait $p; echo \"code $?\"")
    #expect(result.output.hasSuffix("code 131\n"), "\(result)")
  }

  @Test("too few files at once are told before anything is made", arguments: [4, 5, 8, 16])
  func openFiles(limit: Int) throws {
    let lab = try CommandLab()
    let result = try lab.shell("ulimit -n \(limit); $I run tiny.yaml --output o --quiet; echo $?; ls -A")
    #expect(result.output == "69\ntiny.yaml\n" && result.errors.contains("files cannot be open at once"))
  }
}
