/// UCINET's DL: `dl n=4 format=fullmatrix`, `labels:`, then `data:` as a matrix, as ties or as lists of alters.
///
/// Source: S. P. Borgatti, M. G. Everett, L. C. Freeman (2002), Ucinet for Windows, DL files.
struct UCINET: GraphReader {
  private struct Word {
    let text: String
    let line: Int
  }

  private enum Form: String, CaseIterable {
    case fullmatrix, edgelist1, nodelist1
  }

  func read(_ text: inout LineReader) throws -> Graph {
    var head = [Word]()
    while let line = try text.nextLine() {
      let words = try Self.words(line.text, line.line)
      // `data:` ends the head; numbers may follow it on the same line.
      guard let end = words.firstIndex(where: { $0.text.lowercased() == "data:" }) else {
        head += words
        continue
      }
      head += words[..<end]
      let first = Array(words[(end + 1)...])
      let settings = try Settings(head)
      var graph = Graph()
      if !settings.isEmbedded { try graph.addNumbered(settings.count) }
      switch settings.form {
      case .fullmatrix: try Self.matrix(first, &text, settings, &graph)
      case .edgelist1, .nodelist1: try Self.rows(first, &text, settings, &graph)
      }
      guard graph.count == settings.count else {
        throw GraphProblem(
          line.line, "the file speaks of \(graph.count) agents, its head of n=\(settings.count)",
          "correct one of them")
      }
      graph.rename(Dictionary(uniqueKeysWithValues: settings.labels.enumerated().map { ($0, $1) }))
      return graph
    }
    throw GraphProblem(1, "there is no `data:`", "begin with dl n=…, and write data: above the ties")
  }

  /// The settings above the data.
  private struct Settings {
    var count = 0
    var form = Form.fullmatrix
    var labels: [String] = []
    /// The agent that each label names, from 0.
    private(set) var places: [String: Int] = [:]
    /// Whether the labels stand in the data.
    var isEmbedded = false

