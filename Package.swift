// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]
// Tests see what only they look at, so that `package` marks what other modules use.
let tested: [SwiftSetting] = settings + [.unsafeFlags(["-enable-testing"])]

let package = Package(
  name: "Influents",
  products: [.executable(name: "influents", targets: ["InfluentsCLI"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    // Libraries of the machine.
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CProcess"),
    .target(name: "CMachine", linkerSettings: [.linkedLibrary("m")]),

    // The model.
    .target(name: "SocialInfluence", dependencies: ["CGSL", "CMachine"], swiftSettings: tested),
    .target(name: "Theory", dependencies: ["CGSL", "SocialInfluence"], swiftSettings: tested),
    .target(name: "Statistics", dependencies: ["CGSL"], swiftSettings: tested),

    // Scenario, plan, run, tables, analysis, report.
    .target(
      name: "Experiments",
      dependencies: [
        "SocialInfluence", "Theory", "Statistics", "CNettle", "CZlib", "CProcess",
        .product(name: "Yams", package: "Yams"),
      ],
      resources: [.embedInCode("Embedded/law-of-the-few.yaml")],
      swiftSettings: tested),

    // The command.
    .executableTarget(
      name: "InfluentsCLI",
      dependencies: [
        "Experiments", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // Speed.
    .executableTarget(
      name: "HotLoop",
      dependencies: ["SocialInfluence", .product(name: "Benchmark", package: "benchmark")],
      path: "Sources/Benchmarks/HotLoop",
      swiftSettings: settings,
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),

    .executableTarget(
      name: "PeerBench", dependencies: ["SocialInfluence", "Experiments"], path: "Sources/Benchmarks/PeerBench",
      exclude: ["peers.py"], swiftSettings: settings),

    .executableTarget(
      name: "ScaleBench", dependencies: ["SocialInfluence"], path: "Sources/Benchmarks/ScaleBench",
      swiftSettings: settings),

    // Random scenarios: none may trap, hang or write where it should not.
    .executableTarget(name: "Fuzz", dependencies: ["Experiments", "SocialInfluence"], swiftSettings: settings),

    // Tests mirror the tree.
    .testTarget(
      name: "SocialInfluenceTests", dependencies: ["SocialInfluence", "Theory"], swiftSettings: settings),
    .testTarget(
      name: "TheoryTests", dependencies: ["Theory", "SocialInfluence"], swiftSettings: settings),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics"], swiftSettings: settings),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: ["Experiments", "SocialInfluence", "Statistics", "Theory"],
      swiftSettings: settings),
    .testTarget(
      name: "CommandTests", dependencies: ["InfluentsCLI", "Experiments"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

// libFuzzer brings a main of its own: `make fuzz-formats` builds this target, and nothing else does.
if Context.environment["INFLUENTS_FUZZER"] != nil {
  package.targets.append(
    .executableTarget(name: "FormatFuzz", dependencies: ["Experiments", "SocialInfluence"], swiftSettings: settings))
}
