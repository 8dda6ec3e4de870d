internal import SocialInfluence

/// Checks of the whole file, and the network built from it.
extension EdgeListParser {
  mutating func checkEnd() throws(Failure) {
    report.separator = separator?.words ?? ""
    checkLooks()
    checkComments()
    checkSigns()
    checkPolicies()
    if problems.isEmpty { return noteDoubts() }
    // The network, whose construction finds repeats, is not built after problems.
    let all = weighted ?? ties.list(weight: 1)
    report.repeats = repeatedPlaces(all).count
    if report.repeats > 0 && settings.repeats == .refuse { problems.add(repeated(), line: 0) }
    throw problems.failure
  }

  /// Refuses rows that look like those of another format.
  private mutating func checkLooks() {
    if let (what, remedy) = looks.refusal(report.rows) {
      problems.add(problem(1, [], what, remedy), line: 1)
    }
    if let relation, report.rows > 2 || report.rows == 2 && relation.differs {
      problems.add(
        problem(
          1, [],
          "every row has `\(String(decoding: relation.word, as: UTF8.self))` as its second id, and a third one beside it: "
            + "this looks like SIF",
          "name the columns that hold the ids: `source: 1, target: 3`, or `source: 1, target: 2` if it is an agent"),
        line: 1)
    }
    // Counts of agents and ties, or of rows, columns and entries.
    if let counts, report.rows > 1, counts.numbers.dropFirst().contains(Double(report.rows - 1)),
      counts.numbers[0] >= Double(max(3, names.count - 3)), counts.numbers[0] <= 2 * Double(names.count)
    {
      problems.add(
        problem(
          counts.line, [], "the first row looks like the numbers of agents and ties, not like a tie",
          "begin it with #; if it is a tie, write it below another one"), line: counts.line)
    }
    let height = report.rows + (report.header.isEmpty ? 0 : 1)
    if width > 3, report.format == nil, unnamedFieldCount == 0, height == width || report.rows == width, !isNamed,
      settings.source == nil
    {
      problems.add(
        problem(
          1, [], "there are as many rows as columns: this looks like an adjacency matrix",
          "write `format: matrix`; if these are ties, head the file with names, source and target above the ids"),
        line: 1)
    }
    if let stray, report.rows > 1 {
      problems.add(
        problem(
          1, [],
          "the \(separator?.words ?? "") separate the columns, and another separator stands in the \(stray == 0 ? "first" : "second") id of every row",
          "separate all columns by the same; if the ids are so, put them in quotes and head the file with source,target"
        ),
        line: 1)
    }
  }

  /// Refuses comments that hold data in other formats.
  private mutating func checkComments() {
    // `areNames` implies that a name stands above the first row, too.
    if areNames, let rowsAboveLastName, rowsAboveLastName < report.rows {
      problems.add(
        problem(
          1, [],
          "comments of one word stand above and between the rows: this looks like LGL, whose comments are the agents "
            + "that the rows below are tied to",
          "convert it to one tie per row: source,target,weight; or leave these comments out"), line: 1)
    }
    if let rowsAboveDivider, rowsAboveDivider < report.rows, report.comments == 1 {
      problems.add(
        problem(
          1, [],
          "a line that is # and nothing else divides the rows: this looks like TGF, whose first part names the nodes",
          "keep the ties below that line, or remove it if the rows above it are ties, too"), line: 1)
    }
  }

  /// Refuses loops and weights that are not positive, unless the settings drop them.
  private mutating func checkPolicies() {
    if report.loops > 0 && settings.loops == .refuse {
      problems.add(
        Failure(
          .wrongInput,
          "\(settings.path):\(firstLoop): error: \(Readable.plural(report.loops, "row ties", "rows tie")) an agent to itself, the first here\n"
            + "  = write \(option("loops", "drop")) to leave them out"), line: firstLoop)
    }
    if let firstWeight, !settings.dropsNonPositive {
      problems.add(
        Failure(
          .wrongInput,
          "\(settings.path):\(firstWeight.line): error: \(Readable.plural(report.droppedWeights, "weight is", "weights are")) not positive, the first is "
            + "\(firstWeight.text)\n  = write \(option("nonPositive", "drop")) to leave these ties out"),
        line: firstWeight.line)
    }
  }

  /// A key with its value, as YAML or as a command-line option.
  func option(_ key: String, _ value: String) -> String {
    guard settings.isByOptions else { return "`\(key): \(value)`" }
    let name = key.map { $0.isUppercase ? "-\($0.lowercased())" : String($0) }.joined()
    return "`--\(name) \(value)`"
  }

  /// A Boolean key, as YAML or as a command-line option.
  func flag(_ key: String, _ value: Bool) -> String {
    guard settings.isByOptions else { return "`\(key): \(value)`" }
    return value ? "`--\(key)`" : "`--un\(key)`"
  }

  /// Ties or ids at most: larger files are not written by hand, and checking them takes time.
  static let mostWithDoubts = 1_000_000

