@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

/// Files whose columns say what a network of influence cannot hold, and files with several problems.
struct ColumnMeaningTests {
  private static func message(_ text: String, _ change: (inout EdgeListSettings) -> Void = { _ in }) throws -> String? {
    let folder = try TemporaryFolder()
    var settings = EdgeListSettings(path: try folder.write(text, "f.csv"), isDirected: false)
    change(&settings)
    do {
      _ = try EdgeList.read(settings)
      return nil
    } catch {
      return error.message.replacingOccurrences(of: settings.path, with: "f.csv")
    }
  }

  @Test(
    "two kinds of nodes are no network among people",
    arguments: [
      "person,club\nann,chess\nbob,chess\n", "Student ID;Course\nx;maths\ny;maths\n", "user\titem\nu1\ti1\nu2\ti1\n",
    ])
  func twoModes(text: String) throws {
    #expect(try Self.message(text)?.contains("f.csv:1:1: error: the first row names two kinds of nodes") == true)
  }

  @Test(
    "words that name no two kinds of nodes are ids", arguments: ["anna,bob\nbob,cy\n", "person,person2\nperson2,bob\n"])
  func ids(text: String) throws { #expect(try Self.message(text) == nil) }

  @Test(
    "ties that come again at other times are refused unless each pair shall count once",
    arguments: [
      "source,target,timestamp\na,b,5\na,b,6\n", "from;to;Date\na;b;5\na;b;6\n", "a b 2020-01-31\na b 2020-02-01\n",
      "a b 1288301000\na b 1288302000\n", "a b 31/1/2020\na b 1/2/2020\n",
    ])
  func dated(text: String) throws {
    #expect(try Self.message(text)?.contains("dates the ties, and in this network all of them hold at once") == true)
    #expect(try Self.message(text) { $0.repeats = .drop } == nil)
  }

  @Test("a time before the ids is no id")
  func timeFirst() throws {
    let text = "1385982020 454 640\n1385982040 454 650\n"
    #expect(try Self.message(text)?.contains("the first column looks like a time") == true)
    #expect(
      try Self.message(text) {
        $0.source = .numbered(2)
        $0.target = .numbered(3)
      } == nil)
  }

  @Test(
    "numbers that are no dates date nothing", arguments: ["a b 7\na b 8\n", "a b 1.5\na b 2.5\n", "a b 12345\na b 3\n"])
  func undated(text: String) throws { #expect(try Self.message(text)?.contains("dates") == false) }

  @Test(
    "ties below 0 are refused, with their first row",
    arguments: [
      "source,target,sign\na,b,1\nb,c,-1\nc,d,-1\n", "a b 1\nb c -1\nc d -1\n",
      "source,target,Rating\na,b,4\nb,c,-10\nc,d,-2\n",
    ])
  func signed(text: String) throws {
    let line = text.hasPrefix("a b") ? 2 : 3
    #expect(try Self.message(text)?.contains("f.csv:\(line):1: error:") == true)
    #expect(try Self.message(text)?.contains("is below 0 in 2 rows, here first") == true)
  }

  @Test("signs that are named as weights are weights")
  func signsAsWeights() throws {
    let text = "source,target,sign\na,b,1\nb,c,-1\n"
    #expect(
      try Self.message(text) {
        $0.weight = .named("sign")
        $0.dropsNonPositive = true
      } == nil)
  }

