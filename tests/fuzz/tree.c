/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whole trees of files, from memory, and what is to hold for their plans. */
#include "tests/fuzz/tree.h"

#include <errno.h>
#include <sys/stat.h>

#include "lib/base/file.h"
#include "lib/base/strbuf.h"
#include "lib/files/files.h"
#include "lib/plan/planner.h"
#include "tests/fuzz/fuzz.h"

static const char default_have[] =
	"module bonding\n"
	"link ens160 index 2 mac 52:54:00:00:01:60 mtu 1500 carrier\n"
	"link ens256 index 3 mac 52:54:00:00:02:56 mtu 1500 carrier\n"
	"link ens3 index 4 mac 52:54:00:00:00:03 mtu 1500 up carrier\n"
	"address ens3 172.16.0.3/16 broadcast 172.16.255.255 scope global label ens3\n"
	"route ens3 default via 172.16.0.1\n";

static const char fixed[] =
	"== ifcfg-bond0\nDEVICE=bond0\nIPADDR=192.0.2.1\nPREFIX=24\nGATEWAY=192.0.2.254\n"
	"IPV6INIT=yes\nIPV6ADDR=2001:db8::1/64\nBONDING_OPTS=\"mode=802.3ad "
	"miimon=100\"\n"
	"== ifcfg-ens160\nDEVICE=ens160\nMASTER=bond0\nSLAVE=yes\n"
	"== ifcfg-ens256\nDEVICE=ens256\nMASTER=bond0\nSLAVE=yes\n"
	"== ifcfg-bond0.5\nDEVICE=bond0.5\nVLAN=yes\nBRIDGE=br0\n"
	"== ifcfg-br0\nDEVICE=br0\nTYPE=Bridge\nIPADDR=198.51.100.1\nPREFIX=24\nSTP=on\n"
	"== route-br0\n203.0.113.0/24 via 198.51.100.254 table 100\n"
	"== rule-br0\nfrom 198.51.100.0/24 table 100\n";

/* ---- input ---- */

static const char **place_of(struct tree *tree, const char *name)
{
	const struct {
		const char *name;
		const char **place;
	} places[] = {
		{ "have", &tree->have },       { "made", &tree->made },
		{ "driver", &tree->driver },   { "request", &tree->request },
		{ "network", &tree->network },
	};

	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		if (strcmp(places[i].name, name) == 0)
			return places[i].place;
	return NULL;
}

static bool is_file(const struct tree *tree, const char *name)
{
	if (!*name || strchr(name, '/'))
		return false;
	for (size_t i = 0; i < tree->n; i++)
		if (strcmp(tree->drafts[i].name, name) == 0)
			return false;
	return true;
}

bool tree_read(struct tree *tree, char *text)
{
	const char *name;
	char *part;

	while ((part = fuzz_section(&text, tree->arena, &name))) {
		const struct model_draft draft = { name, part };
		const char **place = place_of(tree, name);

		if (place)
			*place = part;
		else if (is_file(tree, name))
			ARENA_PUSH(tree->arena, tree->drafts, tree->n, tree->cap, draft);
	}
	/* As a word. */
	if (tree->request)
		tree->request = arena_strndup(tree->arena, tree->request,
					      strcspn(tree->request, "\n"));
	if (!tree->n)
		return false;
	ARENA_PUSH(tree->arena, tree->drafts, tree->n, tree->cap,
		   ((struct model_draft){ NULL, NULL }));
	return true;
}

/* ---- files ---- */

/* The one file that a draft cannot stand for; the Makefile has file_read() wrapped. */
static const char *network;

int __wrap_file_read(const char *path, size_t max, struct strbuf *ret,
		     struct stat *ret_st);
int __real_file_read(const char *path, size_t max, struct strbuf *ret,
		     struct stat *ret_st);

int __wrap_file_read(const char *path, size_t max, struct strbuf *ret,
		     struct stat *ret_st)
{
	size_t len = strlen(path);

	if (len < 8 || strcmp(path + len - 8, "/network") != 0)
		return __real_file_read(path, max, ret, ret_st);
	if (!network)
		return -ENOENT;
	memset(ret_st, 0, sizeof(*ret_st));
	strbuf_add(ret, network);
	return 0;
}

static char sysconfig[] = "/tmp/ifcfg-fuzz-XXXXXX";

static void remove_sysconfig(void)
{
	char path[sizeof(sysconfig) + sizeof("/network-scripts")];

	snprintf(path, sizeof(path), "%s/network-scripts", sysconfig);
	rmdir(path);
	rmdir(sysconfig);
}

/* A directory without files, made once: all of them are drafts. */
static const char *empty_sysconfig(void)
{
	static bool is_made;
	char path[sizeof(sysconfig) + sizeof("/network-scripts")];

	if (is_made)
		return sysconfig;
	must(mkdtemp(sysconfig));
	snprintf(path, sizeof(path), "%s/network-scripts", sysconfig);
	must(mkdir(path, 0755) == 0 && atexit(remove_sysconfig) == 0);
	is_made = true;
	return sysconfig;
}

const struct model *tree_load(const struct tree *tree)
{
	const struct model_options options = { .sysconfig = empty_sysconfig(),
					       .insecure = true,
					       .driver = tree->driver,
					       .drafts = tree->drafts };
	_cleanup_diag_ struct diag *diag = diag_new();
	const struct model *want = NULL;
	int r;

	network = tree->network;
	r = model_load(&options, tree->request, NULL, diag, &want);
	must(r == 0 || diag_errors(diag));
	return want;
}

