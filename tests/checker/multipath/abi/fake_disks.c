#include "tests/checker/multipath/abi/fake_disks.h"

#include <dlfcn.h>
#include <pthread.h>
#include <scsi/sg.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

enum { FILES = 1024 };

static struct {
  pthread_mutex_t mutex;
  uint64_t devt[FILES];
  int commands;
} disks = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static uint64_t devt_of(int file) {
  pthread_mutex_lock(&disks.mutex);
  const uint64_t devt = file >= 0 && file < FILES ? disks.devt[file] : 0;
  pthread_mutex_unlock(&disks.mutex);
  return devt;
}

void fake_disk(int file, uint64_t devt) {
  pthread_mutex_lock(&disks.mutex);
  disks.devt[file] = devt;
  pthread_mutex_unlock(&disks.mutex);
}

int fake_commands(void) {
  pthread_mutex_lock(&disks.mutex);
  const int commands = disks.commands;
  pthread_mutex_unlock(&disks.mutex);
  return commands;
}

int fstat(int file, struct stat* status) {
  int (*next)(int, struct stat*);
  *(void**)&next = dlsym(RTLD_NEXT, "fstat");
  const int result = next(file, status);
  const uint64_t devt = devt_of(file);
  if (result == 0 && devt != 0) {
    status->st_mode = S_IFBLK | 0660;
    status->st_rdev = devt;
  }
  return result;
}

int stat(const char* path, struct stat* status) {
  unsigned number = 0;
  if (sscanf(path, "/sys/dev/block/8:%u/", &number) == 1) {
    *status = (struct stat){.st_mode = S_IFDIR | 0755, .st_ino = FAKE_GENERATION + number / 16};
    return 0;
  }
  int (*next)(const char*, struct stat*);
  *(void**)&next = dlsym(RTLD_NEXT, "stat");
  return next(path, status);
}

int ioctl(int file, unsigned long request, ...) {
  va_list arguments;
  va_start(arguments, request);
  void* const argument = va_arg(arguments, void*);
  va_end(arguments);
  if (request != SG_IO) {
    int (*next)(int, unsigned long, ...);
    *(void**)&next = dlsym(RTLD_NEXT, "ioctl");
    return next(file, request, argument);
  }
  // Zeros in the reply mean GOOD.
  pthread_mutex_lock(&disks.mutex);
  disks.commands++;
  pthread_mutex_unlock(&disks.mutex);
  return 0;
}
