/// Ids of a network file in order of first appearance: from text to number and back.
///
/// Most files number their agents. An id that is a whole number below 10⁹ without leading zeros is kept as that number
/// and found by value; every other id is kept as text. "7" and "07" are different ids.
struct NameTable: Sendable {
  /// Per agent: its number, or `firstText` plus the index of its text.
  private var codes: [UInt32] = []
  private static let firstText: UInt32 = 1_000_000_000
  private static let free = UInt32.max

  /// The agent of each small number, by value.
  private var direct: [UInt32] = []
  /// The agents of numbers that lay beyond `direct` at first appearance: open addressing.
  private var sparse: [UInt32] = []
  private var sparseCount = 0

  /// Texts end to end, the end and the agent of each, and their indices by open addressing.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  var textAgents: [UInt32] = []
  private var slots: [UInt32] = []

  init() {}

  var count: Int { codes.count }

  /// Bytes of the longest text, at least 10: no number is longer.
  var longest: Int { ends.indices.reduce(10) { max($0, ends[$1] - ($1 == 0 ? 0 : ends[$1 - 1])) } }

  /// The id of agent `index`.
  subscript(index: Int) -> String {
    let code = codes[index]
    return code < Self.firstText ? String(code) : String(decoding: text(Int(code - Self.firstText)), as: UTF8.self)
  }

