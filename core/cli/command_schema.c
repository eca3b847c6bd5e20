#include <stdio.h>

#include "cli/command.h"
#include "cli/messages.h"
#include "cli/say.h"

status command_schema(const command_context *c)
{
    text_buffer b = {0};
    status result = STATUS_OK;
    if (c->options->page) {
        scenario_reference_page(&b, c->options->language);
    } else {
        scenario_schema(&b);
    }
    if (b.failed || fwrite(b.at, 1, b.size, stdout) != b.size || fflush(stdout) != 0) {
        say_line(stderr, c->options->language, M_CLI_MEMORY);
        result = STATUS_ENVIRONMENT;
    }
    text_buffer_clear(&b);
    return result;
}
