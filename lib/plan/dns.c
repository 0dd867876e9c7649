/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of a plan that updates the resolver: a file, systemd-resolved or resolvconf.
 */
#include "lib/plan/dns.h"

#include <errno.h>
#include <string.h>

#include "lib/base/language.h"
#include "lib/base/strbuf.h"
#include "lib/plan/resolv-text.h"

#define LIMIT_MS 30000
/* MAXNS of the C library's resolver. */
#define SERVERS_MAX 3

void dns_remember(struct planner *p, const struct iface *iface)
{
	struct snap_link *made = snapshot_link(p->plan->made, iface->name);

	if (p->have->resolver.kind == RESOLVER_UNUSABLE)
		return;
	if (!made && iface->dns)
		made = snapshot_add_link(p->plan->made, iface->name, 0);
	if (made)
		made->dns = NULL;
	if (iface->dns)
		snapshot_set_dns(p->plan->made, made, &iface->dns->dns);
}

/* ---- common to both ways ---- */

static struct dns *dns_of(const struct snapshot *made, const char *name)
{
	const struct snap_link *link = snapshot_link(made, name);

	return link ? link->dns : NULL;
}

/* The steps from now on belong to this interface, whether or not it has a file. */
static void begin_dns_of(struct planner *p, const struct model *want, const char *name)
{
	size_t i = 0;

	while (i < p->plan->n_owners && strcmp(p->plan->owners[i].name, name) != 0)
		i++;
	if (i < want->n_order) {
		planner_begin(p, want->order[i]);
	} else if (i < p->plan->n_owners) {
		p->owner = i;
		p->iface = NULL;
		diag_about(p->diag, name);
	} else {
		planner_begin_gone(p, name);
	}
}

static const struct iface *iface_named(const struct model *want, const char *name)
{
	for (size_t i = 0; i < want->n_order; i++)
		if (strcmp(want->order[i]->name, name) == 0)
			return want->order[i];
	return NULL;
}

static struct pos dns_pos(const struct model *want, const char *name)
{
	const struct iface *iface = iface_named(want, name);

	if (!iface)
		return (struct pos){ 0 };
	return iface->dns ? iface->dns->pos : iface->pos;
}

static bool is_beyond(const struct dns *all, const char *server)
{
	for (size_t i = SERVERS_MAX; i < all->of[DNS_SERVER].n; i++)
		if (strcmp(all->of[DNS_SERVER].words[i], server) == 0)
			return true;
	return false;
}

static void judge_number(struct planner *p, const struct iface *iface,
			 const struct dns *all)
{
	const struct dns_list *servers = &iface->dns->dns.of[DNS_SERVER];

	for (size_t i = 0; i < servers->n; i++) {
		if (!is_beyond(all, servers->words[i]))
			continue;
		diag_about(p->diag, iface->name);
		diag_warning(
			p->diag, iface->dns->server_pos[i],
			"name server %s will not be used: programs use only the first %d",
			servers->words[i], SERVERS_MAX);
		diag_hint(p->diag, "remove name servers of this or of another interface");
		return;
	}
}

static void judge_numbers(struct planner *p, const struct model *want,
			  const struct dns *all)
{
	for (size_t i = 0; i < want->n_order; i++)
		if (want->order[i]->dns)
			judge_number(p, want->order[i], all);
}

/* ---- the file ---- */

static struct pos pos_of_file(const struct model *want)
{
	for (size_t i = 0; i < want->n_order; i++)
		if (want->order[i]->dns)
			return want->order[i]->dns->pos;
	return want->target ? want->target->pos : (struct pos){ 0 };
}

static bool has_other_dns(const struct planner *p, const char *name)
{
	static const struct dns nothing;
	const struct dns *was = dns_of(p->was_made, name),
			 *is = dns_of(p->plan->made, name);

	return !dns_equal(was ? was : &nothing, is ? is : &nothing);
}

/*
 * The interface whose failure undoes the change of the file and vice versa; an owner of
 * its own if several interfaces change it, so that none of them affects the others.
 */
static void begin_file(struct planner *p, const struct model *want)
{
	const struct snapshot *const all[] = { p->was_made, p->plan->made };
	const char *changed = NULL;
	bool several = false;

	for (size_t a = 0; a < ARRAY_SIZE(all); a++)
		for (size_t i = 0; i < all[a]->n_links; i++) {
			const char *name = all[a]->links[i]->name;

			if (!has_other_dns(p, name))
				continue;
			several |= changed && strcmp(changed, name) != 0;
			changed = name;
		}
	begin_dns_of(p, want, several || !changed ? RESOLV_CONF : changed);
}

static bool is_other_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) != 0 : a != b;
}

