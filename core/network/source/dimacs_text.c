#include "network/source/dimacs_text.h"

status dimacs_file_open(dimacs_file *f, const char *path, dimacs_text *t)
{
    error err = {0};
    const unpack_limits limits = {.cancel = t->cancel};
    status result = file_map(path, &f->view, &err);
    if (result == STATUS_OK)
        result = unpack(&f->text, f->view.at, f->view.size, &limits, &err);
    t->name = path;
    t->bytes = f->text.at;
    t->size = f->text.size;
    t->mapped = !f->text.owned;
    return result ? faults_add_error(t->list, source_at(path, 0, 0), &err) : STATUS_OK;
}

void dimacs_file_close(dimacs_file *f)
{
    unpacked_clear(&f->text);
    file_unmap(&f->view);
}
