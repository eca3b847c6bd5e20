/* The schema extension of GeoPackage (gpkg_data_columns): the title of each field in the run's
 * language; and a last count of rows. Statements are fixed, values are bound. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "reports/gpkg/layers.h"
#include "reports/gpkg/messages.h"

static const char schema_sql[] =
    "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name "
    "TEXT NOT NULL, "
    "definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, "
    "column_name, extension_name));"
    "CREATE TABLE IF NOT EXISTS gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT "
    "NULL, name TEXT, title TEXT, "
    "description TEXT, mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY "
    "(table_name, column_name), "
    "CONSTRAINT gdc_tn UNIQUE (table_name, name));"
    "CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (constraint_name TEXT NOT NULL, "
    "constraint_type TEXT NOT NULL, "
    "value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, "
    "description TEXT, "
    "CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));"
    "INSERT OR IGNORE INTO gpkg_extensions VALUES "
    "('gpkg_data_columns', NULL, 'gpkg_schema', "
    "'http://www.geopackage.org/spec121/#extension_schema', 'read-write'),"
    "('gpkg_data_column_constraints', NULL, 'gpkg_schema', "
    "'http://www.geopackage.org/spec121/#extension_schema', 'read-write');";
static const char title_sql[] = "INSERT INTO gpkg_data_columns (table_name, column_name, name, "
                                "title, description) VALUES (?1, ?2, ?3, ?4, ?5)";

/* Titles are unique within a layer: a repeated one says which column it is. */
static bool repeated(const table *t, size_t c, language lang)
{
    const char *own = tr(lang, t->columns[c].title_fr, t->columns[c].title_en);
    for (size_t i = 0; i < t->column_count; i++) {
        if (i != c && (!strcmp(own, tr(lang, t->columns[i].title_fr, t->columns[i].title_en)) ||
                       !strcmp(own, t->columns[i].name)))
            return true;
    }
    return false;
}

static bool title_insert(sqlite3_stmt *into, const char *layer_name, const table *t, size_t c,
                         language lang)
{
    const column *k = &t->columns[c];
    const char *title = tr(lang, k->title_fr, k->title_en);
    const unit *known = unit_find(k->unit);
    text_buffer name = {.at = NULL};
    text_add(&name, title && *title ? title : k->name);
    if (title && *title && repeated(t, c, lang))
        text_add_format(&name, " (%s)", k->name);
    const char *label = known ? tr(lang, known->label_fr, known->label_en) : k->unit;
    bool done = !name.failed;
    done = done && sqlite3_bind_text(into, 1, layer_name, -1, SQLITE_STATIC) == SQLITE_OK;
    done = done && sqlite3_bind_text(into, 2, k->name, -1, SQLITE_STATIC) == SQLITE_OK;
    done = done && sqlite3_bind_text(into, 3, name.at, -1, SQLITE_STATIC) == SQLITE_OK;
    done = done && sqlite3_bind_text(into, 4, name.at, -1, SQLITE_STATIC) == SQLITE_OK;
    done = done && sqlite3_bind_text(into, 5, label, -1, SQLITE_STATIC) == SQLITE_OK;
    done = done && sqlite3_step(into) == SQLITE_DONE && sqlite3_reset(into) == SQLITE_OK;
    text_buffer_clear(&name);
    return done;
}

static bool titles_insert(sqlite3 *db, const gpkg_request *q, const parcel_content *things)
{
    sqlite3_stmt *into = NULL;
    bool done = sqlite3_prepare_v2(db, title_sql, -1, &into, NULL) == SQLITE_OK;
    for (size_t i = 0; done && i < q->layer_count; i++) {
        const table *t = parcel_table_at(things, q->layers[i].rows);
        for (size_t c = 0; done && c < t->column_count; c++)
            done = title_insert(into, q->layers[i].name, t, c, q->lang);
    }
    return sqlite3_finalize(into) == SQLITE_OK && done;
}

/* The name of a layer cannot be bound: %w doubles its quotes. */
static status rows_check(sqlite3 *db, const gpkg_layer *l, const table *t, error *err)
{
    char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", l->name);
    sqlite3_stmt *from = NULL;
    long long found = -1;
    if (sql && sqlite3_prepare_v2(db, sql, -1, &from, NULL) == SQLITE_OK &&
        sqlite3_step(from) == SQLITE_ROW)
        found = sqlite3_column_int64(from, 0);
    (void)sqlite3_finalize(from);
    sqlite3_free(sql);
    return found == (long long)t->rows ? STATUS_OK
                                       : error_set(err, STATUS_ENVIRONMENT, M_GPKG_ROWS, l->name,
                                                   found, (unsigned long long)t->rows);
}

status gpkg_schema_write(const char *path, const gpkg_request *q, const parcel_content *things,
                         error *err)
{
    sqlite3 *db = NULL;
    bool done = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK;
    /* The publication syncs the whole folder once. */
    done = done && sqlite3_exec(db, "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY; BEGIN",
                                NULL, NULL, NULL) == SQLITE_OK;
    done = done && sqlite3_exec(db, schema_sql, NULL, NULL, NULL) == SQLITE_OK;
    done = done && titles_insert(db, q, things);
    done = done && sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
    status s =
        done ? STATUS_OK
             : error_set(err, STATUS_ENVIRONMENT, M_GPKG_SCHEMA, db ? sqlite3_errmsg(db) : "?");
    for (size_t i = 0; !s && i < q->layer_count; i++)
        s = rows_check(db, &q->layers[i], parcel_table_at(things, q->layers[i].rows), err);
    (void)sqlite3_close(db);
    return s;
}
