@testable import Experiments
@testable import SocialInfluence
import Testing

@Suite struct VerificationTests {
  /// Everything that `verify --quick` checks, group by group.
  @Test(arguments: Verification.Group.allCases)
  func quick(group: Verification.Group) throws {
    let report = try Verification.run([group], effort: .quick, workers: 2)
    #expect(report.results.count > 10)
    for result in report.results where !result.check.passes {
      Issue.record(
        "\(result.name), \(result.check.what): expected \(result.check.expected), found \(result.check.found)")
    }
  }

  /// The report does not depend on the number of workers.
  @Test func workers() throws {
    let one = try Verification.run([.bass], effort: .quick, workers: 1)
    let three = try Verification.run([.bass], effort: .quick, workers: 3)
    #expect(Verification.text(one, isWide: true) == Verification.text(three, isWide: true))
    #expect(Verification.text(one, isWide: false).split(separator: "\n").allSatisfy { $0.count <= 80 })
  }
}