    init(_ words: [Word]) throws {
      guard words.first?.text.lowercased() == "dl" else {
        throw GraphProblem(words.first?.line ?? 1, "this is no DL file", "begin with dl n=…")
      }
      var place = 1
      while place < words.count { try take(words, &place) }
      guard count > 0 else { throw GraphProblem(words[0].line, "the number of agents is missing", "write n=…") }
      places = Dictionary(labels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Takes the setting at `place`.
    private mutating func take(_ words: [Word], _ place: inout Int) throws {
      let word = words[place]
      let key = word.text.lowercased()
      switch key {
      case "row", "column", "col":
        // Exports label rows and columns separately, with the same labels.
        place += 1
      case "labels:", "labels":
        place += 1
        if place < words.count, ["embedded", "embedded:"].contains(words[place].text.lowercased()) {
          isEmbedded = true
          place += 1
        } else {
          try takeLabels(words[place...], word)
          place += count
        }
      case "diagonal":
        guard place + 1 < words.count, words[place + 1].text.lowercased() == "present" else {
          throw GraphProblem(word.line, "a matrix without its diagonal is not read", "export it with diagonal present")
        }
        place += 2
      case "n", "format", "nr", "nc", "nm":
        guard place + 2 < words.count, words[place + 1].text == "=" else {
          throw GraphProblem(word.line, "`\(word.text)` has no value", "write \(key)=…")
        }
        try set(key, words[place + 2].text, word.line)
        place += 3
      default: throw GraphProblem(word.line, "`\(word.text)` is not read", "keep n, format, labels and data")
      }
    }

    private mutating func set(_ key: String, _ value: String, _ line: Int) throws {
      switch key {
      case "n":
        guard let number = Int(value), number > 0, number < Int(UInt32.max) else {
          throw GraphProblem(line, "n is no number of agents", "write n= and a whole number above 0")
        }
        count = number
      case "format":
        guard let known = Form(rawValue: value.lowercased()) else {
          throw GraphProblem(
            line, "the format `\(value.lowercased())` is not read",
            "export it as fullmatrix, edgelist1 or nodelist1; the others are of two kinds of nodes, or parts of a matrix"
          )
        }
        form = known
      case "nm":
        guard value == "1" else {
          throw GraphProblem(line, "several relations in one file", "keep one relation per file")
        }
      default:
        guard Int(value) == count else {
          throw GraphProblem(
            line, "two kinds of nodes are no network of agents", "project it onto one kind: n=…")
        }
      }
    }

    private mutating func takeLabels(_ words: ArraySlice<Word>, _ key: Word) throws {
      let list = words.prefix(count).map(\.text)
      guard count > 0, list.count == count else {
        throw GraphProblem(
          key.line, "\(list.count) labels for n=\(count) agents", "write n= first, and one label per agent")
      }
      guard labels.isEmpty || labels == list else {
        throw GraphProblem(
          key.line, "rows and columns have different labels: two kinds of nodes are no network of agents",
          "project it onto one kind")
      }
      labels = list
    }
  }

  /// n × n numbers, regardless of line breaks; embedded labels fill the first line and begin each row.
  private static func matrix(
    _ first: [Word], _ text: inout LineReader, _ settings: Settings, _ graph: inout Graph
  ) throws {
    graph.isMatrix = true
    let count = settings.count
    let isEmbedded = settings.isEmbedded
    var (row, column, needsLabel) = (isEmbedded ? -1 : 0, 0, false)
    var words = first
    var last = first.first?.line ?? 1
    while true {
      for word in words {
        last = word.line
        guard row < count else { throw GraphProblem(word.line, "more than \(count) rows", "write n rows of n numbers") }
        if row < 0 {
          guard graph.agent(word.text) == column else {
            throw GraphProblem(word.line, "the label `\(word.text)` comes twice", "give every agent its own label")
          }
        } else if needsLabel {
          guard graph.place(of: word.text) == row else {
            throw GraphProblem(
              word.line, "the row of `\(word.text)` is not that of its column", "give rows and columns the same order")
          }
          needsLabel = false
          continue
        } else {
          guard let value = graphNumber(word.text) else {
            throw GraphProblem(word.line, "`\(word.text)` is no number", "write 0 where there is no tie")
          }
          if value != 0 { graph.ties.append(Graph.Tie(source: row, target: column, weight: value, line: word.line)) }
        }
        column += 1
        if column == count { (row, column, needsLabel) = (row + 1, 0, isEmbedded) }
      }
      guard let line = try text.nextLine() else { break }
      words = try Self.words(line.text, line.line)
    }
    guard row == count else {
      throw GraphProblem(last, "the matrix ends in row \(max(row, 0) + 1) of \(count)", "write n rows of n numbers")
    }
  }

  /// Per line a tie, or an agent and its listeners.
  private static func rows(
    _ first: [Word], _ text: inout LineReader, _ settings: Settings, _ graph: inout Graph
  ) throws {
    func agent(_ word: Word, _ graph: inout Graph) throws -> Int {
      if settings.isEmbedded { return graph.agent(word.text) }
      let known = Int(word.text).map { $0 - 1 } ?? settings.places[word.text]
      guard let known, (0..<settings.count).contains(known) else {
        throw GraphProblem(
          word.line, "`\(word.text)` is no agent from 1 to \(settings.count)",
          "number agents from 1, or write labels embedded")
      }
      return known
    }
    var words = first
    while true {
      if let one = words.first {
        guard words.count > 1 else {
          throw GraphProblem(one.line, "a tie needs two agents", "write both")
        }
        let source = try agent(one, &graph)
        if settings.form == .nodelist1 {
          for other in words.dropFirst() {
            let tie = Graph.Tie(source: source, target: try agent(other, &graph), weight: nil, line: one.line)
            graph.ties.append(tie)
          }
        } else {
          let weight = words.count > 2 ? graphNumber(words[2].text) : nil
          guard words.count == 2 || words.count == 3 && weight != nil else {
            throw GraphProblem(one.line, "a row holds two agents and at most a weight", "write i j, or i j weight")
          }
          graph.ties.append(
            Graph.Tie(source: source, target: try agent(words[1], &graph), weight: weight, line: one.line))
        }
      }
      guard let line = try text.nextLine() else { return }
      words = try Self.words(line.text, line.line)
    }
  }

  /// Words separated by blanks and commas; `=` is a word of its own, and quotes hold a word together.
  private static func words(_ text: String, _ line: Int) throws -> [Word] {
    var (words, current, isQuoted, wasQuoted) = ([Word](), "", false, false)
    func end() {
      if !current.isEmpty || wasQuoted { words.append(Word(text: current, line: line)) }
      (current, wasQuoted) = ("", false)
    }
    for character in text {
      switch character {
      case "\"":
        isQuoted.toggle()
        wasQuoted = true
      case _ where isQuoted: current.append(character)
      case " ", "\t", ",": end()
      case "=":
        end()
        words.append(Word(text: "=", line: line))
      default: current.append(character)
      }
    }
    guard !isQuoted else { throw GraphProblem(line, "a quoted label is not closed", "end it with \"") }
    end()
    return words
  }
}
