/// Recognizes other formats by their first row: read as an edge list, they would give a wrong network.
enum ForeignFormat {
  /// The format to which a first row belongs, and the remedy; nil if the row may be a tie.
  ///
  /// - Parameter isBlank: whether blanks separate the fields.
  static func of(_ fields: [[UInt8]], isBlank: Bool) -> (what: String, remedy: String)? {
    let words = fields.map { String(decoding: $0, as: UTF8.self).lowercased() }
    guard let first = words.first, let letter = first.first else { return nil }
    func converted(_ name: String, _ formats: String...) -> (String, String) {
      let known = formats.isEmpty ? "" : "write `format: \(formats.joined(separator: "` or `format: "))`, or "
      return ("this looks like \(name), not like an edge list", known + "convert it to one tie per row: source,target")
    }
    switch letter {
    case "<": return converted("XML or HTML", "graphml", "gexf")
    case "{", "[": return converted("JSON")
    case "*" where ["node", "tie"].contains { first.hasPrefix("*" + $0) }: return converted("NetDraw's VNA")
    case "*": return converted("Pajek", "pajek")
    default: break
    }
    if first.hasPrefix("nodedef>") || first.hasPrefix("edgedef>") { return converted("GDF") }
    if first == "version", words.dropFirst().first?.hasPrefix("https://git-lfs") == true {
      return ("this is a pointer of Git LFS, not the file itself", "fetch the file: `git lfs pull`")
    }
    if first.hasPrefix("%%matrixmarket") { return converted("Matrix Market", "matrix-market") }
    if ["graph", "digraph", "strict"].contains(first) && words.last.map({ $0 == "{" }) ?? false
      || first.wholeMatch(of: /(strict )?(di)?graph\b[^{]*\{.*/) != nil
    {
      return converted("DOT")
    }
    if first == "graph" && words.last == "[" || first == "graph[" || first == "creator" {
      return converted("GML", "gml")
    }
    if words.dropFirst().contains(where: { ["->", "--", "→", "-->"].contains($0) }) { return converted("DOT") }
    if first == "dl" && words.dropFirst().first?.hasPrefix("n") == true { return converted("UCINET DL", "ucinet") }
    if isBlank && isDIMACS(words) { return converted("DIMACS") }
    if words.last?.hasSuffix("}") == true, words.contains(where: { $0.contains("{\"") || $0.contains("{'") }) {
      return braces
    }
    if first.count > 1 && first.hasSuffix(":") { return converted("YAML or a list of alters", "alters") }
    if words.count > 3 && words.allSatisfy({ $0 == "0" || $0 == "1" }) {
      return converted("an adjacency matrix", "matrix")
    }
    return nil
  }

  private static func isDIMACS(_ words: [String]) -> Bool {
    let areNumbers = words.map { Double($0) != nil }
    return areNumbers == [false, true, true] && ["e", "a"].contains(words[0])
      || areNumbers == [false, false, true, true] && words[0] == "p"
  }

  private static let braces = (
    what: "attributes in braces stand behind the ids, as networkx writes several",
    remedy: "write it by `nx.write_weighted_edgelist`, or as GraphML"
  )

  /// Whether a header names the columns of an adjacency matrix, whose first row begins with the first column's name.
  static func isMatrix(header: [String], _ fields: [[UInt8]]) -> Bool {
    header.count > 2 && fields.count == header.count
      && fields.first.map { String(decoding: $0, as: UTF8.self) } == header[1]
      && header[0].isEmpty
  }

  /// Whether a cell is empty or a word for a missing value.
  static func isNothing(_ id: [UInt8]) -> Bool {
    guard let first = id.first else { return true }
    // The first byte rules out most ids.
    guard id.count < 10, beginnings[Int(first)] else { return false }
    let word = String(decoding: id, as: UTF8.self)
    return exact.contains(word) || anyCase.contains(word.lowercased())
  }

  /// Case-sensitive: Na and Nan are names.
  private static let exact: Set = ["NA", "NaN", "nan", "NaT", "nil", "NIL", "\\N"]
  private static let anyCase: Set = [
    "-", "--", ".", "?", "n/a", "n.a.", "k.a.", "null", "none", "<na>", "#n/a", "#nv", "#ref!", "#name?", "#value!",
    "#null!", "#div/0!", "(blank)", "missing", "undefined", "unknown",
  ]
  private static let beginnings: [Bool] = {
    let first = exact.union(anyCase).flatMap { [$0.utf8.first, $0.uppercased().utf8.first] }
    return (0..<256).map { first.contains(UInt8($0)) }
  }()
}
