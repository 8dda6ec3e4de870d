#ifndef INFLUENTS_CNETTLE_H
#define INFLUENTS_CNETTLE_H
#include <nettle/sha2.h>
#include <nettle/version.h>

// Nettle 4 no longer takes the length of a digest.
static inline void influents_sha256_digest(struct sha256_ctx *context, uint8_t *digest) {
#if NETTLE_VERSION_MAJOR >= 4
  sha256_digest(context, digest);
#else
  sha256_digest(context, SHA256_DIGEST_SIZE, digest);
#endif
}
#endif
