/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The grammar of nmcli: options, an object, a command, and its arguments.
 *
 * Words may be abbreviated as in nmcli: the first object, or command, with that prefix is
 * meant. What only NetworkManager can do is an error that says so.
 */
#include "lib/ctl/nm.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "lib/base/language.h"
#include "lib/base/num.h"
#include "lib/base/print.h"
#include "lib/ctl/write.h"

const char *nm_peek(const struct nm_words *words)
{
	return words->n ? words->of[0] : NULL;
}

const char *nm_next(struct nm_words *words)
{
	if (!words->n)
		return NULL;
	words->n--;
	return *words->of++;
}

int nm_usage(struct nm *nm, const char *why, const char *word)
{
	if (word)
		diag_error(nm->ctl->run.diag, (struct pos){ 0 }, "'%s' %s", word, why);
	else
		diag_error(nm->ctl->run.diag, (struct pos){ 0 }, "%s", why);
	return NM_USAGE;
}

int nm_status(struct nm *nm, int error, int status)
{
	struct diag *diag = nm->ctl->run.diag;

	if (error < 0 && error != -EINVAL && !diag_errors(diag))
		diag_error(diag, (struct pos){ 0 }, "cannot read or write the files: %s",
			   language_error(-error));
	return error == 0 ? NM_DONE : error == -EINVAL ? status : NM_FAILED;
}

/* ---- options ---- */

enum nm_option {
	NM_TERSE,
	NM_PRETTY,
	NM_MODE,
	NM_FIELDS,
	NM_VALUES,
	NM_ESCAPE,
	NM_WAIT,
	NM_COLORS,
	NM_IGNORED,
	NM_VERSION,
	NM_HELP,
	NM_OFFLINE,
	NM_COMPLETE
};

/* @takes: it takes a value */
static const struct {
	const char *name;
	char letter;
	enum nm_option option;
	bool takes;
} options[] = {
	{ "terse", 't', NM_TERSE, false },
	{ "pretty", 'p', NM_PRETTY, false },
	{ "mode", 'm', NM_MODE, true },
	{ "fields", 'f', NM_FIELDS, true },
	{ "get-values", 'g', NM_VALUES, true },
	{ "escape", 'e', NM_ESCAPE, true },
	{ "wait", 'w', NM_WAIT, true },
	{ "colors", 'c', NM_COLORS, true },
	{ "overview", 'o', NM_IGNORED, false },
	{ "ask", 'a', NM_IGNORED, false },
	{ "show-secrets", 's', NM_IGNORED, false },
	{ "nocheck", 'n', NM_IGNORED, false },
	{ "version", 'v', NM_VERSION, false },
	{ "help", 'h', NM_HELP, false },
	{ "offline", '\0', NM_OFFLINE, false },
	{ "complete-args", '\0', NM_COMPLETE, false },
};

/* "-f", "--fields", "--fie", and "--fields=NAME" up to the '='. */
static int find_nm_option(const char *word)
{
	const char *name = word + 1 + (word[1] == '-');
	size_t len = strcspn(name, "=");

	for (size_t i = 0; i < ARRAY_SIZE(options); i++)
		if (len == 1 && *name == options[i].letter)
			return (int)i;
	for (size_t i = 0; i < ARRAY_SIZE(options) && len > 1; i++)
		if (strncmp(options[i].name, name, len) == 0)
			return (int)i;
	return -1;
}

static bool begins(const char *whole, const char *word)
{
	return *word && strncasecmp(whole, word, strlen(word)) == 0;
}

static bool is_yes(const char *word)
{
	return strcasecmp(word, "yes") == 0 || strcasecmp(word, "on") == 0 ||
	       strcasecmp(word, "true") == 0;
}

static int set_mode(struct nm *nm, const char *value)
{
	if (!begins("tabular", value) && !begins("multiline", value))
		return nm_usage(nm, _("is neither tabular nor multiline"), value);
	nm->style.has_mode = true;
	nm->style.multiline = begins("multiline", value);
	return NM_DONE;
}

static int print_nm_help(void)
{
	print_text(
		stdout,
		_("Usage: nmcli [OPTION]... OBJECT [COMMAND [WORD]...]\n"
		  "The grammar of nmcli for ifcfg files; see ifcfgctl(8).\n\n"
		  "  connection  show, up, down, add, modify, delete, reload, load\n"
		  "\n"
		  "  -t, --terse              for programs: values with ':' between\n"
		  "  -f, --fields FIELDS      which ones, with commas between, or all\n"
		  "  -g, --get-values FIELDS  only the values of these\n"
		  "  -m, --mode MODE          tabular or multiline\n"
		  "  -e, --escape yes|no      whether ':' and '\\' in values get a '\\'\n"
		  "  -p, --pretty             with a title\n"
		  "  -v, --version            print the version\n\n"
		  "Example: nmcli connection add type bond ifname bond0 mode "
		  "active-backup\n\n"
		  "Exit status: see nmcli(1)."));
	return NM_DONE;
}