/* ---- plans ---- */

/* struct outcome - a plan, and the state that it ends in; NULL when there is no plan */
struct outcome {
	struct plan *plan;
	struct snapshot *after;
};

static void outcome_release(struct outcome *outcome)
{
	plan_free(outcome->plan);
	snapshot_free(outcome->after);
}

typedef int (*planner_fn)(struct planner *p, const struct model *want);

/* As the next run would see the simulated state: not why it is so. */
static void forget_causes(struct snapshot *after, const struct snapshot *made)
{
	for (size_t i = 0; i < after->n_links; i++) {
		struct snap_link *link = after->links[i];
		const struct snap_link *ours = snapshot_link(made, link->name);

		link->was_reset = false;
		link->bears_vlans = false;
		link->in_resolver = ours && ours->dns;
		for (struct snap_client *at = link->clients; at; at = at->next) {
			at->pid = 1;
			at->env = NULL;
			at->conf = at->host_name = NULL;
		}
	}
}

/* As plan_up() and plan_down(), keeping the simulated state. */
static struct outcome make_plan(planner_fn fn, const struct model *want,
				const struct snapshot *have, const struct snapshot *made)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct outcome outcome = { NULL, NULL };
	struct planner p;
	int r = 0;
	planner_start(&p, want, have, made, diag);

	r = fn(&p, want);
	if (r == 0)
		outcome.after = snapshot_clone(p.sim);
	r = planner_finish(&p, r, &outcome.plan);
	if (r == 0)
		forget_causes(outcome.after, outcome.plan->made);
	must(r == 0 || diag_errors(diag));
	return outcome;
}

static char *text_of(const struct snapshot *snapshot)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	must(out && snapshot_write_text(snapshot, out) == 0);
	fclose(out);
	return text;
}

static char *print(const struct plan *plan)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	must(out && plan_print(plan, NULL, out) == 0);
	fclose(out);
	return text;
}

/* Return: NULL when the text is no state, which is then an error. */
static struct snapshot *state_of(const char *text)
{
	_cleanup_diag_ struct diag *diag = diag_new();
	struct snapshot *state = NULL;

	must(snapshot_read_text(text, "state", diag, &state) == 0 || diag_errors(diag));
	return state;
}

/* What is remembered can be read by the next run. */
static struct snapshot *through_text(const struct snapshot *made)
{
	_cleanup_free_ char *text = text_of(made), *again = NULL;
	struct snapshot *state = state_of(text);

	if (!state)
		must_be_same("cannot be read", "", text);
	must(state);
	again = text_of(state);
	must_be_same("what is remembered", text, again);
	return state;
}

static bool any_failed(const struct plan *plan)
{
	for (size_t i = 0; i < plan->n_owners; i++)
		if (plan->owners[i].has_failed)
			return true;
	return false;
}

/* A second run has nothing to do. */
static void is_settled(const char *what, planner_fn fn, const struct model *want,
		       const struct outcome *first)
{
	_cleanup_snapshot_ struct snapshot *made = through_text(first->plan->made);
	_cleanup_(outcome_release) struct outcome second =
		make_plan(fn, want, first->after, made);
	_cleanup_free_ char *text = NULL;

	if (!second.plan || !second.plan->n)
		return;
	text = print(first->plan);
	fprintf(stderr, "--- first plan\n%s", text);
	free(text);
	text = print(second.plan);
	must_be_same(what, "", text);
}

static void check_plans(const struct model *want, const struct snapshot *have,
			const struct snapshot *made)
{
	_cleanup_(outcome_release) struct outcome up =
		make_plan(planner_up, want, have, made);
	_cleanup_(outcome_release) struct outcome down = { NULL, NULL };

	if (!up.plan)
		return;
	free(print(up.plan));
	if (!any_failed(up.plan))
		is_settled("the second plan up", planner_up, want, &up);
	down = make_plan(planner_down, want, up.after, up.plan->made);
	if (down.plan && !any_failed(down.plan))
		is_settled("the second plan down", planner_down, want, &down);
}

void tree_check(const struct tree *tree, const struct model *want)
{
	_cleanup_snapshot_ struct snapshot *have =
		state_of(tree->have ? tree->have : default_have);
	_cleanup_snapshot_ struct snapshot *made = state_of(tree->made ? tree->made : "");

	if (have && made)
		check_plans(want, have, made);
}

/* ---- one tree on any state ---- */

static const struct model *fixed_model;

static void free_fixed_model(void)
{
	model_free(fixed_model);
}

/* Made once. */
static const struct model *load_fixed(void)
{
	_cleanup_arena_ struct arena *arena = NULL;
	struct tree tree = { .n = 0 };

	if (fixed_model)
		return fixed_model;
	tree.arena = arena = arena_new();
	must(tree_read(&tree, arena_strdup(arena, fixed)));
	fixed_model = tree_load(&tree);
	must(fixed_model && atexit(free_fixed_model) == 0);
	return fixed_model;
}

void tree_plan_on(const struct snapshot *have)
{
	const struct model *want = load_fixed();
	_cleanup_snapshot_ struct snapshot *made = snapshot_new();
	_cleanup_(outcome_release) struct outcome up = { NULL, NULL };
	_cleanup_(outcome_release) struct outcome down = { NULL, NULL };

	must(made);
	up = make_plan(planner_up, want, have, made);
	if (up.plan)
		free(print(up.plan));
	down = make_plan(planner_down, want, have, made);
	if (down.plan)
		free(print(down.plan));
}
