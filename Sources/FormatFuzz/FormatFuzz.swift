@testable import Experiments
import Foundation
import SocialInfluence

/// Fuzzes the readers of network files, guided by libFuzzer toward unreached code: whatever the bytes, a file must be
/// read or refused. `FORMAT=gml` chooses the reader; otherwise the first byte does.
///
/// Built only by `make fuzz-formats`, which links libFuzzer.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The entry point that the package manager expects of an executable of this name.
@_cdecl("FormatFuzz_main")
func main(_ argumentCount: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> CInt {
  var (argumentCount, arguments) = (argumentCount, arguments)
  return runDriver(&argumentCount, &arguments, testOneInput)
}

private func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  guard let data, size > 1 else { return 0 }
  let bytes = UnsafeBufferPointer(start: data, count: size)
  // Not by Foundation, which waits for the disk.
  guard let file = fopen(path, "w") else { return 0 }
  fwrite(data + 1, 1, size - 1, file)
  fclose(file)
  var settings = EdgeListSettings(path: path, isDirected: bytes[0] & 1 == 0)
  settings.format = chosen ?? NetworkFormat.allCases[Int(bytes[0] >> 4) % NetworkFormat.allCases.count]
  settings.loops = bytes[0] & 2 == 0 ? .drop : .refuse
  settings.repeats = bytes[0] & 4 == 0 ? .merge : .refuse
  settings.encoding = bytes[0] & 8 == 0 ? .utf8 : .latin1
  _ = try? EdgeList.read(settings, workers: 1)
  return 0
}

private let path = NSTemporaryDirectory() + "/influents-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
private let chosen = ProcessInfo.processInfo.environment["FORMAT"].flatMap { NetworkFormat(rawValue: $0) }