/* Return: -1 to continue; an exit status. */
static int set_nm_option(struct nm *nm, enum nm_option option, const char *value)
{
	struct nm_style *style = &nm->style;
	uint32_t seconds;

	switch (option) {
	case NM_TERSE:
		style->terse = true;
		break;
	case NM_PRETTY:
		style->pretty = true;
		break;
	case NM_MODE:
		return set_mode(nm, value) == NM_DONE ? -1 : NM_USAGE;
	case NM_VALUES:
		style->terse = style->values = true;
		style->fields = value;
		break;
	case NM_FIELDS:
		style->fields = value;
		break;
	case NM_ESCAPE:
		style->bare = !is_yes(value);
		break;
	case NM_WAIT:
		if (num_parse_u32(value, INT32_MAX, &seconds) < 0)
			return nm_usage(nm, _("is not a number of seconds"), value);
		break;
	case NM_VERSION:
		puts("nmcli tool of ifcfg-bond, version " VERSION);
		return NM_DONE;
	case NM_HELP:
		return print_nm_help();
	case NM_OFFLINE:
		return nm_usage(nm, _("--offline is for keyfiles: see ifcfgctl export"),
				NULL);
	case NM_COMPLETE:
		style->completes = true;
		break;
	case NM_COLORS: /* there are none */
	case NM_IGNORED:
		break;
	}
	return -1;
}

static int take_nm_option(struct nm *nm, struct nm_words *words)
{
	const char *word = nm_next(words), *value = strchr(word, '=');
	int at = find_nm_option(word);

	if (at < 0)
		return nm_usage(nm, _("is not an option of nmcli"), word);
	if (value)
		value++;
	else if (options[at].takes)
		value = nm_next(words);
	if (options[at].takes && !value)
		return nm_usage(nm, _("is without its value"), word);
	return set_nm_option(nm, options[at].option, value ? value : "");
}

/* Return: -1 to continue; an exit status. */
static int take_options(struct nm *nm, struct nm_words *words)
{
	int r = -1;

	/* The last word to be completed is not an option yet. */
	while (r < 0 && words->n > nm->style.completes && *nm_peek(words) == '-')
		r = take_nm_option(nm, words);
	if (r < 0 && nm->style.terse && nm->style.pretty)
		r = nm_usage(nm, _("--terse and --pretty exclude each other"), NULL);
	return r;
}

/* ---- objects and commands ---- */

static int not_ours(struct nm *nm, const char *what, const char *instead)
{
	diag_error(nm->ctl->run.diag, (struct pos){ 0 },
		   "%s is NetworkManager's: there is nothing like it for ifcfg files",
		   what);
	if (*instead)
		diag_hint(nm->ctl->run.diag, "%s", _(instead));
	return NM_USAGE;
}

/* The first one is the default command. */
static const struct nm_command connection_commands[] = {
	{ "show", nm_connection_show, NULL, false },
	{ "up", nm_connection_up, NULL, false },
	{ "down", nm_connection_down, NULL, false },
	{ "add", nm_connection_add, NULL, false },
	{ "modify", nm_connection_modify, NULL, false },
	{ "edit", NULL, N_("edit the file in /etc/sysconfig/network-scripts"), false },
	{ "delete", nm_connection_delete, NULL, false },
	{ "reload", nm_connection_reload, NULL, false },
	{ "load", nm_connection_load, NULL, false },
	{ "clone", NULL, N_("copy the file, and change NAME, UUID and DEVICE"), false },
	{ "import", NULL, N_("`ifcfgctl import` takes keyfiles"), false },
	{ "export", NULL, N_("`ifcfgctl export --to keyfile` makes keyfiles"), false },
	{ "monitor", NULL, N_("`ifcfgctl status --watch` shows changes"), false },
	{ "migrate", NULL, N_("`ifcfgctl import --write` takes keyfiles over"), false },
	{ NULL, NULL, NULL, false },
};

static const struct nm_command device_commands[] = {
	{ "status", nm_device_status, NULL, true },
	{ "show", nm_device_show, NULL, true },
	{ "set", NULL, N_("connection.autoconnect of the connection says the same"),
	  false },
	{ "connect", nm_device_connect, NULL, true },
	{ "reapply", nm_device_reapply, NULL, true },
	{ "up", nm_device_connect, NULL, true },
	{ "disconnect", nm_device_disconnect, NULL, true },
	{ "down", nm_device_disconnect, NULL, true },
	{ "delete", nm_device_delete, NULL, true },
	{ "monitor", NULL, N_("`ifcfgctl status --watch` shows changes"), false },
	{ "wifi", NULL, "", false },
	{ "lldp", NULL, "", false },
	{ "checkpoint", NULL, N_("ifup --try takes changes back"), false },
	{ "modify", NULL, N_("`connection modify`, then `connection up`"), false },
	{ NULL, NULL, NULL, false },
};

