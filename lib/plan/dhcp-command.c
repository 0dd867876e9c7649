/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command line of each DHCP client: the same requests in the syntax of three
 * programs.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "lib/plan/dhcp.h"

/* Without IPV4_DHCP_TIMEOUT: dhclient's own default, passed to the others. */
#define TIMEOUT_S 60
/* dhclient's own configuration file may have another value. */
#define LIMIT_S 600
/* A client may exceed its own limit by this. */
#define GRACE_S 30
/* udhcpc counts packets, with an interval in seconds. */
#define PACKET_S 3

/* struct command - a command line being put together */
struct command {
	struct planner *p;
	const struct iface *iface;
	enum dhcp_family family;
	const struct dhcp_wish *wish;
	const char *host_name;
	const char **argv, **env;
	size_t n, cap, n_env, env_cap;
	struct strbuf conf;
};

static void add_argument(struct command *c, const char *word)
{
	ARENA_PUSH(c->p->plan->arena, c->argv, c->n, c->cap, word);
}

static void add_two(struct command *c, const char *word, const char *value)
{
	add_argument(c, word);
	add_argument(c, value);
}

static const char *print_number(struct command *c, uint32_t num)
{
	return arena_printf(c->p->plan->arena, "%" PRIu32, num);
}

static void set_env(struct command *c, const char *name, const char *value)
{
	const char *setting = arena_printf(c->p->plan->arena, "%s=%s", name, value);

	ARENA_PUSH(c->p->plan->arena, c->env, c->n_env, c->env_cap, setting);
}

/* Return: NULL if the files do not set it. */
static const struct dhcp_value *wished_value(const struct command *c,
					     enum dhcp_value_id id)
{
	const struct dhcp_value *value = &c->wish->values[id];

	return value->is_set ? value : NULL;
}

static bool is_wished(const struct command *c, enum dhcp_value_id id)
{
	return wished_value(c, id);
}

static const char *wished_text(const struct command *c, enum dhcp_value_id id)
{
	return is_wished(c, id) ? c->wish->values[id].text : NULL;
}

static uint32_t timeout_s(const struct command *c)
{
	return is_wished(c, DHCP_TIMEOUT) ? c->wish->values[DHCP_TIMEOUT].num : TIMEOUT_S;
}

/* The host name to be sent, without a domain. */
static const char *host_name_of(const struct command *c)
{
	if (!c->wish->sends_name || is_wished(c, DHCP_FULL_NAME))
		return NULL;
	return is_wished(c, DHCP_HOST_NAME) ? wished_text(c, DHCP_HOST_NAME)
					    : c->host_name;
}

/* ---- dhclient ---- */

/*
 * For most settings it has no options, only a configuration file. The file's name ends
 * like that of a lease file because Debian's AppArmor profile lets dhclient read nothing
 * else there.
 */
static const char *conf_file(struct planner *p, const char *dev, enum dhcp_family family)
{
	return arena_printf(p->plan->arena, "/run/dhclient%s-%s.lease-conf",
			    family == DHCP_IP6 ? "6" : "", dev);
}

static void conf_text(struct command *c, const char *statement, const char *text)
{
	strbuf_addf(&c->conf, "%s \"", statement);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			strbuf_addc(&c->conf, '\\');
		strbuf_addc(&c->conf, *text);
	}
	strbuf_add(&c->conf, "\";\n");
}

static void conf_names(struct command *c)
{
	if (c->p->have->dhclient_sends_names)
		return;
	if (is_wished(c, DHCP_FULL_NAME)) {
		conf_text(c, "send fqdn.fqdn", wished_text(c, DHCP_FULL_NAME));
		strbuf_add(&c->conf,
			   "send fqdn.encoded on;\nsend fqdn.server-update on;\n");
	} else if (host_name_of(c)) {
		conf_text(c, "send host-name", host_name_of(c));
	}
}

static void conf_reject(struct command *c)
{
	const struct dhcp_value *value = wished_value(c, DHCP_REJECT);

	for (size_t i = 0; value && value->words[i]; i++)
		strbuf_addf(&c->conf, "%s %s", i ? "," : "reject", value->words[i]);
	if (value)
		strbuf_add(&c->conf, ";\n");
}

