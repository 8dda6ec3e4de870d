/// Philox 4x32 with ten rounds: a counter-based generator, a pure function of (counter, key).
///
/// No state is carried from one call to the next, so that every random number of a simulation can be computed from its
/// address, in any order and on any number of threads.
///
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw (2011), Parallel random numbers: as easy as 1, 2, 3,
/// SC11, doi:10.1145/2063384.2063405. Checked against the authors' known answers.
package enum Philox4x32 {
  /// The 128 random bits of `counter` under `key`; lane 0 is the authors' first word.
  @inline(__always)
  package static func block(_ counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (x0, x1, x2, x3) = (counter.x, counter.y, counter.z, counter.w)
    var (k0, k1) = (key.x, key.y)
    for round in 0..<10 {
      if round > 0 {
        k0 &+= 0x9E37_79B9
        k1 &+= 0xBB67_AE85
      }
      let left = UInt64(x0) &* 0xD251_1F53
      let right = UInt64(x2) &* 0xCD9E_8D57
      (x0, x1, x2, x3) = (
        UInt32(truncatingIfNeeded: right >> 32) ^ x1 ^ k0, UInt32(truncatingIfNeeded: right),
        UInt32(truncatingIfNeeded: left >> 32) ^ x3 ^ k1, UInt32(truncatingIfNeeded: left)
      )
    }
    return SIMD4(x0, x1, x2, x3)
  }
}
