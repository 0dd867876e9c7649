/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages about failed steps. */
#include "lib/apply/tell.h"

#include <string.h>

#include "lib/base/language.h"
#include "lib/base/strbuf.h"
#include "lib/plan/step-kinds.h"

/*
 * A step that need not succeed is never an error; programs, clients and waits get a
 * warning.
 */
static enum diag_grade grade_of_step(const struct plan_op *op)
{
	if (!op->is_wish)
		return DIAG_ERROR;
	if (op->kind == OP_RUN)
		return op->program->is_silent ? DIAG_NOTE : DIAG_WARNING;
	return op->kind == OP_DHCP_START || op->kind == OP_LINK_WAIT ? DIAG_WARNING
								     : DIAG_NOTE;
}

void tell_failure(const struct plan_op *op, const struct rtnl_reply *reply, bool undoing,
		  struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf words = STRBUF_EMPTY, command = STRBUF_EMPTY;
	const char *why = language_error(-reply->error);
	enum diag_grade grade = grade_of_step(op);
	const struct step_kind *kind = step_kind(op->kind);

	diag_about(diag, op->dev);
	strbuf_addf(&words, _("cannot %s"), _(kind->verb));
	step_add_object(op, &words);
	if (undoing)
		strbuf_add(&words, _(" to undo what was done"));
	if (reply->text && kind->says_all)
		diag_add(diag, grade, op->pos, "%s: %s", strbuf_text(&words),
			 reply->text);
	else if (reply->text)
		diag_add(diag, grade, op->pos, "%s: %s (%s)", strbuf_text(&words),
			 reply->text, why);
	else
		diag_add(diag, grade, op->pos, "%s: %s", strbuf_text(&words), why);
	if (reply->holder) {
		diag_hint_words(diag,
				"ifup -a moves addresses from one interface to another; "
				"or run ifdown %s first",
				reply->holder);
		return;
	}
	if (kind->hint) {
		diag_hint(diag, "%s", _(kind->hint));
		return;
	}
	if (kind->unsaid && !reply->text)
		strbuf_addf(&command, "%s; ", _(kind->unsaid));
	strbuf_add(&command, _("the command that does the same is: "));
	plan_op_print(op, &command);
	diag_hint(diag, "%s", strbuf_text(&command));
}

static void tell_users_last(const struct plan_op *op, struct diag *diag)
{
	diag_warning(diag, op->pos,
		     "%s keeps its OWNER or GROUP: the kernel cannot clear them",
		     op->dev);
	diag_hint(diag, "to clear them, remove %s, then create it again", op->dev);
}

static void tell_program_lasts(const struct plan_op *op, struct diag *diag)
{
	_cleanup_strbuf_ struct strbuf command = STRBUF_EMPTY;

	plan_op_print(op, &command);
	diag_warning(diag, op->pos, "%s keeps this setting: %s", op->dev,
		     strbuf_text(&command));
	diag_hint(diag, "run ifup again with the former file, or set it by hand");
}

void tell_lasts(const struct plan_op *op, struct diag *diag)
{
	if (op->kind == OP_RUN)
		tell_program_lasts(op, diag);
	else
		tell_users_last(op, diag);
}
