// Opening, trusting and re-opening the state file.
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/checker/state_file_access.h"
#include "lib/checker/state_reader.h"

static enum pw_result result_of_errno(void) {
  switch (errno) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
      return PW_NO_FILE;
    case EACCES:
    case EPERM:
      return PW_NOT_ALLOWED;
    case ELOOP:  // a symbolic link, which O_NOFOLLOW refuses
    case ENXIO:  // a socket
      return PW_NOT_REGULAR;
    default:
      return PW_CANNOT_READ;
  }
}

static void close_keeping_errno(int file) {
  const int error = errno;
  close(file);
  errno = error;
}

static bool others_may_write(const struct stat* status) {
  return (status->st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

static int open_directory_of(const char* path) {
  char directory[PW_STATE_PATH_MAX];
  const char* slash = strrchr(path, '/');
  size_t length = slash == NULL ? 0 : (size_t)(slash - path);
  if (slash == path) length = 1;
  memcpy(directory, path, length);
  if (length == 0) directory[length++] = '.';
  directory[length] = '\0';
  return open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

// The directory is judged first: in a trusted one nobody else can have put a name.
static enum pw_result open_trusted(const char* path, int* file, struct stat* status) {
  const int directory = open_directory_of(path);
  if (directory < 0) return result_of_errno();
  const char* slash = strrchr(path, '/');
  struct stat directory_status;
  enum pw_result result = PW_OK;
  if (fstat(directory, &directory_status) != 0) {
    result = PW_CANNOT_READ;
  } else {
    // O_NONBLOCK: the opening of a FIFO would wait for a writer.
    *file = openat(directory, slash == NULL ? path : slash + 1,
                   O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
    if (*file < 0) result = result_of_errno();
  }
  close_keeping_errno(directory);
  if (result != PW_OK) return result;
  if (fstat(*file, status) != 0) {
    result = PW_CANNOT_READ;
  } else if (!S_ISREG(status->st_mode)) {
    result = PW_NOT_REGULAR;
  } else if (others_may_write(&directory_status) || others_may_write(status) ||
             (status->st_uid != 0 && status->st_uid != directory_status.st_uid)) {
    result = PW_UNTRUSTED;
  }
  if (result != PW_OK) close_keeping_errno(*file);
  return result;
}

static bool section_fits(const struct pw_section* section, const struct pw_header* header) {
  if (section->record_size < sizeof(struct pw_record_head) ||
      section->record_size > PW_RECORD_SIZE_MAX || section->record_size % 8 != 0) {
    return false;
  }
  if (section->offset < header->header_size || section->offset > header->file_size ||
      section->offset % 8 != 0 || section->used > section->capacity) {
    return false;
  }
  const uint64_t size = (uint64_t)section->capacity * section->record_size;
  return size <= header->file_size - section->offset;
}

// Fills in the reader's sections, each at the place of its kind. Kinds that we do not know come
// from a newer minor and are not looked at.
static enum pw_result take_sections(const struct pw_header* header, struct pw_reader* reader) {
  if (header->section_count > PW_SECTIONS_MAX) return PW_DAMAGED;
  for (uint32_t i = 0; i < header->section_count; i++) {
    const struct pw_section* section = &header->sections[i];
    if (section->kind == PW_SECTION_NONE || section->kind >= PW_SECTIONS_END) continue;
    if (!section_fits(section, header)) return PW_DAMAGED;
    if (reader->sections[section->kind].kind != PW_SECTION_NONE) return PW_DAMAGED;
    reader->sections[section->kind] = *section;
  }
  reader->section_count = header->section_count;
  return PW_OK;
}

static enum pw_result take_file(int file, const struct stat* status, struct pw_reader* reader) {
  struct pw_header header;
  const enum pw_result result = pw_read_header(file, 0, &header);
  if (result != PW_OK) return result;
  if (header.file_size < header.header_size) return PW_DAMAGED;
  if ((uint64_t)status->st_size < header.file_size) return PW_TRUNCATED;
  reader->device = status->st_dev;
  reader->inode = status->st_ino;
  reader->file_size = header.file_size;
  reader->header_size = header.header_size;
  return take_sections(&header, reader);
}

static enum pw_result reopen(struct pw_reader* reader) {
  pw_close(reader);
  memset(reader->sections, 0, sizeof reader->sections);
  reader->section_count = 0;
  reader->look_at_name = false;
  int file = -1;
  struct stat status;
  enum pw_result result = open_trusted(reader->path, &file, &status);
  if (result != PW_OK) return result;
  result = take_file(file, &status, reader);
  if (result == PW_OK) {
    reader->file = file;
  } else {
    close_keeping_errno(file);
  }
  return result;
}

enum pw_result pw_open(const char* path, struct pw_reader* reader) {
  memset(reader, 0, sizeof *reader);
  reader->file = -1;
  const size_t length = strlen(path);
  if (length >= sizeof reader->path) {
    errno = ENAMETOOLONG;
    return PW_NO_FILE;
  }
  memcpy(reader->path, path, length + 1);
  return reopen(reader);
}

void pw_close(struct pw_reader* reader) {
  if (reader->file >= 0) close_keeping_errno(reader->file);
  reader->file = -1;
}

// A file that was replaced or deleted has no name left; one that was moved away still has one.
static bool is_current(struct pw_reader* reader) {
  struct stat status;
  if (fstat(reader->file, &status) != 0 || status.st_nlink == 0 ||
      (uint64_t)status.st_size < reader->file_size) {
    return false;
  }
  if (!reader->look_at_name) return true;
  reader->look_at_name = false;
  return fstatat(AT_FDCWD, reader->path, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         status.st_dev == reader->device && status.st_ino == reader->inode;
}

enum pw_result pw_refresh(struct pw_reader* reader) {
  if (reader->file >= 0 && is_current(reader)) return PW_OK;
  return reopen(reader);
}
