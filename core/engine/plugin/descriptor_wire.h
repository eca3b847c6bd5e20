/* engine/plugin/descriptor_wire.h: a descriptor as bytes, from the worker that opened a library to
 * the program, which never does. Private.
 *
 * The reader trusts nothing: lists that are too long, texts without an end and bytes that are
 * missing make it fail. What the texts and the numbers say is plugin_judge's. Functions travel as
 * "it is there": on this side they are marks, which stop the process that calls them. */
#ifndef ENGINE_DESCRIPTOR_WIRE_H
#define ENGINE_DESCRIPTOR_WIRE_H

#include <bassin/plugin.h>

#include "base/memory.h"
#include "base/worker.h"

/* `full`: a full-size copy (plugin_descriptor.h). Reads all that it points to. */
void descriptor_pack(pack_writer *w, const bassin_plugin *full);
/* A full-size copy in `memory`, texts included; its list fields have this host's strides. *out is
 * NULL, with STATUS_OK, when the bytes are no descriptor. */
MUST_CHECK status descriptor_unpack(pack_reader *r, arena *memory, bassin_plugin **out, error *err);

#endif
