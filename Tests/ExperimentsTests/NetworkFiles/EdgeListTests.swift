@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

@Suite struct EdgeListTests {
  private func read(
    _ text: String, isDirected: Bool = true, _ change: (inout EdgeListSettings) -> Void = { _ in }
  ) throws -> ImportedNetwork {
    let folder = try TemporaryFolder()
    var settings = EdgeListSettings(path: try folder.write(text, "ties.txt"), isDirected: isDirected)
    change(&settings)
    return try EdgeList.read(settings)
  }

  private func message(
    _ text: String, isDirected: Bool = true, _ change: (inout EdgeListSettings) -> Void = { _ in }
  ) -> (code: Failure.Code, text: String)? {
    do {
      _ = try read(text, isDirected: isDirected, change)
      return nil
    } catch {
      guard let failure = error as? Failure else { return nil }
      // The folder's name is new each time.
      let lines = failure.message.split(separator: "\n", omittingEmptySubsequences: false)
      let own = lines.map { $0.contains("ties.txt:") ? $0.components(separatedBy: "ties.txt").last ?? "" : String($0) }
      return (failure.code, own.joined(separator: "\n"))
    }
  }

  @Test func formsOfAFile() throws {
    for text in [
      "# a\n% b\n\n0 1\n1\t2\n", "0,1\r\n1,2\r\n", "source,target\n0,1\n1,2\n", "from,to\n0,1\n1,2",
      "\u{FEFF}0 1\n1 2\n",
      "  0   1  \n 1 2",
    ] {
      let imported = try read(text)
      #expect(imported.network.targets == [1, 2] && imported.network.agentCount == 3, "\(text)")
      #expect(imported.names[0] == "0" && imported.names[2] == "2")
    }
  }

  @Test func namesOfAnyLength() throws {
    let long = String(repeating: "x", count: 5000)
    let imported = try read("\"Ann, the first\",\(long)\n\(long),Bob \"B\"\n", isDirected: false)
    #expect(imported.names[0] == "Ann, the first" && imported.names[1] == long && imported.names[2] == "Bob \"B\"")
    #expect(imported.names.index(of: Array("Bob \"B\"".utf8)) == 2)
    #expect(imported.network.tieCount == 2)
  }

  @Test func arrowsCanBeTurned() throws {
    #expect(try read("a b\n").network.outDegree(0) == 1)
    #expect(try read("a b\n") { $0.reverse = true }.network.outDegree(1) == 1)
  }

  @Test func weightsOnlyWhereNamedOrAskedFor() throws {
    #expect(try read("0 1 5\n1 2 7\n").network.weights == nil)
    #expect(try read("0 1 5\n1 2 7\n").report.ignoredColumns == ["column 3"])
    #expect(try read("0 1 5\n1 2 7\n") { $0.weight = .numbered(3) }.network.weights == [5, 7])
    let named = "source,target,rating,weight\n0,1,9,5\n1,2,9,7\n"
    #expect(try read(named).network.weights == [5, 7])
    #expect(try read("source,target,weight\n0,1,.5\n1,2,7\n").network.weights == [0.5, 7])
    #expect(try read(named).report.ignoredColumns == ["rating"])
    #expect(try read(named) { $0.weight = .named("rating") }.network.weights == [9, 9])
    #expect(try read(named) { $0.ignoresWeights = true }.network.weights == nil)
    let swapped = try read("to,from\na,b\n") { ($0.source, $0.target) = (.named("from"), .named("to")) }
    #expect(swapped.names[0] == "b" && swapped.network.outDegree(0) == 1)
  }

