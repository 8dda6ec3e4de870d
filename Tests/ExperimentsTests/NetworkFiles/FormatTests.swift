@testable import Experiments
import Foundation
@testable import SocialInfluence
import Testing

/// Network files that are no edge lists.
@Suite struct FormatTests {
  private func read(
    _ text: String, _ name: String, directed: Bool, format: NetworkFormat? = nil, ignoresWeights: Bool = false
  ) throws -> (agents: [String], ties: [String]) {
    let folder = try TemporaryFolder()
    var settings = EdgeListSettings(path: try folder.write(text, name), isDirected: directed)
    (settings.format, settings.ignoresWeights) = (format, ignoresWeights)
    return Self.content(try EdgeList.read(settings))
  }

  /// Agents, and ties as `a>b weight`; those without a direction once.
  static func content(_ imported: ImportedNetwork) -> (agents: [String], ties: [String]) {
    let network = imported.network
    var ties = [String]()
    for source in 0..<network.agentCount {
      for place in network.voices(of: source) where network.isDirected || Int(network.targets[place]) > source {
        let weight = network.weights.map { " " + Digits.shortest($0[place]) } ?? ""
        ties.append("\(imported.names[source])>\(imported.names[Int(network.targets[place])])\(weight)")
      }
    }
    return ((0..<network.agentCount).map { imported.names[$0] }, ties.sorted())
  }

