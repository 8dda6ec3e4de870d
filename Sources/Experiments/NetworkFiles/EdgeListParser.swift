internal import SocialInfluence

/// The state of one reading of an edge list.
struct EdgeListParser {
  let settings: EdgeListSettings
  var names = NameTable()
  var report = ImportReport()
  private(set) var content = InputContent()
  /// Ties with weights; those without go into blocks.
  private var weighted: TieList?
  private var ties = TieBlocks()
  private var separator: Separator?
  private var places = (source: 0, target: 1, weight: Int?.none)
  /// Fields of every row; 0 before the first.
  private var width = 0
  /// Fields of a row before those that the header names: a row number, as R writes it.
  private var unnamed = 0
  /// Whether the header names both ends of a tie.
  private var isNamed = false
  private var firstLoop = 0
  private var firstWeight: (line: Int, text: String)?
  /// The first row while it is open whether it is a header.
  private var pending: (fields: [[UInt8]], line: Int, text: [UInt8])?
  /// The last comment before the first row, which may be a header.
  private var comment: [UInt8]?
  private var lines = TieLines()
  /// The first row where it is two numbers, which may be those of agents and ties.
  private var counts: (agents: Double, ties: Double, line: Int)?
  private var problems = FileProblems()
  /// A graph that says something of its agents; they are numbered as in the file.
  private(set) var said: Graph?
  /// A column that is not used and may hold signs, and its first row below 0.
  private var signs: (place: Int, name: String, line: Int)?
  private var negatives = 0
  /// Whether the first row is words that were taken for ids.
  private var beginsWithWords = false
  /// A column that is not used and dates ties.
  private var dated: String?
  /// The word in the second of three columns while all rows have the same.
  private var relation: [UInt8]?

  init(_ settings: EdgeListSettings) { self.settings = settings }

  mutating func run() throws(Failure) {
    var reader = try LineReader(settings.path, encoding: settings.encoding)
    var line = [UInt8]()
    var fields = [[UInt8]]()
    while try next(&reader, &line) {
      guard let first = line.first(where: { $0 != 32 && $0 != 9 }) else { continue }
      if first == UInt8(ascii: "#") || first == UInt8(ascii: "%") {
        report.comments += 1
        if separator == nil {
          if line.starts(with: Array("%%MatrixMarket".utf8)) { try refuseForeign([line], reader.lineNumber) }
          comment = line
        }
        continue
      }
      let number = reader.lineNumber
      if separator == nil {
        separator = Separator(firstRow: line)
        // A header above may be the only one who knows a separator that the first row does not need.
        try beginRows(number, line)
      }
      try collect(number) { parser throws(Failure) in try parser.take(line, number, &fields) }
      if width == 2 && pending == nil, let separator { plainRows(&reader, separator.plain) }
    }
    content = reader.content
    if let pending {
      try layout(pending.fields, pending.line)
      try row(pending.fields, pending.line, pending.text)
    }
    try checkEnd()
  }

  /// The next line; what cannot be read ends the file, with all that was met before.
  private mutating func next(_ reader: inout LineReader, _ line: inout [UInt8]) throws(Failure) -> Bool {
    do {
      return try reader.next(&line)
    } catch {
      guard error.code == .wrongInput, !problems.isEmpty else { throw error }
      problems.add(error, line: reader.lineNumber)
      throw problems.failure
    }
  }

  /// Takes a line that is no comment: a header, or a row.
  private mutating func take(_ line: [UInt8], _ number: Int, _ fields: inout [[UInt8]]) throws(Failure) {
    guard let separator, separator.split(line, into: &fields) else {
      throw problem(
        number, line, "a quoted field is not closed, or text follows it",
        "end the field with \", and double a \" within it")
    }
    if try !takesAsHeader(fields, number, line) { try row(fields, number, line) }
  }

  /// What is wrong with one row does not keep the others from being looked at; nothing is collected before the first tie.
  private mutating func collect(
    _ line: Int, _ work: (inout EdgeListParser) throws(Failure) -> Void
  ) throws(Failure) {
    do {
      try work(&self)
    } catch {
      guard report.rows > 0, error.code == .wrongInput else { throw error }
      problems.add(error, line: line)
    }
  }

