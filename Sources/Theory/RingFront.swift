/// The front of a contagion on a ring on which every agent has r neighbors per side and adopts when θ of its neighbors
/// have.
///
/// Source: D. Centola, M. Macy (2007), Am. J. Sociology 113:702, doi:10.1086/521848: complex contagions need wide
/// bridges. The speed follows from counting: the agent d places beyond the front has r − d + 1 adopters among its
/// neighbors.
package struct RingFront {
  /// r ≥ 1.
  let neighborsPerSide: Int
  /// θ ≥ 1.
  let need: Int

  package init(neighborsPerSide: Int, need: Int) { (self.neighborsPerSide, self.need) = (neighborsPerSide, need) }

  /// r − θ + 1 agents per side and round while the front moves; otherwise 0.
  package var speed: Int { max(0, neighborsPerSide - need + 1) }

  /// Whether a contiguous block of at least r seeds takes the whole ring: iff θ ≤ r.
  package var spreads: Bool { need <= neighborsPerSide }

  /// r(r + 1)/2: the ties between the r agents before a front and the r agents behind it.
  var bridgeWidth: Int { neighborsPerSide * (neighborsPerSide + 1) / 2 }

  /// Synchronous rounds until all of `agentCount` agents have adopted after a contiguous block of `seedBlock` ≥ r
  /// seeds; nil if the front does not move. In the last rounds agents count adopters of both fronts.
  ///
  /// - Precondition: r ≤ `seedBlock` ≤ `agentCount` and `agentCount` > 2r.
  package func rounds(agentCount: Int, seedBlock: Int) -> Int? {
    precondition(seedBlock >= neighborsPerSide && seedBlock <= agentCount && agentCount > 2 * neighborsPerSide)
    guard spreads else { return nil }
    var (gap, rounds) = (agentCount - seedBlock, 0)
    while gap > 0 {
      gap -= (1...gap).count { place in
        max(0, neighborsPerSide - place + 1) + max(0, neighborsPerSide - gap + place) >= need
      }
      rounds += 1
    }
    return rounds
  }
}