  struct File: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let directed: Bool
    let agents: [String]
    let ties: [String]
    var format: NetworkFormat?
    var testDescription: String { name + (directed ? ", directed" : "") }
  }

  static let files = [
    File(
      name: "a.net",
      text: "*Vertices 3\r\n1 \"Anna B\" 0.1 0.2\r\n2 Bo\r\n3 \"Cy\"\r\n*Arcs\r\n1 2 2.5\r\n*Edges\r\n2 3 1\r\n",
      directed: true, agents: ["Anna B", "Bo", "Cy"], ties: ["Anna B>Bo 2.5", "Bo>Cy 1", "Cy>Bo 1"]),
    File(
      name: "b.net", text: "% a comment\n*vertices 4\n*edgeslist\n1 2 3\n3 2\n", directed: false,
      agents: ["1", "2", "3", "4"], ties: ["1>2", "1>3", "2>3"]),
    File(
      name: "c.paj", text: "*Network x\n*Vertices 2\n1 a\n2 a\n*Matrix\n0 3\n3 0\n", directed: false,
      agents: ["1", "2"],
      ties: ["1>2 3"]),
    File(
      name: "a.mtx", text: "%%MatrixMarket matrix coordinate real general\n% c\n3 3 2\n1 2 .5\n3 1 2\n", directed: true,
      agents: ["1", "2", "3"], ties: ["1>2 0.5", "3>1 2"]),
    File(
      name: "b.mtx", text: "%%MatrixMarket matrix coordinate pattern symmetric\n3 3 2\n2 1\n3 2\n", directed: false,
      agents: ["1", "2", "3"], ties: ["1>2", "2>3"]),
    File(
      name: "a.dl", text: "DL N = 3\nLABELS:\nann, bob\n\"Cy D\"\nDATA:\n0 1 0\n0 0 2.5\n0 0 0\n", directed: true,
      agents: ["ann", "bob", "Cy D"], ties: ["ann>bob 1", "bob>Cy D 2.5"]),
    File(
      name: "b.dl", text: "dl n=4 format=edgelist1\nlabels embedded\ndata:\nx y\ny z\nz w\n", directed: false,
      agents: ["x", "y", "z", "w"], ties: ["x>y", "y>z", "z>w"]),
    File(
      name: "c.dl", text: "dl n=4, format=nodelist1\nlabels: a,b,c,d\ndata:\n1 2 3\n4 2\n", directed: true,
      agents: ["a", "b", "c", "d"], ties: ["a>b", "a>c", "d>b"]),
    File(
      name: "d.dl", text: "dl n=3 format = fullmatrix labels embedded\ndata:\na b c\na 0 1 0\nb 1 0 1\nc 0 1 0\n",
      directed: false, agents: ["a", "b", "c"], ties: ["a>b", "b>c"]),
    File(
      name: "f.dl",
      text:
        "DL\r\nN = 3 NM = 1\r\nFORMAT = FULLMATRIX DIAGONAL PRESENT\r\nROW LABELS:\r\n\"ANN\"\r\n\"BO\"\r\n\"CY\"\r\n"
        + "COLUMN LABELS:\r\n\"ANN\"\r\n\"BO\"\r\n\"CY\"\r\nDATA:\r\n0 1 0\r\n1 0 1\r\n0 1 0\r\n",
      directed: false, agents: ["ANN", "BO", "CY"], ties: ["ANN>BO", "BO>CY"]),
    File(
      name: "e.txt", text: "dl n=2\ndata: 0 1 1\n0\n", directed: true, agents: ["1", "2"], ties: ["1>2", "2>1"],
      format: .ucinet),
    File(
      name: "a.gml",
      text:
        "Creator \"x\"\ngraph\n[\n  directed 1\n  node [ id 7 label \"A &#38; B\" graphics [ x 1 ] ]\n  node [ id 8 label \"C\nD\" ]\n"
        + "  edge [ source 7 target 8 value 3 ]\n]\n", directed: true, agents: ["A & B", "C\nD"], ties: ["A & B>C\nD 3"]
    ),
    File(
      name: "b.gml", text: "graph [ node [ id 0 ] node [ id 1 ] edge [ source 0 target 1 ] ]", directed: false,
      agents: ["0", "1"], ties: ["0>1"]),
    File(
      name: "a.graphml",
      text:
        "<?xml version=\"1.0\"?><graphml><key id=\"d0\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"><default>4</default>"
        + "</key><graph edgedefault=\"undirected\"><node id=\"a&amp;b\"/><node id=\"c\"/><node id=\"d\"/>"
        + "<edge source=\"a&amp;b\" target=\"c\"><data key=\"d0\"> 2 </data></edge><edge source=\"c\" target=\"d\"/></graph></graphml>",
      directed: false, agents: ["a&b", "c", "d"], ties: ["a&b>c 2", "c>d 4"]),
    File(
      name: "instructions.graphml",
      text:
        "<?style?><graphml><?a?><graph edgedefault=\"directed\"><node id=\"a\"/><!-- <?b?> --><node id=\"c\"/>"
        + "<edge source=\"a\" target=\"c\"><?d e?></edge></graph></graphml>",
      directed: true, agents: ["a", "c"], ties: ["a>c"]),
    File(
      name: "a.gexf",
      text:
        "<gexf><graph defaultedgetype=\"directed\"><nodes><node id=\"1\" label=\"x\"/><node id=\"2\"/></nodes><edges>"
        + "<edge source=\"1\" target=\"2\" weight=\"2.5\"/><edge source=\"2\" target=\"1\"/></edges></graph></gexf>",
      directed: true, agents: ["1", "2"], ties: ["1>2 2.5", "2>1 1"]),
    File(
      name: "list.txt", text: "# ego alters\nann bob cy\nbob\ncy dan\n", directed: true,
      agents: ["ann", "bob", "cy", "dan"],
      ties: ["ann>bob", "ann>cy", "cy>dan"], format: .alters),
    File(
      name: "m.csv", text: ",ann,bob,cy\nann,0,1,0\nbob,1,0,1\ncy,0,1,0\n", directed: false,
      agents: ["ann", "bob", "cy"],
      ties: ["ann>bob", "bob>cy"], format: .matrix),
    File(
      name: "r.txt", text: "\"a b\" \"c\"\n\"a b\" 0 2\n\"c\" 0.5 0\n", directed: true, agents: ["a b", "c"],
      ties: ["a b>c 2", "c>a b 0.5"], format: .matrix),
    File(
      name: "g.csv", text: "0;1,5\n0;0\n", directed: true, agents: ["1", "2"], ties: ["1>2 1.5"], format: .matrix),
    File(
      name: "z.txt", text: "0 1 0\n1 0 1\n0 1 0\n", directed: false, agents: ["1", "2", "3"], ties: ["1>2", "2>3"],
      format: .matrix),
  ]

  @Test(arguments: files)
  func areReadRight(file: File) throws {
    let found = try read(file.text, file.name, directed: file.directed, format: file.format)
    #expect(found.agents == file.agents && found.ties == file.ties)
  }

  @Test(arguments: [
    ("a.net", "*Vertices 2\n*Arcs\n1 3\n", "3:1: error: a tie needs two vertices from 1 to 2"),
    ("a.net", "*Vertices 5 3\n*Edges\n1 4\n", "1:1: error: two kinds of vertices are no network of agents"),
    ("a.net", "*Vertices 2\n1 \"a\"b\"\n", "2:1: error: text follows a quoted label"),
    ("a.net", "*Vertices 2\n*Arcs :1 \"x\"\n1 2\n*Arcs :2 \"y\"\n2 1\n", "4:1: error: `*Arcs` comes a second time"),
    (
      "a.net", "1 2\n2 3\n",
      "1:1: error: this stands before any section\n  = begin with *Vertices n; if it is an edge list, write `format: edge-list`"
    ),
    (
      "a.mtx", "%%MatrixMarket matrix coordinate real general\n3 4 1\n1 2 1\n",
      "2:1: error: the matrix has 3 rows and 4 columns: two kinds"
    ),
    (
      "a.mtx", "%%MatrixMarket matrix coordinate pattern general\n3 3 2\n1 2\n",
      "2:1: error: 2 entries are announced, 1 follow"
    ),
    ("a.mtx", "%%MatrixMarket matrix array real general\n3 3\n1\n", "1:1: error: `array real general` is no network"),
    ("a.mtx", "%%MatrixMarket matrix coordinate pattern general\n3 3 1\n0 2\n", "3:1: error: this is no entry"),
    (
      "a.gml", "graph [ node [ id 1 ] edge [ source 1 target 2 ] ]\n",
      "1:1: error: an edge names the node `2`, which does not exist"
    ),
    ("a.gml", "graph [ node [ id 1 ]\n", "1:1: error: a group is not closed"),
    ("a.gml", "graph [ node [ id 1 ] node [ id 1 ] ]\n", "1:1: error: the node `1` comes twice"),
    (
      "a.graphml",
      "<graphml><graph edgedefault=\"directed\"><node id=\"a\"/>\n<edge source=\"a\" target=\"b\"/></graph></graphml>",
      "2:1: error: an edge names the node `b`"
    ),
    ("a.graphml", "<graphml><graph>", "error: this is not well-formed XML"),
    ("a.graphml", "<!DOCTYPE x [<!ENTITY a \"b\">]><graphml/>", "1:1: error: the file declares entities"),
    ("a.graphml", "<graphml/>", "1:1: error: there is no graph with nodes"),
    (
      "a.graphml", "<!DOCTYPE x [\n<!ATTLIST node id ID #REQUIRED>]><graphml/>",
      "2:1: error: the file declares a type of document of its own"
    ),
    ("a.graphml", "<!DOCTYPE x [<!NOTATION a PUBLIC \"b\">]><graphml/>", "1:1: error: the file declares a type"),
    ("a.graphml", "<!DOCTYPE x [<?a?><!ELEMENT b EMPTY>]><graphml/>", "1:1: error: the file declares a type"),
    ("a.net", "*SECRET 2\n", "1:1: error: this section is not read"),
    ("a.gexf", "<a for<?><?<b\nc for<?d?>=\"2\">", "error: this is not well-formed XML"),
    ("a.gexf", "<gexf>\n<![CDATA[<?a?>]]></gexf>", "2:1: error: an instruction stands in a stretch of characters"),
    ("a.graphml", "<gexf><graph><nodes><node id=\"a\"/></nodes></graph></gexf>", "1:1: error: this is GEXF"),
    ("a.graphml", "<graphml>\n<?style <graph/></graphml>", "2:1: error: an instruction is not closed"),
    ("a.gexf", "<gexf><graph mode=\"dynamic\"/></gexf>", "error: the ties of a dynamic graph come and go"),
    (
      "a.gexf",
      "<gexf><graph><nodes><node id=\"a\"/><node id=\"b\"/></nodes><edges><edge source=\"a\" target=\"b\" weight=\"x\"/></edges></graph></gexf>",
      "error: the weight `x` is no number"
    ),
    (
      "b.mtx", "%%MatrixMarket matrix coordinate pattern symmetric\n3 3 1\n2 1\n",
      "1:1: error: the ties of this file have no direction"
    ),
  ])
  func wrongOnesAreRefused(name: String, text: String, message: String) throws {
    let failure = #expect(throws: Failure.self) { try read(text, name, directed: true) }
    #expect(failure?.code == .wrongInput && failure?.message.contains(message) == true, "\(failure?.message ?? "")")
  }

  /// A file that was cut off is never read as far as it goes.
  @Test(arguments: ["a.gml", "a.graphml", "a.gexf", "a.mtx"])
  func cutFiles(name: String) throws {
    let file = try #require(Self.files.first { $0.name == name })
    let bytes = Array(file.text.utf8)
    let last = try #require(bytes.lastIndex { $0 != 10 })
    for end in 0..<last {
      let text = String(decoding: bytes[..<end], as: UTF8.self)
      // A number that lost its last digits is a number: only ends of lines and groups show that something is missing.
      let found = try? read(text, name, directed: file.directed)
      #expect(found == nil || found?.ties.count == file.ties.count, "\(end) bytes of \(name)")
      if !name.hasSuffix("mtx") { #expect(found == nil, "\(end) bytes of \(name)") }
    }
  }

  @Test func matricesThatAreNone() throws {
    for (text, directed, message) in [
      ("0,1\n0,0\n", false, "1:1: error: the matrix is not symmetric: `1` and `2` differ"),
      ("0,1\n0\n", true, "2:1: error: this row has 1 values, not 2"),
      ("a,b\na,0,x\nb,0,0\n", true, "2:1: error: `x` is no number"),
      ("a,b\na,0,1\nc,0,0\n", true, "3:1: error: the row of `c` stands where that of `b` belongs"),
    ] {
      let failure = #expect(throws: Failure.self) { try read(text, "m.csv", directed: directed, format: .matrix) }
      #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
    }
  }

  /// Other formats may stand on one line, however long.
  @Test func oneLongLine() throws {
    let count = 20_000
    let nodes = (0..<count).map { "<node id=\"agent number \($0)\"/>" }.joined()
    let edges = (1..<count).map { "<edge source=\"agent number \($0 - 1)\" target=\"agent number \($0)\"/>" }.joined()
    let text = "<graphml><graph edgedefault=\"undirected\">\(nodes)\(edges)</graph></graphml>"
    #expect(text.utf8.count > 1 << 20)
    let found = try read(text, "long.graphml", directed: false, format: nil)
    #expect(found.agents.count == count && found.ties.count == count - 1)
    // Ten million bytes are a limit of the parser where it is given a file as a whole.
    let wide = text.replacing("</graph>", with: String(repeating: " ", count: 11_000_000) + "</graph>")
    #expect(try read(wide, "wide.graphml", directed: false, format: nil).agents.count == count)
  }

  @Test(
    "DL files that say too little or too much are refused",
    arguments: [
      ("dl n=3\ndata:\n0 1 0\n1 0\n", "the matrix ends in row 2 of 3"),
      ("dl n=2\ndata:\n0 1 0 1 1\n", "more than 2 rows"), ("dl\ndata:\n0\n", "the number of agents is missing"),
      ("dl nr=2, nc=3\ndata:\n0 1 0\n", "two kinds of nodes"), ("dl n=2 nm=2\ndata:\n0 1 1 0\n", "several relations"),
      ("dl n=2 format=edgelist2\ndata:\n1 2\n", "the format `edgelist2` is not read"),
      ("dl n=2 format=edgelist1\ndata:\n1 3\n", "`3` is no agent from 1 to 2"),
      ("dl n=2 labels: a\ndata:\n0 1 1 0\n", "1 labels for n=2 agents"),
      ("dl n=2 row labels: a b column labels: c d\ndata:\n0 1 1 0\n", "rows and columns have different labels"),
      ("dl n=2 diagonal absent\ndata:\n1 1\n", "a matrix without its diagonal"),
      ("dl n=2\n0 1 1 0\n", "there is no `data:`"),
      ("dl n=2 format=edgelist1 labels embedded\ndata:\na b\nb c\n", "speaks of 3 agents"),
      ("dl n=4000000000\ndata:\n0 1\n", "more than this machine can hold"),
    ])
  func ucinetProblems(text: String, expected: String) throws {
    let failure = #expect(throws: Failure.self) { try read(text, "a.dl", directed: true) }
    #expect(failure?.message.contains(expected) == true, "\(failure?.message ?? "")")
  }

  @Test func `an element of very many attributes is refused before the parser compares each with all`() throws {
    let attributes = (0...10_000).map { "a\($0)=\"1\"" }.joined(separator: " ")
    let text = "<graphml><graph>\n<node \(attributes)/></graph></graphml>"
    let failure = #expect(throws: Failure.self) { try read(text, "a.graphml", directed: true) }
    #expect(failure?.message.contains("2:1: error: an element has more than 10,000 attributes") == true)
  }

  @Test(.timeLimit(.minutes(1))) func `a file of nothing but opened elements is refused in one look`() {
    let text = "<graphml>" + String(repeating: "<", count: 3_000_000)
    let failure = #expect(throws: Failure.self) { try read(text, "a.graphml", directed: true) }
    #expect(failure?.message.contains("not well-formed XML") == true)
  }
}
