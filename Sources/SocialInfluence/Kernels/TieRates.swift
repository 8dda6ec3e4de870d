/// The rate of every tie: η = −ln(1 − p(u,v)) per round, or its transmission rate in continuous time.
protocol TieRates {
  /// The rate of the tie at `place`, which leads to `listener`; infinite if p = 1.
  func rate(at place: Int, listener: Int) -> Double
  /// The rate of all ties if they are equal; else nil.
  var commonRate: Double? { get }
  /// The largest finite rate; 0 if there is none.
  var largestRate: Double { get }
}

extension TieRates {
  var commonRate: Double? { nil }
}

/// One rate for all ties.
struct CommonRate: TieRates {
  let rate: Double
  init(_ rate: Double) { self.rate = rate }
  var largestRate: Double { rate < .infinity ? rate : 0 }
  var commonRate: Double? { rate }
  @inline(__always) func rate(at place: Int, listener: Int) -> Double { rate }
}

/// One rate per listener, for voices of weight 1.
struct ListenerRates: TieRates {
  let rates: [Double]
  init(_ rates: [Double]) { self.rates = rates }
  var largestRate: Double { largestFinite(rates) }
  @inline(__always) func rate(at place: Int, listener: Int) -> Double { rates[listener] }
}

/// One rate per tie.
struct PlaceRates: TieRates {
  let rates: [Double]
  init(_ rates: [Double]) { self.rates = rates }
  var largestRate: Double { largestFinite(rates) }
  @inline(__always) func rate(at place: Int, listener: Int) -> Double { rates[place] }
}

private func largestFinite(_ rates: [Double]) -> Double { rates.reduce(0) { $1 < .infinity ? max($0, $1) : $0 } }
