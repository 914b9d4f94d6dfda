#include "lib/scsi/verdict.h"

#include "lib/scsi/verdict_table.h"

namespace pathwatch::scsi {

Judgement Judge(const Reply& reply) {
  const Code code = CodeOf(reply);
  const Row& row = FindRow(code);
  return {.verdict = row.verdict, .follow_ups = row.follow_ups, .code = code};
}

}  // namespace pathwatch::scsi
