/// What the header of an edge list says about its columns.
struct EdgeListHeader {
  /// Usual names of the two ends of a tie: speaker, then listener.
  private static let pairs = [
    ("source", "target"), ("src", "dst"), ("src", "dest"), ("src", "tgt"), ("sourceid", "targetid"),
    ("fromid", "toid"), ("fromnodeid", "tonodeid"), ("fromnode", "tonode"), ("sourcenode", "targetnode"),
    ("ego", "alter"),
    ("i", "j"), ("u", "v"), ("tail", "head"), ("sender", "receiver"), ("sender", "recipient"), ("caller", "callee"),
    ("user", "friend"), ("userid", "friendid"), ("follower", "followed"), ("follower", "followee"),
    ("followerid", "followedid"), ("followerid", "followeeid"), (":startid", ":endid"), ("truster", "trustee"),
    ("trustor", "trustee"),
    ("rater", "ratee"), ("citing", "cited"), ("parent", "child"), ("origin", "destination"),
    ("sourceuser", "targetuser"), ("fromuser", "touser"), ("fromuserid", "touserid"), ("userfrom", "userto"),
    ("idfrom", "idto"), ("srcnode", "dstnode"), ("srcnode", "destnode"), ("srcid", "dstid"), ("senderid", "receiverid"),
    ("parentid", "childid"), ("speaker", "listener"), ("advisor", "advisee"), ("adviser", "advisee"),
    ("influencer", "influenced"), ("influencer", "influencee"), ("infector", "infectee"),
    ("retweeteduser", "retweetinguser"), ("retweetedid", "retweeterid"), ("quelle", "ziel"), ("von", "nach"),
    ("origen", "destino"), ("source", "cible"), ("origine", "destination"), ("bron", "doel"),
    // Last, because beside another pair these are times.
    ("from", "to"),
  ]
  /// Names that end in a number or letter for each end: node1, node2; nodea, nodeb.
  private static let numbered = [
    "node", "id", "v", "vertex", "actor", "person", "name", "user", "agent", "nodeid", "userid", "member", "individual",
  ]
  private static let weights = [
    "weight", "weights", "edgeweight", "tieweight", "weight:float", "weight:double", "weight:int", "gewicht",
    "poids", "peso",
  ]

  /// The names as written.
  let names: [String]
  private let words: [String]

  init(_ fields: [[UInt8]]) {
    names = fields.map { String(decoding: $0, as: UTF8.self) }
    // Node_1, node.1, NODE 1 and node1 are one name.
    words = names.map { name in
      String(String.UnicodeScalarView(name.lowercased().unicodeScalars.filter { !" _.-".unicodeScalars.contains($0) }))
    }
  }

  /// The columns that hold the ends of ties, by name; nil if the names do not say.
  var ends: (source: Int, target: Int)? {
    let numbered = Self.numbered.flatMap { [($0 + "1", $0 + "2"), ($0 + "a", $0 + "b")] }
    for (source, target) in Self.pairs + numbered {
      if let one = words.firstIndex(of: source), let other = words.firstIndex(of: target) { return (one, other) }
    }
    return nil
  }

  /// Whether the names may themselves be ids: node1 and node2, or i and j, may be tied.
  var mayBeIds: Bool {
    ends.map { words[$0.source].count == 1 || Self.stem(words[$0.source]) != words[$0.source] } ?? false
  }

  /// Whether the row below has ids of the same form, so that these are ids, too.
  func isLike(_ row: [[UInt8]]) -> Bool {
    guard mayBeIds, let ends, max(ends.source, ends.target) < row.count else { return false }
    let below = EdgeListHeader(row).words
    let (here, there) = ([ends.source, ends.target].map { words[$0] }, [ends.source, ends.target].map { below[$0] })
    return there.contains { here.contains($0) || $0.count > 1 && here.map(Self.stem).contains(Self.stem($0)) }
  }

  /// A word without the number, or the a or b, at its end.
  private static func stem(_ word: String) -> String {
    let own = String(word.dropLast())
    if word.hasSuffix("a") || word.hasSuffix("b") { return numbered.contains(own) ? own : word }
    return String(word.reversed().drop(while: \.isNumber).reversed())
  }

  /// The first two of several columns of alters, such as alter1 and alter2.
  var alters: (String, String)? {
    let numbered = names.indices.filter {
      words[$0].wholeMatch(of: /(alter|friend|contact|name|nominee)s?[0-9]+/) != nil
    }
    return names.count > 2 && numbered.count > 1
      && ends.map { numbered.contains($0.source) && numbered.count == 2 } != true
      ? (names[numbered[0]], names[numbered[1]]) : nil
  }

  /// Whether the names of all columns but the first two are known, and the first two may be ids.
  var restIsKnown: Bool {
    names.indices.dropFirst(2).allSatisfy {
      Self.weights.contains(words[$0]) || ColumnMeaning.isKind(name: names[$0]) || ColumnMeaning.isTime(name: names[$0])
        || ColumnMeaning.isSign(name: names[$0])
    }
      && !names.prefix(2).contains { ColumnMeaning.isTime(name: $0) || Self.weights.contains($0.lowercased()) }
  }

  /// Whether one of the two columns behind the row numbers holds no ids, by its name.
  var mayMissIds: Bool {
    names.indices.dropFirst().prefix(2).contains {
      Self.weights.contains(words[$0]) || ColumnMeaning.isTime(name: names[$0]) || ColumnMeaning.isSign(name: names[$0])
    }
  }

  /// The column of weights.
  var weight: Int? { words.firstIndex { Self.weights.contains($0) } }

  /// Whether the first column has no name: programs write row numbers there.
  var hasRowNumbers: Bool { words.first?.isEmpty == true && words.count > 2 && !restIsKnown }

  func place(of name: String) -> Int? {
    names.firstIndex(of: name) ?? names.firstIndex { $0.lowercased() == name.lowercased() }
  }
}
