import Testing

/// Columns beside the ids that change what a row means, and words beside alters.
struct OddColumnsTests {
  typealias File = MisreadFilesTests.File

  /// 40 ties of 23 agents, every one behind a word of its own or of two.
  private static func ties(behind word: (Int) -> String) -> String {
    (1...40).map { "\(word($0)) \($0 * 7 % 23) \(($0 * 11 + 3) % 23)\n" }.joined()
  }
  private static let doubt = "warning: columns 2 and 3 share most of their words, and column 1 has others or few"

  static let files = [
    File(name: "plus.csv", text: "a,b,+\nb,c,-\nc,d,+\n", says: "plus.csv:2:1: error: column 3 is below 0 in 1 row"),
    File(
      name: "sign.csv", text: "source,target,sign\na,b,+\nb,c,−\n",
      says: "sign.csv:3:1: error: the column `sign` is below 0 in 1 row, here first"),
    File(
      name: "all.csv", text: "1,2,1\n1,3,0\n2,1,0\n2,3,1\n3,1,0\n3,2,1\n", says: "leave out the 3 rows without",
      options: "--directed"),
    File(
      name: "tie.csv", text: "i,j,tie\nx,y,yes\nx,z,no\n", says: "the column `tie` holds two values alone",
      options: "--directed"),
    File(
      name: "tie.graphml",
      text: """
        <graphml><key id="d0" for="edge" attr.name="tie" attr.type="int"/><graph edgedefault="undirected">
        <node id="a"/><node id="b"/><node id="c"/><edge source="a" target="b"><data key="d0">1</data></edge>
        <edge source="b" target="c"><data key="d0">0</data></edge></graph></graphml>
        """, says: "`tie` holds two values alone"),
    File(name: "wave.txt", text: ties { "\($0 % 2 + 1)" }, says: doubt, options: "--directed --loops drop"),
    File(name: "ids.txt", text: ties { "e\($0)" }, says: doubt, options: "--directed --loops drop"),
    File(
      name: "ij.csv", text: "i;j\ni;k\nk;j\n",
      says: "the first row is read as a tie of `i` and `j`, which are ids below"),
    File(
      name: "quoted.tsv", text: "\"source\"\t\"target\"\t\"weight\"\n\"a\"\t\"b\"\t\"1,5\"\n",
      says: "1 row separated by tabs, a header, ids from source and target, weights from weight"),
    File(
      name: "counts.txt", text: "a 2 b c\nb 1 c\nc 3 a b d\n",
      says: "the second word of every row is the number of words after it", options: "--format alters"),
    File(
      name: "marked.txt", text: "a b:3 c:2\nb d:1\n", says: "every alter ends in a number",
      options: "--format alters"),
    File(
      name: "pandas.csv", text: "0,1\nanna,bert\nbert,carl\ncarl,dora\n",
      says: "if `0` and `1` are names of columns", options: "--directed"),
    File(
      name: "braces.txt", text: "anna bert {'weight': 2, 'kind': 'x'}\n",
      says: "attributes in braces stand behind the ids"),
    File(
      name: "cells.csv", text: "source,target\nanna,\"bert, carl\"\nbert,carl\n",
      says: "1 id holds several, as it looks, the first is `bert, carl`"),
    File(
      name: "code.csv", text: "ego,alter\nanna,-99\nbert,anna\n", says: "1 id is a number below 0, the first is `-99`"),
    File(
      name: "dyads.csv", text: "i,j,advice\na,b,1\na,c,0\nb,a,1\nb,c,0\nc,a,1\nc,b,1\n",
      says: "leave out the 2 rows without", options: "--directed"),
    File(
      name: "twice.csv", text: "source,target\na,b\nSource,Target\nc,d\n",
      says: "twice.csv:3:1: error: the header comes again"),
    File(
      name: "note.txt", text: "anna bert # friend\nbert carl\n", says: "a comment stands behind ids",
      options: "--format alters"),
    File(
      name: "names.txt", text: "Ann Lee: Bob Ray\n", says: "a colon stands behind the word 2",
      options: "--format alters"),
    File(
      name: "rows.csv", text: "1,anna,bert\n2,bert,carl\n3,carl,anna\n4,dora,anna\n",
      says: "the first words count the rows",
      options: "--format alters"),
    File(
      name: "times.csv", text: "2024-01-02,anna,bert\n2024-01-03,bert,carl\n2024-01-04,carl,anna\n",
      says: "the first word of every row is a time",
      options: "--format alters"),
    File(
      name: "strength.csv", text: "anna,bert,3,carl,2\nbert,carl,1,dora,2\ncarl,anna,4\n",
      says: "some ids are words and some are numbers", options: "--format alters --directed --repeats drop"),
    File(
      name: "tabs.tsv", text: "anna\tbert carl\nbert\tcarl\n", says: "the first is `bert carl`",
      options: "--format alters"),
    File(
      name: "blanks.txt", text: "anna bert 1,5\nbert carl 2,5\n",
      says: "blanks separate these columns, and commas stand in"),
    File(
      name: "numbered.csv", text: ",weight,ego_id,alter_id\n0,2.5,anna,bert\n1,1.5,bert,carl\n",
      says: "the header does not say which of its 4 columns hold the ids"),
    File(
      name: "names.csv", text: "anna,bert,carl\n0,1,0\n1,0,1\n0,1,0\n", says: "this looks like an adjacency matrix"),
    File(
      name: "pandas2.csv", text: "Unnamed: 0,id,f1\n0,anna,bert\n1,bert,carl\n2,carl,anna\n3,dora,anna\n",
      says: "some ids are words and some are numbers", options: "--format alters"),
    File(
      name: "tags.txt", text: "anna #x bert\nbert carl #x\n", says: "2 words begin with # behind other ids and are ids",
      options: "--format alters"),
    File(
      name: "large.txt", text: "9223372036854775807 a b\n1 2 3\n", says: "alters, 4 ties", options: "--format alters"),
    File(name: "one.lgl", text: "# a\nb 1.5\nc 2\n", says: "by its name this is LGL, which is not read"),
  ]