/* Values that are not requested are not sent, whatever the script would do with them. */
static void conf_request(struct command *c)
{
	const bool red_hats = c->p->have->dhclient_sends_names;
	const bool no_dns = is_wished(c, DHCP_NO_DNS) && !red_hats;
	const bool no_routes = is_wished(c, DHCP_NO_ROUTES) ||
			       (is_wished(c, DHCP_NO_DEFAULT_ROUTE) && !red_hats);

	if (!no_dns && !no_routes)
		return;
	if (c->family == DHCP_IP6) {
		strbuf_add(&c->conf, "request dhcp6.fqdn, dhcp6.sntp-servers;\n");
		return;
	}
	/* On most systems, dhclient knows this option only through this line. */
	if (!no_routes)
		strbuf_add(&c->conf, "option rfc3442-classless-static-routes code 121 = "
				     "array of unsigned integer 8;\n");
	strbuf_add(&c->conf, "request subnet-mask, broadcast-address, time-offset, "
			     "host-name, interface-mtu, ntp-servers");
	if (!no_routes)
		strbuf_add(&c->conf, ", routers, rfc3442-classless-static-routes");
	if (!no_dns)
		strbuf_add(&c->conf, ", domain-name, domain-search, domain-name-servers");
	strbuf_add(&c->conf, ";\n");
}

static void conf_all(struct command *c)
{
	if (is_wished(c, DHCP_TIMEOUT))
		strbuf_addf(&c->conf, "timeout %" PRIu32 ";\n", timeout_s(c));
	conf_names(c);
	if (is_wished(c, DHCP_CLIENT_ID))
		strbuf_addf(&c->conf, "send dhcp-client-identifier %s;\n",
			    wished_text(c, DHCP_CLIENT_ID));
	if (is_wished(c, DHCP_VENDOR_CLASS))
		conf_text(c, "send vendor-class-identifier",
			  wished_text(c, DHCP_VENDOR_CLASS));
	conf_reject(c);
	conf_request(c);
}

/* The administrator's own file, for the device or for all. */
static const char *find_conf(const struct snapshot *have, const char *const *files,
			     bool of_device)
{
	const unsigned int last = of_device ? DHCP_FILE_OLD_OWN_CONF : DHCP_FILE_CONF;

	for (unsigned int i = DHCP_FILE_OWN_CONF; i <= last; i++) {
		const struct snap_file *file = snapshot_file(have, files[i]);

		if (file && !file->is_empty)
			return file->path;
	}
	return NULL;
}

/* Return: the file to be written, or NULL. */
static const char *add_client_conf(struct command *c, const char *const *files)
{
	_cleanup_strbuf_ struct strbuf wishes = STRBUF_EMPTY;
	const char *path = find_conf(c->p->have, files, true);

	conf_all(c);
	if (!c->conf.len) {
		if (path)
			add_two(c, "-cf", path);
		return NULL;
	}
	wishes = c->conf;
	c->conf = (struct strbuf)STRBUF_EMPTY;
	path = find_conf(c->p->have, files, false);
	if (path)
		conf_text(c, "include", path);
	strbuf_add(&c->conf, strbuf_text(&wishes));
	path = conf_file(c->p, c->iface->name, c->family);
	add_two(c, "-cf", path);
	return path;
}

static const char *lease_file(struct command *c, const char *const *files)
{
	const char *folder = files[DHCP_FILE_FOLDER];

	if (snapshot_file(c->p->have, files[DHCP_FILE_LEASES]))
		return files[DHCP_FILE_LEASES];
	if (!snapshot_file(c->p->have, folder) &&
	    snapshot_file(c->p->have, files[DHCP_FILE_OTHER_FOLDER]))
		folder = files[DHCP_FILE_OTHER_FOLDER];
	return arena_printf(c->p->plan->arena, "%s/dhclient%s-%s-%s.lease", folder,
			    c->family == DHCP_IP6 ? "6" : "", c->iface->dhcp->uuid,
			    c->iface->name);
}

