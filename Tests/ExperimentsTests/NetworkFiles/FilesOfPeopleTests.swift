@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

/// Small files as people have them: read right, or refused with what they look like.
@Suite struct FilesOfPeopleTests {
  struct File: Sendable, CustomTestStringConvertible {
    let text: String
    /// Speaker, listener and, where they are read, weight, by name.
    let ties: [String]
    var testDescription: String { text.debugDescription }

    init(_ text: String, _ ties: [String]) { (self.text, self.ties) = (text, ties) }
  }

  static let readable = [
    // Separators and decimal commas.
    File("1;2;x\n2;3;y\n", ["1>2", "2>3"]), File("source;target;weight\n1;2;0,5\n2;3;7\n", ["1>2 0.5", "2>3 7"]),
    File("source\ttarget\tweight\nA B\tC\t0,5\n", ["A B>C 0.5"]),
    File("Anna Smith\tBert Jones\nBert Jones\tCarl\n", ["Anna Smith>Bert Jones", "Bert Jones>Carl"]),
    File("Anna Smith,Bert Jones\nBert Jones , Carl\n", ["Anna Smith>Bert Jones", "Bert Jones>Carl"]),
    File("\"Anna Smith\" \"Bert Jones\"\n\"Bert Jones\" Carl\n", ["Anna Smith>Bert Jones", "Bert Jones>Carl"]),
    File("\"a;b\";\"c \"\"d\"\"\"\n", ["a;b>c \"d\""]), File("1 \t2\n2\t 3\n", ["1>2", "2>3"]),
    File("a,b,\nb,c\n", ["a>b", "b>c"].reversed()),
    File("a,b,\nc,b\n", ["a>b", "c>b"]),
    // Line ends.
    File("1,2\r2,3\r", ["1>2", "2>3"]), File("1 2\r2 3", ["1>2", "2>3"]), File("a,b\r\nb,c\r\n", ["a>b", "b>c"]),
    // Headers.
    File("From,TO\na,b\nb,c\n", ["a>b", "b>c"]), File("to,from\nb,a\n", ["a>b"]), File("id1 id2\nx y\n", ["x>y"]),
    File("i,j\na,b\n", ["a>b"]), File("i,j\nj,k\n", ["i>j", "j>k"]),
    File("node1,node2\nnode2,node3\n", ["node1>node2", "node2>node3"]),
    File("Node 1,Node 2\nann,bob\n", ["ann>bob"]), File("follower,followed,note\na,b,x\n", ["a>b"]),
    File("Weight,Receiver,Sender\n2,b,a\n", ["a>b 2"]), File("Person,Friend of\n1,2\n", ["1>2"]),
    File("\"from\" \"to\"\n\"1\" \"a\" \"b\"\n\"2\" \"b\" \"c\"\n", ["a>b", "b>c"]),
    File("\"\",\"from\",\"to\"\n\"1\",\"a\",\"b\"\n\"2\",\"b\",\"c\"\n", ["a>b", "b>c"]),
    File(",x,y\n0,5,7\n1,7,9\n", ["5>7", "7>9"]), File("# source, target, weight\na,b,2\n", ["a>b 2"]),
    File("# Nodes: 3\n# FromNodeId\tToNodeId\n0\t1\n", ["0>1"]),
    // Letters.
    File("\u{FEFF}source,target\nä,ö\n", ["ä>ö"]), File("e,1,2\nf,1,2\n", ["e>1", "f>1"]),
    File("a b friend\nc b friend\n", ["a>b", "c>b"]), File("a b 2020-01-02\nc b 2020-03-04\n", ["a>b", "c>b"]),
    // Comments.
    File("# ties\na 1\n# more\n# of them\nb 2\n", ["a>1", "b>2"]), File("a 1\n# more\nb 2\n", ["a>1", "b>2"]),
    File("a 1\n#\n# more\nb 2\n", ["a>1", "b>2"]), File("# ties\na 1\nb 2\n# end\n", ["a>1", "b>2"]),
  ]

