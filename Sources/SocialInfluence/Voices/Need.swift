internal import CMachine

/// Needs and exposures as numbers: counts of voices, or fixed-point units.
enum Need {
  static let never = UInt32.max
  static let neverUnits = UInt64.max
  /// Hazards in units of 2⁻⁴⁰, clamped at 64, above every need (−ln(1 − U) ≤ 37).
  static let hazardUnit = 0x1p40
  static let largestHazard = 64.0
  /// Thresholds: weights in units of 2⁻²⁴.
  static let weightUnit = 0x1p24
  static let largestWeight = 0x1p36

  /// ⌈x⌉ voices, at least 1; `never` beyond the range of `UInt32`.
  @inline(__always)
  static func count(roundingUp x: Double) -> UInt32 {
    x < 4_294_967_294 ? UInt32(truncatingIfNeeded: Int(max(1, roundedUp(x)))) : never
  }

  /// ⌈demand · (1 ÷ rate)⌉ voices of every agent, as by `count(roundingUp:)`, vectorized.
  static func fill(_ counts: inout [UInt32], _ demands: [Double], rate: Double) {
    guard rate > 0 else {
      for agent in counts.indices { counts[agent] = never }
      return
    }
    machine_round_up(&counts, demands, 1 / rate, demands.count)
  }

  /// ⌈demand · 2⁴⁰⌉ units of hazard of every agent, at least 1, vectorized.
  static func fill(_ units: inout [UInt64], _ demands: [Double]) {
    machine_round_up_wide(&units, demands, hazardUnit, demands.count)
  }

  /// weight · (product of `factors`) of every voice, at most `most`, in units of 1 ÷ `unit`.
  static func fill(
    _ exposures: inout [UInt64], _ weights: [Double], by factors: (Double, Double), most: Double, unit: Double
  ) {
    machine_exposures(&exposures, weights, factors.0, factors.1, most, unit, weights.count)
    exposures.useHugePages()
  }

  /// x ≥ 0 rounded to the nearest number of units.
  @inline(__always)
  static func units(_ x: Double) -> UInt64 { UInt64(truncatingIfNeeded: Int(x + 0.5)) }
}
