/// All variants that a scenario can name: a new one takes a file of its own and a line here.
package enum Catalogue {
  package static let rules: [any ContagionRule.Type] = [
    IndependentCascade.self, WeightedCascade.self, Trivalency.self, FractionalThreshold.self, AbsoluteThreshold.self,
    LinearThreshold.self, AdoptionTable.self, DecreasingCascade.self, BelowThresholdPerExposure.self,
    SusceptibleInfected.self,
    SusceptibleInfectedRecovered.self, SusceptibleInfectedSusceptible.self, ContinuousSIR.self, BassRule.self,
    InfluentialsAndImitators.self, TalkOfTheNetwork.self, BelowThresholdPerStep.self, DoseMemory.self,
  ]
  package static let networks: [any NetworkGenerator.Type] = [
    InfluenceNetwork.self, ChungLu.self, GnpNetwork.self, GnmNetwork.self, ConfigurationModel.self,
    PlantedBlocks.self, BarabasiAlbert.self, HolmeKim.self, WattsStrogatz.self, RingLattice.self, Torus.self,
    DisjointCliques.self,
    CompleteNetwork.self,
  ]
  package static let seedings: [any SeedingStrategy.Type] = [
    RandomSeeds.self, HighestDegree.self, LowestDegree.self, HighestBetweenness.self, TopFraction.self,
    SeedsByRole.self, SeedsByTrait.self, SeedsByColumn.self, ExplicitSeeds.self, Neighborhood.self, RandomFriend.self,
  ]
  package static let distributions: [any Distribution.Type] = [
    Constant.self, TruncatedNormal.self, UniformLaw.self, BetaLaw.self, GammaLaw.self, Lognormal.self,
    ExponentialLaw.self, PoissonLaw.self, NegativeBinomial.self, PowerLaw.self, ListedValues.self,
  ]
  /// The laws that can be the degree law of a configuration model.
  package static let degreeLaws: [any Distribution.Type] = [
    PoissonLaw.self, Lognormal.self, PowerLaw.self, NegativeBinomial.self, Constant.self, ListedValues.self,
  ]
}
