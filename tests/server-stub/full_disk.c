// Preloaded into the server by full_disk_spec.mjs: a disk with little space left. Files in the folder that PORTAL_DISK names may
// grow together by as many bytes as the file holds that PORTAL_DISK_LEFT names, counted from when it is there; then the disk
// is full, as a disk of that size would be: what fits is written, the next write fails with ENOSPC, and what lies within a
// file may still be written over. Without that file there is space.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static off_t grown = 0;

static int is_on_disk(int file) {
    const char* folder = getenv("PORTAL_DISK");
    char link[64], path[512];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (folder == NULL || length < 0) return 0;
    path[length] = '\0';
    return strncmp(path, folder, strlen(folder)) == 0 && path[strlen(folder)] == '/';
}

// -1 while there is space.
static off_t bytes_left(void) {
    const char* path = getenv("PORTAL_DISK_LEFT");
    const int file = path != NULL ? open(path, O_RDONLY) : -1;
    if (file < 0) {
        grown = 0;
        return -1;
    }
    char text[32] = {0};
    const ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    const off_t left = (length > 0 ? atoll(text) : 0) - grown;
    return left > 0 ? left : 0;
}

// How much of a write there is room for.
static size_t taken(int file, size_t size, off_t offset) {
    struct stat status;
    const off_t left = bytes_left();
    if (left < 0 || fstat(file, &status) != 0) return size;
    const off_t end = offset + (off_t)size;
    const off_t growth = end > status.st_size ? end - status.st_size : 0;
    if (growth <= left) {
        grown += growth;
        return size;
    }
    grown += left;
    const off_t fits = status.st_size + left - offset;
    return fits > 0 ? (size_t)fits : 0;
}

typedef ssize_t (*write_function)(int, const void*, size_t, off_t);
typedef int (*resize_function)(int, off_t);

static ssize_t write_what_fits(const char* name, int file, const void* data, size_t size, off_t offset) {
    const write_function real = (write_function)dlsym(RTLD_NEXT, name);
    if (size == 0 || !is_on_disk(file)) return real(file, data, size, offset);
    pthread_mutex_lock(&one_at_a_time);
    const size_t fits = taken(file, size, offset);
    const ssize_t written = fits > 0 ? real(file, data, fits, offset) : -1;
    const int cause = fits > 0 ? errno : ENOSPC;
    pthread_mutex_unlock(&one_at_a_time);
    errno = cause;
    return written;
}

static int resize_what_fits(const char* name, int file, off_t size) {
    const resize_function real = (resize_function)dlsym(RTLD_NEXT, name);
    struct stat status;
    if (!is_on_disk(file) || fstat(file, &status) != 0 || size <= status.st_size) return real(file, size);
    pthread_mutex_lock(&one_at_a_time);
    const size_t growth = (size_t)(size - status.st_size);
    const int fits = taken(file, growth, status.st_size) == growth;
    const int result = fits ? real(file, size) : -1;
    const int cause = fits ? errno : ENOSPC;
    pthread_mutex_unlock(&one_at_a_time);
    errno = cause;
    return result;
}

ssize_t pwrite(int file, const void* data, size_t size, off_t offset) { return write_what_fits("pwrite", file, data, size, offset); }
ssize_t pwrite64(int file, const void* data, size_t size, off_t offset) { return write_what_fits("pwrite64", file, data, size, offset); }
int ftruncate(int file, off_t size) { return resize_what_fits("ftruncate", file, size); }
int ftruncate64(int file, off_t size) { return resize_what_fits("ftruncate64", file, size); }
