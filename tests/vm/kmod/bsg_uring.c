// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * bsg_uring: SCSI commands as io_uring commands, for test guests whose kernel's bsg does not take
 * them yet.
 *
 * Each SCSI device gets a node /dev/bsg_uring/H:C:T:L. What a command and its reply look like, and
 * where they differ from bsg's own handler, is in README.md.
 */
#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/io_uring/cmd.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/xarray.h>
#include <scsi/scsi_cmnd.h>
#include <scsi/scsi_device.h>
#include <scsi/scsi_driver.h>
#include <scsi/scsi_ioctl.h>

/* Users cannot ask for more: that is what the kernel keeps of a command's sense data. */
enum { SENSE_MAX = SCSI_SENSE_BUFFERSIZE };
enum { DEFAULT_TIMEOUT_MS = 60 * 1000 };
enum { NODES_MAX = 1 << 16 };
enum { DRIVER_STATUS_SENSE = 8 };

/* What follows the first 48 bytes of a submission entry. */
struct payload {
  u64 cdb;
  u32 cdb_len;
  u32 protocol;    /* 0: SCSI */
  u32 subprotocol; /* 0: SCSI command */
  u32 sense_len;   /* 0: SENSE_MAX */
  u64 sense;       /* 0: none wanted */
  u64 dout;
  u32 dout_len;
  u32 dout_iovecs; /* must be 0 */
  u64 din;
  u32 din_len;
  u32 din_iovecs; /* must be 0 */
  u32 timeout_ms; /* 0: DEFAULT_TIMEOUT_MS */
  u32 reserved[3];
};
static_assert(sizeof(struct payload) == 80);

/* Kept in the io_uring command while the SCSI command is out. */
struct outstanding {
  struct request* rq;
  struct bio* bio; /* the head of the list, which rq->bio no longer is at the end; may be NULL */
  u64 sense;
  u8 sense_room; /* at most SENSE_MAX */
  blk_status_t status;
};

/*
 * One per SCSI device. Open files keep it, and with it the queue, but not the SCSI device: as soon
 * as that is deleted its queue is dying, and refuses.
 */
struct node {
  struct device dev;
  struct cdev cdev;
  struct request_queue* queue;
};

static dev_t first_number;
static DEFINE_IDA(minors);
static DEFINE_XARRAY(nodes); /* by the address of the SCSI device's device in its class */

/* ---- the reply ---- */

/*
 * Sense data without CHECK CONDITION, which some drivers leave, is not given. Returns the bytes
 * written, or a negative errno if the user's memory does not take them.
 */
static int give_sense(const struct outstanding* out, const struct scsi_cmnd* scmd) {
  unsigned int len = min_t(unsigned int, scmd->sense_len, out->sense_room);

  if (!scsi_status_is_check_condition(scmd->result)) return 0;
  if (len != 0 && copy_to_user(u64_to_user_ptr(out->sense), scmd->sense_buffer, len)) {
    return -EFAULT;
  }
  return len;
}

static u64 pack_reply(const struct outstanding* out, const struct scsi_cmnd* scmd, u8 sense_len) {
  u8 status = scmd->result & 0xff;
  u8 host = (scmd->result >> 16) & 0xff;
  u8 driver = scsi_status_is_check_condition(scmd->result) ? DRIVER_STATUS_SENSE : 0;

  /* A command that the block layer ended by itself must not look GOOD. */
  if (out->status != BLK_STS_OK && scmd->result == 0) host = DID_ERROR;
  return (u64)status | (u64)driver << 8 | (u64)host << 16 | (u64)sense_len << 24 |
         (u64)scmd->resid_len << 32;
}

/*
 * In the submitter's task, whose memory this is; or, once that is dying, in any task, whose memory
 * must not be touched. Unmapping looks after that itself.
 */
static void reply(struct io_uring_cmd* cmd, unsigned int issue_flags) {
  struct outstanding out = *io_uring_cmd_to_pdu(cmd, struct outstanding);
  struct scsi_cmnd* scmd = blk_mq_rq_to_pdu(out.rq);
  int sense_len = 0;
  int error = 0;
  u64 result;

  if (!(issue_flags & IO_URING_F_TASK_DEAD)) sense_len = give_sense(&out, scmd);
  if (sense_len < 0) {
    error = sense_len;
    sense_len = 0;
  }
  result = pack_reply(&out, scmd, sense_len);
  if (out.bio) {
    int unmapped = blk_rq_unmap_user(out.bio);

    if (error == 0) error = unmapped;
  }
  blk_mq_free_request(out.rq);
  io_uring_cmd_done(cmd, error, error == 0 ? result : 0, issue_flags);
}

