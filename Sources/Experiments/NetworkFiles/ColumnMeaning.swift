/// Recognizes, by name or first cell, columns of an edge list that a network cannot hold, such as times and signs.
enum ColumnMeaning {
  private static let times: Set = [
    "time", "times", "timestamp", "unixtime", "date", "datetime", "day", "week", "month", "year", "when", "created",
    "createdat", "start", "starttime", "end", "endtime", "onset", "duration",
  ]
  private static let signs: Set = [
    "sign", "signs", "polarity", "valence", "rating", "trust", "sentiment", "affect", "attitude", "vote", "opinion",
  ]
  /// Names of the node kinds of two-mode networks, without `id`, `name` and plural endings.
  private static let modes: Set = [
    "person", "people", "name", "user", "member", "actor", "student", "pupil", "child", "employee", "worker", "player",
    "author", "reader", "customer", "client", "consumer", "buyer", "patient", "director", "politician", "voter",
    "delegate", "woman", "women", "man", "men", "girl", "boy", "artist", "musician", "club", "event", "group", "team",
    "org", "organization", "organisation", "company", "firm", "board", "school", "class", "course", "department",
    "party", "item", "product", "movie", "film", "book", "paper", "article", "song", "page", "post", "tweet", "hashtag",
    "topic", "tag", "venue", "place", "city", "country", "location", "project", "committee", "bill", "gene", "disease",
    "drug", "word", "document", "brand", "store", "meeting", "workshop", "subreddit", "channel", "video",
  ]

  private static func word(_ name: String) -> String {
    String(String.UnicodeScalarView(name.lowercased().unicodeScalars.filter { !" _.-".unicodeScalars.contains($0) }))
  }

  private static let traits: Set = ["connectivity", "expertise", "persuasion", "susceptibility", "threshold"]

  /// Whether a column holds the direction of each tie.
  static func isKind(name: String) -> Bool {
    ["type", "direction", "directed", "edgetype", "edgedirection"].contains(word(name))
  }

  /// Whether these are columns of a table of agents: an id, then attributes.
  static func areOfAgents(_ names: [String]) -> Bool {
    let words = names.map(word)
    return ["id", "name", "node", "label", "agent"].contains(words.first ?? "")
      && words.dropFirst().contains {
        ["seed", "group", "modularityclass", "community", "age", "sex", "gender"].contains($0)
      }
  }

  static func isTrait(_ name: String) -> Bool { traits.contains(word(name)) }
  static func isTime(name: String) -> Bool { times.contains(word(name)) }
  static func isSign(name: String) -> Bool { signs.contains(word(name)) }

  /// Whether a column may say of every pair if it is tied.
  static func isTie(name: String) -> Bool {
    ["tie", "link", "edge", "tied", "linked", "connected", "adjacent", "exists", "present", "value", "friends"]
      .contains(word(name))
  }

  /// Whether a cell is a number below 0.
  static func isNegative(_ cell: [UInt8]) -> Bool {
    cell.count > 1 && cell[0] == UInt8(ascii: "-")
      && Double(String(decoding: cell, as: UTF8.self)).map { $0 < 0 } ?? false
  }

  /// Whether a cell is a time of day, a date, a month, week or quarter, a weekday, or seconds or milliseconds since
  /// 1970 from the years 1990 to 2034.
  static func isTime(cell: String) -> Bool {
    if cell.wholeMatch(of: /[0-2]?[0-9]:[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?/) != nil { return true }
    if let number = Int(cell) {
      // 20200131
      if cell.count == 8, (1900...2099).contains(number / 10_000), (1...12).contains(number / 100 % 100) {
        return (1...31).contains(number % 100)
      }
      return (631_152_000...2_051_222_400).contains(number >= 1 << 38 ? number / 1000 : number)
    }
    // 14-May-2001, and dates as mail headers write them.
    let months = /.*\b[0-3]?[0-9][- ](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[- ][0-9]{2,4}\b.*/
    if cell.count < 60, cell.count > 7, cell.lowercased().wholeMatch(of: months) != nil { return true }
    if cell.wholeMatch(of: /(19|20)[0-9]{2}-?(0[1-9]|1[0-2]|[WwQq][0-9]{1,2})/) != nil, cell.count > 6 { return true }
    if cell.count > 2, cell.lowercased().wholeMatch(of: /(mon|tue|wed|thu|fri|sat|sun)([a-z]*day)?/) != nil {
      return true
    }
    let digits = cell.prefix { $0.isNumber }.count
    let rest = cell.dropFirst(digits)
    guard let mark = rest.first, "-/.".contains(mark), (1...4).contains(digits) else { return false }
    let parts = cell.split(separator: mark).prefix(3)
    return parts.count == 3 && parts.prefix(2).allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
      && parts[2].first?.isNumber == true
  }

  /// Labels of a total, as in the last row of a sheet.
  private static let sums: Set = [
    "total", "totals", "sum", "grandtotal", "summe", "gesamt", "gesamtergebnis", "totale", "somme", "suma", "totaal",
    "итого", "合計", "合计",
  ]

  static func isSum(_ cell: [UInt8]) -> Bool {
    cell.count < 40 && sums.contains(word(String(decoding: cell, as: UTF8.self)))
  }

  /// Whether a comment calls the ties directed or undirected, as in SNAP and KONECT; nil if neither.
  static func direction(comment: [UInt8]) -> Bool? {
    let text = String(decoding: comment.prefix(400), as: UTF8.self).lowercased()
    if text.hasPrefix("% asym") || text.hasPrefix("%asym") { return true }
    if text.hasPrefix("% sym") || text.hasPrefix("%sym") || text.contains("undirected graph") { return false }
    return text.contains("directed graph") ? true : nil
  }

  /// Whether the first column names the listener: a follower hears whom it follows.
  static func listensFirst(_ source: String, _ target: String) -> Bool {
    let pairs = [
      ("follower", "follow"), ("user", "follow"), ("userid", "follow"), ("respondent", "friend"),
      ("respondentid", "friend"),
      ("truster", "trust"), ("trustor", "trust"), ("citing", "cited"), ("user", "friend"),
      ("userid", "friendid"),
    ]
    let (source, target) = (word(source), word(target))
    return pairs.contains { source == $0.0 && target.hasPrefix($0.1) }
      || source == "followerid" && target.hasPrefix("follow")
  }

  /// The node kinds that the first two columns name; nil unless these are two different kinds.
  static func modes(_ names: [String]) -> (String, String)? {
    guard names.count >= 2 else { return nil }
    let stems = names.prefix(2).map { name in
      var own = word(name)
      for ending in ["id", "name"] where own.count > ending.count && own.hasSuffix(ending) {
        own = String(own.dropLast(ending.count))
      }
      return modes.contains(own) || !own.hasSuffix("s") ? own : String(own.dropLast())
    }
    guard stems[0] != stems[1], stems.allSatisfy({ modes.contains($0) }) else { return nil }
    return (names[0], names[1])
  }
}
