/* Parquet files, for every importer: their header, then the wanted columns already typed. */
#include <string.h>

#include "geo/parquet.h"
#include "territory/importing.h"

static parquet_options options_of(const importing *r)
{
    return (parquet_options){
        .path = r->request->path, .member = r->request->member, .rows = r->parquet_rows};
}

/* Without DuckDB, the file is a layer for those GDAL that have the driver: nothing is read here. */
status import_parquet_header(importing *r)
{
    parquet_facts facts;
    if (!parquet_is_called_for(r->request->path)) {
        return STATUS_OK;
    }
    const parquet_options options = options_of(r);
    const status rc = parquet_header(r->request->workers, &options, &r->header, &facts, r->list);
    r->parquet_rows = facts.rows;
    return facts.absent ? STATUS_OK : rc;
}

status import_parquet_rows(const importing *r, const wanted_column *wanted, size_t count,
                           imported *out)
{
    parquet_facts facts;
    const parquet_options options = options_of(r);
    const status rc =
        parquet_read(r->request->workers, &options, wanted, count, &out->rows, &facts, r->list);
    out->facts = (read_facts){.encoding = ENCODING_UTF8, .rows = facts.rows, .bytes = facts.bytes};
    memcpy(out->facts.sha256, facts.sha256, sizeof out->facts.sha256);
    memcpy(out->facts.duckdb, facts.library, sizeof out->facts.duckdb);
    return rc;
}
