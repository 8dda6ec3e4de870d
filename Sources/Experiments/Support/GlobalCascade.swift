/// The definition of a global cascade.
enum GlobalCascade {
  /// Size > cutoff · N + 1e-9.
  static func isGlobal(_ size: Int, of agents: Int, cutoff: Double) -> Bool {
    Double(size) > cutoff * Double(agents) + 1e-9
  }
}
