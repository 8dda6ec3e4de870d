internal import CMachine

/// Ties from which to build a network, in pieces that can be read concurrently. No loops; pairs may repeat.
protocol TieSource: Sendable {
  var tieCount: Int { get }
  var pieceCount: Int { get }
  /// Calls `body` with the ties of a piece, in their order.
  func forEachTie(in piece: Int, _ body: (_ source: UInt32, _ target: UInt32) -> Void)
  /// All ties as parallel arrays.
  func flat() -> FlatTies
  /// The ties as pairs, if they come distinct and in order; else nil.
  func ordered(agentCount: Int) -> OrderedPairs?
}

extension TieSource {
  func flat() -> FlatTies {
    var ties = FlatTies(sources: [], targets: [])
    ties.sources.reserveCapacity(tieCount)
    ties.targets.reserveCapacity(tieCount)
    for piece in 0..<pieceCount {
      forEachTie(in: piece) { source, target in
        ties.sources.append(source)
        ties.targets.append(target)
      }
    }
    return ties
  }

  func ordered(agentCount: Int) -> OrderedPairs? { nil }
}

/// Distinct ties from lesser to greater ids, rows ascending: nothing is left to sort.
struct OrderedTies: TieSource {
  let rows: [TieRows]

  var tieCount: Int { rows.tieCount }
  var pieceCount: Int { rows.pieceCount }

  @inline(__always)
  func forEachTie(in piece: Int, _ body: (_ source: UInt32, _ target: UInt32) -> Void) {
    rows.forEachTie(in: piece, body)
  }

  func flat() -> FlatTies { rows.flat() }
  func ordered(agentCount: Int) -> OrderedPairs? { OrderedPairs(ordered: rows, agentCount: agentCount) }
}

/// Ties of consecutive agents: four bytes per tie instead of eight.
struct TieRows: Sendable {
  let firstAgent: Int
  /// Where the row of each agent ends in `targets`.
  var ends: [UInt32] = []
  var targets: [UInt32] = []

  init(_ agents: Range<Int>, meanRow: Double) {
    firstAgent = agents.lowerBound
    ends.reserveCapacity(agents.count)
    // Four standard deviations above the mean, so that few pieces must grow.
    let mean = meanRow * Double(agents.count)
    targets.reserveCapacity(Int(mean + 4 * mean.squareRoot()) + 16)
  }

  /// Ends the row of the next agent: all targets appended since the last call.
  @inline(__always)
  mutating func endRow() { ends.append(UInt32(truncatingIfNeeded: targets.count)) }

  /// Sorts the unfinished row that begins at `start`.
  mutating func sortRow(from start: Int) { RowSort.sortRow(&targets, from: start) }

  /// Whether the sorted row from `start` on holds distinct agents other than `agent`.
  func isRow(from start: Int, of agent: Int) -> Bool {
    for place in start..<targets.count {
      if targets[place] == agent || place > start && targets[place] == targets[place - 1] { return false }
    }
    return true
  }
}

extension TieRows {
  /// Makes the rows of all agents, in pieces shared by several workers.
  ///
  /// - Parameter make: appends the rows of a range of agents.
  static func collect<Scratch>(
    agentCount: Int, meanRow: Double, workers: Int, workspace: @Sendable () -> Scratch,
    _ make: @Sendable (inout Scratch, Range<Int>, inout TieRows) -> Void
  ) -> [TieRows] {
    // Pieces of about 2¹⁶ ties: large enough to be worth a claim, small enough to balance the load.
    let width = max(256, min(1 << 14, Int(65_536 / max(1, meanRow)) & ~255))
    return Parallel.map((agentCount + width - 1) / width, workers: workers, workspace: workspace) { own, piece in
      let agents = piece * width..<min(agentCount, (piece + 1) * width)
      var rows = TieRows(agents, meanRow: meanRow)
      make(&own, agents, &rows)
      return rows
    }
  }
}

extension [TieRows]: TieSource {
  var tieCount: Int { reduce(0) { $0 + $1.targets.count } }
  var pieceCount: Int { count }

