import Testing

/// Files that could be read as something else than they are: each is refused, or said to be read as it is.
struct MisreadFilesTests {
  struct File: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let says: String
    var options = ""
    var testDescription: String { "\(name): \(says)" }

    /// Expects that `network` says what it should of the file.
    func check() throws {
      let lab = try CommandLab()
      try lab.write(text, name)
      let result = try lab.shell("$I network \(name) \(options) 2>&1")
      #expect(result.output.unwrapped.contains(says.unwrapped), "\(result.output.prefix(600))")
    }
  }

  static let files = [
    // Only what counts the rows is a row number.
    File(
      name: "a.csv", text: "source,target\n1,2,5\n1,3,5\n2,3,4\n",
      says: "a.csv:3:1: error: rows have one field more than the header, and the first does not count them: `1`"),
    File(
      name: "b.csv", text: "source,target,weight\n1,2,3,5\n1,3,4,5\n",
      says: "b.csv:3:1: error: rows have one field more than the header"),
    File(
      name: "c.txt", text: "source target\n\"1\" a b\n\"2\" a c\n",
      says:
        "2 rows separated by blanks, a header, ids from source and target, 1 column ignored (row numbers, which the header does not name)"
    ),
    // Decimal marks.
    File(
      name: "d.csv", text: "source;target;weight\na;b;1,500\nb;c;2.5\n",
      says: "d.csv:3:5: error: the weight `2.5` has a point, and earlier ones a comma: which is the decimal mark?"),
    File(
      name: "e.tsv", text: "source\ttarget\tweight\na\tb\t1,500\nb\tc\t2\n",
      says: "the comma of `1,500` is read as a decimal comma, 1.500; for 1500 write it without the comma"),
    File(
      name: "f.tsv", text: "0\t1,5\n2.5\t0\n",
      says: "f.tsv:2:1: error: decimal commas and decimal points stand in one matrix",
      options: "--format matrix --directed"),
    File(
      name: "g.tsv", text: "0\t1,5\t2.5\n0\t0\t0\n0\t0\t0\n",
      says: "g.tsv:1:1: error: decimal commas and decimal points stand in one matrix",
      options: "--format matrix --directed"),
    File(
      name: "o.csv", text: "0;1,500\n1,500;0\n",
      says: "the comma of `1,500` is read as a decimal comma, 1.500; for 1500 write it without the comma",
      options: "--format matrix"),
    File(
      name: "s.csv", text: "a;b,0.5\nb;c,0.5\n",
      says:
        "s.csv:1:1: error: the semicolons separate the columns, and another separator stands in the second id of every row"
    ),
    // Lines above and below the rows that spreadsheets write.
    File(
      name: "sep.csv", text: "sep=;\nsource;target\na;b\nb;c\n;\n", says: "2 rows separated by semicolons, a header"),
    File(name: "neo.csv", text: ":START_ID,:END_ID,:TYPE\na,b,x\nb,c,x\n", says: "ids from :START_ID and :END_ID"),
    File(
      name: "sumw.csv", text: "source,target,weight\na,b,\"1,500\"\n", says: "write 1500 or 1.500, whichever is meant"),
    // Directions.
    File(
      name: "mixed.csv", text: "Source,Target,Type\na,b,Directed\nb,c,Undirected\n",
      says: "mixed.csv:3:1: error: this tie is undirected by the column Type, and others are not", options: "--directed"
    ),
    File(
      name: "back.csv", text: "from,to,direction\na,b,->\nb,c,<-\n", says: "says that this tie goes back",
      options: "--directed"),
    File(
      name: "mixed.gexf",
      text:
        "<gexf><graph defaultedgetype=\"directed\"><nodes><node id=\"a\"/><node id=\"b\"/><node id=\"c\"/></nodes><edges>"
        + "<edge source=\"a\" target=\"b\"/><edge source=\"b\" target=\"c\" type=\"undirected\"/></edges></graph></gexf>",
      says: "ties (undirected) 2"),
    // Two keys called weight, one for whole numbers, as networkx writes them.
    File(
      name: "two.graphml",
      text:
        "<graphml><key id=\"d0\" for=\"edge\" attr.name=\"weight\" attr.type=\"long\"/><key id=\"d1\" for=\"edge\" "
        + "attr.name=\"weight\" attr.type=\"double\"/><graph edgedefault=\"undirected\"><node id=\"a\"/><node id=\"b\"/>"
        + "<node id=\"c\"/><edge source=\"a\" target=\"b\"><data key=\"d0\">3</data></edge><edge source=\"b\" target=\"c\">"
        + "<data key=\"d1\">2.5</data></edge></graph></graphml>", says: "graphml, 2 ties, with weights"),
    File(
      name: "times.gexf",
      text: "<gexf><graph><nodes><node id=\"a\" start=\"1\"/></nodes></graph></gexf>", says: "this node has times"),
    File(
      name: "kinds.graphml",
      text:
        "<graphml><key id=\"k\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/><graph edgedefault=\"undirected\">"
        + "<node id=\"a\"><data key=\"k\">person</data></node><node id=\"b\"><data key=\"k\">person</data></node>"
        + "<node id=\"x\"><data key=\"k\">club</data></node><edge source=\"a\" target=\"x\"/><edge source=\"b\" target=\"x\"/>"
        + "</graph></graphml>", says: "every tie joins a node of `kind` club and one of person"),
    File(
      name: "trait.gml",
      text: "graph [ node [ id 0 treshold 0.5 ] node [ id 1 treshold 0.4 ] edge [ source 0 target 1 ] ]",
      says: "`treshold` is no trait; did you mean `threshold`?"),
    // Pajek.
    File(name: "cut.net", text: "*Vertices 2\n1 a\n2 b\n*Matrix\n0 1\n", says: "the matrix has 1 rows of 2"),
    File(name: "when.net", text: "*Vertices 2\n1 a [1-5]\n2 b\n*Edges\n1 2\n", says: "this vertex has times"),
    File(
      name: "two.net", text: "*Vertices 2\n1 a\n2 b\n*Edges :1 \"x\"\n1 2\n*Arcs :2 \"y\"\n2 1\n",
      says: "several relations in one file"),
    File(name: "one.net", text: "*Vertices 3\n*Edges\n1 2 2\n2 3\n", says: "pajek, 2 ties, with weights"),
    // Matrices.
    File(
      name: "labels.csv", text: ",1.0,2.0\n1,0,1\n2,1,0\n", says: "the row of `1` stands where that of `1.0` belongs",
      options: "--format matrix"),
    File(name: "above.csv", text: "a,b,c\n0,1,0\n1,0,2\n0,2,0\n", says: "matrix, 2 ties", options: "--format matrix"),
    File(name: "before.csv", text: "a,0,1\nb,1,0\n", says: "matrix, 1 tie", options: "--format matrix"),
    File(name: "comma.csv", text: "0,0;1,5;2\n1,5;0;0\n2;0;0\n", says: "matrix, 2 ties", options: "--format matrix"),
    File(name: "empty.csv", text: ";1;2\n1;;3\n2;3;\n", says: "matrix, 3 ties", options: "--format matrix"),
    File(
      name: "total.csv", text: ",a,b,Total\na,0,1,1\nb,1,0,1\nTotal,1,1,2\n", says: "are sums, as it looks",
      options: "--format matrix"),
    File(
      name: "count.csv", text: "0,1,2\n1,0,1\n2,1,0\n", says: "the first row and the first column are alike",
      options: "--format matrix"),
    File(
      name: "corner.csv", text: "to\\from,a,b\na,0,1\nb,0,0\n", says: "says that rows listen",
      options: "--format matrix --directed"),
    // Lists of alters.
    File(
      name: "age.csv", text: "id,age,friend1,friend2\na,20,b,c\n", says: "the column `age` holds no alters",
      options: "--format alters"),
    File(
      name: "nom.csv", text: "ID,Nom1,Nom2\na,b,c\nb,c,\n", says: "alters, 3 ties, a header", options: "--format alters"
    ),
    File(
      name: "first.csv", text: "Wer,Wen\na,b\nb,c\nc,a\n", says: "if it is names of columns, begin it with #",
      options: "--format alters"),
    File(
      name: "metis.txt", text: "3 2\n2\n1 3\n2\n", says: "this looks like METIS", options: "--format alters"),
    File(name: "sif.txt", text: "a pp b\nb pp c\n", says: "this looks like SIF", options: "--format alters"),
    File(name: "tgf.txt", text: "1 Ann\n2 Bo\n#\n1 2\n", says: "this looks like TGF", options: "--format alters"),
    File(
      name: "cut.txt", text: "Ann Lee\nBo Ray\tAnn Lee\n", says: "this row is separated otherwise than the first",
      options: "--format alters"),
    File(name: "lee.txt", text: "Lee, Ann;Ray, Bo\n", says: "alters, 1 tie", options: "--format alters"),
    // What looks like another format.
    File(name: "g.dot", text: "digraph {\na -> b\n}\n", says: "this looks like DOT"),
    File(name: "g.vna", text: "*node data\nid\na\n", says: "this looks like NetDraw's VNA"),
    File(name: "w.txt", text: "# Ann\nBo 2\n# Bo\nCy 3.5\n", says: "this looks like LGL"),
    File(name: "l.csv", text: "\"Ann, A\";\"Bo, B\"\n\"Bo, B\";\"Cy, C\"\n", says: "3 agents"),
    File(
      name: "u.csv", text: "a,b #first\nb,c\n",
      says: "1 id holds a #, the first is `b #first`: comments stand in lines of their own"),
    File(
      name: "v.csv", text: "a,b\nb,c\u{a0}\n",
      says: "1 id begins or ends with a blank or an unseen character, the first is `c\\xA0`"),
    File(
      name: "w.csv", text: "a,b\nb;c\nc,d\n", says: "w.csv:2:1: error: this row is separated otherwise than the first",
      options: "--format alters --directed"),
    File(name: "x.csv", text: "SECRET\n", says: "x.csv:1:1: error: a cell is no number", options: "--format matrix"),
    // Headers.
    File(
      name: "h.csv", text: "source,target\na,b\nsource,target\nb,c\n",
      says: "h.csv:3:1: error: the header comes again: these seem to be files put together"),
    File(
      name: "i.csv", text: "Source,Target,Type\na,b,Directed\n",
      says: "i.csv:2:1: error: the column Type says that this tie is directed\n", options: "--undirected"),
    // Lists of alters.
    File(name: "j.csv", text: "ego,alter1,alter2\na,b,c\nb,c,\n", says: "3 ties, a header", options: "--format alters"),
    File(
      name: "k.csv", text: "id,friend1\na,b\nb,id\n",
      says: "the first row looks like names of columns, but `id` comes again as an id", options: "--format alters"),
    File(name: "l.txt", text: "ann: bob cy\nbob: cy\n", says: " 3\n", options: "--format alters"),
    File(name: "m.txt", text: "ann: bob, cy\nbob: cy\n", says: " 3\n", options: "--format alters"),
    File(name: "n.txt", text: "ann;bob,cy\nbob;cy\n", says: " 3\n", options: "--format alters"),
    // What is said of ties.
    File(
      name: "o.gml", text: "graph [ node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 Weight 4 strength 2 ] ]",
      says: "1 tie, with weights, 1 column ignored (strength)"),
    File(
      name: "p.graphml",
      text:
        "<graphml><key id=\"k\" for=\"edge\" attr.name=\"sign\"/><graph edgedefault=\"undirected\"><node id=\"a\"/>\n<node id=\"b\"/>"
        + "<edge source=\"a\" target=\"b\"><data key=\"k\">-1</data></edge></graph></graphml>",
      says: "p.graphml:2:1: error: `sign` is below 0 in 1 row"),
    File(
      name: "q.graphml",
      text:
        "<graphml><key id=\"k\" for=\"edge\" attr.name=\"Weight\"/><graph edgedefault=\"undirected\"><node id=\"a\"/><node id=\"b\"/>"
        + "<edge source=\"a\" target=\"b\"><data key=\"k\">2</data><data key=\"k\">3</data></edge></graph></graphml>",
      says: "`Weight` is said twice of one tie"),
    File(
      name: "r.gexf",
      text:
        "<gexf><graph><attributes class=\"edge\"><attribute id=\"0\" title=\"weight\"/></attributes><nodes><node id=\"a\"/>"
        + "<node id=\"b\"/></nodes><edges><edge source=\"a\" target=\"b\"><attvalues><attvalue for=\"0\" value=\"3\"/></attvalues>"
        + "</edge></edges></graph></gexf>", says: "1 tie, with weights"),
    File(
      name: "ra.gexf",
      text:
        "<gexf><graph><attributes class=\"node\"><attribute id=\"0\" title=\"team\"><default>7</default></attribute></attributes>"
        + "<attributes class=\"edge\"><attribute id=\"0\" title=\"weight\"><default>9</default></attribute></attributes><nodes>"
        + "<node id=\"a\"/><node id=\"b\"/></nodes><edges><edge source=\"a\" target=\"b\"/></edges></graph></gexf>",
      says: "1 tie, with weights"),
    File(
      name: "s.gml", text: "graph [ node [ id 1 ] node [ id 2 ] ] graph [ node [ id 3 ] ]",
      says: "s.gml:1:1: error: a second graph"),
    File(
      name: "t.net", text: "*Vertices 2\n*Arcs\n1 2 1 [1-3]\n", says: "t.net:3:1: error: this tie has times",
      options: "--directed"),
    File(
      name: "y.graphml",
      text:
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><graphml><key id=\"g\" for=\"node\" attr.name=\"group\"/>"
        + "<graph edgedefault=\"undirected\"><node id=\"ä\"><data key=\"g\"><![CDATA[x]]></data></node><node id=\"b\"/>"
        + "<edge source=\"ä\" target=\"b\"/></graph></graphml>", says: "of agents: group"),
    File(
      name: "z.graphml",
      text:
        "<graphml><key id=\"k\" for=\"node\" attr.name=\"bipartite\"/><graph edgedefault=\"undirected\"><node id=\"a\">"
        + "<data key=\"k\">0</data></node><node id=\"b\"><data key=\"k\">1</data></node><edge source=\"a\" target=\"b\"/>"
        + "</graph></graphml>",
      says: "the nodes are of two kinds (`bipartite`), and every tie joins one of each: in a two-mode network"),
    // What agents are called by.
    File(
      name: "ra.net", text: "*Vertices 3\n1 \"a\"\n2\n3 \"c\"\n*Edges\n1 2\n2 3\n",
      says: "warning: labels are not used: 1 agent has none; agents are called by their numbers"),
    File(
      name: "rb.gml",
      text: "graph [ node [ id 4 label \"x\" ] node [ id 5 label \"x\" ] edge [ source 4 target 5 ] ]",
      says: "warning: labels are not used: two agents have the same"),
    File(
      name: "rc.gml", text: "graph [ node [ id 0 name \"x\" ] node [ id 1 name \"y\" ] edge [ source 0 target 1 ] ]",
      says: "agents called by `name`"),
    File(name: "ka.txt", text: "% bip unweighted\n1\t2\n2\t3\n", says: "the file says that it is bipartite"),
    File(name: "kb.csv", text: "user,item\n1,5\n2,5\n", says: "the first row names two kinds of nodes"),
    File(
      name: "kc.gml", text: "graph [ node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 weight 2 weight 3 ] ]",
      says: "`weight` is said twice"),
    File(
      name: "kd.net", text: "*Vertices 2\n1 \"a\"\n1 \"b\"\n*Edges\n1 2\n",
      says: "kd.net:3:1: error: the vertex 1 comes twice"),
    File(
      name: "ke.txt", text: "a: [b, c]\n", says: "`[b` is no id, but a sign of YAML, JSON or DOT",
      options: "--format alters"),
    // Work without end, and what must not be printed.
    File(
      name: "kf.gml",
      text: "graph [\n" + (0..<1001).map { "node [ id \($0) k\($0) 1 ]\n" }.joined()
        + "edge [ source 0 target 1 ]\n]\n",
      says: "1,001 attributes of nodes, more than 1000"),
    File(
      name: "u.graphml", text: "<graphml>\n" + String(repeating: "<!--", count: 50_000),
      says: "u.graphml:2:1: error: a comment is not closed"),
    File(
      name: "v.mtx", text: "%%MatrixMarket matrix coordinate pattern general\n100000000 100000000 1\n1 2\n",
      says: "the file speaks of 100,000,000 agents and ties 1 pairs", options: "--directed"),
    File(
      name: "w.csv", text: "a\u{1B}b,c\n", says: "w.csv:1:1: error: an id holds the control character \\x1B"),
    File(
      name: "x.csv", text: "source,target,weight\na,b,1e308\na,b,1e308\n",
      says: "x.csv: error: weights that are added up exceed every number", options: "--repeats merge"),
  ]

  @Test(arguments: files)
  func areNotMisread(file: File) throws { try file.check() }

  /// Names that a spreadsheet would compute, with commas and quotes: rows stay as wide as their header.
  @Test func exportsAreAsWideAsTheirHeader() throws {
    let lab = try CommandLab()
    try lab.write("source,target\n\"=SUM(1,2)\",b\nb,\"@x \"\"q\"\", y\"\n", "ties.csv")
    try lab.write(
      """
      format: 1
      name: x
      network: { kind: file, path: ties.csv, directed: true }
      rule: { kind: independent-cascade, probability: 0.5 }
      cutoff: none
      """, "a.yaml")
    let result = try lab.shell(
      "$I export a.yaml --output o > /dev/null; cut -d, -f1-3 o/edges.csv; $I network o/edges.csv --directed")
    #expect(result.output.contains("\"'=SUM(1,2)\",b\nb,\"'@x \"\"q\"\", y\"\n"), "\(result.output)")
    #expect(result.output.contains("ties (directed)                               2\n"))
  }

  /// A member of a gzip file that is damaged at its first bytes is passed over by zlib; zeros at the end are none's.
  @Test(
    "gzip of several members",
    arguments: [
      ("cat one.gz two.gz", "3 rows"), ("cat one.gz; head -c 600 /dev/zero", "1 row"),
      ("cat one.gz; printf '\\0\\0\\0'; cat two.gz", "bytes that are no gzip follow"),
      ("cat one.gz; printf 'x'; tail -c +2 two.gz", "bytes that are no gzip follow"),
      ("cat one.gz; head -c 1 two.gz", "bytes that are no gzip follow"),
    ])
  func gzipMembers(make: String, says: String) throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      printf 'source,target\\na,b\\n' | gzip > one.gz; printf 'b,c\\nc,d\\n' | gzip > two.gz
      (\(make)) > m.csv.gz; $I network m.csv.gz 2>&1
      """)
    #expect(result.output.contains(says), "\(result.output)")
  }

  /// Nothing can be switched where everybody is tied to everybody.
  @Test("complete networks cannot be switched", arguments: ["complete", "disjoint-cliques, size: 200"])
  func completeNetworks(kind: String) throws {
    let lab = try CommandLab()
    try lab.write(
      """
      format: 1
      name: x
      agents: 200
      network: { kind: \(kind), transitivity: 0.9 }
      rule: { kind: linear-threshold }
      cutoff: none
      """, "a.yaml")
    let result = try lab.shell("$I check a.yaml 2>&1; echo $?")
    #expect(result.output.contains("no tie can be switched") && result.output.hasSuffix("65\n"), "\(result.output)")
  }

  /// A column of the agents file as numbers for seeding.
  @Test(
    "decimal marks of an agents file",
    arguments: [
      ("1,234\n999\n5", "`followers`: the comma of `1,234` is read as a decimal comma"),
      (
        "1.000\n900\n5",
        "`followers`: the point of `1.000` is read as a decimal point; for 1000 write it without the point"
      ),
      ("1,5\n2.5\n5", "here `2.5` (line 3 of the agents file)"),
    ])
  func agentsFiles(cells: String, says: String) throws {
    let lab = try CommandLab()
    try lab.write("a,b\nb,c\n", "ties.csv")
    let rows = zip(["a", "b", "c"], cells.split(separator: "\n")).map { "\($0);\($1)" }.joined(separator: "\n")
    try lab.write("id;followers\n\(rows)\n", "agents.csv")
    try lab.write(
      """
      format: 1
      name: x
      network: { kind: file, path: ties.csv, directed: true, agentsFile: { path: agents.csv } }
      rule: { kind: independent-cascade, probability: 0.5 }
      seeding: { kind: by-column, column: followers }
      cutoff: none
      """, "a.yaml")
    let result = try lab.shell("$I check a.yaml 2>&1")
    #expect(result.output.unwrapped.contains(says.unwrapped), "\(result.output)")
  }

  /// Attributes and columns that a scenario names must be there.
  @Test(
    "names that a file does not have",
    arguments: [
      ("t.graphml, weight: foo", "no tie has an attribute `foo`"),
      ("t.graphml, group: dept", "no node has an attribute `dept`"),
      ("t.gml, weight: foo", "no tie has an attribute `foo`"), ("t.gexf, weight: foo", "no tie has an attribute `foo`"),
      ("t.csv, agentsFile: { path: a.csv, group: h }", "there is no column `h`, which `group` names"),
    ])
  func missingNames(file: String, says: String) throws {
    let lab = try CommandLab()
    try lab.write("a,b\n", "t.csv")
    try lab.write("id,g\na,1\n", "a.csv")
    try lab.write("graph [ node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 weight 4 ] ]", "t.gml")
    try lab.write(
      "<gexf><graph><nodes><node id=\"a\"/><node id=\"b\"/></nodes><edges><edge source=\"a\" target=\"b\" weight=\"3\"/></edges></graph></gexf>",
      "t.gexf")
    try lab.write(
      "<graphml><key id=\"k\" for=\"node\" attr.name=\"team\"/><graph edgedefault=\"undirected\"><node id=\"a\"><data key=\"k\">x</data></node>"
        + "<node id=\"b\"/><edge source=\"a\" target=\"b\"/></graph></graphml>", "t.graphml")
    try lab.write(
      """
      format: 1
      name: x
      network: { kind: file, directed: false, path: \(file) }
      rule: { kind: independent-cascade, probability: 0.5 }
      cutoff: none
      """, "a.yaml")
    let result = try lab.shell("$I check a.yaml 2>&1")
    #expect(result.output.contains(says), "\(result.output)")
  }

  /// Expectations that can never hold are found before anything is run.
  @Test(
    "expected findings that cannot hold",
    arguments: [
      ("column: size, from: 1, to: 0", "nothing lies from 1 to 0"), ("column: arm, from: 1", "`arm` holds words"),
      ("column: size, from: 1, where: { arm: zz }", "there is no arm `zz`"),
      ("column: size, from: 1, finding: \"a\\eb\"", "holds the control character \\x1B"),
    ])
  func expectations(entry: String, says: String) throws {
    let lab = try CommandLab()
    let own = entry.contains("finding") ? entry : "finding: f, " + entry
    let result = try lab.shell(
      "(cat tiny.yaml; echo 'expect: [{ table: cascades, \(own) }]') > b.yaml; $I check b.yaml 2>&1; echo $?")
    #expect(result.output.contains(says) && result.output.hasSuffix("65\n"), "\(result.output)")
  }
}
