/// A row per agent: the speaker, then its listeners. A row of one id is an agent that speaks to nobody.
struct AlterLists: GraphReader {
  func read(_ text: inout LineReader) throws -> Graph {
    var graph = Graph()
    var (bytes, fields) = ([UInt8](), [[UInt8]]())
    var separator: Separator?
    var header: (names: [String], line: Int)?
    var looks = AlterLooks()
    while try text.next(&bytes) {
      guard try !Self.isComment(bytes, text.lineNumber, below: graph) else { continue }
      if separator == nil { separator = Separator(firstRow: bytes) }
      try Self.fields(bytes, separator, text.lineNumber, into: &fields)
      // A first row may name columns; its words must then occur nowhere else.
      if graph.agents.isEmpty, header == nil, Self.areNames(fields) {
        let names = fields.map { String(decoding: $0, as: UTF8.self) }
        try Self.check(header: names, text.lineNumber)
        header = (names, text.lineNumber)
        continue
      }
      try Self.check(fields, text.lineNumber)
      looks.take(fields, text.lineNumber)
      let agents = fields.map { graph.agent(String(decoding: $0, as: UTF8.self)) }
      for alter in agents.dropFirst() {
        graph.ties.append(Graph.Tie(source: agents[0], target: alter, weight: nil, line: text.lineNumber))
      }
    }
    if let header, let again = header.names.first(where: { graph.place(of: $0) != nil }) {
      throw GraphProblem(
        header.line, "the first row looks like names of columns, but `\(again)` comes again as an id",
        "begin the row with # if it is a header, or give the agents other ids")
    }
    try looks.check()
    graph.doubts += looks.doubts(graph, hasHeader: header != nil)
    graph.header = header?.names ?? []
    return graph
  }

  /// Whether a line is empty or a comment.
  ///
  /// - Throws: if the line divides the rows, as in TGF.
  private static func isComment(_ line: [UInt8], _ number: Int, below graph: Graph) throws -> Bool {
    guard let first = line.first(where: { $0 != 32 && $0 != 9 }) else { return true }
    if line == [UInt8(ascii: "#")], !graph.agents.isEmpty {
      throw GraphProblem(
        number, "a line that is # and nothing else divides the rows: this looks like TGF",
        "convert it to one tie per row: source,target")
    }
    return first == UInt8(ascii: "#") || first == UInt8(ascii: "%")
  }

  private static func fields(
    _ line: [UInt8], _ separator: Separator?, _ number: Int, into fields: inout [[UInt8]]
  ) throws {
    guard separator?.split(line, into: &fields) == true else {
      throw GraphProblem(number, "a quoted field is not closed, or text follows it", "end the field with \"")
    }
    while fields.last?.isEmpty == true { fields.removeLast() }
    let others = [9, UInt8(ascii: ","), UInt8(ascii: ";")].filter { $0 != separator?.plain }
    if case .blank = separator, line.contains(where: { others.contains($0) }) {
      throw GraphProblem(
        number, "this row is separated otherwise than the first, by blanks",
        "separate all rows alike, and begin with one that names alters")
    }
    split(&fields, separator)
    if fields.count == 1, fields[0].contains(where: { separator?.isStray($0) ?? false }) {
      throw GraphProblem(
        number, "this row is separated otherwise than the first, by \(separator?.words ?? "blanks")",
        "separate all rows alike, or put the id in quotes")
    }
  }

  private static func check(_ fields: [[UInt8]], _ line: Int) throws {
    if let place = fields.firstIndex(of: [UInt8(ascii: "#")]), place > 0 {
      throw GraphProblem(line, "a comment stands behind ids", "write comments in lines of their own")
    }
    if let place = fields.firstIndex(where: { $0.count > 1 && $0.last == UInt8(ascii: ":") }), place > 0 {
      throw GraphProblem(
        line, "a colon stands behind the word \(place + 1), as if the names before it had blanks",
        "separate the ids by commas or tabs, or put names in quotes")
    }
    for field in fields {
      let word = String(decoding: field, as: UTF8.self)
      if ForeignFormat.isNothing(field) {
        throw GraphProblem(line, "`\(word)` is no id", "write ids, or end the row before it")
      }
      if let first = word.first,
        "[{".contains(first) || word.hasSuffix("]") || word.contains("->") || ["--", "→"].contains(word)
      {
        throw GraphProblem(line, "`\(word)` is no id, but a sign of YAML, JSON or DOT", "write ids with commas between")
      }
    }
  }