static void change_file(struct planner *p, const struct model *want,
			const struct dns *were, const struct dns *are)
{
	static const struct dns nothing;
	const bool was_file =
		p->was_made->resolver.kind == RESOLVER_FILE && !dns_is_empty(were);
	const char *now = p->have->resolver.text;
	const struct resolv_edit edit = {
		.base = was_file ? p->was_made->resolver.text : now,
		.now = now,
		.ours = was_file ? were : &nothing,
		.want = are,
	};
	const struct snap_resolver base = { .text = edit.base };
	struct plan_op op = { .kind = OP_RESOLV_SET,
			      .pos = pos_of_file(want),
			      .needs = PLAN_NO_OP };

	judge_numbers(p, want, are);
	resolv_text_make(&edit, p->plan->arena, &op.text);
	if (!dns_is_empty(are))
		snapshot_set_resolver(p->plan->made, &base);
	if (!is_other_text(op.text, now))
		return;
	begin_file(p, want);
	planner_add(p, op);
}

/* The step that writes the file; NULL if there is none. */
static const struct plan_op *find_file_step(const struct plan *plan)
{
	for (size_t i = plan->n; i-- > 0;)
		if (plan->ops[i].kind == OP_RESOLV_SET)
			return &plan->ops[i];
	return NULL;
}

static bool writes_file(const struct planner *p)
{
	const struct snapshot *made = p->plan->made;

	for (size_t i = 0; i < made->n_links; i++)
		if (made->links[i]->dns && !dns_is_empty(made->links[i]->dns))
			return made->resolver.kind == RESOLVER_FILE;
	return false;
}

void dns_redo(struct planner *p, const struct model *want, size_t owner, size_t lease)
{
	const struct plan_op *step = find_file_step(p->plan);
	struct plan_op op = { .kind = OP_RESOLV_SET,
			      .pos = pos_of_file(want),
			      .needs = PLAN_NO_OP,
			      .follows = lease,
			      .text = p->sim->resolver.text };

	if (!writes_file(p) || (step && step->owner == owner))
		return;
	begin_dns_of(p, want, step ? p->plan->owners[step->owner].name : RESOLV_CONF);
	planner_add(p, op);
}

/* ---- a service, which is informed about each link by a program ---- */

/* A link whose name servers a service knows, or is to know. */
struct told {
	const struct model *want;
	const char *program;
	const struct snap_link *link; /* NULL if it is gone */
	const char *name;
	const struct dns *was, *is;
};

static void add_run(struct planner *p, const struct told *told,
		    const struct program *program)
{
	planner_add(p, (struct plan_op){ .kind = OP_RUN,
					 .pos = dns_pos(told->want, told->name),
					 .needs = planner_creation(p, told->name),
					 .is_wish = true,
					 .program = program });
}

/* "resolvectl VERB LINK WORD …"; an empty word clears the list. */
static const char **resolvectl_words(struct planner *p, const struct told *told,
				     enum dns_kind kind, const struct dns *dns)
{
	static const char *const verbs[] = {
		[DNS_SERVER] = "dns", [DNS_DOMAIN] = "domain"
	};
	const struct dns_list *list = &dns->of[kind];
	const char **argv = arena_alloc(p->plan->arena, (list->n + 5) * sizeof(*argv));
	size_t n = 0;

	argv[n++] = told->program;
	argv[n++] = verbs[kind];
	argv[n++] = told->name;
	if (!list->n)
		argv[n++] = "";
	for (size_t i = 0; i < list->n; i++)
		argv[n++] = list->words[i];
	return argv;
}

static void tell_resolved(struct planner *p, const struct told *told)
{
	const char *const revert[] = { told->program, "revert", told->name, NULL };

	if (!told->link)
		return;
	for (unsigned int kind = DNS_SERVER; kind <= DNS_DOMAIN; kind++) {
		const struct program undo = {
			.argv = told->was ? resolvectl_words(p, told, kind, told->was)
					  : revert,
			.limit_ms = LIMIT_MS,
		};
		const struct program program = {
			.argv = told->is ? resolvectl_words(p, told, kind, told->is)
					 : revert,
			.limit_ms = LIMIT_MS,
			.undo = &undo,
		};

		if (told->is || kind == DNS_SERVER)
			add_run(p, told, &program);
	}
}

/* The lines as they would be in resolv.conf. */
static const char *resolvconf_input(struct planner *p, const struct dns *dns)
{
	static const struct dns nothing;
	const struct resolv_edit edit = { .ours = &nothing, .want = dns };
	const char *text = NULL;

	if (dns)
		resolv_text_make(&edit, p->plan->arena, &text);
	return text;
}

static void tell_resolvconf(struct planner *p, const struct told *told)
{
	const char *const add[] = { told->program, "-a", told->name, NULL };
	const char *const remove[] = { told->program, "-d", told->name, NULL };
	const struct program undo = {
		.argv = told->was ? add : remove,
		.input = resolvconf_input(p, told->was),
		.limit_ms = LIMIT_MS,
	};
	const struct program program = {
		.argv = told->is ? add : remove,
		.input = resolvconf_input(p, told->is),
		.limit_ms = LIMIT_MS,
		.undo = &undo,
	};

	add_run(p, told, &program);
}

