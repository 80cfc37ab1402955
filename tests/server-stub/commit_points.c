// Preloaded into the server by kill_spec.mjs: ends it by SIGKILL at one chosen moment of a commit. Moments are those before,
// in the middle of and after each write to the database or its log, and before and after each flush of them. The file that
// PORTAL_KILL_POINT names holds the number of the moment, counted from when the file is there.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int moments_passed = 0;

static int is_database(int file) {
    char link[64], path[512];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = '\0';
    const char* name = strrchr(path, '/');
    return name != NULL && (strcmp(name, "/portal.db") == 0 || strcmp(name, "/portal.db-wal") == 0);
}

// 0 while nobody has chosen one.
static int chosen_moment(void) {
    const char* path = getenv("PORTAL_KILL_POINT");
    const int file = path != NULL ? open(path, O_RDONLY) : -1;
    if (file < 0) return 0;
    char text[16] = {0};
    const ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    return length > 0 ? atoi(text) : 0;
}

static int is_now(void) {
    const int chosen = chosen_moment();
    return chosen > 0 && ++moments_passed == chosen;
}

static void end_here(void) {
    kill(getpid(), SIGKILL);
    pause();
}

typedef ssize_t (*write_function)(int, const void*, size_t, off_t);
typedef int (*sync_function)(int);

static ssize_t write_or_end(const char* name, int file, const void* data, size_t size, off_t offset) {
    const write_function real = (write_function)dlsym(RTLD_NEXT, name);
    if (!is_database(file)) return real(file, data, size, offset);
    if (is_now()) end_here();
    if (is_now()) {
        real(file, data, size / 2, offset);
        end_here();
    }
    const ssize_t written = real(file, data, size, offset);
    if (is_now()) end_here();
    return written;
}

static int sync_or_end(const char* name, int file) {
    const sync_function real = (sync_function)dlsym(RTLD_NEXT, name);
    if (!is_database(file)) return real(file);
    if (is_now()) end_here();
    const int result = real(file);
    if (is_now()) end_here();
    return result;
}

ssize_t pwrite(int file, const void* data, size_t size, off_t offset) { return write_or_end("pwrite", file, data, size, offset); }
ssize_t pwrite64(int file, const void* data, size_t size, off_t offset) { return write_or_end("pwrite64", file, data, size, offset); }
int fsync(int file) { return sync_or_end("fsync", file); }
int fdatasync(int file) { return sync_or_end("fdatasync", file); }
