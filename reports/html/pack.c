/* gzip, base64 and the digests of a content security policy. */
#include "reports/html/pack.h"

#include <limits.h>
#define ZLIB_CONST /* next_in points to const */
#include <zlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "reports/html/messages.h"

enum { GZIP_WINDOW = 15 + 16, GZIP_MEMORY = 9 };

status pack_gzip(const void *bytes, size_t size, text_buffer *out, error *err)
{
    z_stream z = {0};
    if (size > UINT_MAX / 2)
        return error_set(err, STATUS_ENVIRONMENT, M_HTML_TOO_LARGE, size);
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return memory_error(err, size);
    status s = STATUS_OK;
    const uLong bound = deflateBound(&z, (uLong)size);
    unsigned char *const packed = memory_new(bound, 1);
    z.next_in = bytes;
    z.avail_in = (uInt)size;
    z.next_out = packed;
    z.avail_out = (uInt)bound;
    if (!packed || deflate(&z, Z_FINISH) != Z_STREAM_END)
        s = memory_error(err, bound);
    else
        text_add_n(out, (const char *)packed, z.total_out);
    (void)deflateEnd(&z);
    memory_free(packed);
    return s;
}

void pack_base64(const void *bytes, size_t size, text_buffer *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *const b = bytes;
    for (size_t i = 0; i < size; i += 3) {
        const size_t left = size - i;
        const uint32_t three = (uint32_t)b[i] << 16 | (left > 1 ? (uint32_t)b[i + 1] << 8 : 0) |
                               (left > 2 ? b[i + 2] : 0u);
        const char four[4] = {digits[three >> 18], digits[three >> 12 & 63],
                              left > 1 ? digits[three >> 6 & 63] : '=',
                              left > 2 ? digits[three & 63] : '='};
        text_add_n(out, four, sizeof four);
    }
}

static unsigned hex_digit(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a') + 10;
}

void pack_csp_hash(const void *bytes, size_t size, text_buffer *out)
{
    const sha256_hex digest = sha256_of(bytes, size);
    unsigned char raw[32];
    for (size_t i = 0; i < sizeof raw; i++)
        raw[i] =
            (unsigned char)(hex_digit(digest.hex[2 * i]) << 4 | hex_digit(digest.hex[2 * i + 1]));
    text_add(out, "sha256-");
    pack_base64(raw, sizeof raw, out);
}
