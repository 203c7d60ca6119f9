/* The least that reading a CSV file through libcsv takes: every byte parsed, every field and row
 * handed to a callback that does nothing. What relcoord's reading is measured against. */
#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void take_field(void *field, size_t size, void *user)
{
    (void)field;
    (void)size;
    (void)user;
}

static void take_row(int end, void *user)
{
    (void)end;
    (void)user;
}

int main(int count, char **arguments)
{
    static char block[1 << 16];
    struct csv_parser parser;
    ssize_t size;
    int file = count == 2 ? open(arguments[1], O_RDONLY) : -1;
    if (file < 0 || csv_init(&parser, 0) != 0) {
        fprintf(stderr, "libcsv_floor FILE: %s\n", count == 2 ? strerror(errno) : "takes one file");
        return 2;
    }
    while ((size = read(file, block, sizeof block)) > 0)
        if (csv_parse(&parser, block, (size_t)size, take_field, take_row, NULL) != (size_t)size)
            break;
    csv_fini(&parser, take_field, take_row, NULL);
    csv_free(&parser);
    close(file);
    return size == 0 ? 0 : 3;
}
