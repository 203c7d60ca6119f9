/* Feeds files to a fuzz entry without a fuzzer: the corpus as tests of every build. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Hands over a block of just the file's size, so that a sanitizer sees a read past its end. */
static int replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = NULL;
    long size = 0;
    int failed = 1;

    if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0 || fseek(file, 0, SEEK_SET))
        goto done;
    bytes = malloc(size > 0 ? (size_t)size : 1);
    if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size)
        goto done;
    failed = LLVMFuzzerTestOneInput(bytes, (size_t)size);
done:
    if (failed)
        fprintf(stderr, "%s: failed\n", path);
    free(bytes);
    if (file)
        fclose(file);
    return failed != 0;
}

int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed += replay(argv[i]);
    printf("%d passed, %d failed\n", argc - 1 - failed, failed);
    return argc < 2 || failed;
}