  /// Reads a file that is no edge list.
  mutating func run(_ format: any GraphReader, _ kind: NetworkFormat) throws(Failure) {
    var reader = try LineReader(settings.path, encoding: settings.encoding)
    let graph: Graph
    do {
      graph = try format.read(&reader)
      // What follows the end of the format belongs to the file.
      var rest = [UInt8]()
      while try reader.next(&rest) {}
    } catch let wrong as GraphProblem {
      let other = settings.format == nil ? "; if it is an edge list, write \(option("format", "edge-list"))" : ""
      throw problem(wrong.line, [], wrong.what, wrong.remedy + other)
    } catch {
      throw error as? Failure ?? Failure(.wrongInput, "\(settings.path): error: cannot be read")
    }
    content = reader.content
    report.format = kind
    try take(graph)
    if !graph.columns.isEmpty { said = graph.withoutTies }
    try checkEnd()
  }

  /// Takes the agents and ties of a graph, each tie as a row.
  private mutating func take(_ graph: Graph) throws(Failure) {
    if settings.isDirected && graph.isDirected == false {
      throw problem(
        1, [], "the ties of this file have no direction",
        "write \(settings.isByOptions ? "`--undirected`" : "`directed: false`")")
    }
    for agent in graph.agents {
      let id = Array(agent.utf8)
      if ForeignFormat.isNothing(id) {
        throw problem(
          1, [], id.isEmpty ? "an id is empty" : "`\(agent)` is a word for nothing, not an id",
          "give the agent another id")
      }
      guard names.index(adding: id) != nil else {
        throw Failure(.beyondTheMachine, "\(settings.path): error: more than 2³² − 1 distinct agents\n  = use fewer")
      }
    }
    var graph = graph
    if graph.isMatrix && !settings.isDirected { graph.ties = try upperHalf(graph) }
    let isWeighted = !settings.ignoresWeights && graph.ties.contains { $0.weight != nil && $0.weight != 1 }
    if isWeighted {
      weighted = TieList(weights: [])
      if let bare = graph.ties.first(where: { $0.weight == nil }) {
        throw problem(
          bare.line, [], "this tie has no weight, and others have one",
          "give every tie a weight, or write `weight: none`")
      }
    }
    for tie in graph.ties {
      report.rows += 1
      add(tie.source, tie.target, isWeighted ? tie.weight : nil, tie.line)
    }
    report.columns = []
  }

  /// Of a matrix whose ties have no direction, each pair once.
  private func upperHalf(_ graph: Graph) throws(Failure) -> [Graph.Tie] {
    struct Pair: Hashable { let source, target: Int }
    let weights = Dictionary(
      graph.ties.map { (Pair(source: $0.source, target: $0.target), $0.weight) },
      uniquingKeysWith: { first, _ in first })
    for tie in graph.ties where weights[Pair(source: tie.target, target: tie.source)] != .some(tie.weight) {
      throw problem(
        tie.line, [],
        "the matrix is not symmetric: `\(graph.agents[tie.source])` and `\(graph.agents[tie.target])` differ",
        "correct it, or read it as directed")
    }
    return graph.ties.filter { $0.source <= $0.target }
  }

  /// What only the whole file shows.
  private mutating func checkEnd() throws(Failure) {
    if let relation, report.rows > 2 {
      problems.add(
        problem(
          1, [],
          "every row has `\(String(decoding: relation, as: UTF8.self))` as its second id, and a third one beside it: "
            + "this looks like SIF",
          "name the columns that hold the ids: `source: 1, target: 3`, or `source: 1, target: 2` if it is an agent"),
        line: 1)
    }
    if let counts, counts.ties == Double(report.rows - 1), counts.agents >= Double(max(3, names.count - 2)),
      counts.agents <= 2 * Double(names.count)
    {
      problems.add(
        problem(
          counts.line, [], "the first row looks like the numbers of agents and ties, not like a tie",
          "begin it with #; if it is a tie, write it below another one"), line: counts.line)
    }
    checkMeaning()
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
    if problems.isEmpty { return noteDoubts() }
    // Repeats are seen when the network is made, which would be for nothing now.
    let all = weighted ?? ties.list(weight: 1)
    report.repeats = repeatedPlaces(all).count
    if report.repeats > 0 && settings.repeats == .refuse { problems.add(repeated(), line: 0) }
    throw problems.failure
  }

  /// Larger files are not written by hand, and looking through them takes time.
  private static let mostWithDoubts = 1_000_000