  @Test("a file of traits is not read as ties")
  func agentsFile() throws {
    #expect(
      try Self.message("id,susceptibility\na,0\nb,1\n")?.contains("looks like an agents file") == true)
  }

  @Test("all problems of a file come at once, each kind with its first place")
  func allAtOnce() throws {
    let text = "source,target,weight\na,b,1\nb,c,-1\nc,d,x\ne,e,1\na,b,2\nf,,1\ng,h,y\ni,j,z\n"
    #expect(
      try Self.message(text) == """
        f.csv:4:5: error: the weight `x` is no number
          | c,d,x
          |     ^
          = write a number, or choose another column
          the same on 2 more lines: 8, 9

        f.csv:7:3: error: an id is empty
          | f,,1
          |   ^
          = write both ids, leave the row out, or give the agent another id

        f.csv:5: error: 1 row ties an agent to itself, the first here
          = write `loops: drop` to leave them out

        f.csv:3: error: 1 weight is not positive, the first is -1
          = write `nonPositive: drop` to leave these ties out

        f.csv:6: error: 1 row repeats a pair (in an undirected network, also the other way round), the first here
          = write `repeats: drop` to keep the first, or `repeats: merge` to add the weights up

        5 kinds of problems in this file
        """)
  }

  private static func doubts(_ text: String, directed: Bool = false) throws -> [String] {
    let folder = try TemporaryFolder()
    var settings = EdgeListSettings(path: try folder.write(text, "f.csv"), isDirected: directed)
    settings.repeats = .drop
    return try EdgeList.read(settings).report.doubts
  }

  @Test("words above words that come nowhere else may be a header")
  func unknownHeader() throws {
    #expect(try Self.doubts("Employee,Manager\nann,bo\nbo,cy\ncy,ann\n").count == 1)
    #expect(try Self.doubts("ann,bo\nbo,cy\ncy,ann\n") == [])
    #expect(try Self.doubts("source,target\nann,bo\ncy,di\ndi,em\n") == [])
    #expect(try Self.doubts("1,2\n3,4\n4,5\n") == [])
  }

  @Test("two columns without a common id may be two kinds of nodes")
  func twoSides() throws {
    let clubs = "a,x\nb,x\nc,y\nd,y\na,z\nb,w\n"
    #expect(try Self.doubts(clubs).count == 1)
    #expect(try Self.doubts(clubs, directed: true) == [] && Self.doubts(clubs + "x,y\n") == [])
  }

  @Test("all problems of an agents file come at once")
  func agentsAtOnce() throws {
    let folder = try TemporaryFolder()
    var settings = EdgeListSettings(path: try folder.write("a,b\nb,c\n", "t.csv"), isDirected: false)
    let agents = try folder.write(
      "id,susceptibility,seed\na,high,1\nb,-1,perhaps\nz,1,0\nb,1,0\nNA,1,0\nc,1\n", "agents.csv")
    settings.agentsFile = AgentsFileSettings(path: agents)
    let failure = #expect(throws: Failure.self) { try EdgeList.read(settings) }
    let lines = (failure?.message ?? "").replacingOccurrences(of: agents, with: "f").split(separator: "\n")
      .filter { $0.hasPrefix("f:") || $0.hasPrefix("  the same") || $0.contains("kinds") }
    #expect(
      lines == [
        "f:4:1: error: no tie names the id `z`", "f:5:1: error: the id `b` has two rows",
        "f:6:1: error: the id `NA` is a word for nothing", "f:7:1: error: this row has 2 fields, the header 3",
        "f:2:3: error: `susceptibility` is `high`, not a number of 0 or more", "  the same on 1 more line: 3",
        "f:3:6: error: `seed` is neither 1 nor 0", "6 kinds of problems in this file",
      ])
  }

  @Test(
    "what mostly is not meant is told, and what is meant is not",
    arguments: [
      ("a;b;weight\nx;y;950\ny;z;1.200\nz;w;2.450\n", "the point of `1.200` is read as a decimal point"),
      ("a;b;weight\nx;y;0.950\ny;z;1.200\nz;w;2.450\n", nil),
      ("a;b;weight\nx;y;1.250\ny;z;1.200\nz;w;2.450\n", "the point of `1.250` is read as a decimal point"),
      (
        "source,target\n#metoo,feminism\na,b\nb,#metoo\n",
        "1 line that begins with # or % and looks like a row is a comment, the first is line 2"
      ),
      ("source,target\n# a, comment\n## a,b\na,b\nb,c\n", nil),
      ("source,target\n\"#metoo\",feminism\na,b\n", nil),
      ("from,to\nanna,\"bert; carl\"\nbert,carl\n", "1 id holds several, as it looks, the first is `bert; carl`"),
      ("source;target\n1,23457E+17;5\n5;6\n", nil),
      ("source,target\nZoë,Ann\nAnn,Bo\nZoe\u{308},Bo\n", "1 id has the letters of another in other bytes"),
      ("source,target\nAnn,bo\nann,cy\nbo,cy\n", "`Ann` and `ann` are two agents"),
      ("source,target\n001,2\n1,2\n", "`001` and `1` are two agents"),
      ("source,target\nAnn <a@x.org>,bo\na@x.org,bo\n", "`Ann <a@x.org>` and `a@x.org` are two agents"),
      ("source,target\nA,b\na,c\nB,c\n", nil),
      ("1\t2,3\n2\t3\n3\t1\n", "1 id holds several, as it looks, the first is `2,3`"),
      ("source;target\nLee, Ann;Ray, Bo\n", nil),
      ("0.5,1.5\n1.5,2.5\n2.5,0.5\n", "3 ids are a number with a point"),
      ("ann,x\nbo,x\nann,y\nbo,y\n", "if these are two kinds of nodes"),
      ("user_id,followed_id\n1,2\n2,3\n", nil),
      (",,weight\n1,2,3\n2,3,4\n", nil),
      ("source,target\n'Anna',Bo\nAnna,Cy\n", "1 id is in quotes that belong to it, the first is `'Anna'`"),
      ("source,target\nO'Hara,D'Arcy\nD'Arcy,'t Hooft\n", nil),
      ("0,1,5\n1,2,3\n2,3,4\n3,9,1\n", "the first column counts the rows"),
      ("0,1,5\n1,2,3\n1,3,4\n3,9,1\n", nil),
      ("source,target,weight\n0,1,5\n1,2,3\n2,3,4\n", nil),
      ("20 101 102\n20 103 104\n40 101 104\n60 102 103\n", "the first column never falls"),
      ("1 101 102\n1 103 104\n2 1 104\n3 102 103\n", nil),
      ("source,target,n\nann,bo,3\nbo,cy,2\nTotal,2,5\n", "the last row begins with `Total`"),
      (
        "# Directed graph (each unordered pair of nodes is saved once)\n1\t2\n2\t3\n",
        "the file says that its ties are directed"
      ),
      ("% asym unweighted\n1 2\n2 3\n", "write `directed: true` to follow it"),
      ("# Undirected graph\n1\t2\n2\t3\n", nil),
      ("person,friend\nann,bo\nbo,cy\ncy,di\nperson,friend\n", "if `person` and `friend` are names of columns"),
      ("day,who,whom\nAdvent,a,b\nLent,b,c\nEaster,c,a\n", "call the two columns that hold the ids source and target"),
    ])
  func odd(text: String, doubt: String?) throws {
    let doubts = try Self.doubts(text)
    if let doubt { #expect(doubts.count == 1 && doubts[0].contains(doubt), "\(doubts)") } else { #expect(doubts == []) }
  }

  @Test(
    "row numbers beside two columns of words are refused, with and without a header of other names",
    arguments: [
      "0,ann,bo\n1,bo,cy\n2,cy,di\n", "1;ann;bo;x\n2;bo;cy;x\n3;cy;di;x\n",
      "n,person,friend\n1,ann,bo\n2,bo,cy\n3,cy,di\n",
      "1990,GER,FRA\n1990,GER,ITA\n1991,FRA,ITA\n",
    ])
  func countedRows(text: String) throws {
    let failure = #expect(throws: Failure.self) { try Self.doubts(text) }
    let message = failure?.message ?? ""
    #expect(message.contains("the first column holds ") && message.contains("two columns of words stand beside it"))
    // What the message asks for.
    let separator = text.contains(";") ? ";" : ","
    let rows = text.hasPrefix("n") ? text.drop { $0 != "\n" }.dropFirst() : text[...]
    let head = ["n", "source", "target", "x"].prefix(rows.prefix { $0 != "\n" }.count { String($0) == separator } + 1)
    #expect(try Self.doubts(head.joined(separator: separator) + "\n" + rows) == [])
  }

  @Test func `ids that a spreadsheet shortened are told with a decimal comma, too`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("source;target\n1,23457E+17;5\n5;6\n", "f.csv")
    #expect(try EdgeList.read(EdgeListSettings(path: file, isDirected: false)).report.shortened?.first == "1,23457E+17")
  }

  @Test func `a file of comments is told how to quote them`() throws {
    let failure = #expect(throws: Failure.self) { try Self.doubts("#a,#b\n#b,#c\n") }
    let message = failure?.message ?? ""
    #expect(message.contains("lines that begin with # or % are comments, here 2: write such ids in quotes"))
  }

  @Test(
    "rows that together are something else are refused",
    arguments: [
      ("ann,knows,bo\nbo,likes,cy\ncy,knows,ann\n", "these look like relations"),
      ("ann: bo, cy\nbo: cy, di\n", "write `format: alters`"),
      ("(ann, bo)\n(bo, cy)\n", "every row stands in brackets"),
      ("ann,bo 3\nbo,cy 4\n", "every second id ends in a blank and a number"),
      ("2020-01-01 10:00:00 ann bo\n2020-01-01 10:05:00 bo cy\n", "`source: 3, target: 4`"),
      ("12,2020-01-01,15\n15,2020-01-02,12\n", "the second column looks like a time"),
      ("ann,1577836800,bo\nbo,1577836900,cy\n", "the second column may be seconds since 1970"),
      ("Mon,ann,bo\nTue,bo,cy\n", "the first column looks like a time"),
      ("id,seed\n1,0\n2,1\n", "this looks like an agents file"),
      ("ann,#NV\n", "`#NV` is a word for nothing"), ("ann,(blank)\nbo,cy\n", "is a word for nothing"),
      ("nodedef>name VARCHAR,label VARCHAR\na,b\n", "this looks like GDF"),
      ("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "a pointer of Git LFS"),
      ("5 6 0\n1 2 .5\n2 3 1\n3 4 2\n4 5 1\n5 1 1\n1 3 2\n", "looks like the numbers of agents and ties"),
      ("14-May-2001,ann,bo\n15-May-2001,bo,cy\n", "the first column looks like a time"),
      ("\"Mon, 14 May 2001 16:39:00 -0700\",ann,bo\n\"Tue, 15 May 2001 16:39:00 -0700\",bo,cy\n", "looks like a time"),
      ("10:00,ann,bo\n10:05,bo,cy\n10:07,cy,ann\n", "a time"),
      ("idx,who,whom\n0,7,8\n1,8,9\n2,9,7\n", "the header does not say which of its 3 columns hold the ids"),
      ("Od;Do;Waga\nann;bo;3\nbo;cy;1\n", "call these two columns source and target"),
      ("Name,ann,bo\nann,0,1\nbo,1,0\n", "the header does not say which of its 3 columns hold the ids"),
      ("0 1 1 0\n1 0 1 2\n1 1 0 3\n0 2 3 0\n", "this looks like an adjacency matrix"),
      ("ego,alter1,alter2\nann,bo,cy\n", "this looks like a list of alters"),
      ("Friends of 2020\nann,bo\nbo,cy\n", "begin line 1 with # if it is a title"),
    ])
  func otherThings(text: String, message: String) throws {
    let failure = #expect(throws: Failure.self) { try Self.doubts(text) }
    #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
  }

  @Test func `columns that are called the other way round are put right`() throws {
    for (head, speaks) in [
      ("receiver_id,sender_id", false), ("listener,speaker", false), ("child_id,parent_id", false), ("nach,von", false),
      ("from_user,to_user", true), ("ego,alter,from,to", true),
    ] {
      let folder = try TemporaryFolder()
      let rest = head.contains("alter") ? ",2001,2003" : ""
      let file = try folder.write("\(head)\n1,2\(rest)\n3,2\(rest)\n", "f.csv")
      let network = try EdgeList.read(EdgeListSettings(path: file, isDirected: true)).network
      #expect(network.outDegree(0) == (speaks ? 1 : 2) && network.tieCount == 2, "\(head)")
    }
  }

  @Test func `columns of ids by number leave a header a header`() throws {
    let folder = try TemporaryFolder()
    var settings = EdgeListSettings(path: try folder.write("day,who,whom\nx,1,2\ny,2,3\n", "f.csv"), isDirected: false)
    (settings.source, settings.target) = (.numbered(2), .numbered(3))
    let read = try EdgeList.read(settings)
    #expect(read.network.tieCount == 2 && read.report.header == ["day", "who", "whom"])
  }

  @Test func `agents whose ids are written otherwise than in the ties are refused, kept or not`() throws {
    for (ties, agents) in [("01,02\n", "id\n1\n2\n"), ("Ann,Bo\n", "id\nann\nbo\n"), ("1,2\n", "id\n1.0\n")] {
      let folder = try TemporaryFolder()
      var settings = EdgeListSettings(path: try folder.write(ties, "t.csv"), isDirected: false)
      settings.agentsFile = AgentsFileSettings(path: try folder.write(agents, "a.csv"))
      settings.agentsFile?.keepsIsolates = true
      let failure = #expect(throws: Failure.self) { try EdgeList.read(settings) }
      #expect(failure?.message.contains("in the ties\n  = write ids alike in both files") == true)
    }
  }

  @Test func `what an agents file says is told: separator, thresholds, groups, and what is left out`() throws {
    let folder = try TemporaryFolder()
    var settings = EdgeListSettings(path: try folder.write("a,b\nb,c\n", "t.csv"), isDirected: false)
    settings.agentsFile = AgentsFileSettings(
      path: try folder.write(
        "\"id\";\"group\";\"threshold\";\"n\"\n\"1\";a;x;0,25;3\n\"2\";b;X;0,5;4\n\"3\";c;y;NA;4\n", "a.csv"))
    let report = try EdgeList.read(settings).report
    #expect(
      ImportText.text(report).hasSuffix(
        "an agents file separated by semicolons, 2 columns of it ignored (row names, which the header leaves out, n), threshold as "
          + "written, from 0.25 to 0.5 (1 agent without one: the rule's), 3 groups"))
    #expect(report.doubts == ["`x` and `X` are two groups: if they are meant to be one, write them alike"])
  }

  @Test func `who follows hears whom he follows: told where arrows are read from the follower`() throws {
    let text = "follower,followee\nann,bo\nbo,cy\ncy,ann\n"
    #expect(try Self.doubts(text, directed: true).first?.contains("write `reverse: true`") == true)
    #expect(try Self.doubts(text) == [])
    #expect(try Self.doubts("source,target\nann,bo\nbo,cy\n", directed: true) == [])
  }
}