  /// The agent with id `name`, added if it is new; nil if there are `limit` agents already.
  mutating func index(adding name: [UInt8], limit: Int = Int(UInt32.max) - 1) -> Int? {
    if let number = Self.number(name) { return index(adding: number, limit: limit) }
    if 2 * (textAgents.count + 1) > slots.count { growTexts() }
    var slot = home(name)
    while slots[slot] != Self.free {
      let known = Int(slots[slot])
      if text(known).elementsEqual(name) { return Int(textAgents[known]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    guard count < limit, textAgents.count < Int(UInt32.max - Self.firstText) else { return nil }
    slots[slot] = UInt32(textAgents.count)
    bytes.append(contentsOf: name)
    ends.append(bytes.count)
    codes.append(Self.firstText + UInt32(textAgents.count))
    textAgents.append(UInt32(count - 1))
    return count - 1
  }

  /// The same for an id that is a whole number below 10⁹.
  @inline(__always)
  mutating func index(adding number: UInt32, limit: Int = Int(UInt32.max) - 1) -> Int? {
    if Int(number) < direct.count, direct[Int(number)] != Self.free { return Int(direct[Int(number)]) }
    return index(addingRare: number, limit: limit)
  }

  private mutating func index(addingRare number: UInt32, limit: Int) -> Int? {
    if let known = sparseIndex(of: number) { return known }
    guard count < limit else { return nil }
    codes.append(number)
    let agent = UInt32(count - 1)
    // `direct` may hold 16 entries per id so far.
    if Int(number) >= direct.count && Int(number) < 16 * (count + 4096) {
      let size = max(2 * direct.count, Int(number) + 1)
      direct.append(contentsOf: repeatElement(Self.free, count: size - direct.count))
    }
    if number < direct.count {
      direct[Int(number)] = agent
    } else {
      enter(agent)
    }
    return Int(agent)
  }

  /// The agent with id `name`; nil if it never appeared.
  func index(of name: some Collection<UInt8>) -> Int? {
    if let number = Self.number(name) {
      if Int(number) < direct.count, direct[Int(number)] != Self.free { return Int(direct[Int(number)]) }
      return sparseIndex(of: number)
    }
    guard !slots.isEmpty else { return nil }
    var slot = home(name)
    while slots[slot] != Self.free {
      let known = Int(slots[slot])
      if text(known).elementsEqual(name) { return Int(textAgents[known]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The whole number below 10⁹ that `name` is, in decimal without leading zeros.
  static func number(_ name: some Collection<UInt8>) -> UInt32? {
    guard (1...9).contains(name.count), let first = name.first, first != UInt8(ascii: "0") || name.count == 1 else {
      return nil
    }
    var number: UInt32 = 0
    for byte in name {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      number = 10 * number + UInt32(byte - UInt8(ascii: "0"))
    }
    return number
  }

  // MARK: Numbers in exponent notation

  /// Ids such as `1e+05`, which R writes for 100000: how many, and the first.
  var shortenedNumbers: (count: Int, first: String)? {
    var (count, first) = (0, "")
    for index in textAgents.indices {
      let name = text(index)
      guard name.count < 25, name.contains(UInt8(ascii: "e")) || name.contains(UInt8(ascii: "E")),
        let start = name.first, start >= UInt8(ascii: "0") && start <= UInt8(ascii: "9")
      else { continue }
      let word = String(decoding: name, as: UTF8.self)
      guard word.allSatisfy({ "0123456789.,eE+-".contains($0) }), Double(word.replacing(",", with: ".")) != nil else {
        continue
      }
      if count == 0 { first = word }
      count += 1
    }
    return count > 0 ? (count, first) : nil
  }

  /// Agents whose ids may differ from their bare form: capitals, blanks, letters beyond ASCII, numbers kept as text, addresses.
  var changeable: [Int] {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
    return textAgents.indices.filter { index in
      let name = text(index)
      return name.first.map(digits.contains) == true || name.last == UInt8(ascii: ">")
        || name.contains { $0 <= 32 || $0 > 127 || capitals.contains($0) }
    }.map { Int(textAgents[$0]) }
  }

  static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar.properties.generalCategory == .format
  }

  // MARK: Order

  /// The rank of each agent by id: whole numbers by value, then other ids as text.
  func ranks() -> [UInt32] {
    let numbers = codes.indices.filter { codes[$0] < Self.firstText }.sorted { codes[$0] < codes[$1] }
    let texts = codes.indices.filter { codes[$0] >= Self.firstText }.map { agent in
      let name = text(Int(codes[agent] - Self.firstText))
      let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
      let isWhole = name.first.map { $0 != UInt8(ascii: "0") && digits.contains($0) } ?? false
      // A longer number is larger.
      return (agent: agent, length: isWhole && name.allSatisfy(digits.contains) ? name.count : Int.max, name: name)
    }.sorted { a, b in
      a.length != b.length ? a.length < b.length : a.name.lexicographicallyPrecedes(b.name)
    }
    var ranks = [UInt32](repeating: 0, count: count)
    for (rank, agent) in (numbers + texts.map(\.agent)).enumerated() { ranks[agent] = UInt32(rank) }
    return ranks
  }

  // MARK: Numbers beyond the table by value

  private func sparseIndex(of number: UInt32) -> Int? {
    guard sparseCount > 0 else { return nil }
    var slot = sparseHome(number)
    while sparse[slot] != Self.free {
      if codes[Int(sparse[slot])] == number { return Int(sparse[slot]) }
      slot = (slot + 1) & (sparse.count - 1)
    }
    return nil
  }

  private mutating func enter(_ agent: UInt32) {
    if 2 * (sparseCount + 1) > sparse.count {
      let old = sparse
      sparse = [UInt32](repeating: Self.free, count: max(1024, 2 * old.count))
      for known in old where known != Self.free { place(known) }
    }
    place(agent)
    sparseCount += 1
  }

  private mutating func place(_ agent: UInt32) {
    var slot = sparseHome(codes[Int(agent)])
    while sparse[slot] != Self.free { slot = (slot + 1) & (sparse.count - 1) }
    sparse[slot] = agent
  }

  private func sparseHome(_ number: UInt32) -> Int {
    Int(truncatingIfNeeded: UInt64(number) &* 0x9E37_79B9_7F4A_7C15 >> 24) & (sparse.count - 1)
  }

  // MARK: Texts

  func text(_ index: Int) -> ArraySlice<UInt8> { bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }

  private func home(_ name: some Collection<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: (hash ^ hash >> 32)) & (slots.count - 1)
  }

  private mutating func growTexts() {
    slots = [UInt32](repeating: Self.free, count: max(1024, 2 * slots.count))
    for index in textAgents.indices {
      var slot = home(text(index))
      while slots[slot] != Self.free { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(index)
    }
  }
}