  /// What may be as it should, but mostly is not.
  private mutating func noteDoubts() {
    guard report.format == nil, settings.source == nil, settings.target == nil,
      (weighted?.count ?? ties.count) <= Self.mostWithDoubts
    else { return }
    let all = weighted ?? ties.list(weight: 1)
    var (speaks, listens) = ([Int](repeating: 0, count: names.count), [Int](repeating: 0, count: names.count))
    for place in 0..<all.count {
      speaks[Int(all.sources[place])] += 1
      listens[Int(all.targets[place])] += 1
    }
    // Words above words are read as ids; those of a header come nowhere else.
    if beginsWithWords, all.count > 2, names.count > 3, (0...1).allSatisfy({ speaks[$0] + listens[$0] == 1 }) {
      report.doubts.append(
        "the first row is read as a tie; if `\(names[0])` and `\(names[1])` are names of columns, write source,target there"
      )
    }
    let sides = names.count > 0 && (0..<names.count).allSatisfy { speaks[$0] == 0 || listens[$0] == 0 }
    let (left, right) = (speaks.count { $0 > 0 }, listens.count { $0 > 0 })
    if sides, !settings.isDirected, min(left, right) > 3, speaks.contains(where: { $0 > 1 }),
      listens.contains(where: { $0 > 1 })
    {
      report.doubts.append(
        "no id stands in both columns; if these are two kinds of nodes, such as people and clubs, nobody here is tied to anybody: "
          + "tie those who share one")
    }
  }

  /// Ties with signs: influence has none.
  private mutating func checkMeaning() {
    if let signs, negatives > 0 {
      problems.add(
        problem(
          signs.line, [],
          "\(signs.name) is below 0 in \(Readable.plural(negatives, "row", "rows")), here first: these ties have signs, and influence "
            + "has none",
          "leave out the rows below 0, or name \(signs.name) as `weight` and drop weights that are not positive"),
        line: signs.line)
    }
  }

  /// A key with its value, in the words of where the file was named.
  private func option(_ key: String, _ value: String) -> String {
    guard settings.isByOptions else { return "`\(key): \(value)`" }
    let name = key.map { $0.isUppercase ? "-\($0.lowercased())" : String($0) }.joined()
    return "`--\(name) \(value)`"
  }

  /// Takes plain rows as long as they come, where a row is two ids and nothing else.
  private mutating func plainRows(_ reader: inout LineReader, _ separator: UInt8) {
    guard weighted == nil, places.weight == nil, unnamed == 0, max(places.source, places.target) == 1 else { return }
    let isTurned = settings.reverse != (places.source == 1)
    report.rows += reader.plainRows(separator: separator) { first, second in
      // Loops and more names than fit are matters for the other way.
      guard first != second, let one = names.index(adding: first), let two = names.index(adding: second) else {
        return false
      }
      if isTurned { ties.append(two, one) } else { ties.append(one, two) }
      return true
    }
  }

  // MARK: Header

  /// A file of another format, and a header in the comment above the first row.
  private mutating func beginRows(_ line: Int, _ text: [UInt8]) throws(Failure) {
    var fields = [[UInt8]]()
    guard let separator, separator.split(text, into: &fields) else { return }
    try refuseForeign(fields, line)
    if separator == .comma, Separator.areNumbersWithDecimalCommas(text) {
      throw problem(
        line, [], "blanks separate these numbers, and commas stand in them",
        "write decimal points, or separate the columns by semicolons")
    }
    guard let comment else { return }
    let words = Array(comment.drop { [32, 9, UInt8(ascii: "#"), UInt8(ascii: "%")].contains($0) })
    var named = [[UInt8]]()
    for separator in [separator, Separator(firstRow: words)] {
      guard separator.split(words, into: &named), named.count == fields.count, EdgeListHeader(named).ends != nil else {
        continue
      }
      // The rows may be named by a header of their own.
      if EdgeListHeader(fields).ends == nil { try header(named, line) }
      return
    }
  }

  private func refuseForeign(_ fields: [[UInt8]], _ line: Int) throws(Failure) {
    let isBlank = if case .blank = separator { true } else { false }
    if let (what, remedy) = ForeignFormat.of(fields, isBlank: isBlank) { throw problem(line, [], what, remedy) }
  }