static void add_env_setting(struct command *c, const char *name, const char *value)
{
	const char *setting = arena_printf(c->p->plan->arena, "%s=%s", name, value);

	add_two(c, "-e", setting);
}

/* For its script; only Red Hat's knows some of the keys of ifcfg files. */
static void add_settings(struct command *c)
{
	const bool red_hats = c->p->have->dhclient_sends_names;

	if (is_wished(c, DHCP_NO_DNS) && red_hats)
		add_env_setting(c, "PEERDNS", "no");
	if (is_wished(c, DHCP_NO_DEFAULT_ROUTE) && red_hats)
		add_env_setting(c, "DEFROUTE", "no");
	if (is_wished(c, DHCP_GATEWAY) && red_hats)
		add_env_setting(c, "GATEWAY", wished_text(c, DHCP_GATEWAY));
	if (is_wished(c, DHCP_METRIC))
		add_env_setting(c, red_hats ? "METRIC" : "IF_METRIC",
				print_number(c, c->wish->values[DHCP_METRIC].num));
}

static void add_names(struct command *c)
{
	if (!c->p->have->dhclient_sends_names)
		return;
	if (is_wished(c, DHCP_FULL_NAME))
		add_two(c, "-F", wished_text(c, DHCP_FULL_NAME));
	else if (host_name_of(c))
		add_two(c, "-H", host_name_of(c));
}

/* In the order of network-scripts, so that a client started by them is recognized. */
static const char *add_dhclient(struct command *c)
{
	const struct dhcp_value *args = wished_value(c, DHCP_ARGS);
	struct arena *arena = c->p->plan->arena;
	const char *files[DHCP_FILES];
	const char *conf;

	dhcp_files_name(arena, c->family, c->iface->name, files);
	if (c->family == DHCP_IP6)
		add_argument(c, "-6");
	for (size_t i = 0; args && args->words[i]; i++)
		add_argument(c, args->words[i]);
	if (!c->wish->is_persistent)
		add_argument(c, "-1");
	add_argument(c, "-q");
	conf = add_client_conf(c, files);
	add_two(c, "-lf", lease_file(c, files));
	add_two(c, "-pf", dhcp_pid_file(arena, DHCP_DHCLIENT, c->family, c->iface->name));
	add_names(c);
	add_settings(c);
	add_argument(c, c->iface->name);
	return conf;
}

/* ---- dhcpcd ---- */

static const char *add_dhcpcd(struct command *c)
{
	const struct dhcp_value *reject = wished_value(c, DHCP_REJECT);

	add_argument(c, c->family == DHCP_IP6 ? "-6" : "-4");
	add_argument(c, "-q");
	if (c->family == DHCP_IP4)
		add_argument(c, "-L"); /* a self-assigned address does not count */
	if (c->family == DHCP_IP6) {
		/* Router advertisements are handled by the kernel. */
		add_argument(c, "--noipv6rs");
		add_argument(c, "--ia_na");
	}
	if (c->wish->is_persistent)
		add_argument(c, "-b");
	add_two(c, "-t", c->wish->is_persistent ? "0" : print_number(c, timeout_s(c)));
	if (is_wished(c, DHCP_FULL_NAME)) {
		add_two(c, "-F", "both");
		add_two(c, "-h", wished_text(c, DHCP_FULL_NAME));
	} else if (host_name_of(c)) {
		add_two(c, "-h", host_name_of(c));
	}
	if (is_wished(c, DHCP_CLIENT_ID))
		add_two(c, "-I", wished_text(c, DHCP_CLIENT_ID));
	if (is_wished(c, DHCP_VENDOR_CLASS))
		add_two(c, "-i", wished_text(c, DHCP_VENDOR_CLASS));
	for (size_t i = 0; reject && reject->words[i]; i++)
		add_two(c, "-X", reject->words[i]);
	if (is_wished(c, DHCP_METRIC))
		add_two(c, "-m", print_number(c, c->wish->values[DHCP_METRIC].num));
	if (is_wished(c, DHCP_NO_DEFAULT_ROUTE) || is_wished(c, DHCP_NO_ROUTES))
		add_argument(c, "-G");
	if (is_wished(c, DHCP_NO_ROUTES))
		add_two(c, "-O", "static_routes,classless_static_routes");
	if (is_wished(c, DHCP_NO_DNS))
		add_two(c, "-C", "resolv.conf");
	if (is_wished(c, DHCP_NO_PROBE))
		add_argument(c, "-A");
	add_argument(c, c->iface->name);
	return NULL;
}

