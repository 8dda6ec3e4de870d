/// Independent cascade: every new adopter has one chance with each of its listeners.
///
/// v adopts from the adopter u with probability p(u,v) = 1 − (1 − p_v)^(s · h_v · w(u,v)), independently of all others:
/// hazards, so that no product of story, trust and persuasion exceeds 1. With w = s = h = 1 it is p.
///
/// *As a need*: v draws E ~ Exp(1) once and adopts when the hazards H_v · s · h_v · w(u,v), H_v = −ln(1 − p_v), of the
/// adopters among its voices reach E. The chance that the n-th voice succeeds given that n − 1 failed is then
/// 1 − exp(−its hazard): the rule. With unit voices the need is a geometric count.
///
/// *Edge cases*: p = 0 never succeeds; p = 1 always does, at the first voice.
///
/// Sources: J. Goldenberg, B. Libai, E. Muller (2001), Marketing Letters 12:211, doi:10.1023/A:1011122126881;
/// D. Kempe, J. Kleinberg, É. Tardos (2003), KDD, doi:10.1145/956750.956769.
/// *Differs*: p can differ between listeners (drawn afresh in each draw), and voices can differ in force.
package struct IndependentCascade: ContagionRule {
  package let parameter: any Distribution
  /// How randomness is represented: one law, two couplings.
  package let coins: CoinForm
  /// p*: the probability at which candidates are sampled in the form `ties`.
  package let ceiling: Double

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    parameter = values.distribution("probability")
    coins = values.text("coins") == "ties" ? .ties : .needs
    ceiling = values.optionalNumber("ceiling") ?? Self.ceiling(for: [parameter.mean])
  }

  /// p* where the scenario is silent: the largest of its probabilities below 1, the same for all points and arms, so that
  /// candidates are the same everywhere.
  package static func ceiling(for probabilities: [Double]) -> Double {
    probabilities.filter { $0 > 0 && $0 < 1 }.max() ?? 0.5
  }

  package static let description = Description(
    "independent-cascade", "each new adopter has one chance with each listener: 1 − (1 − p)^(s·h·w)",
    source:
      "Goldenberg, Libai & Muller 2001, doi:10.1023/A:1011122126881; Kempe et al. 2003, doi:10.1145/956750.956769",
    parameters: [
      Parameter(
        "probability", .distribution(support: .probability), "p: chance that a voice of weight 1 succeeds"),
      Parameter(
        "coins", .choice(["needs", "ties"]), standard: .text("needs"),
        "needs: one need per listener, drawn beforehand; ties: successes sampled along ties. One law, other bytes"),
      Parameter(
        "ceiling", .number(ValueRange(0, 1, includesLower: false, includesUpper: false)), isOptional: true,
        "p*: sampling probability of coins `ties`; the largest probability below 1 written in the scenario"),
    ])

  package var isIntegerOnly: Bool { false }

  package func demand(_ word: UInt64) -> Double { -naturalLogarithm(1 - word.unitInterval) }

  package func count(_ listener: Listener) -> UInt32 {
    let rate = listener.hazard * listener.responsiveness
    return rate > 0 ? Need.count(roundingUp: listener.demand / rate) : Need.never
  }

  package func units(_ listener: Listener) -> UInt64 {
    UInt64(truncatingIfNeeded: Int(max(1, roundedUp(listener.demand * Need.hazardUnit))))
  }

  package func exposure(_ weight: Double, on listener: Listener) -> UInt64 {
    let force = weight * listener.responsiveness
    return force > 0 ? Need.units(min(Need.largestHazard, force * listener.hazard) * Need.hazardUnit) : 0
  }

  /// Newton from the left: the mean of 1 − exp(−Hλa) is concave in λ, so that the steps never overshoot.
  package func force(raised: [Double], plain: [Double]?, hazards: TieHazards) -> Double {
    if raised.isEmpty || raised == plain || hazards.areAllTrivial { return 1 }
    var target = 0.0
    if plain == nil, let common = hazards.common {
      target = probability(ofHazard: common) * Double(raised.count)
    } else {
      for place in raised.indices { target += probability(ofHazard: hazards[place] * (plain?[place] ?? 1)) }
    }
    // The linear solution lies left of the root, or one step takes it there.
    var force = (plain?.reduce(0, +) ?? Double(raised.count)) / raised.reduce(0, +)
    for _ in 0..<100 {
      var mean = 0.0
      var slope = 0.0
      for place in raised.indices {
        let rate = hazards[place] * raised[place]
        guard rate < .infinity else {
          mean += 1
          continue
        }
        let failure = exponential(-rate * force)
        mean += 1 - failure
        slope += rate * failure
      }
      // Nothing left that a force could change.
      guard slope > 0 else { return 1 }
      let step = (target - mean) / slope
      force += step
      // Convergence is quadratic: the step after this one would be below 1e-16.
      if abs(step) <= force * 1e-8 { break }
    }
    return force
  }
}

/// Two representations of the same coins. They agree in law, not in bytes.
package enum CoinForm: String, Sendable {
  /// Each agent draws one need beforehand.
  case needs
  /// Successes are sampled along ties by geometric skips.
  case ties
}

/// H = −ln(1 − p) of the listener at the end of each tie.
package struct TieHazards {
  /// H where it is the same for everyone.
  let common: Double?
  private let value: Double
  private let byAgent: [Double]
  private let targets: [UInt32]

  package init(_ listeners: Listeners, _ network: Network) {
    value = listeners.hazard
    common = listeners.hazards.isEmpty ? value : nil
    byAgent = listeners.hazards
    targets = byAgent.isEmpty ? [] : network.targets
  }

  @inline(__always)
  subscript(place: Int) -> Double { byAgent.isEmpty ? value : byAgent[Int(targets[place])] }

  /// Whether every p is 0 or 1.
  var areAllTrivial: Bool { byAgent.isEmpty ? Self.isTrivial(value) : byAgent.allSatisfy(Self.isTrivial) }

  private static func isTrivial(_ hazard: Double) -> Bool { hazard == 0 || hazard == .infinity }
}