  /// Decides on the header: named columns ask for one, names of ends are one, and words above numbers are one.
  private mutating func takesAsHeader(_ fields: [[UInt8]], _ line: Int, _ text: [UInt8]) throws(Failure) -> Bool {
    if let first = pending {
      pending = nil
      let above = EdgeListHeader(first.fields)
      if above.ends == nil, let trait = above.names.first(where: ColumnMeaning.isTrait) {
        throw problem(
          first.line, [], "the first row names the trait `\(trait)`: this looks like an agents file, not like ties",
          "write it under `agentsFile: { path: … }` beside the file of ties")
      }
      if Self.areNumbers(fields.prefix(2)) && !Self.areNumbers(first.fields.prefix(2))
        || above.ends != nil && !above.isLike(fields) || ForeignFormat.isMatrix(header: above.names, fields)
      {
        try header(first.fields, first.line)
      } else if let modes = ColumnMeaning.modes(above.names) {
        throw problem(
          first.line, [],
          "the first row names two kinds of nodes: this looks like a two-mode network, in which nobody is tied to anybody",
          "tie those who share one (`\(modes.0)` by `\(modes.1)`), one pair per row under the header source,target; "
            + "if these are ids, write source,target above them")
      } else {
        try layout(first.fields, first.line)
        beginsWithWords = true
        try row(first.fields, first.line, first.text)
      }
      return false
    }
    guard report.rows == 0 && report.header.isEmpty && width == 0 else { return false }
    let asksForNames = [settings.source, settings.target, settings.weight].contains {
      if case .named = $0 { true } else { false }
    }
    let named = EdgeListHeader(fields)
    if asksForNames || named.ends != nil && !named.mayBeIds {
      try header(fields, line)
      return true
    }
    guard fields.count >= 2 else { throw oneColumn(line, text) }
    if Self.areNumbers(fields.prefix(2)) {
      if fields.count == 2, let agents = Double(String(decoding: fields[0], as: UTF8.self)),
        let ties = Double(String(decoding: fields[1], as: UTF8.self))
      {
        counts = (agents, ties, line)
      }
      try layout(fields, line)
      return false
    }
    pending = (fields, line, text)
    return true
  }

  private static func areNumbers(_ fields: ArraySlice<[UInt8]>) -> Bool {
    fields.count == 2 && fields.allSatisfy { Double(String(decoding: $0, as: UTF8.self)) != nil }
  }

  private mutating func header(_ fields: [[UInt8]], _ line: Int) throws(Failure) {
    let header = EdgeListHeader(fields)
    report.header = header.names
    isNamed = header.ends != nil
    func find(_ reference: ColumnReference?, or standard: Int?) throws(Failure) -> Int? {
      switch reference {
      case .named(let name):
        if let place = header.place(of: name) { return place }
        // Names are shown only where they look like names.
        let areNames = header.names.count > 1 && header.names.allSatisfy(ScalarReading.isLabel)
        throw problem(
          line, [], "there is no column `\(name)`",
          areNames ? "known: " + header.names.joined(separator: ", ") : "head the file with the names of its columns")
      case .numbered(let number): return number - 1
      case nil: return standard
      }
    }
    let skipped = header.hasRowNumbers ? 1 : 0
    places.source = try find(settings.source, or: header.ends?.source ?? skipped) ?? 0
    places.target = try find(settings.target, or: header.ends?.target ?? skipped + 1) ?? 1
    places.weight = settings.ignoresWeights ? nil : try find(settings.weight, or: header.weight)
    try begin(fields, line)
  }

  private mutating func layout(_ fields: [[UInt8]], _ line: Int) throws(Failure) {
    func number(_ reference: ColumnReference?, _ standard: Int) -> Int {
      if case .numbered(let number) = reference { number - 1 } else { standard }
    }
    places.source = number(settings.source, 0)
    places.target = number(settings.target, 1)
    if case .numbered(let number) = settings.weight, !settings.ignoresWeights { places.weight = number - 1 }
    if fields.count > 2, settings.source == nil, settings.target == nil,
      ColumnMeaning.isTime(cell: String(decoding: fields[0], as: UTF8.self)),
      fields[1..<3].allSatisfy({ !ColumnMeaning.isTime(cell: String(decoding: $0, as: UTF8.self)) })
    {
      throw problem(
        line, [], "the first column looks like a time, not like an id",
        "name the columns of the ids: `source: 2, target: 3`, or a header such as time,source,target; if these are ids, write "
          + "`source: 1, target: 2`")
    }
    try begin(fields, line)
    // A third id beside a second that is always the same.
    if fields.count == 3, settings.source == nil, settings.target == nil, places.weight == nil,
      Double(String(decoding: fields[2], as: UTF8.self)) == nil
    {
      relation = fields[1]
    }
  }

