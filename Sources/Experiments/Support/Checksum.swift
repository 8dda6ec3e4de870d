internal import CNettle
internal import Foundation

/// Incremental SHA-256, to recognize files; `sha256sum` prints the same.
struct Checksum: Sendable {
  private var context = sha256_ctx()

  init() { nettle_sha256_init(&context) }

  /// Adds the first `count` of `bytes`.
  mutating func update(_ bytes: [UInt8], count: Int) { nettle_sha256_update(&context, count, bytes) }

  /// The digest of all bytes so far, as 64 hexadecimal digits.
  var text: String {
    var context = context
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
    influents_sha256_digest(&context, &digest)
    return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Characters of `text`.
  static let length = 2 * Int(SHA256_DIGEST_SIZE)

  static func of(_ bytes: [UInt8]) -> String {
    var checksum = Checksum()
    checksum.update(bytes, count: bytes.count)
    return checksum.text
  }

  /// Whether `path` is a regular file, not a link, with this checksum.
  static func matches(_ path: String, _ text: String) -> Bool {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return false }
    defer { _ = Foundation.close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var checksum = Checksum()
    while true {
      let count = read(file, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return count == 0 && checksum.text == text }
      checksum.update(buffer, count: count)
    }
  }
}
