internal import CMachine

/// ln x to about one unit in the last place, the same bits on every machine if x is a normal number: needs, skips and
/// waiting times are logarithms of uniforms.
@inline(__always) package func naturalLogarithm(_ x: Double) -> Double {
  // Not 0, negative, subnormal, infinite or NaN.
  x.bitPattern &- 0x0010_0000_0000_0000 < 0x7FE0_0000_0000_0000 ? machine_unit_log(x) : machine_log(x)
}

/// The other elementary functions are the C library's: their results are the same with the same build of the library;
/// results from integers alone are the same everywhere.
@inline(__always) package func exponential(_ x: Double) -> Double { machine_exp(x) }
@inline(__always) func sine(_ x: Double) -> Double { machine_sin(x) }
@inline(__always) package func power(_ base: Double, _ exponent: Double) -> Double { machine_pow(base, exponent) }

/// ⌈x⌉ and ⌊x⌋ for |x| < 2⁶², in a few instructions: on baseline x86-64 the C library's versions are calls.
@inline(__always) func roundedUp(_ x: Double) -> Double {
  let whole = Double(Int(x))
  return whole < x ? whole + 1 : whole
}
@inline(__always) func roundedDown(_ x: Double) -> Double {
  let whole = Double(Int(x))
  return whole > x ? whole - 1 : whole
}

/// The hazard −ln(1 − p) of a probability: 0 at 0, infinite at 1.
@inline(__always) package func hazard(ofProbability probability: Double) -> Double { -machine_log1p(-probability) }

/// The probability 1 − exp(−η) of a hazard.
@inline(__always) package func probability(ofHazard hazard: Double) -> Double { -machine_expm1(-hazard) }
