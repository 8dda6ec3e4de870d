/// 1 where `value` < `limit`, else 0, without a branch: where the answer is as good as random, a processor that guesses
/// loses more than the sum takes. The two must be less than 2⁶³ apart.
@inline(__always)
func oneIf(_ value: Int, isBelow limit: Int) -> Int {
  Int(truncatingIfNeeded: UInt(bitPattern: value &- limit) &>> 63)
}