  /// Splits at a colon after the first id, and at commas between alters, too: `ann: bob, cy`, `ann;bob,cy`.
  private static func split(_ fields: inout [[UInt8]], _ separator: Separator?) {
    let (colon, comma, blank) = (UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: " "))
    guard var ego = fields.first else { return }
    var rest = Array(fields.dropFirst())
    if ego.count > 1, ego.last == colon {
      ego.removeLast()
    } else if let place = ego.firstRange(of: [colon, blank])?.lowerBound, place > 0 {
      rest.insert(Array(ego[(place + 1)...].drop { $0 == blank }), at: 0)
      ego = Array(ego[..<place])
    }
    // `Lee, Ann` is one name.
    if separator != .comma, rest.count == 1, rest[0].contains(comma), rest[0].firstRange(of: [comma, blank]) == nil {
      rest = rest[0].split(separator: comma).map { Array($0.drop { $0 == blank }) }
    }
    fields = [ego] + rest.filter { !$0.isEmpty }
  }

  /// Whether the first row names columns: a respondent and alters, or the two ends of a tie.
  private static func areNames(_ fields: [[UInt8]]) -> Bool {
    let words = fields.map { String(decoding: $0, as: UTF8.self) }
    guard words.count > 1 else { return false }
    if EdgeListHeader([fields[0], fields[1]]).ends != nil || EdgeListHeader(fields).alters != nil { return true }
    let egos: Set = [
      "ego", "id", "name", "node", "person", "respondent", "respondentid", "responseid", "user", "userid", "agent",
      "student", "employee", "participant", "follower", "source", "from", "timestamp",
    ]
    return egos.contains(bare(words[0])) && words.dropFirst().contains { isAlter($0) || isNumbered($0) }
  }

  private static func bare(_ name: String) -> String { name.lowercased().filter { $0.isLetter } }

  private static func isAlter(_ name: String) -> Bool {
    let word = name.lowercased()
    return [
      "alter", "friend", "contact", "nomin", "neighbo", "tie", "peer", "target", "to", "follow", "choice", "advice",
      "partner", "colleague",
    ].contains { bare(name) == $0 || $0.count > 2 && word.contains($0) }
  }

  /// Such as friend1, Q1_2, Nom 3.
  private static func isNumbered(_ name: String) -> Bool {
    name.wholeMatch(of: /[A-Za-z_ .]+[0-9]+([_.][0-9]+)?/) != nil
  }

  /// Refuses columns whose names show that they hold no alters.
  private static func check(header names: [String], _ line: Int) throws {
    let stems = names.dropFirst().map { $0.lowercased().filter { $0.isLetter } }
    for (name, stem) in zip(names.dropFirst(), stems) where !name.isEmpty {
      let isAlone = stems.count > 1 && stems.count { $0 == stem } == 1
      let hasMeaning =
        ColumnMeaning.isTime(name: name) || ColumnMeaning.isSign(name: name) || ColumnMeaning.isTrait(name)
        || ["w", "weight", "weights", "strength", "closeness", "wave", "age", "sex", "gender", "group", "class", "n"]
          .contains { stem == $0 || stem.hasSuffix("_" + $0) || $0.count > 4 && stem.hasSuffix($0) }
      guard hasMeaning || isAlone && !isAlter(name) && !isNumbered(name) else { continue }
      throw GraphProblem(
        line, "the column `\(name)` holds no alters, as it looks",
        "keep the column of egos first, and those of alters after it")
    }
    let first = bare(names[0])
    if first == "timestamp" || ColumnMeaning.isTime(name: names[0]) {
      throw GraphProblem(line, "the first column `\(names[0])` holds no egos, as it looks", "leave it out")
    }
  }
}

/// Patterns of other formats in rows read as lists of alters.
private struct AlterLooks {
  private var rows = 0
  /// Ties of the first row; 0 if an id repeats in it.
  private var first: Int?
  /// A first row of two or three whole numbers, which may be METIS's counts of agents and ties.
  private var counts: (agents: Int, line: Int)?
  /// The second word, while every row has the same one and at least three words, as in SIF; and the first words.
  private var relation: [UInt8]?
  private var mayRelate = true
  private var egos = Set<[UInt8]>()
  /// Whether every second word is the number of alters after it, and the numbers met.
  private var isCounted = true
  private var sizes = Set<Int>()
  /// Whether every alter ends in a number in brackets or behind a mark, as in `bob:3`.
  private var areWeighted = true
  private var alters = 0
  /// Whether the first words count the rows from 0 or 1, or are all times; and whether alters are words and numbers.
  private var (isCounting, areTimes) = (true, true)
  private var next: Int?
  private var (words, numbers) = (0, 0)
  /// Alters that begin with #.
  private var tags = 0