  /// Warnings about likely mistakes.
  mutating func noteDoubts() {
    noteWords()
    noteDirection()
    let agents = names.count
    let denying = unused.first { $0.isLikely && $0.doubt != nil || $0.mayDenyTies(rows: report.rows, agents: agents) }
    denying?.doubt.map { report.doubts.append($0) }
    func isByName(_ reference: ColumnReference?) -> Bool { if case .named = reference { true } else { false } }
    guard report.format == nil, !isByName(settings.source), !isByName(settings.target),
      (weighted?.count ?? ties.count) <= Self.mostWithDoubts
    else { return }
    let all = weighted ?? ties.list(weight: 1)
    var (speaks, listens) = ([Int](repeating: 0, count: names.count), [Int](repeating: 0, count: names.count))
    for place in 0..<all.count {
      speaks[Int(all.sources[place])] += 1
      listens[Int(all.targets[place])] += 1
    }
    // The words of a header occur nowhere else, except in a repeated header.
    let again = (0..<all.count).count {
      min(all.sources[$0], all.targets[$0]) == 0 && max(all.sources[$0], all.targets[$0]) == 1
    }
    if all.count > 2, names.count > 3, (0...1).allSatisfy({ speaks[$0] + listens[$0] == again }) {
      (report.header.isEmpty ? firstRowDoubt() : secondHeaderDoubt()).map { report.doubts.append($0) }
    }
    if beginsWithWords, let header = headerLikeTie() { report.doubts.append(header) }
    let sides = names.count > 0 && (0..<names.count).allSatisfy { speaks[$0] == 0 || listens[$0] == 0 }
    if let doubt = looks.doubt(report.rows, isApart: sides) { report.doubts.append(doubt) }
    let (left, right) = (speaks.count { $0 > 0 }, listens.count { $0 > 0 })
    if sides, !settings.isDirected, report.doubts.isEmpty, all.count > 3, min(left, right) > 1,
      speaks.contains(where: { $0 > 1 }),
      listens.contains(where: { $0 > 1 })
    {
      report.doubts.append(
        "no id stands in both columns; if these are two kinds of nodes, such as people and clubs, nobody here is tied to anybody: "
          + "tie those who share one")
    }
  }

  /// A doubt about a first row whose words occur in no other.
  private func firstRowDoubt() -> String? {
    // pandas calls columns without names 0 and 1.
    let areNumbers =
      names[0] == "0" && names[1] == "1" && (2..<min(names.count, 100)).allSatisfy { Double(names[$0]) == nil }
    guard beginsWithWords || areNumbers else { return nil }
    return "the first row is read as a tie; if `\(names[0])` and `\(names[1])` are names of columns, "
      + (width > 2
        ? "call the two columns that hold the ids source and target, where they stand, and leave the others their names"
        : "write source above those who speak and target above those who listen")
  }

  /// A doubt about a first row below a header whose words occur in no other row: it may explain the columns.
  private func secondHeaderDoubt() -> String? {
    let (one, other) = (names[0], names[1])
    let others = (2..<min(names.count, 200)).map { names[$0] }
    func isNumber(_ id: String) -> Bool { Double(id) != nil }
    let isHeader = EdgeListHeader([one, other].map { Array($0.utf8) }).ends != nil
    let isApart = !isNumber(one) && !isNumber(other) && others.count > 2 && others.allSatisfy(isNumber)
    // Questions of a survey stand below the names of its columns.
    let areLong = [one, other].allSatisfy { $0.count > 20 && $0.contains(" ") } && others.allSatisfy { $0.count <= 20 }
    guard isHeader || isApart || areLong else { return nil }
    return "the first row below the header is read as a tie of `\(Readable.shortened(one, to: 30))` and "
      + "`\(Readable.shortened(other, to: 30))`; if it explains the columns, leave it out"
  }

  /// A doubt about a first row such as `i,j` that is read as a tie, because `i` or `j` is an id below, too.
  private func headerLikeTie() -> String? {
    guard names.count > 2, names[0].count == 1, EdgeListHeader([names[0], names[1]].map { Array($0.utf8) }).ends != nil
    else { return nil }
    return
      "the first row is read as a tie of `\(names[0])` and `\(names[1])`, which are ids below, too; if it names the columns, "
      + "begin it with #"
  }

  /// Doubts about ids, weights, comments, gaps and the last row.
  private mutating func noteWords() {
    report.doubts += NameDoubts(names, splitsAtBlanks: report.format == .alters).told
    names.alikeDoubt("agents").map { report.doubts.append($0) }
    marks.doubtful.map { report.doubts.append(DecimalMarks.doubt("the weights", $0)) }
    if let rowLikeComments {
      report.doubts.append(
        "\(Readable.plural(rowLikeComments.count, "line that begins", "lines that begin")) with # or % and \(rowLikeComments.count == 1 ? "looks" : "look") "
          + "like a row \(rowLikeComments.count == 1 ? "is a comment" : "are comments"), the first is line \(rowLikeComments.line): write such ids in quotes"
      )
    }
    if let gap, gap.rows < report.rows {
      report.doubts.append(
        "line \(gap.line) is empty and rows follow it, which are read as ties, too: if another table begins there, keep one of them"
      )
    }
    if let sumWord {
      report.doubts.append(
        "the last row begins with `\(String(decoding: sumWord, as: UTF8.self))`, and is read as a tie: remove it if it is a sum"
      )
    }
  }