/* In an interrupt, as a rule. The request lives on until reply() frees it. */
static enum rq_end_io_ret ended(struct request* rq, blk_status_t status) {
  struct io_uring_cmd* cmd = rq->end_io_data;

  io_uring_cmd_to_pdu(cmd, struct outstanding)->status = status;
  io_uring_cmd_do_in_task_lazy(cmd, reply);
  return RQ_END_IO_NONE;
}

/* ---- the command ---- */

/* Users can change a submission entry at any time: each word is read once. */
static void read_payload(const struct io_uring_cmd* cmd, struct payload* out) {
  const u64* from = io_uring_sqe_cmd(cmd->sqe);
  u64 words[sizeof(*out) / sizeof(u64)];
  unsigned int i;

  for (i = 0; i < ARRAY_SIZE(words); ++i) words[i] = READ_ONCE(from[i]);
  memcpy(out, words, sizeof(*out));
}

static int check_payload(const struct payload* p) {
  if (p->protocol != 0 || p->subprotocol != 0) return -EINVAL;
  if (p->cdb_len == 0 || p->cdb_len > sizeof_field(struct scsi_cmnd, cmnd)) return -EINVAL;
  if (p->dout_iovecs != 0 || p->din_iovecs != 0) return -EOPNOTSUPP;
  if (p->dout_len != 0 && p->din_len != 0) return -EOPNOTSUPP;
  return 0;
}

/* What the tag's last command left is no reply of this one, and its retries are not ours. */
static void clean_up(struct scsi_cmnd* scmd) {
  scmd->allowed = 0;
  scmd->result = 0;
  scmd->resid_len = 0;
}

static int read_cdb(struct scsi_cmnd* scmd, const struct payload* p, bool open_for_write) {
  if (copy_from_user(scmd->cmnd, u64_to_user_ptr(p->cdb), p->cdb_len)) return -EFAULT;
  scmd->cmd_len = p->cdb_len;
  return scsi_cmd_allowed(scmd->cmnd, open_for_write) ? 0 : -EPERM;
}

static int map_data(struct request* rq, struct io_uring_cmd* cmd, const struct payload* p) {
  bool write = p->dout_len != 0;
  u64 data = write ? p->dout : p->din;
  u32 len = write ? p->dout_len : p->din_len;
  struct iov_iter iter;
  int error;

  if (len == 0) return 0;
  if (!(cmd->flags & IORING_URING_CMD_FIXED)) {
    return blk_rq_map_user(rq->q, rq, NULL, u64_to_user_ptr(data), len, GFP_KERNEL);
  }
  error = io_uring_cmd_import_fixed(data, len, write ? ITER_SOURCE : ITER_DEST, &iter, cmd);
  if (error < 0) return error;
  return blk_rq_map_user_iov(rq->q, rq, NULL, &iter, GFP_KERNEL);
}

static unsigned int timeout_in_jiffies(u32 timeout_ms) {
  unsigned long timeout = msecs_to_jiffies(timeout_ms != 0 ? timeout_ms : DEFAULT_TIMEOUT_MS);

  return min_t(unsigned long, timeout, INT_MAX);
}

static int send(struct io_uring_cmd* cmd, struct request* rq, const struct payload* p) {
  struct outstanding* out = io_uring_cmd_to_pdu(cmd, struct outstanding);
  u32 sense_room = p->sense_len != 0 ? p->sense_len : SENSE_MAX;
  struct scsi_cmnd* scmd = blk_mq_rq_to_pdu(rq);
  int error = read_cdb(scmd, p, cmd->file->f_mode & FMODE_WRITE);

  if (error == 0) error = map_data(rq, cmd, p);
  if (error != 0) return error;
  *out = (struct outstanding){
      .rq = rq,
      .bio = rq->bio,
      .sense = p->sense,
      .sense_room = p->sense != 0 ? min_t(u32, sense_room, SENSE_MAX) : 0,
  };
  clean_up(scmd);
  rq->timeout = timeout_in_jiffies(p->timeout_ms);
  rq->end_io = ended;
  rq->end_io_data = cmd;
  blk_execute_rq_nowait(rq, false);
  return -EIOCBQUEUED;
}

