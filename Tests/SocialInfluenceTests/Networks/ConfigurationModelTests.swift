@testable import SocialInfluence
import Testing

@Suite struct ConfigurationModelTests {
  /// Transitivity ν² / (n z) with ν = ⟨k² − k⟩ / ⟨k⟩: for Poisson degrees z / n. The mean of 100 graphs, 4 standard errors,
  /// and 3 % for what loops and repeats, switched away, leave of order 1/n.
  @Test func transitivityOfPoissonDegrees() throws {
    let law = PoissonLaw(ParameterValues(["mean": .number(10)]))
    let generator = ConfigurationModel(ParameterValues(["degrees": .distribution(law)]))
    var values = [Double]()
    for graph in 1...100 {
      let address = Fixture.random(19, network: graph)
      var demand = NetworkDemand(agentCount: 1000, meanDegree: 10)
      demand.latents = Latents(agentCount: 1000, at: address).connectivity
      let network = try generator.network(demand, at: address)
      values.append(try #require(NetworkStatistics.clustering(of: network)).global)
    }
    let mean = values.reduce(0, +) / 100
    let error = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 99 / 100).squareRoot()
    #expect(abs(mean - 0.01) < 4 * error + 3e-4)
  }
}
