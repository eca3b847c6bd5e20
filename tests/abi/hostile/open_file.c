/* Leaves a file behind. */
#define HOSTILE_ID "open_file"
#define HOSTILE_ROWS
#include "hostile.h"

#include <fcntl.h>
#include <unistd.h>

static void misbehave(const bassin_job *job, size_t row)
{
    (void)job;
    (void)row;
    int file = open(HOSTILE_FILE, O_CREAT | O_WRONLY, 0600);
    if (file >= 0)
        (void)close(file);
}
