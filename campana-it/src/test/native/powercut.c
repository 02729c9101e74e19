/*
 * A disk that loses its power, as a library to preload: everything a process writes below $POWERCUT_DATA is also kept in
 * $POWERCUT_DISK, but there only from the sync on that covers it. After the process was killed, $POWERCUT_DISK holds what a
 * disk would still have. Names (creating, renaming, unlinking) are durable at once; contents are durable by fsync alone.
 *
 * With $POWERCUT_AT=N the N-th sync since the file $POWERCUT_ARM appeared does not end: a random part of what it should have
 * written (in 512-byte sectors, drawn by $POWERCUT_SEED) reaches the disk, and the process dies within the call.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

typedef struct op { struct op *next; off_t at; size_t size; int truncates; char bytes[]; } op;
typedef struct file { struct file *next; char path[PATH_MAX]; op *first, *last; } file;

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER; /* of all below */
static file *files;
static const char *data, *disk, *arm;
static size_t data_length;
static long syncs, cut_at;
static unsigned seed;

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);
static int (*real_rename)(const char *, const char *);

__attribute__((constructor)) static void begin(void) {
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_write = dlsym(RTLD_NEXT, "write");
  real_writev = dlsym(RTLD_NEXT, "writev");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_rename = dlsym(RTLD_NEXT, "rename");
  data = getenv("POWERCUT_DATA");
  disk = getenv("POWERCUT_DISK");
  arm = getenv("POWERCUT_ARM");
  data_length = data ? strlen(data) : 0;
  cut_at = getenv("POWERCUT_AT") ? atol(getenv("POWERCUT_AT")) : -1;
  seed = getenv("POWERCUT_SEED") ? (unsigned)atol(getenv("POWERCUT_SEED")) : 1;
}

/* Whether a path is below the data folder and not memory that is shared in a file (which no power cut has to keep). */
static int ours(const char *path) {
  size_t length = strlen(path);
  return data && disk && strncmp(path, data, data_length) == 0 && path[data_length] == '/' &&
         !(length > 4 && strcmp(path + length - 4, "-shm") == 0);
}

static int path_of(int fd, char *path) {
  struct stat status;
  char link[64];
  if (!data || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return ours(path);
}

static file *file_of(const char *path) {
  for (file *f = files; f; f = f->next)
    if (strcmp(f->path, path) == 0) return f;
  file *f = calloc(1, sizeof *f);
  strcpy(f->path, path);
  f->next = files;
  return files = f;
}

static void on_disk(const char *path, char *to) {
  snprintf(to, PATH_MAX, "%s%s", disk, path + data_length);
  for (char *slash = to + strlen(disk) + 1; (slash = strchr(slash, '/')); slash++) {
    *slash = 0;
    mkdir(to, 0700);
    *slash = '/';
  }
}

static void pending(const char *path, const void *bytes, size_t size, off_t at, int truncates) {
  op *o = malloc(sizeof *o + (truncates ? 0 : size));
  *o = (op){NULL, at, size, truncates};
  if (!truncates) memcpy(o->bytes, bytes, size);
  pthread_mutex_lock(&guard);
  file *f = file_of(path);
  if (f->last) f->last->next = o; else f->first = o;
  f->last = o;
  pthread_mutex_unlock(&guard);
}

/* What one sync makes durable. Guard held. Before a cut only some sectors get through, and the process ends. */
static void settle(const char *path) {
  char to[PATH_MAX];
  file *f = file_of(path);
  int armed = cut_at > 0 && (!arm || access(arm, F_OK) == 0);
  int cut = armed && ++syncs == cut_at;
  on_disk(path, to);
  int fd = open(to, O_CREAT | O_RDWR, 0600);
  for (op *o = f->first; o;) {
    if (o->truncates) {
      if (!cut || rand_r(&seed) % 2) real_ftruncate(fd, o->at);
    } else if (!cut) {
      real_pwrite(fd, o->bytes, o->size, o->at);
    } else {
      for (size_t from = 0; from < o->size; from += 512)
        if (rand_r(&seed) % 2)
          real_pwrite(fd, o->bytes + from, o->size - from < 512 ? o->size - from : 512, o->at + (off_t)from);
    }
    op *done = o;
    o = o->next;
    free(done);
  }
  f->first = f->last = NULL;
  close(fd);
  if (cut) kill(getpid(), SIGKILL);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off_t at) {
  char path[PATH_MAX];
  ssize_t done = real_pwrite(fd, bytes, size, at);
  if (done > 0 && path_of(fd, path)) pending(path, bytes, (size_t)done, at, 0);
  return done;
}
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) { return pwrite64(fd, bytes, size, at); }

ssize_t write(int fd, const void *bytes, size_t size) {
  char path[PATH_MAX];
  ssize_t done = real_write(fd, bytes, size);
  if (done > 0 && path_of(fd, path)) pending(path, bytes, (size_t)done, lseek(fd, 0, SEEK_CUR) - done, 0);
  return done;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  char path[PATH_MAX];
  ssize_t done = real_writev(fd, parts, count);
  if (done > 0 && path_of(fd, path)) {
    off_t at = lseek(fd, 0, SEEK_CUR) - done;
    ssize_t left = done;
    for (int i = 0; i < count && left > 0; i++) {
      size_t size = (size_t)left < parts[i].iov_len ? (size_t)left : parts[i].iov_len;
      pending(path, parts[i].iov_base, size, at, 0);
      at += (off_t)size;
      left -= (ssize_t)size;
    }
  }
  return done;
}

int ftruncate64(int fd, off_t size) {
  char path[PATH_MAX];
  int done = real_ftruncate(fd, size);
  if (done == 0 && path_of(fd, path)) pending(path, "", 0, size, 1);
  return done;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int synced(int fd, int (*real)(int)) {
  char path[PATH_MAX];
  if (path_of(fd, path)) {
    pthread_mutex_lock(&guard);
    settle(path);
    pthread_mutex_unlock(&guard);
  }
  return real(fd);
}
int fsync(int fd) { return synced(fd, real_fsync); }
int fdatasync(int fd) { return synced(fd, real_fdatasync); }

static void forget(file *f) {
  while (f->first) {
    op *o = f->first;
    f->first = o->next;
    free(o);
  }
  f->last = NULL;
}

int unlink(const char *path) {
  char to[PATH_MAX];
  int done = real_unlink(path);
  if (done == 0 && ours(path)) {
    pthread_mutex_lock(&guard);
    forget(file_of(path));
    on_disk(path, to);
    real_unlink(to);
    pthread_mutex_unlock(&guard);
  }
  return done;
}

int rename(const char *from, const char *to) {
  char from_disk[PATH_MAX], to_disk[PATH_MAX];
  int done = real_rename(from, to);
  if (done == 0 && ours(from) && ours(to)) {
    pthread_mutex_lock(&guard);
    file *source = file_of(from), *target = file_of(to);
    forget(target);
    target->first = source->first;
    target->last = source->last;
    source->first = source->last = NULL;
    on_disk(from, from_disk);
    on_disk(to, to_disk);
    if (real_rename(from_disk, to_disk) != 0) real_unlink(to_disk); /* never synced: an empty name is left */
    pthread_mutex_unlock(&guard);
  }
  return done;
}
