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
    File(name: "one.lgl", text: "# a\nb 1.5\nc 2\n", says: "by its name this is LGL, which is not read"),
  ]

  @Test(arguments: files)
  func areTold(file: File) throws {
    let lab = try CommandLab()
    try lab.write(file.text, file.name)
    let result = try lab.shell("$I network \(file.name) \(file.options) 2>&1")
    #expect(result.output.unwrapped.contains(file.says.unwrapped), "\(result.output.prefix(600))")
  }

  /// Weights, times and ratings beside ids, and ids with colons, are nothing odd.
  @Test(
    "usual columns raise no doubt",
    arguments: [
      ("a.txt", (1...40).map { "\($0 * 7 % 23) \(($0 * 11 + 3) % 23) \($0 % 5 + 1)\n" }.joined(), ""),
      ("b.txt", "a b -\nb c -\n", ""), ("c.csv", "source,target,tie\na,b,1\nb,c,1\n", ""),
      ("f.csv", ",,\na,b,c\n,\nb,c\n", "--format alters"), ("d.txt", "x:1 x:2 x:3\nx:2 x:4\n", "--format alters"),
      ("e.txt", "7 1 5\n5 1 2\n1 5 7\n", "--format alters"),
    ])
  func usualColumns(name: String, text: String, options: String) throws {
    let lab = try CommandLab()
    try lab.write(text, name)
    let result = try lab.shell("$I network \(name) \(options) --directed --loops drop --repeats drop 2>&1; echo $?")
    #expect(!result.output.contains("warning") && result.output.hasSuffix("\n0\n"), "\(result.output)")
  }
}