  mutating func take(_ fields: [[UInt8]], _ line: Int) {
    if rows == 0 { first = Set(fields).count == fields.count ? fields.count - 1 : 0 }
    if rows == 0, (2...3).contains(fields.count) {
      let numbers = fields.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
      counts = numbers.count == fields.count ? (numbers[0], line) : nil
    }
    rows += 1
    if isCounted, fields.count > 1 {
      isCounted = Int(String(decoding: fields[1], as: UTF8.self)) == fields.count - 2
      sizes.insert(fields.count - 2)
    }
    if let ego = fields.first {
      alters += fields.count - 1
      tags += fields.dropFirst().count { $0.first == UInt8(ascii: "#") }
      note(ego, fields.dropFirst())
      areWeighted = areWeighted && !Self.isWeighted(ego) && fields.dropFirst().allSatisfy(Self.isWeighted)
    }
    mayRelate = mayRelate && fields.count > 2 && (relation ?? fields[1]) == fields[1]
    relation = mayRelate ? fields[1] : nil
    if mayRelate { egos.insert(fields[0]) }
  }

  private mutating func note(_ ego: [UInt8], _ others: ArraySlice<[UInt8]>) {
    let word = String(decoding: ego, as: UTF8.self)
    let number = Int(word)
    // The first row may name columns.
    if isCounting, rows > 1 || number != nil {
      isCounting = number != nil && (next == nil ? number == 0 || number == 1 : number == next)
      next = isCounting ? number.map { $0 + 1 } : nil
    }
    areTimes = areTimes && (rows == 1 || ColumnMeaning.isTime(cell: word))
    guard rows <= 1000 else { return }
    if Double(word) != nil { numbers += 1 } else { words += 1 }
    let count = others.count { Double(String(decoding: $0, as: UTF8.self)) != nil }
    (numbers, words) = (numbers + count, words + others.count - count)
  }

  /// Whether an id ends in a mark and a number: `bob:3`, `bob(3)`. An id such as `12:3` is none.
  private static func isWeighted(_ alter: [UInt8]) -> Bool {
    func isPart(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || 48...57 ~= byte }
    let rest = alter.last == UInt8(ascii: ")") ? alter.dropLast() : alter[...]
    guard let last = rest.last, isPart(last), let mark = rest.lastIndex(where: { !isPart($0) }), mark > 0 else {
      return false
    }
    return ":=|(".utf8.contains(alter[mark]) && !":=|(".utf8.contains(alter[mark - 1]) && !isPart(alter[mark - 1])
  }

  /// A doubt if the ids of the first row occur nowhere else: they may be names of columns.
  func doubts(_ graph: Graph, hasHeader: Bool) -> [String] {
    var doubts = [String]()
    let egos = Set(graph.ties.lazy.map(\.source))
    if isCounting, rows > 3, !graph.ties.contains(where: { egos.contains($0.target) }) {
      doubts.append(
        "the first words count the rows and are read as agents: if these are row numbers, leave that column out")
    }
    if tags > 0 {
      doubts.append(
        "\(Readable.plural(tags, "word begins", "words begin")) with # behind other ids and \(tags == 1 ? "is an id" : "are ids"): comments "
          + "stand in lines of their own")
    }
    if words > 0, numbers > 0, rows > 2, min(words, numbers) * 20 > words + numbers {
      doubts.append(
        "some ids are words and some are numbers: if the numbers are weights or answers, leave these columns out")
    }
    guard !hasHeader, rows > 3, let ties = first, ties > 0 else { return doubts }
    let below = graph.ties.dropFirst(ties)
    let isApart = !below.contains { $0.source <= ties || $0.target <= ties }
    return isApart
      ? doubts + [
        "the first row is read as `\(graph.agents[0])` and its alters; if it is names of columns, begin it with #"
      ]
      : doubts
  }

  func check() throws {
    if let counts, rows > 2, counts.agents == rows - 1 {
      throw GraphProblem(
        counts.line, "the first row looks like the numbers of agents and ties: this looks like METIS",
        "begin each row with its agent, or convert it to one tie per row: source,target")
    }
    if areTimes, rows > 2 {
      throw GraphProblem(1, "the first word of every row is a time, as it looks", "leave that column out")
    }
    if isCounted, rows > 2, sizes.count > 1 {
      throw GraphProblem(
        1, "the second word of every row is the number of words after it", "leave these numbers out")
    }
    if areWeighted, alters > 1 {
      throw GraphProblem(
        1, "every alter ends in a number, as weights do that stand beside an id",
        "convert it to one tie per row: source,target,weight")
    }
    if let relation, egos.count > 1, !egos.contains(relation) {
      let word = String(decoding: relation, as: UTF8.self)
      throw GraphProblem(
        1, "every row has `\(word)` as its second word: this looks like SIF",
        "leave that word out; if it is an agent to whom all speak, give it a row of its own")
    }
  }
}
