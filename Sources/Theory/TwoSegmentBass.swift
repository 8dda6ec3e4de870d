internal import SocialInfluence

/// Influentials (segment 1) and imitators (segment 2): F1' = (p1 + q1 F1)(1 − F1),
/// F2' = (p2 + q2[w F1 + (1 − w)F2])(1 − F2), F = θF1 + (1 − θ)F2.
///
/// Source: C. Van den Bulte, Y. V. Joshi (2007), Marketing Science 26:400, doi:10.1287/mksc.1060.0224.
package struct TwoSegmentBass {
  /// p1 and q1, rates per unit of time.
  package let influentials: Bass
  /// p2 and q2, rates per unit of time; p2 may be 0.
  let imitators: Bass
  /// θ in [0, 1], the share of influentials in the population.
  let influentialShare: Double
  /// w in [0, 1], the weight that imitators give to influentials.
  package let weight: Double

  package init(influentials: Bass, imitators: Bass, influentialShare: Double, weight: Double) {
    (self.influentials, self.imitators) = (influentials, imitators)
    (self.influentialShare, self.weight) = (influentialShare, weight)
  }

  /// A moment of the diffusion.
  package struct Point {
    package let time: Double
    /// F, the share of adopters.
    package let share: Double
    /// F', the share adopting per unit of time.
    package let density: Double
    /// F1, the share of adopters among influentials.
    package let influentials: Double
    /// F2, the share of adopters among imitators.
    let imitators: Double
  }

  /// The diffusion at `times`, ascending from 0 or later.
  package func points(at times: [Double]) throws(NumericalFailure) -> [Point] {
    let states = try InitialValueProblem.states(from: [0, 0], at: times) { _, state, slope in
      (slope[0], slope[1]) = slopes(state[0], state[1])
    }
    return zip(times, states).map { time, state in
      let (first, second) = slopes(state[0], state[1])
      return Point(
        time: time, share: mixed(state[0], state[1]), density: mixed(first, second), influentials: state[0],
        imitators: state[1])
    }
  }

  /// F(t) in closed form if imitators follow influentials only and never adopt by themselves (w = 1, p2 = 0, q1 > 0):
  /// F2 = 1 − (1 − F1)^(q2/q1) e^(p1 q2 t/q1). Nil otherwise.
  package func closedFormShare(at time: Double) -> Double? {
    guard weight == 1, imitators.innovation == 0, influentials.imitation > 0 else { return nil }
    let first = influentials.share(at: time)
    let ratio = imitators.imitation / influentials.imitation
    let second = probability(
      ofHazard: ratio * hazard(ofProbability: first) - influentials.innovation * ratio * time)
    return mixed(first, second)
  }

  /// The local maxima of the adoption rate strictly between 0 and `end`, in order of time: two if a dip separates early
  /// from late adoption. Maxima closer than `end`/2000 merge.
  package func peaks(before end: Double) throws(NumericalFailure) -> [Point] {
    let times = (0...2000).map { end * Double($0) / 2000 }
    let points = try points(at: times)
    var peaks = [Point]()
    for i in 1..<2000 where points[i].density >= points[i - 1].density && points[i].density > points[i + 1].density {
      let time = Roots.between(times[i - 1], times[i + 1]) { growth(at: $0) }
      peaks += try self.points(at: [time])
    }
    return peaks
  }

  /// F'' at a time; NaN if the solver fails.
  private func growth(at time: Double) -> Double {
    guard let point = try? points(at: [time]).first else { return .nan }
    let (first, second) = (point.influentials, point.imitators)
    let (firstSlope, secondSlope) = slopes(first, second)
    let firstGrowth =
      influentials.imitation * firstSlope * (1 - first)
      - (influentials.innovation + influentials.imitation * first) * firstSlope
    let heard = imitators.imitation * (weight * first + (1 - weight) * second)
    let heardSlope = imitators.imitation * (weight * firstSlope + (1 - weight) * secondSlope)
    return mixed(firstGrowth, heardSlope * (1 - second) - (imitators.innovation + heard) * secondSlope)
  }

  private func slopes(_ first: Double, _ second: Double) -> (Double, Double) {
    let heard = weight * first + (1 - weight) * second
    return (
      (influentials.innovation + influentials.imitation * first) * (1 - first),
      (imitators.innovation + imitators.imitation * heard) * (1 - second)
    )
  }

  private func mixed(_ first: Double, _ second: Double) -> Double {
    influentialShare * first + (1 - influentialShare) * second
  }
}
