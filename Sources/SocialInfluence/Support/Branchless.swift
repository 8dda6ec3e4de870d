/// Branch-free: 1 if `value` < `limit`, else 0; for comparisons with unpredictable results. The two must be less than
/// 2⁶³ apart.
@inline(__always)
func oneIf(_ value: Int, isBelow limit: Int) -> Int {
  Int(truncatingIfNeeded: UInt(bitPattern: value &- limit) &>> 63)
}