  @Test(arguments: readable)
  func areReadRight(file: File) throws {
    let imported = try read(Array(file.text.utf8))
    let network = imported.network
    var ties = [String]()
    for source in 0..<network.agentCount {
      for place in network.voices(of: source) {
        let weight = network.weights.map { " " + Digits.shortest($0[place]) } ?? ""
        ties.append("\(imported.names[source])>\(imported.names[Int(network.targets[place])])\(weight)")
      }
    }
    #expect(ties.sorted() == file.ties.sorted())
  }

  /// `1e+05` beside `100000` are two agents, and that is said.
  @Test func numbersWrittenShort() throws {
    let report = try read(Array("1e+05,2\n100000,3\n2,3\n".utf8)).report
    #expect(report.shortened?.count == 1 && report.shortened?.first == "1e+05")
    #expect(try read(Array("e1,2\n1f,3\n1e,3\n".utf8)).report.shortened == nil)
  }

  static let refused = [
    // Decimal commas between blanks or commas.
    ("1 2 0,5\n2 3 0,7\n", "1:1: error: blanks separate these columns, and commas stand in the numbers"),
    ("source target weight\n1 2 0,5\n", "2:5: error: the weight `0,5` is no number"),
    ("source,target,weight\na,b,1,5\n", "2:1: error: this row has 4 fields, the first 3; the separator is commas"),
    ("1,2\n3\t4\n", "2:1: error: a tie needs two ids"),
    ("a,b\n1,2,3\n", "2:1: error: this row has 3 fields, the first 2"),
    ("\"from\" \"to\"\n\"1\" \"a\" \"b\"\n\"2\" \"b\"\n", "3:1: error: this row has 2 fields, the first 3"),
    // Line ends within lines.
    ("1,2\n2\r,3\n", "2:2: error: a line end of another kind within a line: the first line ends with LF, here is CR"),
    (
      "1,2\r2,3\n3,4\r", "2:4: error: a line end of another kind within a line: the first line ends with CR, here is LF"
    ),
    // Other formats.
    ("1 2 3 4\n2 3\n3 4 5\n", "2:1: error: this row has 2 fields, the first 4"),
    ("4 3\n2 3\n1\n", "3:1: error: a tie needs two ids"),
    ("ego alter1 alter2\n1 2 3\n2 5\n", "1:1: error: the header names several alters, `alter1` and `alter2`"),
    ("5 4\n1 2\n2 3\n3 4\n4 5\n", "1:1: error: the first row looks like the numbers of agents and ties"),
    (
      "# a\nb 1\nc 2\n# b\nc 3\n",
      "1:1: error: comments of one word stand above and between the rows: this looks like LGL"
    ),
    ("1 ann\n2 bob\n#\n1 2\n", "1:1: error: a line that is # and nothing else divides the rows: this looks like TGF"),
    ("a pp b\na pp c\n", "1:1: error: every row has `pp` as its second id"),
    ("a pp b\na pp b\nc pp d\n", "1:1: error: every row has `pp` as its second id"),
    ("p edge 4 3\ne 1 2\n", "1:1: error: this looks like DIMACS"),
    ("e 1 2\ne 2 3\n", "1:1: error: this looks like DIMACS"),
    ("*Vertices 3\n1 \"a\"\n", "1:1: error: this looks like Pajek"),
    (
      "%%MatrixMarket matrix coordinate pattern symmetric\n3 3 2\n2 1\n3 2\n",
      "1:1: error: this looks like Matrix Market"
    ),
    ("a pp b\nb pp c\nc pp d\n", "1:1: error: every row has `pp` as its second id"),
    ("<html>\n", "1:1: error: this looks like XML or HTML"),
    ("<?xml version=\"1.0\"?><graphml/>", "1:1: error: this looks like XML"),
    ("{\"nodes\": 1}\n", "1:1: error: this looks like JSON"), ("graph [\n", "1:1: error: this looks like GML"),
    ("a -> b\n", "1:1: error: this looks like DOT"),
    ("dl n=5 format=edgelist1\n", "1:1: error: this looks like UCINET DL"),
    ("format: 1\nname: x\n", "1:1: error: this looks like YAML"),
    ("0,1,0,1\n1,0,1,0\n", "1:1: error: this looks like an adjacency"),
    (",a,b\na,0,1\nb,1,0\n", "2:1: error: this looks like an adjacency matrix"),
    // What is no id.
    ("a,b\nNA,c\n", "2:1: error: `NA` is a word for nothing"), ("a,b\n,c\n", "2:1: error: an id is empty"),
    ("a,b\nb,a\nb,c\n\nb,c\n", "5: error: 1 row repeats a pair, the first here"),
    ("\"a\"x,b\n", "1:1: error: a quoted field is not closed"),
  ]