  @Test func loopsAndRepeats() throws {
    let text = "0 1 2\n1 0 4\n0 1 8\n2 2 1\n"
    func settings(_ repeats: RepeatPolicy) -> (inout EdgeListSettings) -> Void {
      { settings in
        settings.loops = .drop
        settings.repeats = repeats
        settings.weight = .numbered(3)
      }
    }
    let dropped = try read(text, isDirected: false, settings(.drop))
    #expect(dropped.network.weights == [2, 2] && dropped.report.loops == 1 && dropped.report.repeats == 2)
    #expect(dropped.network.agentCount == 3)
    #expect(try read(text, isDirected: false, settings(.merge)).network.weights == [14, 14])
    #expect(try read(text, isDirected: true, settings(.merge)).network.weights == [10, 4])
    // Without weights a merged repeat counts as weight.
    let plain = try read("0 1\n0 1\n1 2\n") { $0.repeats = .merge }
    #expect(plain.network.weights == [2, 1])
    #expect(
      message(text) { $0.weight = .numbered(3) }?.text
        == ":4: error: 1 row ties an agent to itself, the first here\n  = write `loops: drop` to leave them out\n\n"
        + ":3: error: 1 row repeats a pair, the first here\n"
        + "  = write `repeats: drop` to keep the first, or `repeats: merge` to add the weights up\n\n"
        + "2 kinds of problems in this file")
    #expect(
      message("0 1\n0 1\n")?.text
        == ":2: error: 1 row repeats a pair, the first here\n  = write `repeats: drop` to keep the first, or `repeats: merge` to add the "
        + "weights up")
  }

  @Test func badFiles() throws {
    let missing = #expect(throws: Failure.self) {
      try EdgeList.read(EdgeListSettings(path: "/nowhere/ties.txt", isDirected: true))
    }
    #expect(missing?.code == .missingInput && missing?.message == "/nowhere/ties.txt: no such file")
    #expect(message("")?.text == ": error: the file holds no tie\n  = write one pair of ids per line")
    #expect(message("# only\n")?.code == .wrongInput)
    #expect(
      message("5\n6\n")?.text
        == ":1:1: error: a tie needs two ids, here is one column\n"
        + "  = write two ids per row, with a comma, a semicolon, a tab or blanks between")
    #expect(
      message("0 1\n2\n")?.text
        == ":2:1: error: a tie needs two ids, here is one column\n"
        + "  = write two ids per row, with a comma, a semicolon, a tab or blanks between")
    #expect(
      message("source,target,weight\n0,1,heavy\n")?.text
        == ":2:5: error: the weight `heavy` is no number\n  | 0,1,heavy\n  |     ^\n"
        + "  = write a number, or choose another column")
    #expect(
      message("0 1 2\n0 2 -1\n0 3 0\n") { $0.weight = .numbered(3) }?.text
        == ":2: error: 2 weights are not positive, the first is -1\n  = write `nonPositive: drop` to leave these ties out"
    )
    #expect(
      message("0 1\u{0}\n")?.text
        == ":1: error: this is a binary file\n  = an edge list is text, plain or compressed by gzip")
    #expect(
      message("a,\"b\n")?.text
        == ":1:1: error: a quoted field is not closed, or text follows it\n"
        + "  = end the field with \" on the same line, and double a \" within it")
    #expect(
      message("source,target\n0,1\n", { $0.weight = .named("rating") })?.text
        == ":1:1: error: there is no column `rating`\n  = known: source, target")
  }

  /// Whatever is cut off a compressed file is missed, never taken for its end.
  @Test func gzip() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.write((0..<5000).map { "\($0) \($0 + 1)\n" }.joined(), "ties")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/gzip")
    process.arguments = [plain]
    try process.run()
    process.waitUntilExit()
    let whole = try #require(FileManager.default.contents(atPath: plain + ".gz"))
    let imported = try EdgeList.read(EdgeListSettings(path: plain + ".gz", isDirected: true))
    #expect(imported.network.tieCount == 5000)
    for part in [30, whole.count / 2, whole.count - 9, whole.count - 1] {
      let cut = try folder.write([UInt8](whole.prefix(part)), "cut.gz")
      let failure = #expect(throws: Failure.self) {
        try EdgeList.read(EdgeListSettings(path: cut, isDirected: true))
      }
      let line = failure?.message.split(separator: ":").dropFirst().first ?? ""
      #expect(
        failure?.message
          == "\(cut):\(line): error: the compressed file is damaged or cut short\n  = fetch or compress it again",
        "cut at \(part)")
      #expect(failure?.code == .wrongInput)
    }
  }

  /// The limit of 2³² − 1 agents, at a size that fits a test.
  @Test func namesAreLimited() {
    var names = NameTable()
    for name in 0..<5 { #expect(names.index(adding: Array("\(name)".utf8), limit: 5) == name) }
    #expect(names.index(adding: Array("6".utf8), limit: 5) == nil)
    #expect(names.index(adding: Array("3".utf8), limit: 5) == 3)
  }

  /// Rows of every kind among plain ones, past several fills of the buffer, against reading the text field by field.
  @Test(arguments: [(",", "\n"), (" ", "\n"), ("\t", "\r\n"), (",", "\r\n")])
  func plainRowsAmongOthers(separator: String, end: String) throws {
    var words = RandomAddress(randomSeed: 4).stream(.network)
    var text = ""
    var expected: (ids: [String: Int], names: [String], pairs: [[Int]]) = ([:], [], [])
    func id() -> String {
      switch words.below(200) {
      case 0: "00\(words.below(50))"
      case 1: "\(100_000_000 + words.below(3) * 400_000_000)"
      case 2: "\(99_999_990 + words.below(10))"
      case 3: "a\(words.below(100))"
      case 4: "123456789012"
      case 5: "0"
      default: "\(words.below([100, 5_000, 90_000][words.below(3)]))"
      }
    }
    for row in 0..<90_000 {
      let (one, other) = (id(), id())
      guard one != other else { continue }
      if row % 997 == 5 { text += "# \(row)\(end)" }
      let blank = row % 501 == 7 ? " " : ""
      text += blank + one + separator + blank + other + (row % 777 == 3 ? " " : "") + end
      expected.pairs.append(
        [one, other].map { name in
          if let known = expected.ids[name] { return known }
          expected.ids[name] = expected.names.count
          expected.names.append(name)
          return expected.names.count - 1
        })
    }
    // Half of the files end without an end of line.
    if separator == "," { text.removeLast(end == "\n" ? 1 : 0) }
    let imported = try read(text) { $0.repeats = .drop }
    #expect(imported.report.rows == expected.pairs.count && imported.names.count == expected.names.count)
    let names = (0..<imported.names.count).map { imported.names[$0] }
    #expect(names == expected.names)
    #expect(names.indices.allSatisfy { imported.names.index(of: Array(names[$0].utf8)) == $0 })
    var ties = TieList()
    for pair in expected.pairs { ties.append(pair[0], pair[1]) }
    let network = Network(agentCount: names.count, ties: ties, isDirected: true)
    let isSame = imported.network.offsets == network.offsets && imported.network.targets == network.targets
    #expect(isSame)
  }

  /// An error after many plain rows names its own line.
  @Test func placesAfterPlainRows() {
    let rows = (0..<40_000).map { "\($0),\($0 + 1)" }.joined(separator: "\n")
    #expect(message(rows + "\n7,7\n")?.text.hasPrefix(":40001: error: 1 row ties an agent to itself") == true)
    #expect(message(rows + "\n7,\n")?.text.hasPrefix(":40001:") == true)
  }

  @Test func manyNames() {
    var names = NameTable()
    for index in 0..<50_000 { #expect(names.index(adding: Array("n\(index * 7)".utf8)) == index) }
    for index in stride(from: 0, to: 50_000, by: 99) { #expect(names.index(of: Array("n\(index * 7)".utf8)) == index) }
    #expect(names.index(of: Array("n1".utf8)) == nil)
  }
}

@Suite struct AgentsFileTests {
  private func read(_ agents: String, keepsIsolates: Bool = false) throws -> ImportedNetwork {
    let folder = try TemporaryFolder()
    var settings = EdgeListSettings(path: try folder.write("a b\nb c\n", "ties"), isDirected: true)
    var file = AgentsFileSettings(path: try folder.write(agents, "agents.csv"))
    file.keepsIsolates = keepsIsolates
    settings.agentsFile = file
    return try EdgeList.read(settings)
  }

  @Test func columns() throws {
    let imported = try read("id,group,expertise,threshold,seed,colour\nb,x,2,0.5,1,red\na,y,,,0,blue\n")
    let agents = try #require(imported.agents)
    #expect(agents.traits.values[.expertise] == [nil, 2, nil] && agents.thresholds == [nil, 0.5, nil])
    #expect(agents.groups == [1, 0, -1] && agents.groupNames == ["x", "y"] && agents.seeds == [1])
    #expect(imported.report.missingAgents == 1 && imported.report.agentsIgnored == ["colour"])
  }

  /// As spreadsheets and Gephi write them.
  @Test func formsOfATable() throws {
    for text in [
      "Id,Label,Expertise\na,Ann,2\n", "name;EXPERTISE\na;2\n", "\u{FEFF}id\texpertise\r\na\t2\r\n",
      "id,expertise\ra,2\r",
      "\"id\" \"expertise\"\n\"a\" 2\n", "id,expertise,\na,2,,\n",
    ] {
      let agents = try #require(try read(text).agents)
      #expect(agents.traits.values[.expertise] == [2, nil, nil], "\(text)")
    }
  }

  /// Decimal commas where commas do not separate; words for nothing are no value; hexadecimal numbers are none.
  @Test func cellsOfATable() throws {
    for text in [
      "id;susceptibility\na;0,5\nb;NA\n", "id\tsusceptibility\na\t0,5\nb\t\n", "id,susceptibility\na,.5\nb,NaN\n",
    ] {
      let agents = try #require(try read(text).agents)
      #expect(agents.traits.values[.susceptibility] == [0.5, nil, nil], "\(text)")
    }
    for text in ["id,susceptibility\na,\"0,5\"\n", "id,susceptibility\na,0x1\n", "id,susceptibility\na,inf\n"] {
      #expect(throws: Failure.self) { try read(text) }
    }
  }

  @Test func unknownIdsAreRefusedOrKept() throws {
    let failure = #expect(throws: Failure.self) { try read("id,group\nz,1\n") }
    #expect(failure?.message.contains("no tie names the id `z`") == true)
    let kept = try read("id,group\nz,1\n", keepsIsolates: true)
    #expect(kept.network.agentCount == 4 && kept.report.isolatesAdded == 1 && kept.report.missingAgents == 3)
  }

  @Test func mistakes() {
    for (text, expected) in [
      ("colour\na\n", "there is no column `id`"), ("id,seed\na,maybe\n", "`seed` is neither 1 nor 0"),
      ("id,expertise\na,0\n", "`expertise` is `0`, not a number above 0"), ("id\na\na\n", "the id `a` has two rows"),
      ("id,group\na\n", "this row has 1 fields, the header 2"), ("", "the file is empty"),
      ("id,id\na,b\n", "the column `id` is named twice"),
      ("id,presuasion\na,1\n", "the column `presuasion` is not known"),
      ("id,Seeds\na,1\n", "did you mean `seed`?"), ("id\n-\n", "the id `-` is a word for nothing"),
      ("id,group\ra,x\r\n", "a line end of another kind"),
    ] {
      let failure = #expect(throws: Failure.self) { try read(text) }
      #expect(failure?.message.contains(expected) == true, "\(text): \(failure?.message ?? "")")
    }
  }
}

/// Every edge list of the shared data loads with its published counts.
@Suite(.enabled(if: Lab.sharedData != nil, "the shared data are not beside this repository"))
struct SharedDataTests {
  struct File: Sendable, CustomTestStringConvertible {
    let path: String
    let isDirected: Bool
    let agents: Int
    let ties: Int
    var loops = 0
    var largest: Int?
    var testDescription: String { path + (isDirected ? ", directed" : "") }
  }

  static let files = [
    File(path: "classic/zachary_karate.csv", isDirected: false, agents: 34, ties: 78),
    File(path: "classic/davis_women_coattendance.csv", isDirected: false, agents: 18, ties: 139),
    File(path: "classic/davis_women_events.csv", isDirected: false, agents: 32, ties: 89),
    File(path: "classic/florentine_marriages.csv", isDirected: false, agents: 15, ties: 20),
    File(path: "classic/les_miserables.csv", isDirected: false, agents: 77, ties: 254),
    File(path: "snap/facebook_combined.txt", isDirected: false, agents: 4039, ties: 88234, largest: 4039),
    File(path: "snap/ca-HepTh.txt", isDirected: false, agents: 9877, ties: 25973, loops: 25, largest: 8638),
    File(path: "snap/soc-Epinions1.txt.gz", isDirected: true, agents: 75879, ties: 508837, largest: 75877),
    File(path: "snap/soc-Epinions1.txt.gz", isDirected: false, agents: 75879, ties: 405740),
    File(path: "snap/wiki-Vote.csv", isDirected: true, agents: 7115, ties: 103689, largest: 7066),
    File(path: "snap/wiki-Vote.csv", isDirected: false, agents: 7115, ties: 100762),
    File(path: "snap/p2p-Gnutella08.txt", isDirected: true, agents: 6301, ties: 20777, largest: 6299),
    File(path: "snap/nethept.csv", isDirected: false, agents: 15233, ties: 31376, loops: 39, largest: 6794),
    File(path: "snap/CollegeMsg.csv.gz", isDirected: true, agents: 1899, ties: 20296),
    File(path: "snap/CollegeMsg.csv.gz", isDirected: false, agents: 1899, ties: 13838),
    File(path: "snap/higgs-retweet_network.edgelist.gz", isDirected: true, agents: 256491, ties: 328132),
    File(path: "trust/bitcoin_otc_trust.csv.gz", isDirected: true, agents: 5881, ties: 35592, largest: 5875),
    File(path: "trust/bitcoin_otc_trust.csv.gz", isDirected: false, agents: 5881, ties: 21492),
  ]

  @Test(arguments: files)
  func counts(file: File) throws {
    var settings = EdgeListSettings(path: Lab.sharedData! + "/" + file.path, isDirected: file.isDirected)
    settings.loops = .drop
    settings.repeats = .drop
    settings.ignoresWeights = true
    let imported = try EdgeList.read(settings)
    #expect(imported.network.agentCount == file.agents && imported.network.tieCount == file.ties)
    #expect(imported.report.loops == file.loops || file.path.contains("higgs"))
    #expect(imported.network.firstBrokenInvariant() == nil)
    if let largest = file.largest {
      #expect(NetworkStatistics(of: imported.network).largestComponent == largest)
    }
  }

  /// Ratings as weights, reversed: who is trusted influences. 3,563 ratings are not positive.
  @Test func bitcoinRatings() throws {
    var settings = EdgeListSettings(path: Lab.sharedData! + "/trust/bitcoin_otc_trust.csv.gz", isDirected: true)
    settings.weight = .named("rating")
    settings.reverse = true
    #expect(throws: Failure.self) { try EdgeList.read(settings) }
    settings.dropsNonPositive = true
    let imported = try EdgeList.read(settings)
    #expect(imported.report.droppedWeights == 3563 && imported.network.tieCount == 35592 - 3563)
    #expect(imported.network.agentCount == 5881)
  }

  /// Triangles and mean local clustering of the SNAP pages.
  @Test(arguments: [
    ("facebook_combined.txt", 1_612_010, 0.6055), ("ca-HepTh.txt", 28_339, 0.4714), ("wiki-Vote.csv", 608_389, 0.1409),
    ("p2p-Gnutella08.txt", 2_383, 0.0109), ("nethept.csv", 30_846, 0.49844),
  ])
  func triangles(name: String, triangles: Int, clustering: Double) throws {
    var settings = EdgeListSettings(path: Lab.sharedData! + "/snap/" + name, isDirected: false)
    settings.loops = .drop
    settings.repeats = .drop
    let network = try EdgeList.read(settings).network
    #expect(NetworkStatistics.triangles(of: network).total == triangles)
    #expect(abs((NetworkStatistics.clustering(of: network)?.meanLocal ?? 0) - clustering) < 1e-4)
  }
}