  @inline(__always)
  func forEachTie(in piece: Int, _ body: (UInt32, UInt32) -> Void) {
    let rows = self[piece]
    let targets = rows.targets.span
    var start = 0
    for (place, end) in rows.ends.enumerated() {
      let source = UInt32(truncatingIfNeeded: rows.firstAgent &+ place)
      for tie in start..<Int(end) { body(source, targets[tie]) }
      start = Int(end)
    }
  }

  func flat() -> FlatTies {
    var ties = FlatTies(sources: [], targets: [])
    if count == 1 {
      ties.targets = self[0].targets
    } else {
      ties.targets.reserveCapacity(tieCount)
      for piece in self { ties.targets += piece.targets }
    }
    ties.sources = [UInt32](count: ties.targets.count) { sources in
      var start = 0
      for piece in self {
        let own = sources[start..<start + piece.targets.count]
        machine_row_owners(
          own.start, own.count, piece.ends, UInt32(truncatingIfNeeded: piece.firstAgent), piece.ends.count)
        start += own.count
      }
    }
    return ties
  }
}

extension [TieRows] {
  /// All rows, one after the other.
  func joined(workers: Int) -> (offsets: [UInt32], targets: [UInt32]) {
    let voices = tieCount
    precondition(voices < Int(UInt32.max), "a stored network holds fewer than 2³² voices")
    var offsets: [UInt32] = [0]
    offsets.reserveCapacity(reduce(1) { $0 + $1.ends.count })
    var starts = [0]
    for piece in self {
      let start = UInt32(truncatingIfNeeded: starts[starts.count - 1])
      for end in piece.ends { offsets.append(start &+ end) }
      starts.append(Int(start) + piece.targets.count)
    }
    let targets = [UInt32](count: voices) { [starts] targets in
      targets.preferHugePages()
      Parallel.forEach(count, workers: workers) { piece in
        targets[starts[piece]..<starts[piece + 1]].put(self[piece].targets)
      }
    }
    return (offsets, targets)
  }
}

extension TieList: TieSource {
  static let pieceSize = 1 << 16
  var tieCount: Int { count }
  var pieceCount: Int { (count + Self.pieceSize - 1) / Self.pieceSize }

  @inline(__always)
  func forEachTie(in piece: Int, _ body: (UInt32, UInt32) -> Void) {
    let (sources, targets) = (sources.span, targets.span)
    for tie in piece * Self.pieceSize..<min(count, (piece + 1) * Self.pieceSize) { body(sources[tie], targets[tie]) }
  }

  func flat() -> FlatTies { FlatTies(sources: sources, targets: targets) }
}

/// A growing list of ties, kept in pieces so that growth copies nothing.
package struct TieBlocks: Sendable {
  private var full: [TieList] = []
  private var last = TieList()

  package init() {}

  /// Takes full pieces and a last one that may be short.
  init(_ pieces: [TieList]) {
    full = Array(pieces.dropLast())
    last = pieces.last ?? TieList()
    precondition(full.allSatisfy { $0.count == TieList.pieceSize }, "only the last piece may be short")
  }

  package var count: Int { full.count * TieList.pieceSize + last.count }

  @inline(__always)
  package mutating func append(_ source: Int, _ target: Int) {
    if last.count == TieList.pieceSize {
      full.append(last)
      last = TieList()
    }
    if last.count == 0 { last.reserveCapacity(TieList.pieceSize) }
    last.append(source, target)
  }

  /// The same ties in one list, all with the same weight.
  package func list(weight: Double) -> TieList {
    var list = TieList(weights: [Double](repeating: weight, count: count))
    list.reserveCapacity(count)
    for piece in 0..<pieceCount { forEachTie(in: piece) { list.append(Int($0), Int($1)) } }
    return list
  }
}

extension TieBlocks: TieSource {
  var tieCount: Int { count }
  var pieceCount: Int { full.count + 1 }

  @inline(__always)
  func forEachTie(in piece: Int, _ body: (UInt32, UInt32) -> Void) {
    (piece < full.count ? full[piece] : last).forEachTie(in: 0, body)
  }

  func flat() -> FlatTies {
    var ties = FlatTies(sources: [], targets: [])
    for piece in full + [last] {
      ties.sources += piece.sources
      ties.targets += piece.targets
    }
    return ties
  }
}