  @Test(arguments: refused)
  func areRefused(text: String, expected: String) throws {
    let failure = #expect(throws: Failure.self) { try read(Array(text.utf8)) }
    #expect(
      failure?.code == .wrongInput && failure?.message.contains("ties.txt:" + expected) == true,
      "\(failure?.message ?? "")")
  }

  @Test func letters() throws {
    let latin = [UInt8](ascii("a,M")) + [0xFC] + ascii("ller\nb,M") + [0xFC] + ascii("ller\n")
    let failure = #expect(throws: Failure.self) { try read(latin) }
    #expect(
      failure?.message.contains("ties.txt:1:4: error: these bytes are not UTF-8") == true, "\(failure?.message ?? "")")
    let imported = try read(latin) { $0.encoding = .latin1 }
    #expect(imported.network.agentCount == 3 && imported.names[1] == "Müller")
    // UTF-16 by its mark, longer than what is read at a time, with letters of two, three and four bytes.
    let rows = (0..<60_000).map { "ä\($0)𝄞€,𝄞\($0 + 1)\r\n" }.joined()
    for isLittle in [true, false] {
      var wide: [UInt8] = isLittle ? [0xFF, 0xFE] : [0xFE, 0xFF]
      for unit in rows.utf16 {
        let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
        wide += isLittle ? [low, high] : [high, low]
      }
      let imported = try read(wide)
      #expect(imported.network.tieCount == 60_000 && imported.names.count == 120_000)
      #expect(imported.names[119_999] == "𝄞60000" && imported.names[0] == "ä0𝄞€")
      let cut = #expect(throws: Failure.self) { try read(Array(wide.dropLast())) }
      #expect(cut?.message.contains("the file is not UTF-16 as its mark says") == true)
    }
  }

  /// On the command line remedies name its options.
  @Test func remediesOfTheCommandLine() throws {
    let failure = #expect(throws: Failure.self) {
      try read(ascii("source,target,weight\na,b,-1\n")) { $0.isByOptions = true }
    }
    #expect(failure?.message.contains("write `--non-positive drop` to leave these ties out") == true)
  }

  /// Files of the field, with the values that stand beside them.
  @Test(.enabled(if: Lab.sharedData != nil, "the shared files are not beside this repository"))
  func filesOfTheField() throws {
    let folder = Lab.sharedData! + "/../field-inputs/"
    func counts(_ name: String, _ isDirected: Bool) throws -> (Int, Int, [Double]) {
      let imported = try EdgeList.read(EdgeListSettings(path: folder + name, isDirected: isDirected))
      return (imported.network.agentCount, imported.network.tieCount, imported.network.weights ?? [])
    }
    #expect(try counts("from-to-names.csv", true) == (5, 5, [4, 1, 2, 1, 3]))
    #expect(try counts("tab-names.tsv", false) == (3, 3, []))
    #expect(try counts("carriage-returns.txt", false) == (5, 4, []))
    let failure = #expect(throws: Failure.self) { try counts("node-list.txt", true) }
    #expect(failure?.message.contains("this looks like a list of alters") == true)
  }

  private func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func read(_ bytes: [UInt8], _ change: (inout EdgeListSettings) -> Void = { _ in }) throws -> ImportedNetwork {
    let folder = try TemporaryFolder()
    var settings = EdgeListSettings(path: try folder.write(bytes, "ties.txt"), isDirected: true)
    change(&settings)
    return try EdgeList.read(settings)
  }
}
