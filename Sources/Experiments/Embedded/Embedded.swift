/// The scenario that runs where none is named: `scenarios/law-of-the-few.yaml`, embedded when the program is built.
enum EmbeddedScenario {
  static let name = "law-of-the-few.yaml"
  static var bytes: [UInt8] { PackageResources.law_of_the_few_yaml }
}