/* ---- udhcpc ---- */

/* In udhcpc's form of bytes: without colons. */
static const char *joined_bytes(struct command *c, const char *bytes)
{
	_cleanup_strbuf_ struct strbuf out = STRBUF_EMPTY;

	strbuf_add(&out, "0x3d:");
	for (const char *at = bytes; *at;) {
		size_t len = strcspn(at, ":");

		strbuf_add(&out, len == 1 ? "0" : "");
		strbuf_addn(&out, at, len);
		at += len + (at[len] == ':');
	}
	return arena_strdup(c->p->plan->arena, strbuf_text(&out));
}

/* Environment that tells our udhcpc script what to do. */
static void set_udhcpc_env(struct command *c)
{
	if (is_wished(c, DHCP_NO_DNS))
		set_env(c, "PEERDNS", "no");
	if (is_wished(c, DHCP_NO_ROUTES))
		set_env(c, "PEERROUTES", "no");
	if (is_wished(c, DHCP_NO_DEFAULT_ROUTE))
		set_env(c, "DEFROUTE", "no");
	if (is_wished(c, DHCP_METRIC))
		set_env(c, "METRIC", print_number(c, c->wish->values[DHCP_METRIC].num));
}

static const char *add_udhcpc(struct command *c)
{
	uint32_t packets = (timeout_s(c) + PACKET_S - 1) / PACKET_S;

	add_two(c, "-i", c->iface->name);
	add_two(c, "-p",
		dhcp_pid_file(c->p->plan->arena, DHCP_UDHCPC, c->family, c->iface->name));
	add_two(c, "-s", DHCP_UDHCPC_SCRIPT);
	add_argument(c, "-S");
	add_argument(c, c->wish->is_persistent ? "-b" : "-n");
	add_two(c, "-t", print_number(c, packets));
	add_two(c, "-T", print_number(c, PACKET_S));
	if (c->family == DHCP_IP4) {
		/* It does not request these by default. */
		add_two(c, "-O", "search");
		add_two(c, "-O", "staticroutes");
		if (is_wished(c, DHCP_FULL_NAME))
			add_two(c, "-F", wished_text(c, DHCP_FULL_NAME));
		else if (host_name_of(c))
			add_two(c, "-x",
				arena_printf(c->p->plan->arena, "hostname:%s",
					     host_name_of(c)));
		if (is_wished(c, DHCP_CLIENT_ID))
			add_two(c, "-x", joined_bytes(c, wished_text(c, DHCP_CLIENT_ID)));
		if (is_wished(c, DHCP_VENDOR_CLASS))
			add_two(c, "-V", wished_text(c, DHCP_VENDOR_CLASS));
	}
	set_udhcpc_env(c);
	return NULL;
}

/* ---- all of them ---- */

/* Return: the configuration file to be written, or NULL. */
static const char *(*const add_client_words[DHCP_CLIENTS])(struct command *c) = {
	[DHCP_DHCLIENT] = add_dhclient,
	[DHCP_DHCPCD] = add_dhcpcd,
	[DHCP_UDHCPC] = add_udhcpc,
};

static bool is_installed(const struct snapshot *have, enum dhcp_client_id id,
			 enum dhcp_family family)
{
	return snapshot_program(have, dhcp_clients[id].programs[family]) &&
	       (id != DHCP_UDHCPC || snapshot_program(have, DHCP_UDHCPC_SCRIPT));
}

bool dhcp_choose(const struct snapshot *have, const struct snap_client *running,
		 enum dhcp_family family, enum dhcp_client_id *ret)
{
	unsigned int id = 0;

