/*
 * A disk that fails when told to: preloaded into the service, it stands between SQLite and the kernel.
 *
 * The file named by FAULT_FILE holds what is wrong now: "full" (no space), "read-only" (mounted so after an
 * error), "sync" (what was written cannot be brought to the disk) or "slow" (bringing it there takes a
 * second). Other files are spared.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int is(int fd, const char *fault) {
  char link[64], path[512], now[16] = "";
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  if (!strstr(path, "porchlight.sqlite")) return 0;
  const char *named = getenv("FAULT_FILE");
  int told = named ? open(named, O_RDONLY) : -1;
  if (told < 0) return 0;
  if (read(told, now, sizeof now - 1) < 0) now[0] = 0;
  close(told);
  return strncmp(now, fault, strlen(fault)) == 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t count) {
  if (is(fd, "full")) return errno = ENOSPC, -1;
  if (is(fd, "read-only")) return errno = EROFS, -1;
  return REAL(write)(fd, bytes, count);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  if (is(fd, "full")) return errno = ENOSPC, -1;
  if (is(fd, "read-only")) return errno = EROFS, -1;
  return REAL(pwrite)(fd, bytes, count, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  if (is(fd, "full")) return errno = ENOSPC, -1;
  if (is(fd, "read-only")) return errno = EROFS, -1;
  return REAL(pwrite64)(fd, bytes, count, at);
}
int fsync(int fd) {
  if (is(fd, "sync")) return errno = EIO, -1;
  if (is(fd, "slow")) sleep(1);
  return REAL(fsync)(fd);
}
int fdatasync(int fd) {
  if (is(fd, "sync")) return errno = EIO, -1;
  if (is(fd, "slow")) sleep(1);
  return REAL(fdatasync)(fd);
}
