internal import CGSL

/// A solver that gave no result.
package struct NumericalFailure: Error, CustomStringConvertible {
  /// What was being computed.
  package let what: String
  /// GSL's error number.
  package let status: Int

  package var description: String { "\(what) did not succeed (GSL error \(status))" }
}

/// GSL's return codes.
enum GSLStatus {
  static let success = Int32(GSL_SUCCESS)

  static func check(_ status: Int32, _ what: String) throws(NumericalFailure) {
    guard status == success else { throw NumericalFailure(what: what, status: Int(status)) }
  }
}