/* -EAGAIN in a call that must not wait makes io_uring call again from a thread that may. */
static int bsg_uring_cmd(struct io_uring_cmd* cmd, unsigned int issue_flags) {
  struct node* node = container_of(file_inode(cmd->file)->i_cdev, struct node, cdev);
  blk_mq_req_flags_t wait = issue_flags & IO_URING_F_NONBLOCK ? BLK_MQ_REQ_NOWAIT : 0;
  const unsigned int big_entries = IO_URING_F_SQE128 | IO_URING_F_CQE32;
  struct payload payload;
  struct request* rq;
  int result;

  /* Before the payload is read, most of which is beyond the end of a small submission entry. */
  if ((issue_flags & big_entries) != big_entries) return -EOPNOTSUPP;
  read_payload(cmd, &payload);
  result = check_payload(&payload);
  if (result != 0) return result;
  rq =
      scsi_alloc_request(node->queue, payload.dout_len != 0 ? REQ_OP_DRV_OUT : REQ_OP_DRV_IN, wait);
  if (IS_ERR(rq)) return PTR_ERR(rq);
  result = send(cmd, rq, &payload);
  if (result != -EIOCBQUEUED) blk_mq_free_request(rq);
  return result;
}

static const struct file_operations node_operations = {
    .owner = THIS_MODULE, /* no unloading while a node is open or a command is out */
    .uring_cmd = bsg_uring_cmd,
    .llseek = noop_llseek,
};

/* ---- nodes ---- */

static char* node_path(const struct device* dev, umode_t* mode) {
  return kasprintf(GFP_KERNEL, "bsg_uring/%s", dev_name(dev));
}

static void release_node(struct device* dev) {
  struct node* node = container_of(dev, struct node, dev);

  blk_put_queue(node->queue);
  ida_free(&minors, MINOR(dev->devt) - MINOR(first_number));
  kfree(node);
}

/* Without a mode, devtmpfs makes a node that is root's alone. */
static const struct class node_class = {
    .name = "bsg_uring",
    .devnode = node_path,
    .dev_release = release_node,
};

/* Takes over the reference to the queue; from here on, put_device() gives back everything. */
static struct node* make_node(struct scsi_device* sdev) {
  struct node* node = kzalloc(sizeof(*node), GFP_KERNEL);
  int minor;

  if (!node) return ERR_PTR(-ENOMEM);
  minor = ida_alloc_max(&minors, NODES_MAX - 1, GFP_KERNEL);
  if (minor < 0) {
    kfree(node);
    return ERR_PTR(minor);
  }
  device_initialize(&node->dev);
  node->queue = sdev->request_queue;
  node->dev.class = &node_class;
  node->dev.parent = &sdev->sdev_gendev;
  node->dev.devt = MKDEV(MAJOR(first_number), MINOR(first_number) + minor);
  cdev_init(&node->cdev, &node_operations);
  node->cdev.owner = THIS_MODULE;
  return node;
}

static int show_node(struct node* node, struct device* key) {
  int error = dev_set_name(&node->dev, "%s", dev_name(node->dev.parent));

  if (error == 0) error = cdev_device_add(&node->cdev, &node->dev);
  if (error != 0) return error;
  error = xa_err(xa_store(&nodes, (unsigned long)key, node, GFP_KERNEL));
  if (error != 0) cdev_device_del(&node->cdev, &node->dev);
  return error;
}

static int add_node(struct device* dev) {
  struct scsi_device* sdev = to_scsi_device(dev->parent);
  struct node* node;
  int error;

  if (!blk_get_queue(sdev->request_queue)) return -ENXIO;
  node = make_node(sdev);
  if (IS_ERR(node)) {
    blk_put_queue(sdev->request_queue);
    return PTR_ERR(node);
  }
  error = show_node(node, dev);
  if (error != 0) put_device(&node->dev);
  return error;
}

static void remove_node(struct device* dev) {
  struct node* node = xa_erase(&nodes, (unsigned long)dev);

  if (!node) return; /* adding it failed */
  cdev_device_del(&node->cdev, &node->dev);
  put_device(&node->dev);
}

static struct class_interface every_scsi_device = {
    .add_dev = add_node,
    .remove_dev = remove_node,
};

static int __init bsg_uring_init(void) {
  int error = alloc_chrdev_region(&first_number, 0, NODES_MAX, "bsg_uring");

  if (error != 0) return error;
  error = class_register(&node_class);
  if (error != 0) goto no_class;
  error = scsi_register_interface(&every_scsi_device);
  if (error != 0) goto no_interface;
  return 0;

no_interface:
  class_unregister(&node_class);
no_class:
  unregister_chrdev_region(first_number, NODES_MAX);
  return error;
}

static void __exit bsg_uring_exit(void) {
  scsi_unregister_interface(&every_scsi_device);
  class_unregister(&node_class);
  unregister_chrdev_region(first_number, NODES_MAX);
  ida_destroy(&minors);
  xa_destroy(&nodes);
}

module_init(bsg_uring_init);
module_exit(bsg_uring_exit);
MODULE_DESCRIPTION("SCSI commands as io_uring commands, for tests");
MODULE_LICENSE("Dual MIT/GPL");
