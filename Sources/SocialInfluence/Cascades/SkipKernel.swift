/// η = −ln(1 − p(u,v)) of every tie: the hazard below which the first point of the tie's unit-rate process must lie.
package protocol TieRates {
  /// η of the tie at `place`, which leads to `listener`; infinite where p = 1.
  func rate(at place: Int, listener: Int) -> Double
  /// The rate of all ties where they do not differ; nil elsewhere.
  var commonRate: Double? { get }
}

extension TieRates {
  package var commonRate: Double? { nil }
}

/// One rate for all ties.
package struct CommonRate: TieRates {
  let rate: Double
  package init(_ rate: Double) { self.rate = rate }
  package var commonRate: Double? { rate }
  @inline(__always) package func rate(at place: Int, listener: Int) -> Double { rate }
}

/// One rate per listener, where all voices are 1.
package struct ListenerRates: TieRates {
  let rates: [Double]
  package init(_ rates: [Double]) { self.rates = rates }
  @inline(__always) package func rate(at place: Int, listener: Int) -> Double { rates[listener] }
}

/// One rate per tie.
package struct PlaceRates: TieRates {
  let rates: [Double]
  package init(_ rates: [Double]) { self.rates = rates }
  @inline(__always) package func rate(at place: Int, listener: Int) -> Double { rates[place] }
}

/// The independent cascade with `coins: ties`: a speaker's successes are sampled by geometric skips along its ties.
///
/// Each tie has a unit-rate Poisson process on the hazard axis and succeeds when its first point lies below η. In layer
/// ℓ = 0, 1, … of width H = −ln(1 − p*), candidates come by skips at p*; a candidate with uniform U lies at
/// ℓH − ln(1 − p*U) and is kept when that is below η. Candidates are addressed by speaker, layer and counter, so that they
/// are the same in every arm: more force, more story or more ties to later ids never lose a success.
package enum SkipKernel {
  /// Layers that the address can tell apart.
  package static let layerLimit = 1 << 13

  /// How candidates are sampled.
  package struct Candidates: Sendable {
    /// p*.
    let ceiling: Double
    /// H = −ln(1 − p*).
    let width: Double
    let layers: Int
    let needsKeeping: Bool

    /// - Parameters:
    ///   - largestRate: no finite η is larger.
    ///   - needsKeeping: false where every η is exactly H: then each candidate succeeds and the second uniform is not
    ///     drawn.
    package init(ceiling: Double, largestRate: Double, needsKeeping: Bool) {
      self.ceiling = ceiling
      width = hazard(ofProbability: ceiling)
      let layers = needsKeeping ? (largestRate / width).rounded(.up) : 1
      self.layers = layers < Double(layerLimit) ? Int(layers) : layerLimit
      self.needsKeeping = needsKeeping
    }
  }

  /// The listeners with whom a speaker succeeds, adopters or not, in a fixed order; a listener may come twice.
  ///
  /// `isOpen` may keep listeners out for whom nothing needs to be drawn any more.
  @inline(__always)
  static func successes<Rates: TieRates>(
    of speaker: Int, on network: borrowing Network, rates: Rates, _ candidates: Candidates, at address: RandomAddress,
    where isOpen: (Int) -> Bool, _ succeed: (Int) -> Void
  ) {
    let row = network.voices(of: speaker)
    let end = Planted.has(.lastTieSkipped) ? max(row.lowerBound, row.upperBound - 1) : row.upperBound
    for layer in 0..<candidates.layers {
      let index = layer << 22
      var words = address.stream(.coins, entity: speaker, index: index)
      var counter = 0
      var place = row.lowerBound + words.next().failures(hazard: candidates.width)
      while place < end {
        let listener = Int(network.targets[place])
        if isOpen(listener) {
          var isKept = true
          if candidates.needsKeeping {
            let pair = address.words(.coins, entity: speaker, index: 1 << 35 | index | counter >> 1)
            let uniform = (counter & 1 == 0 ? pair.0 : pair.1).unitInterval
            let point = Double(layer) * candidates.width - naturalLogarithm(1 - candidates.ceiling * uniform)
            isKept = point < rates.rate(at: place, listener: listener)
          }
          if isKept { succeed(listener) }
        }
        counter += 1
        place += 1 + words.next().failures(hazard: candidates.width)
      }
    }
    // p = 1 succeeds without a draw.
    for place in row.lowerBound..<end {
      let listener = Int(network.targets[place])
      if isOpen(listener) && rates.rate(at: place, listener: listener) == .infinity { succeed(listener) }
    }
  }

  /// - Parameter hasAdopted: all false on entry and on return.
  /// - Precondition: fewer than `layerLimit` layers.
  package static func spread<Rates: TieRates>(
    from seeds: [UInt32], on network: borrowing Network, rates: Rates, _ candidates: Candidates,
    at address: RandomAddress, hasAdopted: inout [Bool], queue: inout [UInt32], stepEnds: inout [Int]
  ) {
    precondition(candidates.layers < layerLimit, "the ceiling is too small for the largest hazard")
    var tail = 0
    for seed in seeds {
      hasAdopted[Int(seed)] = true
      queue[tail] = seed
      tail += 1
    }
    stepEnds.removeAll(keepingCapacity: true)
    stepEnds.append(tail)
    var head = 0
    while head < tail {
      let stepEnd = tail
      while head < stepEnd {
        let speaker = Int(queue[head])
        head += 1
        successes(of: speaker, on: network, rates: rates, candidates, at: address) { listener in
          !hasAdopted[listener]
        } _: { listener in
          hasAdopted[listener] = true
          queue[tail] = UInt32(listener)
          tail += 1
        }
      }
      if tail > stepEnd { stepEnds.append(tail) }
    }
    for place in 0..<tail { hasAdopted[Int(queue[place])] = false }
  }
}
