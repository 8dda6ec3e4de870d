/// Independent cascade: every new adopter has one chance with each of its listeners.
///
/// v adopts from the adopter u with probability p(u,v) = 1 − (1 − p)^(s · h_v · w(u,v)), independently of all others. p
/// is one number, a law from which each listener draws afresh in each draw (`by: listener`), a law from which each tie
/// draws once for its network (`by: tie`), or the weight of the tie in the file (`by: weight`).
///
/// *As a need*: v draws E ~ Exp(1) once and adopts when the hazards −ln(1 − p) · s · h_v · w(u,v) of the adopters among
/// its voices reach E. With unit voices and one p the need is a geometric count.
///
/// *Edge cases*: p = 0 never succeeds; p = 1 always does, at the first voice.
///
/// Sources: J. Goldenberg, B. Libai, E. Muller (2001), Marketing Letters 12:211, doi:10.1023/A:1011122126881;
/// D. Kempe, J. Kleinberg, É. Tardos (2003), KDD, doi:10.1145/956750.956769.
/// *Differs*: p can differ between listeners, and voices can differ in force.
package struct IndependentCascade: CascadeRule {
  let parameter: any Distribution
  package let hazardSource: HazardSource
  package let coins: Coins

  package init(_ values: ParameterValues) throws(InvalidParameter) {
    let by = values.optionalText("by") ?? "listener"
    guard by == "weight" || values.optionalDistribution("probability") != nil else {
      throw InvalidParameter("probability", "is missing", remedy: "write the probability p, or `by: weight`")
    }
    if by == "weight" && values.optionalDistribution("probability") != nil {
      throw InvalidParameter(
        "probability", "stands beside `by: weight`", remedy: "remove it: each tie's weight is its probability")
    }
    parameter = values.optionalDistribution("probability") ?? Constant(value: 0.5)
    switch (by, parameter.constant) {
    case ("weight", _): hazardSource = .tieWeights
    case (_, .some(let probability)): hazardSource = .common(probability: probability)
    case ("tie", nil): hazardSource = .ties(parameter)
    default: hazardSource = .listeners(parameter)
    }
    coins = Coins(values, standard: Coins.ceiling(for: [parameter.mean]))
  }

  package var traits: RuleTraits { cascadeTraits.with { $0.isOneShotCascade = true } }

  package static let description = Description(
    "independent-cascade", "each new adopter has one chance with each listener: 1 − (1 − p)^(s·h·w)",
    source:
      "Goldenberg, Libai & Muller 2001, doi:10.1023/A:1011122126881; Kempe et al. 2003, doi:10.1145/956750.956769",
    parameters: [
      Parameter.optional(
        "probability", .distribution(support: .probability), "p: chance that a voice of weight 1 succeeds"),
      Parameter(
        "by", .choice(["listener", "tie", "weight"]), standard: .text("listener"),
        "who has its own p where p is a law; `weight`: the weights of a network file are the probabilities"),
    ] + coinParameters)
}
