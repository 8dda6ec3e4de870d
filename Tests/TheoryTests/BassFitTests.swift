import Foundation
@testable import SocialInfluence
import Testing
@testable import Theory

@Suite struct BassFitTests {
  /// Sales that lie beside the repository where it is developed.
  static let salesFile: URL = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return root.appending(path: "../shared/data/bass/bass_sales.csv")
  }()
  static let hasSales = FileManager.default.fileExists(atPath: salesFile.path)

  init() { Quantile.prepare() }

  @Test(
    .enabled(if: hasSales, "the shared data are not beside this repository"),
    arguments: [
      ("room_air_conditioners", 0.0094, 0.3748, 18713.0), ("color_televisions", 0.0185, 0.6159, 39658),
      ("clothes_dryers", 0.0136, 0.3267, 16497),
    ])
  func publishedSales(series: String, p: Double, q: Double, market: Double) throws {
    let text = try String(contentsOf: Self.salesFile, encoding: .utf8)
    let sales = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
      .filter { $0[0] == series }.compactMap { Double($0[3]) }
    let fit = try BassFit(sales: sales)
    #expect(agrees(fit.bass.innovation, p, digits: 4), "\(fit)")
    #expect(agrees(fit.bass.imitation, q, digits: 4), "\(fit)")
    #expect(abs(fit.market - market) < 1, "\(fit)")
  }

  /// Sales made by the model give the model back.
  @Test(arguments: [(0.02, 0.4, 1000.0), (0.005, 0.84, 3), (0.05, 0.1, 1e6)])
  func exactSales(p: Double, q: Double, market: Double) throws {
    let sales = BassFit.sales(Bass(innovation: p, imitation: q), market: market, periods: 12)
    let fit = try BassFit(sales: sales)
    #expect(abs(fit.bass.innovation / p - 1) < 1e-6 && abs(fit.bass.imitation / q - 1) < 1e-6, "\(fit)")
    #expect(abs(fit.market / market - 1) < 1e-6 && fit.residualSumOfSquares < 1e-12 * market * market)
  }
}
