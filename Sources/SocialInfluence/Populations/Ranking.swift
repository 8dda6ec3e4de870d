/// Rankings of agents by a score.
package enum Ranking {
  /// Agents by descending score; equal scores in random order, the same in every draw on a network, or by ranks.
  ///
  /// - Parameters:
  ///   - series: separates the random orders of different rankings; 0 for out-ties and connectivity.
  ///   - equalRanks: ranks of the agents that order equal scores; empty: by number; nil: random order.
  static func descending(
    _ scores: [Double], at address: RandomAddress, series: Int = 0, equalRanks: [UInt32]? = nil
  ) -> [UInt32] {
    let breaks =
      equalRanks.map { ranks in scores.indices.map { ranks.isEmpty ? UInt64($0) : UInt64(ranks[$0]) } }
      ?? scores.indices.map { address.words(.ordering, entity: $0, index: series).0 }
    return scores.indices.map { UInt32($0) }.sorted { a, b in
      let (left, right) = (scores[Int(a)], scores[Int(b)])
      return left != right ? left > right : breaks[Int(a)] != breaks[Int(b)] ? breaks[Int(a)] < breaks[Int(b)] : a < b
    }
  }

  /// Normal scores Φ⁻¹((rank − ½) / N) of ascending ranks; equal scores in random order, so that the N values always
  /// differ.
  package static func normalScores(_ scores: [Double], at address: RandomAddress, series: Int = 0) -> [Double] {
    var result = [Double](repeating: 0, count: scores.count)
    for (place, agent) in descending(scores, at: address, series: series).enumerated() {
      result[Int(agent)] = -Quantile.normal((Double(place) + 0.5) / Double(scores.count))
    }
    return result
  }

  /// The `rank`-th largest of `values`, from 1: quickselect, O(N) on average.
  package static func value(_ values: [Double], ofRank rank: Int) -> Double {
    var values = values
    var (low, high) = (0, values.count - 1)
    let wanted = rank - 1
    while low < high {
      let pivot = values[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while values[left] > pivot { left += 1 }
        while values[right] < pivot { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if wanted <= right { high = right } else if wanted >= left { low = left } else { break }
    }
    return values[wanted]
  }

  /// The number of agents in the top `fraction` q of N = `count`: ⌊qN + 1e-9⌋.
  package static func topCount(_ fraction: Double, of count: Int) -> Int {
    Int((fraction * Double(count) + 1e-9).rounded(.down))
  }
}
