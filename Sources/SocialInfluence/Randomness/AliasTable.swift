/// Draws agents in proportion to their weights, one random word each.
///
/// A word picks a slot uniformly, then the slot's own agent or its alias. Where most weights are equal, most words give
/// the agent that a uniform choice by the same word would give: networks of arms that differ only in the few stay
/// largely alike.
///
/// Source: A. J. Walker (1977), ACM Trans. Math. Software 3:253, doi:10.1145/355744.355749; tables built in linear time
/// as by M. D. Vose (1991), IEEE Trans. Software Eng. 17:972, doi:10.1109/32.92917.
struct AliasTable: Sendable {
  private let keep: [Double]
  private let alias: [UInt32]

  /// - Precondition: weights are finite, none negative, their sum positive.
  init(weights: [Double]) {
    let count = weights.count
    let total = weights.reduce(0, +)
    precondition(total > 0 && total.isFinite, "an alias table needs a positive finite sum of weights")
    var scaled = weights.map { $0 * Double(count) / total }
    var keep = [Double](repeating: 1, count: count)
    var alias = (0..<count).map(UInt32.init)
    var small = [Int]()
    var large = [Int]()
    for index in 0..<count {
      if scaled[index] < 1 { small.append(index) } else { large.append(index) }
    }
    while let low = small.last, let high = large.last {
      small.removeLast()
      keep[low] = scaled[low]
      alias[low] = UInt32(high)
      scaled[high] -= 1 - scaled[low]
      if scaled[high] < 1 {
        large.removeLast()
        small.append(high)
      }
    }
    self.keep = keep
    self.alias = alias
  }

  /// The agent that `word` picks.
  @inline(__always)
  func agent(_ word: UInt64) -> Int {
    let (slot, place) = word.slot(of: keep.count)
    return place < keep[slot] ? slot : Int(alias[slot])
  }

  /// Prefetches what `agent(word)` will read.
  @inline(__always)
  func prefetch(_ word: UInt64) {
    let slot = word.below(keep.count)
    keep.prefetch(slot)
    alias.prefetch(slot)
  }
}