static const struct service {
	const char *name, *program;
	void (*tell)(struct planner *p, const struct told *told);
	bool forgets_links; /* of deleted links, even if they come back */
	bool takes_options;
} services[] = {
	[RESOLVER_RESOLVED] = { "systemd-resolved", "resolvectl", tell_resolved, true,
				false },
	[RESOLVER_RESOLVCONF] = { "resolvconf", "resolvconf", tell_resolvconf, false,
				  true },
};

/* Whether the service still has the settings that an earlier run made for the link. */
static bool is_in_force(const struct planner *p, const struct service *service,
			const struct told *told)
{
	const struct snap_link *before = snapshot_link(p->have, told->name);

	if (!told->was || !before || !before->in_resolver)
		return false;
	return !service->forgets_links ||
	       (told->link && told->link->ifindex == before->ifindex);
}

static void judge_dns_options(struct planner *p, const struct service *service,
			      const struct told *told)
{
	if (service->takes_options || !told->is->of[DNS_OPTION].n)
		return;
	diag_about(p->diag, told->name);
	diag_warning(p->diag, dns_pos(told->want, told->name),
		     "RES_OPTIONS of %s ignored: %s takes none", told->name,
		     service->name);
	diag_hint(p->diag, "remove them, or set them in its own configuration");
}

/* Updates one link that has, or is to have, settings there. */
static void change_link(struct planner *p, const struct service *service,
			struct told *told)
{
	const bool same_service = p->was_made->resolver.kind == p->have->resolver.kind;

	told->link = planner_link(p, told->name);
	told->was = same_service ? dns_of(p->was_made, told->name) : NULL;
	told->is = dns_of(p->plan->made, told->name);
	if (told->is)
		judge_dns_options(p, service, told);
	if (!is_in_force(p, service, told) && service->forgets_links)
		told->was = NULL;
	if (!told->was && !told->is)
		return;
	if (told->was && told->is && dns_equal(told->was, told->is) &&
	    is_in_force(p, service, told))
		return;
	begin_dns_of(p, told->want, told->name);
	service->tell(p, told);
}

static void tell_service(struct planner *p, const struct model *want)
{
	const struct service *service = &services[p->have->resolver.kind];
	struct told told = { .want = want,
			     .program = snapshot_program(p->have, service->program) };

	if (!told.program) {
		diag_warning(p->diag, pos_of_file(want),
			     "name servers are not set: %s manages them, and %s is not "
			     "installed",
			     service->name, service->program);
		diag_hint(p->diag, "install %s, or make %s a plain file",
			  service->program, RESOLV_CONF);
		return;
	}
	for (size_t i = 0; i < p->was_made->n_links; i++) {
		told.name = p->was_made->links[i]->name;
		if (p->was_made->links[i]->dns && !dns_of(p->plan->made, told.name))
			change_link(p, service, &told);
	}
	for (size_t i = 0; i < p->plan->made->n_links; i++) {
		told.name = p->plan->made->links[i]->name;
		if (p->plan->made->links[i]->dns)
			change_link(p, service, &told);
	}
}

/* ---- neither ---- */

/*
 * Nothing can be changed now, so what is ours stays as it was, even for a link that goes
 * down, whose lines are still in the file.
 */
static void remember_all(struct planner *p)
{
	struct snapshot *made = p->plan->made;
	snapshot_set_resolver(made, &p->was_made->resolver);

	for (size_t i = 0; i < made->n_links; i++)
		made->links[i]->dns = NULL;
	for (size_t i = 0; i < p->was_made->n_links; i++) {
		const struct snap_link *was = p->was_made->links[i];
		struct snap_link *link = snapshot_link(made, was->name);

		if (!was->dns)
			continue;
		if (!link)
			link = snapshot_add_link(made, was->name, 0);
		snapshot_set_dns(made, link, was->dns);
	}
}

/* ---- the whole ---- */

void dns_finish(struct planner *p, const struct model *want)
{
	struct snap_resolver *made = &p->plan->made->resolver;
	struct dns were = { 0 }, are = { 0 };

	snapshot_all_dns(p->was_made, p->plan->arena, &were);
	snapshot_all_dns(p->plan->made, p->plan->arena, &are);
	*made = (struct snap_resolver){ 0 };
	if (dns_is_empty(&were) && dns_is_empty(&are))
		return;
	if (!dns_is_empty(&are))
		made->kind = p->have->resolver.kind;
	switch (p->have->resolver.kind) {
	case RESOLVER_FILE:
		change_file(p, want, &were, &are);
		break;
	case RESOLVER_RESOLVCONF:
		judge_numbers(p, want, &are);
		tell_service(p, want);
		break;
	case RESOLVER_RESOLVED:
		tell_service(p, want);
		break;
	case RESOLVER_UNUSABLE:
		remember_all(p);
		break;
	}
	diag_about(p->diag, NULL);
}
