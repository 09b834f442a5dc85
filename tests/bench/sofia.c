/* One call for the bench: sofia-sip reads a whole message, every header that it types. */
#include <stddef.h>
#include <sofia-sip/su.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_parser.h>
#include <sofia-sip/msg.h>
#include <sofia-sip/msg_mclass.h>

int fingerpost_sofia_reads(const unsigned char *bytes, size_t length) {
  static int ready;
  if (!ready) {
    su_init();
    ready = 1;
  }
  msg_t *message = msg_make(sip_default_mclass(), 0, bytes, (ssize_t)length);
  if (message == NULL) return 0;
  const sip_t *sip = sip_object(message);
  int good = sip != NULL && (sip->sip_request != NULL || sip->sip_status != NULL)
    && sip->sip_error == NULL
    && (sip->sip_flags & MSG_FLG_COMPLETE) != 0 && (sip->sip_flags & MSG_FLG_ERROR) == 0;
  msg_destroy(message);
  return good;
}