static const struct nm_command *find_nm_command(struct nm *nm, const char *object,
						const struct nm_command *commands,
						const char *word)
{
	for (const struct nm_command *command = commands; command->name; command++)
		if (!word || begins(command->name, word))
			return command;
	diag_error(nm->ctl->run.diag, (struct pos){ 0 },
		   "%s has no command '%s': see nmcli(1)", object, word);
	return NULL;
}

static int run_object(struct nm *nm, const char *name, const struct nm_command *commands,
		      struct nm_words *words)
{
	const struct nm_command *command;
	const char *what;
	int r = take_options(nm, words);

	if (r >= 0)
		return r;
	if (nm->style.completes && words->n < 2)
		return nm_complete_command(commands);
	if (nm_peek(words) && strcmp(nm_peek(words), "help") == 0)
		return print_nm_help();
	command = find_nm_command(nm, name, commands, nm_next(words));
	if (!command)
		return NM_USAGE;
	if (command->run && nm->style.completes)
		return nm_complete(nm, command, words);
	if (command->run)
		return command->run(nm, words);
	what = arena_printf(nm->arena, "%s %s", name, command->name);
	return not_ours(nm, what, command->instead);
}

/* In the order of nmcli: @commands is NULL for those that are not supported. */
static const struct object {
	const char *name;
	const struct nm_command *commands;
	const char *instead;
} nm_objects[] = {
	{ "general", NULL, N_("`ifcfgctl status` shows the state of the network") },
	{ "monitor", NULL, N_("`ifcfgctl status --watch` shows changes") },
	{ "networking", NULL, N_("ifup -a and ifdown -a take all interfaces") },
	{ "radio", NULL, "" },
	{ "connection", connection_commands, NULL },
	{ "device", device_commands, NULL },
	{ "agent", NULL, "" },
};

static int complete_object(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(nm_objects); i++)
		if (nm_objects[i].commands)
			print_line(stdout, "%s", nm_objects[i].name);
	return NM_DONE;
}

static int run_nmcli(struct nm *nm, struct nm_words *words)
{
	int r = take_options(nm, words);
	const char *word;

	if (r >= 0)
		return r;
	if (nm->style.completes && words->n < 2)
		return complete_object();
	word = nm_peek(words) ? nm_next(words) : "device";
	if (strcmp(word, "help") == 0)
		return print_nm_help();
	for (size_t i = 0; i < ARRAY_SIZE(nm_objects); i++) {
		if (!begins(nm_objects[i].name, word))
			continue;
		if (!nm_objects[i].commands) {
			not_ours(nm, nm_objects[i].name, nm_objects[i].instead);
			return NM_NOT_RUNNING; /* what programs ask that look for it */
		}
		return run_object(nm, nm_objects[i].name, nm_objects[i].commands, words);
	}
	return nm_usage(nm, _("is not an object of nmcli: see nmcli --help"), word);
}

/* ---- the commands of ifcfgctl ---- */

static int run_as(struct ctl *ctl, int n, char **of,
		  int (*run)(struct nm *nm, struct nm_words *words))
{
	_cleanup_arena_ struct arena *arena = arena_new();
	struct nm nm = { .ctl = ctl, .arena = arena };
	struct nm_words words = { n, of };

	return run(&nm, &words);
}

static int run_connection(struct nm *nm, struct nm_words *words)
{
	return run_object(nm, "connection", connection_commands, words);
}

static int connection(struct ctl *ctl, int n, char **words)
{
	return run_as(ctl, n, words, run_connection);
}

static int run_device(struct nm *nm, struct nm_words *words)
{
	return run_object(nm, "device", device_commands, words);
}

static int device(struct ctl *ctl, int n, char **words)
{
	return run_as(ctl, n, words, run_device);
}

static int nmcli(struct ctl *ctl, int n, char **words)
{
	return run_as(ctl, n, words, run_nmcli);
}

const struct ctl_command ctl_connection = {
	.name = "connection",
	.args = "[COMMAND [WORD]...]",
	.example = "connection add type bond ifname bond0 mode active-backup",
	.what = N_("add, change and show interfaces in the words of nmcli"),
	.max_words = CTL_MANY,
	.takes_all = true,
	.run = connection,
};

const struct ctl_command ctl_device = {
	.name = "device",
	.args = "[COMMAND [WORD]...]",
	.example = "device status",
	.what = N_("show and use devices in the words of nmcli"),
	.max_words = CTL_MANY,
	.takes_all = true,
	.run = device,
};

const struct ctl_command ctl_nmcli = {
	.name = "",
	.args = "[OPTION]... OBJECT [COMMAND [WORD]...]",
	.what = N_("the grammar of nmcli, for ifcfg files"),
	.max_words = CTL_MANY,
	.takes_all = true,
	.run = nmcli,
};
