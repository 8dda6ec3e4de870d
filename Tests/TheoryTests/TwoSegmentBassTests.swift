@testable import SocialInfluence
import Testing
@testable import Theory

@Suite struct TwoSegmentBassTests {
  private let published = TwoSegmentBass(
    influentials: Bass(innovation: 0.03, imitation: 0.5), imitators: Bass(innovation: 0, imitation: 0.5),
    influentialShare: 0.2, weight: 1)

  init() { Quantile.prepare() }

  @Test func values() throws {
    let points = try published.points(at: [5, 10])
    #expect(agrees(points[0].share, 0.35258055, digits: 8) && agrees(points[1].share, 0.89580196, digits: 8))
    let peaks = try published.peaks(before: 30)
    #expect(peaks.count == 1)
    let peak = try #require(peaks.first)
    #expect(agrees(peak.time, 5.644, digits: 3) && agrees(peak.density, 0.146182, digits: 6), "\(peak)")
  }

  @Test func closedFormAgainstTheSolver() throws {
    let times = [0, 0.5, 2, 5, 10, 25]
    for (time, point) in zip(times, try published.points(at: times)) {
      #expect(abs(try #require(published.closedFormShare(at: time)) - point.share) < 1e-10)
    }
    let mutual = TwoSegmentBass(
      influentials: published.influentials, imitators: published.imitators, influentialShare: 0.2, weight: 0.5)
    #expect(mutual.closedFormShare(at: 5) == nil)
  }

  /// Everybody an influential: Bass' curve.
  @Test func oneSegment() throws {
    let model = TwoSegmentBass(
      influentials: Bass(innovation: 0.03, imitation: 0.38), imitators: Bass(innovation: 0, imitation: 0.5),
      influentialShare: 1, weight: 1)
    #expect(abs(try model.points(at: [8])[0].share - model.influentials.share(at: 8)) < 1e-11)
    let peak = try #require(try model.peaks(before: 20).first)
    #expect(abs(peak.time - (try #require(model.influentials.peakTime))) < 1e-6)
  }

  /// Fast influentials whom imitators hardly heed: a dip between early and late adoption.
  @Test func dip() throws {
    let model = TwoSegmentBass(
      influentials: Bass(innovation: 0.05, imitation: 2), imitators: Bass(innovation: 0, imitation: 0.8),
      influentialShare: 0.3, weight: 0.01)
    let peaks = try model.peaks(before: 30)
    #expect(peaks.count == 2, "\(peaks)")
  }
}
