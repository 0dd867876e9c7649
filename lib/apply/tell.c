/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Failed steps in words. */
#include "lib/apply/tell.h"

#include <string.h>

#include "lib/base/strbuf.h"

static void add_addr(const struct plan_op *op, struct strbuf *out)
{
	char text[SNAP_ADDR_TEXT_MAX];

	strbuf_add(out, snap_addr_format(op->addr, text));
}

static void add_probed(const struct plan_op *op, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	strbuf_add(out, ip_format(&op->probe.addr, text));
}

static void add_route(const struct plan_op *op, struct strbuf *out)
{
	struct route route = *op->route;

	route.dev = op->dev;
	strbuf_add(out, "the route ");
	route_format(&route, out);
}

static void add_conf(const struct plan_op *op, struct strbuf *out)
{
	strbuf_addf(out, "the setting %s.%s", link_confs[op->conf.id].family,
		    link_confs[op->conf.id].name);
}

static void add_rule(const struct plan_op *op, struct strbuf *out)
{
	strbuf_add(out, "the rule");
	rule_format(op->rule, out);
}

static void add_program(const struct plan_op *op, struct strbuf *out)
{
	strbuf_add_quoted(out, op->program->argv[0]);
}

/* "cannot VERB [OBJECT JOINT] DEVICE", the device left out where the verb says it all. */
static const struct op_words {
	const char *verb;
	void (*add_object)(const struct plan_op *op, struct strbuf *out);
	const char *joint;
	bool no_device;
	const char *hint;   /* instead of the command that does the same */
	const char *unsaid; /* in front of it, when the kernel gave no reason */
	bool says_all;      /* what is said when it fails has no need of an errno */
} op_words[] = {
	[OP_MODULE_LOAD] = { .verb = "load the bonding driver", .no_device = true },
	[OP_LINK_ADD] = { .verb = "create" },
	[OP_BOND_SET] = { .verb = "change the options of" },
	[OP_VLAN_SET] = { .verb = "change the flags and priority maps of" },
	[OP_TUN_SET] = { .verb = "set up" },
	[OP_IPOIB_MODE] = { .verb = "change the mode of",
			    .unsaid = "its driver may not have connected mode: some "
				      "have it only without ipoib_enhanced" },
	[OP_BRIDGE_SET] = { .verb = "change the options of" },
	[OP_BR_PORT_SET] = { .verb = "change the options of port" },
	[OP_LINK_DEL] = { .verb = "remove" },
	[OP_LINK_UP] = { .verb = "bring up" },
	[OP_LINK_DOWN] = { .verb = "take down" },
	[OP_LINK_MTU] = { .verb = "change the MTU of" },
	[OP_LINK_MAC] = { .verb = "change the MAC address of" },
	[OP_LINK_ARP] = { .verb = "switch ARP on or off on" },
	[OP_LINK_TOKEN] = { .verb = "set the IPv6 token of" },
	[OP_PORT_ADD] = { .verb = "enslave",
			  .unsaid = "the kernel's log may tell why; a port that cannot "
				    "change its MAC address needs mode=active-backup "
				    "and fail_over_mac=active" },
	[OP_PORT_REMOVE] = { .verb = "release" },
	[OP_PORT_SET] = { .verb = "change the options of port" },
	[OP_LINK_WAIT] = { .verb = "wait for" },
	[OP_ADDR_PROBE] = { .verb = "use",
			    .add_object = add_probed,
			    .joint = "on",
			    .hint = "give one of the two another address; with "
				    "ARPCHECK=no nobody asks" },
	[OP_ADDR_ADD] = { .verb = "add", .add_object = add_addr, .joint = "to" },
	[OP_ADDR_DEL] = { .verb = "remove", .add_object = add_addr, .joint = "from" },
	[OP_ROUTE_ADD] = { .verb = "add", .add_object = add_route, .no_device = true },
	[OP_ROUTE_DEL] = { .verb = "remove", .add_object = add_route, .no_device = true },
	[OP_CONF_SET] = { .verb = "set", .add_object = add_conf, .joint = "of" },
	[OP_DAD_WAIT] = { .verb = "use",
			  .add_object = add_addr,
			  .joint = "on",
			  .hint = "give one of the two another address" },
	[OP_RULE_ADD] = { .verb = "add", .add_object = add_rule, .no_device = true },
	[OP_RULE_DEL] = { .verb = "remove", .add_object = add_rule, .no_device = true },
	[OP_ADDR_ANNOUNCE] = { .verb = "announce",
			       .add_object = add_probed,
			       .joint = "on" },
	[OP_RUN] = { .verb = "run",
		     .add_object = add_program,
		     .no_device = true,
		     .says_all = true },
	[OP_RESOLV_SET] = { .verb = "change " RESOLV_CONF, .no_device = true },
	[OP_DHCP_STOP] = { .verb = "stop the DHCP client of", .says_all = true },
	[OP_DHCP_START] = { .verb = "get a lease for", .says_all = true },
};
_Static_assert(ARRAY_SIZE(op_words) == OP_COUNT, "a kind of step has no words");

static void add_words(const struct plan_op *op, struct strbuf *out)
{
	const struct op_words *words = &op_words[op->kind];

	strbuf_addf(out, "cannot %s", words->verb);
	if (words->add_object) {
		strbuf_addc(out, ' ');
		words->add_object(op, out);
		if (words->joint)
			strbuf_addf(out, " %s", words->joint);
	}
	if (!words->no_device)
		strbuf_addf(out, " %s", op->dev);
}

/* A wish that the kernel does not grant yet is no news; a program that fails is. */
static enum diag_grade grade_of(const struct plan_op *op)
{
	if (!op->is_wish)
		return DIAG_ERROR;
	if (op->kind == OP_RUN)
		return op->program->is_silent ? DIAG_NOTE : DIAG_WARNING;
	return op->kind == OP_DHCP_START ? DIAG_WARNING : DIAG_NOTE;
}

void tell_failure(const struct plan_op *op, const struct rtnl_reply *reply, bool undoing,
		  struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY, command = STRBUF_EMPTY;
	const char *why = strerror(-reply->error);
	enum diag_grade grade = grade_of(op);

	diag_about(diag, op->dev);
	add_words(op, &words);
	if (undoing)
		strbuf_add(&words, " to undo what was done");
	if (reply->text && op_words[op->kind].says_all)
		diag_add(diag, grade, op->pos, "%s: %s", strbuf_text(&words),
			 reply->text);
	else if (reply->text)
		diag_add(diag, grade, op->pos, "%s: %s (%s)", strbuf_text(&words),
			 reply->text, why);
	else
		diag_add(diag, grade, op->pos, "%s: %s", strbuf_text(&words), why);
	if (op_words[op->kind].hint) {
		diag_hint(diag, "%s", op_words[op->kind].hint);
		return;
	}
	if (op_words[op->kind].unsaid && !reply->text)
		strbuf_addf(&command, "%s; ", op_words[op->kind].unsaid);
	strbuf_add(&command, "the command that does the same is: ");
	plan_op_print(op, &command);
	diag_hint(diag, "%s", strbuf_text(&command));
}
