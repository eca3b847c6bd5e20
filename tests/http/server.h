/* tests/http/server.h: a real HTTP server on the loopback, with the manners of good and bad ones.
 *
 * It serves the files of a folder. The first part of the path is how:
 *   /plain/F          whole, with ETag, ranges and If-Range
 *   /dated/F          the same with Last-Modified in place of an ETag
 *   /no-ranges/F      whole, whatever is asked
 *   /cut/N/F          the first answer stops after N bytes; later ones are those of /plain
 *   /always-cut/N/F   every answer stops after N bytes, whole or range
 *   /short/F          half of the file under the length of the whole, ranges ignored
 *   /renewed/N/F      stops after N bytes, then the file has another ETag and other bytes
 *   /wrong-range/F    answers 206 with a range that was not asked for
 *   /busy/N/F         503 N times, then /plain
 *   /stall/N/F        N bytes, then nothing
 *   /slow/F           1 KiB every 20 ms
 *   /page/F           a web page in place of the file
 *   /empty/F          200 and no byte
 *   /redirect/F       302 to /plain/F          /loop/F   302 to itself
 *   /to-file/F        302 to file:///etc/passwd
 *   /forbidden/F      403                      anything else, and absent files: 404 */
#ifndef TEST_HTTP_SERVER_H
#define TEST_HTTP_SERVER_H

#include <stddef.h>

typedef struct http_server http_server;

http_server *http_server_start(const char *folder);
void http_server_stop(http_server *s);
/* "http://127.0.0.1:PORT" */
const char *http_server_base(const http_server *s);
/* Requests had so far, and those that asked for a range. */
unsigned http_server_requests(const http_server *s);
unsigned http_server_ranges(const http_server *s);

#endif