  private mutating func begin(_ fields: [[UInt8]], _ line: Int) throws(Failure) {
    // Separators at the end of every row make no columns.
    let width = (fields.lastIndex { !$0.isEmpty } ?? -1) + 1
    if width < 2 { throw oneColumn(line, []) }
    self.width = width
    if places.weight != nil { weighted = TieList(weights: []) }
    let last = max(places.source, places.target, places.weight ?? 0)
    if last >= width {
      throw problem(line, [], "there is no column \(last + 1)", "the file has \(width) columns")
    }
    if places.source == places.target {
      throw problem(line, [], "both ends of a tie are column \(places.source + 1)", "name two columns")
    }
    func name(_ place: Int) -> String {
      place < report.header.count && !report.header[place].isEmpty ? report.header[place] : "column \(place + 1)"
    }
    let used = [places.source, places.target] + (places.weight.map { [$0] } ?? [])
    report.columns = used.map(name)
    let ignored = (0..<width).filter { !used.contains($0) }
    report.ignoredColumns = ignored.map(name)
    let hasNames = !report.header.isEmpty
    func called(_ place: Int) -> String { hasNames ? "the column `\(name(place))`" : name(place) }
    if settings.weight == nil && !settings.ignoresWeights {
      signs = ignored.first { hasNames ? ColumnMeaning.isSign(name: name($0)) : $0 == 2 }.map { ($0, called($0), 0) }
    }
    dated = ignored.first {
      hasNames
        ? ColumnMeaning.isTime(name: name($0)) : ColumnMeaning.isTime(cell: String(decoding: fields[$0], as: UTF8.self))
    }.map(called)
  }

  // MARK: Rows

  private mutating func row(_ fields: [[UInt8]], _ line: Int, _ text: [UInt8]) throws(Failure) {
    if fields.count < 2 { throw oneColumn(line, text) }
    if fields.count != width + unnamed { try settle(fields, line, text) }
    if report.rows == 0, ForeignFormat.isMatrix(header: report.header, fields) {
      throw problem(
        line, [], "this looks like an adjacency matrix, not like an edge list",
        "write `format: matrix`, or convert it to one tie per row: source,target,weight")
    }
    let (one, other) = (fields[unnamed + places.source], fields[unnamed + places.target])
    for (id, place) in [(one, places.source), (other, places.target)] where ForeignFormat.isNothing(id) {
      throw problem(
        line, text, column: Fields.column(of: unnamed + place, fields, in: text),
        id.isEmpty ? "an id is empty" : "`\(String(decoding: id, as: UTF8.self))` is a word for nothing, not an id",
        "write both ids, leave the row out, or give the agent another id")
    }
    if relation != nil, fields[1] != relation { relation = nil }
    if let signs, ColumnMeaning.isNegative(fields[unnamed + signs.place]) {
      if negatives == 0 { self.signs?.line = line }
      negatives += 1
    }
    report.rows += 1
    let weight = try places.weight.map { place throws(Failure) in
      try self.weight(fields[unnamed + place], line, text, Fields.column(of: unnamed + place, fields, in: text))
    }
    guard let source = names.index(adding: one), let target = names.index(adding: other) else {
      throw Failure(
        .beyondTheMachine,
        "\(settings.path):\(line): error: more than 2³² − 1 distinct agents\n  = a stored network holds no more")
    }
    add(source, target, weight, line)
  }

  /// One tie.
  private mutating func add(_ source: Int, _ target: Int, _ weight: Double?, _ line: Int) {
    if source == target {
      report.loops += 1
      if firstLoop == 0 { firstLoop = line }
      return
    }
    if let weight, weight <= 0 {
      report.droppedWeights += 1
      if firstWeight == nil { firstWeight = (line, Digits.shortest(weight)) }
      return
    }
    let tie = settings.reverse ? (target, source) : (source, target)
    if let weight {
      lines.note(tie: weighted?.count ?? 0, line)
      weighted?.append(tie.0, tie.1)
      weighted?.weights?.append(weight)
    } else {
      lines.note(tie: ties.count, line)
      ties.append(tie.0, tie.1)
    }
  }

