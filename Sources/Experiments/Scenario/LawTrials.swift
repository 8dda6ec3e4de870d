internal import SocialInfluence
private import Synchronization

/// Laws tried at their extremes, which would otherwise show only in a run; remembered, because every point of a sweep
/// reads its laws anew.
enum LawTrials {
  /// A small and a large value of a law; nil where it takes values that are infinite, undefined or falling.
  typealias Ends = (low: Double, high: Double)?

  /// By the law as text, in bytes: leak checkers take the tagged pointers of settings and strings for lost.
  private static let known = Mutex<[[UInt8]: Ends]>([:])
  private static let most = 256

  static func ends(_ law: any Distribution, _ setting: Setting) -> Ends {
    if let ends = law.ends { return (ends.lowerBound, ends.upperBound) }
    let key = Array(setting.inline.utf8)
    if let found = known.withLock({ $0[key] }) { return found }
    let ends = canBeDrawn(law) ? (law.value(at: 1e-9), law.value(at: 1 - 1e-9)) : nil
    known.withLock { known in
      if known.count == most { known = [:] }
      known[key] = .some(ends)
    }
    return ends
  }

  private static let largestValue = 1e12

  private static func canBeDrawn(_ law: any Distribution) -> Bool {
    // Uniform numbers lie from 2⁻⁵³ to 1 − 2⁻⁵³; latents are no more extreme.
    let values = [0x1p-53, 1e-12, 1e-6, 0.01, 0.25, 0.5, 0.75, 0.99, 1 - 1e-6, 1 - 1e-12, 1 - 0x1p-53].map {
      law.value(at: $0)
    }
    return zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }
      && (values + [law.mean]).allSatisfy { $0.isFinite && abs($0) < largestValue }
  }
}