	if (running && is_installed(have, running->id, family)) {
		*ret = running->id;
		return true;
	}
	while (id < DHCP_CLIENTS && !is_installed(have, id, family))
		id++;
	if (id == DHCP_CLIENTS)
		return false;
	*ret = id;
	return true;
}

static void judge_dhcp_values(struct command *c, enum dhcp_client_id id)
{
	unsigned int can = dhcp_clients[id].can;

	if (id == DHCP_DHCLIENT && c->p->have->dhclient_sends_names)
		can |= 1U << DHCP_GATEWAY;
	for (unsigned int i = 0; i < DHCP_VALUES; i++) {
		if (!c->wish->values[i].is_set || can & 1U << i)
			continue;
		diag_warning(
			c->p->diag, c->wish->values[i].pos,
			"%s ignored: %s, which is the DHCP client here, cannot do it",
			c->wish->values[i].key, dhcp_clients[id].programs[c->family]);
		diag_hint(c->p->diag, "remove the line, or install another client");
	}
}

static uint32_t limit_ms(const struct command *c, enum dhcp_client_id id)
{
	if (id == DHCP_DHCLIENT && !is_wished(c, DHCP_TIMEOUT))
		return LIMIT_S * 1000;
	return (timeout_s(c) + GRACE_S) * 1000;
}

static void end_words(struct command *c)
{
	struct arena *arena = c->p->plan->arena;

	ARENA_PUSH(arena, c->argv, c->n, c->cap, NULL);
	if (c->n_env)
		ARENA_PUSH(arena, c->env, c->n_env, c->env_cap, NULL);
}

static struct dhcp_start *new_start(struct planner *p, const char *const *argv,
				    const char *const *env, uint32_t limit)
{
	struct dhcp_start *start = arena_alloc(p->plan->arena, sizeof(*start));
	const struct program program = {
		.argv = argv, .env = env, .limit_ms = limit, .to_stderr = true
	};

	start->program = arena_memdup(p->plan->arena, &program, sizeof(program));
	return start;
}

/* Return: NULL if memory ran out. */
static struct dhcp_start *finish_command(struct command *c, enum dhcp_client_id id,
					 const char *conf_path)
{
	struct arena *arena = c->p->plan->arena;
	struct dhcp_start *start;

	end_words(c);
	start = new_start(c->p, c->argv, c->env, limit_ms(c, id));
	if (conf_path) {
		start->conf_file = conf_path;
		start->conf = arena_strdup(arena, strbuf_text(&c->conf));
	}
	start->needs_link = !c->wish->is_persistent && !c->wish->is_blind;
	start->pid_file = dhcp_pid_file(arena, id, c->family, c->iface->name);
	start->client = (struct snap_client){ .family = c->family,
					      .id = id,
					      .argv = c->argv,
					      .env = c->env,
					      .conf = start->conf,
					      .host_name = c->host_name };
	return start;
}

struct dhcp_start *dhcp_start_as_wanted(struct planner *p, const struct iface *iface,
					enum dhcp_family family, enum dhcp_client_id id,
					const char *host_name)
{
	struct command c = { .p = p,
			     .iface = iface,
			     .family = family,
			     .wish = iface_dhcp(iface, family),
			     .host_name = host_name,
			     .conf = STRBUF_EMPTY };
	struct dhcp_start *start;
	const char *conf_path;

	judge_dhcp_values(&c, id);
	add_argument(&c, snapshot_program(p->have, dhcp_clients[id].programs[family]));
	conf_path = add_client_words[id](&c);
	start = finish_command(&c, id, conf_path);
	strbuf_release(&c.conf);
	return start;
}

/* ---- a running client ---- */

struct dhcp_start *dhcp_start_as_before(struct planner *p, const char *dev,
					const struct snap_client *client)
{
	struct dhcp_start *start;

	if (!client->argv)
		return NULL;
	start = new_start(p, client->argv, client->env, LIMIT_S * 1000);
	if (client->conf) {
		start->conf = client->conf;
		start->conf_file = conf_file(p, dev, client->family);
	}
	start->pid_file = dhcp_pid_file(p->plan->arena, client->id, client->family, dev);
	start->client = *client;
	start->client.pid = 0;
	return start;
}