  @Test(arguments: files)
  func areTold(file: File) throws { try file.check() }

  /// Ids that begin with 0 in one file and with 1 in the other would give each agent its neighbor's values.
  @Test func shiftedIdsAreRefused() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      printf '0,1\\n1,2\\n2,3\\n3,0\\n' > t.csv; printf 'id,threshold\\n1,-99\\n2,.2\\n3,.3\\n4,.1\\n' > a.csv
      printf 'id\\tfollowers\\n0\\t12.500\\n1\\t900\\n2\\t1.234\\n3\\t8\\n' > b.tsv
      n=922337203685477580; printf "id,threshold\\n${n}6,.1\\n${n}5,.1\\n-${n}8,.3\\n" > c.csv
      for f in 'a.csv, isolates: keep' 'b.tsv' 'c.csv, isolates: keep'; do
        printf 'format: 1\\nname: x\\ncutoff: none\\nrule: { kind: linear-threshold }\\n' > s.yaml
        printf 'seeding: { kind: by-column, column: %s }\\n' $([ "$f" = b.tsv ] && echo followers || echo threshold) >> s.yaml
        echo "network: { kind: file, path: t.csv, directed: true, agentsFile: { path: $f } }" >> s.yaml
        $I check s.yaml 2>&1
      done; $I network t.csv --set nonsense=1 2>&1; echo $?
      """
    ).output.unwrapped
    #expect(result.contains("no tie names the id `4`, and the ids here are those of the ties plus 1"), "\(result)")
    #expect(result.contains("the point of `12.500` is read as a decimal point"), "\(result)")
    #expect(result.contains("--set and --random-seed belong to scenarios") && result.hasSuffix("64"), "\(result)")
  }

  /// A curled apostrophe of Windows is no control character.
  @Test func windowsLettersAreRead() throws {
    let lab = try CommandLab()
    let result = try lab.shell(
      """
      printf 'source,target\\nO\\x92Brien,\\x8aimon\\n' > w.csv; $I network w.csv --encoding latin1 2>&1 | head -1
      printf 'format: 1\\nname: x\\nnetwork: { kind: file, path: w.csv, directed: false, encoding: latin1 }\\n' > w.yaml
      printf 'rule: { kind: linear-threshold }\\ncutoff: none\\ndraws: 2\\nseeding: { kind: explicit, agents: [Šimon] }\\n' >> w.yaml
      $I run w.yaml --output w --quiet; grep -c Šimon w/seeds.csv
      """)
    #expect(result.output.contains("1 row separated by commas") && result.output.hasSuffix("\n1\n"), "\(result.output)")
  }

  /// Matrices with blank diagonals, files of other programs, lists in a cell.
  @Test(
    "odd files are read right, doubted or refused",
    arguments: [
      ("d.csv", ",a,b,c\n,,,\na,,1,0\nb,1,,1\nc,0,1,\n", "--format matrix", "matrix, 2 ties"),
      ("e.csv", "a,b,c\na,,1,0\nb,1,,1\nc,0,1,\n", "", "this looks like an adjacency matrix"),
      ("f.csv", ",1,2,3\n1,,1,0\n2,1,,1\n3,0,1,\n", "--format matrix", "write `id` in the corner"),
      ("g.csv", "id,1,2,3\n1,,1,0\n2,1,,1\n3,0,1,\n", "--format matrix", "matrix, 2 ties"),
      (
        "w.graphml",
        "<graphml><graph edgedefault=\"undirected\"><node id=\"a\"/><node id=\"b\"/>"
          + "<edge source=\"a\" target=\"b\" weight=\"3\"/></graph></graphml>", "",
        "1 edge has a weight in the element itself"
      ),
      (
        "s.gexf",
        "<gexf><graph><nodes><node id=\"a\"/><node id=\"b\"/></nodes><edges><edge source=\"a\" target=\"b\"><spells>"
          + "<spell start=\"1\" end=\"2\"/></spells></edge></edges></graph></gexf>", "", "this tie has times"
      ),
      ("z.csv", "PK\u{3}\u{4}\u{14}\u{0}\u{6}\n", "", "this is a ZIP archive"),
      ("n.json", "{\"nodes\":[],\"links\":[]}\n", "", "a network in JSON or YAML is not read"),
      ("b.csv", "source,target\na\u{a0},b\nb,c\na,c\n", "", "`a\\xA0` and `a` are two agents"),
      (
        "h.csv", "source,target\nvon,nach\na,b\nb,c\nc,d\n", "",
        "the first row below the header is read as a tie of `von` and `nach`"
      ),
      (
        "i.csv", "source,target\nPerson,Friend\n1,2\n2,3\n3,4\n", "",
        "the first row below the header is read as a tie of `Person` and `Friend`"
      ),
      (
        "q.csv", "ego,alter\nWhat is your own name?,Whom do you ask for advice?\nann,bob\nbob,cy\ncy,dee\n", "",
        "the first row below the header is read as a tie of `What is"
      ),
      ("t.csv", "a,b\nb,c\na and c,b\n", "", "1 id holds several, as it looks, the first is `a and c`"),
      ("u.csv", "a,b\nb,c\na/c,b\n", "", "1 id holds several, as it looks, the first is `a/c`"),
    ])
  func oddFiles(name: String, text: String, options: String, says: String) throws {
    let lab = try CommandLab()
    try lab.write(text, name)
    let result = try lab.shell("$I network \(name) \(options) 2>&1")
    #expect(result.output.unwrapped.contains(says), "\(result.output)")
  }

  /// Words for nothing may be categories: who has one is counted, and the words are named.
  @Test func wordsForNothingAreTold() throws {
    let lab = try CommandLab()
    try lab.write("a,b\nb,c\nc,d\n", "t.csv")
    try lab.write("id,faith\na,none\nb,x\nc,NA\nd,y\n", "p.csv")
    try lab.write(
      """
      format: 1
      name: x
      draws: 2
      network: { kind: file, path: t.csv, directed: false, agentsFile: { path: p.csv, group: faith } }
      rule: { kind: independent-cascade, probability: 0.5 }
      cutoff: none
      """, "s.yaml")
    let sums = try lab.shell(
      """
      printf 'Total,x\\n' >> p.csv; sed 's/group: faith/group: faith, isolates: keep/' s.yaml > t.yaml; $I check t.yaml
      sed -i '$d' p.csv
      """)
    #expect(sums.output.unwrapped.contains("`Total` is read as an agent without ties"), "\(sums.output)")
    let result = try lab.shell("$I check s.yaml")
    #expect(
      result.output.unwrapped.contains("2 groups (2 agents without one, also who has `NA`, `none`)"), "\(result.output)"
    )
  }

  /// Weights, times and ratings beside ids, and ids with colons, are nothing odd.
  @Test(
    "usual columns raise no doubt",
    arguments: [
      ("a.txt", (1...40).map { "\($0 * 7 % 23) \(($0 * 11 + 3) % 23) \($0 % 5 + 1)\n" }.joined(), ""),
      ("b.txt", "a b -\nb c -\n", ""), ("c.csv", "source,target,tie\na,b,1\nb,c,1\n", ""),
      ("g.csv", "source,target\n\"Room 1\",\"Room 2\"\n\"Room 2\",\"Room 3\"\n", ""),
      ("h.csv", "Anna,Lee\nAnna Lee,Anna\n", ""), ("i.csv", "source,target\nx,y\na,b\nb,c\nc,d\n", ""),
      ("f.csv", ",,\na,b,c\n,\nb,c\n", "--format alters"),
      ("d.txt", "x:1 x:2 x:3\nx:2 x:4\n", "--format alters"),
      ("e.txt", "7 1 5\n5 1 2\n1 5 7\n", "--format alters"),
    ])
  func usualColumns(name: String, text: String, options: String) throws {
    let lab = try CommandLab()
    try lab.write(text, name)
    let result = try lab.shell("$I network \(name) \(options) --directed --loops drop --repeats drop 2>&1; echo $?")
    #expect(!result.output.contains("warning") && result.output.hasSuffix("\n0\n"), "\(result.output)")
  }
}
