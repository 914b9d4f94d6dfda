// path_state DEVICE [STATE_FILE]: prints what pathwatchd says of the path behind a disk's node,
// such as /dev/sdc. It sends nothing to the device and waits for nothing.
//
//   cc path_state.c $(pkg-config --cflags --libs pathwatch) -o path_state
#include <pathwatch/state_names.h>
#include <pathwatch/state_reader.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

static int64_t boottime_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_BOOTTIME, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// The record of the disk's path, if there is one that may be relied on at this moment.
static enum pw_result look_up(struct pw_reader* reader, uint64_t device, int64_t now_ns,
                              struct pw_path_record* path) {
  enum pw_result result = pw_refresh(reader);
  if (result == PW_OK) result = pw_freshness(reader, now_ns, NULL);
  if (result == PW_OK) {
    result =
        pw_find_path_of_device(reader, device, pw_device_generation("/sys", device), NULL, path);
  }
  return result;
}

int main(int argc, char** argv) {
  struct stat node;
  if (argc < 2 || stat(argv[1], &node) != 0 || !S_ISBLK(node.st_mode)) {
    fprintf(stderr, "usage: path_state DEVICE [STATE_FILE], with a disk such as /dev/sdc\n");
    return 2;
  }
  // A daemon would keep the reader and begin here each time that it wants to know.
  struct pw_reader reader;
  pw_open(argc > 2 ? argv[2] : "/run/pathwatch/state", &reader);
  struct pw_path_record path;
  const int64_t now_ns = boottime_ns();
  const enum pw_result result = look_up(&reader, node.st_rdev, now_ns, &path);
  pw_close(&reader);
  if (result != PW_OK) {
    fprintf(stderr, "%s: %s\n", argv[1], pw_strerror(result));
    return 1;
  }
  const int doubtful =
      (path.flags & PW_PATH_UNCONFIRMED) != 0 || now_ns > path.valid_until_boottime_ns;
  printf("%u:%u:%u:%llu %s%s\n", path.host, path.channel, path.target, (unsigned long long)path.lun,
         pw_state_name(path.state), doubtful ? ", to be confirmed by the next check" : "");
  return 0;
}
