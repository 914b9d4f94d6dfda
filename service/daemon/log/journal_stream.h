// Whether what a program writes to a descriptor ends up in the journal.
#ifndef PATHWATCH_SERVICE_DAEMON_LOG_JOURNAL_STREAM_H_
#define PATHWATCH_SERVICE_DAEMON_LOG_JOURNAL_STREAM_H_

namespace pathwatch::service {

// `journal_stream` is the value of JOURNAL_STREAM (systemd.exec(5)), "device:inode" of the stream
// that the service manager has connected, or nullptr. The variable is inherited by programs whose
// output goes elsewhere, so being set says nothing.
bool IsJournalStream(const char* journal_stream, int fd);

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_LOG_JOURNAL_STREAM_H_
