#ifndef INFLUENTS_CZLIB_H
#define INFLUENTS_CZLIB_H
#include <zlib.h>

/// Inflates what lies at `start` and behind, and throws the result away, as far as a piece of `room` bytes takes it.
///
/// - Returns: what `inflate` does; `used` is then the number of bytes that it took.
static inline int influents_inflate(
    z_stream *stream, const unsigned char *bytes, unsigned int start, unsigned int end, unsigned char *room, unsigned int room_size,
    unsigned int *used) {
  stream->next_in = (unsigned char *)bytes + start;
  stream->avail_in = end - start;
  stream->next_out = room;
  stream->avail_out = room_size;
  int code = inflate(stream, Z_NO_FLUSH);
  *used = end - start - stream->avail_in;
  return code;
}
#endif
