/// What a column of an edge list says that a network of influence cannot hold, as far as its name or its first cell shows.
enum ColumnMeaning {
  private static let times: Set = [
    "time", "times", "timestamp", "unixtime", "date", "datetime", "day", "week", "month", "year", "when", "created",
    "createdat", "start", "starttime", "end", "endtime", "onset", "duration",
  ]
  private static let signs: Set = [
    "sign", "signs", "polarity", "valence", "rating", "trust", "sentiment", "affect", "attitude", "vote", "opinion",
  ]
  /// What people call the two kinds of nodes of a two-mode network, without `id`, `name` and plural.
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

  static func isTrait(_ name: String) -> Bool { traits.contains(word(name)) }
  static func isTime(name: String) -> Bool { times.contains(word(name)) }
  static func isSign(name: String) -> Bool { signs.contains(word(name)) }

  /// A number below 0.
  static func isNegative(_ cell: [UInt8]) -> Bool {
    cell.count > 1 && cell[0] == UInt8(ascii: "-")
      && Double(String(decoding: cell, as: UTF8.self)).map { $0 < 0 } ?? false
  }

  /// A date, or seconds or milliseconds since 1970 from the years 1990 to 2035.
  static func isTime(cell: String) -> Bool {
    if let number = Int(cell) {
      return (631_152_000...2_051_222_400).contains(number >= 1 << 38 ? number / 1000 : number)
    }
    let digits = cell.prefix { $0.isNumber }.count
    let rest = cell.dropFirst(digits)
    guard let mark = rest.first, "-/.".contains(mark), (1...4).contains(digits) else { return false }
    let parts = cell.split(separator: mark).prefix(3)
    return parts.count == 3 && parts.prefix(2).allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
      && parts[2].first?.isNumber == true
  }

  /// The two kinds of nodes that two columns name; nil where they name none, or the same.
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