/* The word after @option; NULL if the option was not given. */
static const char *argument(const struct snap_client *client, const char *option)
{
	for (const char *const *word = client->argv; word && *word; word++)
		if (strcmp(*word, option) == 0)
			return word[1];
	return NULL;
}

static const struct program *new_program(struct command *c)
{
	const struct program program = { .limit_ms = GRACE_S * 1000, .to_stderr = true };
	struct program *copy = arena_memdup(c->p->plan->arena, &program, sizeof(program));

	end_words(c);
	copy->argv = c->argv;
	copy->env = c->env;
	return copy;
}

static void copy_argument(struct command *c, const struct snap_client *client,
			  const char *option)
{
	const char *value = argument(client, option);

	if (value)
		add_two(c, option, value);
}

static const struct program *dhclient_release(struct planner *p, const char *dev,
					      const struct snap_client *client)
{
	struct command c = { .p = p };
	const char *path = snapshot_program(p->have, "dhclient");

	if (!path)
		return NULL;
	add_argument(&c, path);
	if (client->family == DHCP_IP6)
		add_argument(&c, "-6");
	add_argument(&c, "-r");
	copy_argument(&c, client, "-cf");
	copy_argument(&c, client, "-lf");
	copy_argument(&c, client, "-pf");
	add_argument(&c, dev);
	return new_program(&c);
}

/* The script does not notice by itself that dhclient is gone. */
static const struct program *dhclient_script(struct planner *p, const char *dev,
					     enum dhcp_family family)
{
	struct command c = { .p = p };
	const char *path = snapshot_program(p->have, DHCP_DHCLIENT_SCRIPT);

	if (!path)
		return NULL;
	add_argument(&c, path);
	set_env(&c, "reason", family == DHCP_IP6 ? "STOP6" : "STOP");
	set_env(&c, "interface", dev);
	return new_program(&c);
}

static const struct program *dhcpcd_end(struct planner *p, const char *dev,
					enum dhcp_family family, bool release)
{
	struct command c = { .p = p };
	const char *path = snapshot_program(p->have, "dhcpcd");

	if (!path)
		return NULL;
	add_argument(&c, path);
	add_argument(&c, "-q");
	add_argument(&c, family == DHCP_IP6 ? "-6" : "-4");
	add_argument(&c, release ? "-k" : "-x");
	add_argument(&c, dev);
	return new_program(&c);
}

static const struct program *udhcpc_script(struct planner *p, const char *dev,
					   const struct snap_client *client)
{
	struct command c = { .p = p };
	const char *path = snapshot_program(p->have, DHCP_UDHCPC_SCRIPT);

	if (!path)
		return NULL;
	add_argument(&c, path);
	add_argument(&c, "deconfig");
	set_env(&c, "interface", dev);
	for (const char *const *setting = client->env; setting && *setting; setting++)
		ARENA_PUSH(p->plan->arena, c.env, c.n_env, c.env_cap, *setting);
	return new_program(&c);
}

static void set_end(struct planner *p, const char *dev, const struct snap_client *client,
		    bool release, struct dhcp_stop *stop)
{
	switch (client->id) {
	case DHCP_DHCLIENT:
		if (release)
			stop->asked = dhclient_release(p, dev, client);
		else
			stop->last = dhclient_script(p, dev, client->family);
		return;
	case DHCP_DHCPCD:
		stop->asked = dhcpcd_end(p, dev, client->family, release);
		return;
	case DHCP_UDHCPC:
		stop->releases = release;
		stop->last = udhcpc_script(p, dev, client);
		return;
	case DHCP_CLIENTS:
		return;
	}
}

struct dhcp_stop *dhcp_stop_for(struct planner *p, const char *dev,
				const struct snap_client *client, bool release)
{
	struct dhcp_stop *stop = arena_alloc(p->plan->arena, sizeof(*stop));

	stop->family = client->family;
	stop->client = client->id;
	stop->pid_file = dhcp_pid_file(p->plan->arena, client->id, client->family, dev);
	if (client->conf)
		stop->conf_file = conf_file(p, dev, client->family);
	set_end(p, dev, client, release, stop);
	return stop;
}
