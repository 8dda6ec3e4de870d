import ArgumentParser
import Experiments

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What a scenario can name: rules, networks, seedings, tables, distributions.")

  @Argument(help: ArgumentHelp("One of: " + CatalogueReport.topics.joined(separator: ", ") + "."))
  var topic: String?

  func validate() throws {
    if let topic, !CatalogueReport.topics.contains(topic) {
      throw ValidationError("unknown topic `\(topic)`; known: " + CatalogueReport.topics.joined(separator: ", "))
    }
  }

  func run() throws { try StandardOutput.write(CatalogueReport.text(topic)) }
}