  /// Doubts the direction if the file or its column names contradict it.
  private mutating func noteDirection() {
    if let saysDirected, saysDirected != settings.isDirected {
      report.doubts.append(
        "the file says that its ties are \(saysDirected ? "directed" : "undirected"), and they are read as "
          + "\(saysDirected ? "undirected" : "directed"): write \(flag("directed", saysDirected)) to follow it")
    }
    if settings.isDirected, !settings.reverse, report.columns.count > 1,
      ColumnMeaning.listensFirst(report.columns[0], report.columns[1])
    {
      report.doubts.append(
        "influence is read from `\(report.columns[0])` to `\(report.columns[1])`, by these names it may go the other way: write "
          + "\(flag("reverse", true)) for that")
    }
  }

  /// Refuses ties with signs: influence has none.
  private mutating func checkSigns() {
    guard let unused = unused.first(where: { $0.isLikely && $0.signed != nil }), let signed = unused.signed else {
      return
    }
    problems.add(
      problem(
        signed.line, [],
        "\(unused.called) is below 0 in \(Readable.plural(signed.rows, "row", "rows")), here first: these ties have signs, and "
          + "influence has none",
        "leave out the rows below 0"
          + (signed.areNumbers ? ", or name \(unused.called) as `weight` and drop weights that are not positive" : "")),
      line: signed.line)
  }

  /// Builds the network; repeated pairs are counted and treated as the settings say.
  mutating func network(workers: Int) throws(Failure) -> Network {
    report.hasWeights = weighted != nil
    report.shortened = names.shortenedNumbers
    let count = weighted?.count ?? ties.count
    guard (settings.isDirected ? 1 : 2) * count < Int(UInt32.max) else {
      throw Failure(
        .beyondTheMachine,
        "\(settings.path): error: \(count) ties exceed the 2³² voices of a stored network\n"
          + "  = keep fewer ties")
    }
    var network =
      weighted.map {
        Network(agentCount: names.count, ties: $0, isDirected: settings.isDirected, repeats: settings.repeats)
      } ?? Network(agentCount: names.count, ties: ties, isDirected: settings.isDirected, workers: workers)
    report.repeats = count - network.tieCount
    if report.repeats > 0 && settings.repeats == .refuse { throw repeated() }
    if report.repeats > 0 && settings.repeats == .merge && weighted == nil {
      // Weights count the ties of a pair; without repeats all would be 1.
      network = Network(
        agentCount: names.count, ties: ties.list(weight: 1), isDirected: settings.isDirected, repeats: .merge)
    }
    if let weights = network.weights, settings.repeats == .merge, weights.contains(where: { !$0.isFinite }) {
      throw Failure(
        .wrongInput,
        "\(settings.path): error: weights that are added up exceed every number\n"
          + "  = write smaller weights, or \(option("repeats", "drop"))")
    }
    return network
  }

  /// The places of ties that repeat an earlier pair.
  func repeatedPlaces(_ all: TieList) -> [Int] {
    var met = Set<UInt64>()
    return (0..<all.count).filter { place in
      let (one, other) = (UInt64(all.sources[place]), UInt64(all.targets[place]))
      return !met.insert(settings.isDirected || one < other ? one << 32 | other : other << 32 | one).inserted
    }
  }

  func repeated() -> Failure {
    let arrows =
      saysDirected == true && !settings.isDirected
      ? "write \(flag("directed", true)), as the file says of its ties; or " : ""
    let when = timeColumnName.map { "; \($0) dates the ties, and in this network all of them hold at once" } ?? ""
    let first = repeatedPlaces(weighted ?? ties.list(weight: 1)).first
    return Failure(
      .wrongInput,
      "\(settings.path):\(lines.line(ofTie: first ?? 0)): error: \(Readable.plural(report.repeats, "row repeats", "rows repeat")) a pair"
        + "\(settings.isDirected ? "" : " (in an undirected network, also the other way round)"), the first here\(when)\n"
        + "  = \(arrows)write \(option("repeats", "drop")) to keep the first, or \(option("repeats", "merge")) to add the weights up"
    )
  }
}

/// The line of each tie, run-length coded: line − tie where it changes.
struct TieLines {
  private var changes: [(tie: Int, distance: Int)] = []

  mutating func note(tie: Int, _ line: Int) {
    if changes.last?.distance != line - tie { changes.append((tie, line - tie)) }
  }

  func line(ofTie tie: Int) -> Int { tie + (changes.last { $0.tie <= tie }?.distance ?? 1) }
}