  private func weight(
    _ field: [UInt8], _ line: Int, _ text: [UInt8], _ column: @autoclosure () -> Int
  ) throws(Failure) -> Double {
    let word = String(decoding: field, as: UTF8.self)
    let hasComma = field.count { $0 == UInt8(ascii: ",") } == 1
    let point =
      hasComma && separator?.takesDecimalCommas == true
      ? String(decoding: field.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }, as: UTF8.self) : word
    guard let value = Double(point), value.isFinite, ScalarReading.isJSONNumber(point) || Int(point) != nil else {
      throw problem(
        line, text, column: column(), "the weight `\(word)` is no number",
        hasComma
          ? "write a decimal point, or separate the columns by semicolons" : "write a number, or choose another column")
    }
    return value
  }

  /// A row that is not as wide as the first: blanks at its end are as good, and row numbers of which the header does not speak.
  private mutating func settle(_ fields: [[UInt8]], _ line: Int, _ text: [UInt8]) throws(Failure) {
    let expected = width + unnamed
    if fields.count > expected, fields[expected...].allSatisfy(\.isEmpty) { return }
    let isNumbered = [Array("0".utf8), Array("1".utf8)].contains(fields[0])
    if fields.count == width + 1, isNumbered, report.rows == 0, isNamed {
      unnamed = 1
      return
    }
    let isDecimal = separator == .comma && Self.hasDecimalCommas(text)
    let what = "this row has \(fields.count) fields, the first \(width); the separator is \(separator?.words ?? "")"
    let remedy =
      isDecimal
      ? "decimal commas? write points, or separate the columns by semicolons"
      : "write one tie per row, all of them with the same columns; a list of alters per row is `format: alters`; METIS or a "
        + "line of counts is no edge list"
    throw problem(line, text, what, remedy)
  }

  /// Whether a comma stands between two digits.
  private static func hasDecimalCommas(_ text: [UInt8]) -> Bool {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return text.indices.dropFirst().dropLast().contains {
      text[$0] == UInt8(ascii: ",") && digits.contains(text[$0 - 1]) && digits.contains(text[$0 + 1])
    }
  }

  // MARK: The network

  /// The network, with repeated pairs counted and treated as asked.
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
      // A repeat counts 1; multiplicities that are all 1 would say nothing.
      network = Network(
        agentCount: names.count, ties: ties.list(weight: 1), isDirected: settings.isDirected, repeats: .merge)
    }
    return network
  }

  /// The ties that repeat a pair.
  private func repeatedPlaces(_ all: TieList) -> [Int] {
    var met = Set<UInt64>()
    return (0..<all.count).filter { place in
      let (one, other) = (UInt64(all.sources[place]), UInt64(all.targets[place]))
      return !met.insert(settings.isDirected || one < other ? one << 32 | other : other << 32 | one).inserted
    }
  }

  private func repeated() -> Failure {
    let when = dated.map { "; \($0) dates the ties, and in this network all of them hold at once" } ?? ""
    let first = repeatedPlaces(weighted ?? ties.list(weight: 1)).first
    return Failure(
      .wrongInput,
      "\(settings.path):\(lines.line(ofTie: first ?? 0)): error: \(Readable.plural(report.repeats, "row repeats", "rows repeat")) a pair"
        + "\(settings.isDirected ? "" : " (in an undirected network, also the other way round)"), the first here\(when)\n"
        + "  = write \(option("repeats", "drop")) to keep the first, or \(option("repeats", "merge")) to add the weights up"
    )
  }

  private func oneColumn(_ line: Int, _ text: [UInt8]) -> Failure {
    problem(
      line, text, "a tie needs two ids, here is one column",
      "write two ids per row, with a comma, a semicolon, a tab or blanks between")
  }

  /// Nothing of a file is shown before a tie has been read from it: it may be no network at all, but somebody's secrets.
  ///
  /// - Parameter column: from 1.
  private func problem(
    _ line: Int, _ text: [UInt8], column: Int = 1, _ what: String, _ remedy: String
  ) -> Failure {
    let excerpt = report.rows > 0 ? String(decoding: text.prefix(200), as: UTF8.self) : ""
    let source = SourceText(name: settings.path, text: excerpt, firstLine: line)
    return Failure(.wrongInput, Problem(source, Place(line: line, column: column), what, remedy: remedy).message)
  }
}

/// On which line each tie stands: kept as the places where the distance between the two changes.
private struct TieLines {
  private var changes: [(tie: Int, distance: Int)] = []

  mutating func note(tie: Int, _ line: Int) {
    if changes.last?.distance != line - tie { changes.append((tie, line - tie)) }
  }

  func line(ofTie tie: Int) -> Int { tie + (changes.last { $0.tie <= tie }?.distance ?? 1) }
}
