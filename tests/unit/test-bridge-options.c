/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of a bridge's options, and what is read, written and checked by them. */
#include "lib/model/option-load.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/cleanup.h"
#include "lib/base/strbuf.h"

static const struct pos opts_pos = { "f", 7 };

static const struct option_table *const tables[] = { &bridge_table, &bridge_port_table };

#define ROWS (BRIDGE_OPT_COUNT + BRIDGE_PORT_OPT_COUNT)

/* The rows of both tables, counted through. */
static const struct option_table *table_of(int i)
{
	return tables[i >= BRIDGE_OPT_COUNT];
}

static const struct option_row *row_of(int i)
{
	return &table_of(i)->rows[i < BRIDGE_OPT_COUNT ? i : i - BRIDGE_OPT_COUNT];
}

/* ------------------------------------------------------------------ the rows */

START_TEST(row_is_complete)
{
	const struct option_row *row = row_of(_i);

	ck_assert_ptr_nonnull(row->name);
	ck_assert_ptr_nonnull(row->ip_word);
	ck_assert_ptr_nonnull(row->since);
	ck_assert_uint_ne(row->attr, 0);
	ck_assert_ptr_eq(option_find(table_of(_i), row->name), row);
	ck_assert_ptr_eq(option_find(table_of(_i), row->ip_word), row);
	if (row->alias)
		ck_assert_ptr_eq(option_find(table_of(_i), row->alias), row);
	ck_assert((row->kind == OPT_SWITCH || row->kind == OPT_ENUM) ==
		  (row->words != NULL));
	ck_assert((row->kind == OPT_NUMBER || row->kind == OPT_IFNAME) ==
		  (row->unit != NULL));
}
END_TEST

START_TEST(row_is_unlike_the_others)
{
	const struct option_table *table = table_of(_i);
	const struct option_row *row = row_of(_i);

	for (const struct option_row *other = table->rows; other < row; other++) {
		ck_assert_str_ne(row->name, other->name);
		ck_assert_str_ne(row->ip_word, other->ip_word);
		ck_assert(row->attr != other->attr || row->bit != other->bit);
	}
}
END_TEST

/* The largest number that each can carry. */
static const int64_t wire_max[] = {
	[WIRE_U8] = UINT8_MAX,       [WIRE_U16] = UINT16_MAX,     [WIRE_U32] = UINT32_MAX,
	[WIRE_U64] = INT64_MAX,      [WIRE_BE16] = UINT16_MAX,    [WIRE_BIT] = 1,
	[WIRE_MAC] = 0xffffffffffff, [WIRE_IFINDEX] = UINT32_MAX,
};

START_TEST(row_fits_its_wire)
{
	const struct option_row *row = row_of(_i);

	ck_assert_int_le(row->def, wire_max[row->wire]);
	if (row->kind == OPT_NUMBER)
		ck_assert_int_le(row->max, wire_max[row->wire]);
	for (const struct option_word *word = row->words; word && word->name; word++)
		ck_assert_int_le(word->value, wire_max[row->wire]);
	ck_assert_int_eq(row->kind == OPT_GROUP_MAC, row->wire == WIRE_MAC);
	ck_assert_int_eq(row->kind == OPT_IFNAME, row->wire == WIRE_IFINDEX);
	if (row->wire == WIRE_BIT)
		ck_assert_int_eq(row->kind, OPT_SWITCH);
}
END_TEST

static void check_reads_back(const struct option_table *table,
			     const struct option_row *row, int64_t num)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	const struct option_value value = { .is_set = true, .num = num };
	struct option_value again = { .pos = opts_pos };
	const char *why;

	option_value_format(row, &value, &text);
	ck_assert_int_eq(option_value_parse(table, row, strbuf_text(&text), arena, &again,
					    &why),
			 0);
	ck_assert(again.is_set);
	ck_assert(option_value_equal(row, &value, &again));
	ck_assert_uint_eq(again.pos.line, opts_pos.line);
}

static void check_refuses(const struct option_table *table, const struct option_row *row,
			  uint64_t num)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	struct option_value value = { 0 };
	const char *why;
	char digits[21];

	snprintf(digits, sizeof(digits), "%lu", (unsigned long)num);
	ck_assert_int_eq(option_value_parse(table, row, digits, arena, &value, &why),
			 -EINVAL);
	ck_assert(!value.is_set);
}

START_TEST(row_reads_what_it_writes)
{
	const struct option_row *row = row_of(_i);

	if (row->kind == OPT_IFNAME)
		return;
	if (!row->def_words)
		check_reads_back(table_of(_i), row, row->def);
	for (const struct option_word *word = row->words; word && word->name; word++)
		check_reads_back(table_of(_i), row, word->value);
	if (row->words)
		check_refuses(table_of(_i), row, 4095);
	if (row->kind != OPT_NUMBER)
		return;
	check_reads_back(table_of(_i), row, row->min);
	check_reads_back(table_of(_i), row, row->max);
	check_refuses(table_of(_i), row, (uint64_t)row->max + 1);
	check_refuses(table_of(_i), row, UINT64_MAX);
	if (row->min)
		check_refuses(table_of(_i), row, row->min - 1);
}
END_TEST

START_TEST(row_is_described)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;

	option_describe(row_of(_i), &text);
	ck_assert_uint_gt(text.len, 0);
}
END_TEST

START_TEST(row_names_the_default)
{
	const struct option_row *row = row_of(_i);
	struct option_value def = option_default(row);

	ck_assert(def.is_set);
	ck_assert_str_eq(def.ifname, "");
	ck_assert_int_eq(def.num, row->def);
}
END_TEST

/* ------------------------------------------------------------------ values */

static const struct {
	enum bridge_option_id id;
	const char *text;
	int result;
	int64_t num;
} values[] = {
	{ BRIDGE_OPT_STP_STATE, "1", 0, 1 },
	{ BRIDGE_OPT_STP_STATE, "on", 0, 1 },
	{ BRIDGE_OPT_STP_STATE, "off", 0, 0 },
	{ BRIDGE_OPT_STP_STATE, "2", -EINVAL, 0 },
	{ BRIDGE_OPT_STP_STATE, "yes", -EINVAL, 0 },
	{ BRIDGE_OPT_VLAN_PROTOCOL, "802.1ad", 0, 0x88a8 },
	{ BRIDGE_OPT_VLAN_PROTOCOL, "0x88a8", 0, 0x88a8 },
	{ BRIDGE_OPT_VLAN_PROTOCOL, "0x88A8", 0, 0x88a8 },
	{ BRIDGE_OPT_VLAN_PROTOCOL, "33024", 0, 0x8100 },
	{ BRIDGE_OPT_VLAN_PROTOCOL, "0x9100", -EINVAL, 0 },
	{ BRIDGE_OPT_GROUP_FWD_MASK, "0x4000", 0, 0x4000 },
	{ BRIDGE_OPT_GROUP_FWD_MASK, "16384", 0, 0x4000 },
	{ BRIDGE_OPT_GROUP_FWD_MASK, "0xfff8", 0, 0xfff8 },
	{ BRIDGE_OPT_GROUP_FWD_MASK, "0", 0, 0 },
	{ BRIDGE_OPT_GROUP_FWD_MASK, "0xfffc", -EINVAL, 0 },
	{ BRIDGE_OPT_GROUP_FWD_MASK, "0x10000", -EINVAL, 0 },
	{ BRIDGE_OPT_GROUP_FWD_MASK, "65536", -EINVAL, 0 },
	{ BRIDGE_OPT_GROUP_FWD_MASK, "0x", -EINVAL, 0 },
	{ BRIDGE_OPT_GROUP_ADDR, "01:80:c2:00:00:00", 0, 0x0180c2000000 },
	{ BRIDGE_OPT_GROUP_ADDR, "01:80:C2:00:00:0F", 0, 0x0180c200000f },
	{ BRIDGE_OPT_GROUP_ADDR, "01:80:c2:00:00:04", 0, 0x0180c2000004 },
	{ BRIDGE_OPT_GROUP_ADDR, "01:80:c2:00:00:01", -EINVAL, 0 },
	{ BRIDGE_OPT_GROUP_ADDR, "01:80:c2:00:00:03", -EINVAL, 0 },
	{ BRIDGE_OPT_GROUP_ADDR, "01:80:c2:00:00:10", -EINVAL, 0 },
	{ BRIDGE_OPT_GROUP_ADDR, "02:80:c2:00:00:00", -EINVAL, 0 },
	{ BRIDGE_OPT_GROUP_ADDR, "nonsense", -EINVAL, 0 },
	{ BRIDGE_OPT_MCAST_ROUTER, "enabled", 0, 2 },
	{ BRIDGE_OPT_MCAST_ROUTER, "3", -EINVAL, 0 },
	{ BRIDGE_OPT_PRIORITY, "0x8000", -EINVAL, 0 },
	{ BRIDGE_OPT_PRIORITY, "-1", -EINVAL, 0 },
	{ BRIDGE_OPT_PRIORITY, "", -EINVAL, 0 },
};

START_TEST(value_is_read)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	const struct option_row *row = &bridge_table.rows[values[_i].id];
	const char *why;
	struct option_value value = { 0 };

	ck_assert_int_eq(option_value_parse(&bridge_table, row, values[_i].text, arena,
					    &value, &why),
			 values[_i].result);
	ck_assert_int_eq(value.is_set, values[_i].result == 0);
	ck_assert_int_eq(value.num, values[_i].num);
}
END_TEST

START_TEST(name_of_a_port_is_checked)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	const struct option_row *row =
		&bridge_port_table.rows[BRIDGE_PORT_OPT_BACKUP_PORT];
	struct option_value a = { 0 }, b = { 0 };
	const char *why;

	ck_assert_int_eq(option_value_parse(&bridge_port_table, row, "a/b", arena, &a,
					    &why),
			 -EINVAL);
	ck_assert_int_eq(option_value_parse(&bridge_port_table, row, "ens160", arena, &a,
					    &why),
			 0);
	ck_assert_int_eq(option_value_parse(&bridge_port_table, row, "ens256", arena, &b,
					    &why),
			 0);
	ck_assert(!option_value_equal(row, &a, &b));
	ck_assert_int_eq(option_value_parse(&bridge_port_table, row, "ens160", arena, &b,
					    &why),
			 0);
	ck_assert(option_value_equal(row, &a, &b));
}
END_TEST

/* ------------------------------------------------------------------ the line */

#define WARN(message, hint) "f:7: warning: " message "\n    hint: " hint "\n"

static const struct {
	const struct option_table *table;
	const char *text, *values, *messages;
} lines[] = {
	{ &bridge_table, "", "", "" },
	{ &bridge_table, " priority=4096  stp_state=1\n", "stp_state=on priority=4096",
	  "" },
	{ &bridge_table, "mcast_snooping=0 vlan_default_pvid=7 multicast_hash_max=512",
	  "default_pvid=7 multicast_snooping=off hash_max=512", "" },
	{ &bridge_table, "priorty=1", "",
	  WARN("unknown bridge option 'priorty' ignored", "did you mean 'priority'?") },
	{ &bridge_table, "mcast_snoping=0", "",
	  WARN("unknown bridge option 'mcast_snoping' ignored",
	       "did you mean 'mcast_snooping'?") },
	{ &bridge_table, "frobnicate=1", "",
	  WARN("unknown bridge option 'frobnicate' ignored",
	       "ifcfg-bond(5) lists the options") },
	{ &bridge_table, "path_cost=1", "",
	  WARN("unknown bridge option 'path_cost' ignored",
	       "it belongs in the file of the port") },
	{ &bridge_port_table, "ageing_time=1", "",
	  WARN("unknown bridge port option 'ageing_time' ignored",
	       "it belongs in the file of the bridge") },
	{ &bridge_table, "hash_elasticity=4", "",
	  WARN("hash_elasticity ignored: the driver has no use for it from kernel 5.0 on",
	       "remove it") },
	{ &bridge_table, "root_id=1", "",
	  WARN("root_id ignored: the driver reports it and does not let it be set",
	       "remove it") },
	{ &bridge_table, "stp_state", "",
	  WARN("'stp_state' ignored: it is not of the form option=value",
	       "write stp_state=… without blanks around the '='") },
	{ &bridge_table, "stp_state=maybe priority=1", "priority=1",
	  WARN("bridge option stp_state ignored: 'maybe' is not a value of stp_state",
	       "stp_state takes off (0) or on (1)") },
	{ &bridge_table, "multicast_router=enable", "",
	  WARN("bridge option multicast_router ignored: 'enable' is not a value of "
	       "multicast_router",
	       "did you mean 'enabled'? multicast_router takes disabled (0), auto (1) or "
	       "enabled (2)") },
	{ &bridge_table, "priority=1 priority=2", "priority=2",
	  WARN("bridge option priority given twice: 2 replaces 1",
	       "remove one of them") },
	{ &bridge_table, "priority=1 priority=1", "priority=1", "" },
	{ &bridge_table, "hello_time=2 max_age=20", "hello_time=200 max_age=2000",
	  WARN("hello_time=2 is taken as seconds: as 1/100 s, it is less than the driver "
	       "takes",
	       "write hello_time=200") WARN("max_age=20 is taken as seconds: as 1/100 s, "
					    "it is less than the driver takes",
					    "write max_age=2000") },
	{ &bridge_table, "hello_time=11", "",
	  WARN("bridge option hello_time ignored: '11' is out of range for hello_time",
	       "hello_time takes 100 to 1000 in 1/100 s") },
	{ &bridge_table, "forward_delay=4", "forward_delay=4", "" },
	{ &bridge_port_table, "cost=7 hairpin=on guard=1 flood=0 backup_port=ens256",
	  "hairpin_mode=on bpdu_guard=on unicast_flood=off path_cost=7 "
	  "backup_port=ens256",
	  "" },
	{ &bridge_port_table, "path_cost=0", "",
	  WARN("bridge port option path_cost ignored: '0' is out of range for path_cost",
	       "path_cost takes 1 to 65535") },
};

static char *values_text(const struct option_values *set)
{
	_cleanup_strbuf_ struct strbuf text = STRBUF_EMPTY;
	const struct option_table *table = set->table;
	const struct option_value *of = set->of;

	for (size_t id = 0; id < table->n; id++) {
		if (!of[id].is_set)
			continue;
		ck_assert_uint_eq(of[id].pos.line, 7);
		strbuf_addf(&text, text.len ? " %s=" : "%s=", table->rows[id].name);
		option_value_format(&table->rows[id], &of[id], &text);
	}
	return strbuf_take(&text);
}

static char *messages_text(struct diag *diag)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	ck_assert_ptr_nonnull(out);
	diag_print(diag, DIAG_NOTE, out);
	fclose(out);
	return text;
}

START_TEST(line_is_read)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	const struct option_table *table = lines[_i].table;
	struct option_values *of = option_values_new(table, arena);
	_cleanup_free_ char *text = NULL, *messages = NULL;

	ck_assert_int_eq(options_load(lines[_i].text, opts_pos, arena, diag, of, NULL),
			 0);
	text = values_text(of);
	messages = messages_text(diag);
	ck_assert_str_eq(text, lines[_i].values);
	ck_assert_str_eq(messages, lines[_i].messages);
}
END_TEST

static const struct {
	const char *text, *values, *messages;
} together[] = {
	{ "stp_state=0 forward_delay=0", "forward_delay=0 stp_state=off", "" },
	{ "forward_delay=0", "forward_delay=0", "" },
	{ "stp_state=1 forward_delay=200", "forward_delay=200 stp_state=on", "" },
	{ "stp_state=1 forward_delay=0", "forward_delay=200 stp_state=on",
	  WARN("the forward delay becomes 2 s: with STP, it is 2 to 30 s",
	       "write DELAY=2, or STP=no") },
	{ "stp_state=1 forward_delay=4000", "forward_delay=3000 stp_state=on",
	  WARN("the forward delay becomes 30 s: with STP, it is 2 to 30 s",
	       "write DELAY=30, or STP=no") },
	{ "mcast_vlan_snooping=1 vlan_filtering=1",
	  "vlan_filtering=on mcast_vlan_snooping=on", "" },
	{ "mcast_vlan_snooping=1", "",
	  WARN("mcast_vlan_snooping ignored: it needs vlan_filtering=1",
	       "remove it, or add vlan_filtering=1") },
	{ "mst_enabled=1 default_pvid=0", "default_pvid=0 mst_enabled=on", "" },
	{ "mst_enabled=1", "",
	  WARN("mst_enabled ignored: it needs default_pvid=0",
	       "remove it, or add default_pvid=0") },
};

START_TEST(options_go_together)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	struct option_values *of = option_values_new(&bridge_table, arena);
	_cleanup_free_ char *text = NULL, *messages = NULL;

	ck_assert_int_eq(options_load(together[_i].text, opts_pos, arena, diag, of, NULL),
			 0);
	options_validate(of, diag);
	text = values_text(of);
	messages = messages_text(diag);
	ck_assert_str_eq(text, together[_i].values);
	ck_assert_str_eq(messages, together[_i].messages);
}
END_TEST

START_TEST(mab_needs_locked)
{
	_cleanup_arena_ struct arena *arena = arena_new();
	_cleanup_diag_ struct diag *diag = diag_new();
	struct option_values *set = option_values_new(&bridge_port_table, arena);
	struct option_value *of = set->of;

	of[BRIDGE_PORT_OPT_MAB] = (struct option_value){ .is_set = true, .num = 1 };
	of[BRIDGE_PORT_OPT_LOCKED] = of[BRIDGE_PORT_OPT_MAB];
	options_validate(set, diag);
	ck_assert(of[BRIDGE_PORT_OPT_MAB].is_set);
	of[BRIDGE_PORT_OPT_LOCKED].is_set = false;
	options_validate(set, diag);
	ck_assert(!of[BRIDGE_PORT_OPT_MAB].is_set);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("bridge-options");
	TCase *rows = tcase_create("rows"), *text = tcase_create("text");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(rows, row_is_complete, 0, ROWS);
	tcase_add_loop_test(rows, row_is_unlike_the_others, 0, ROWS);
	tcase_add_loop_test(rows, row_fits_its_wire, 0, ROWS);
	tcase_add_loop_test(rows, row_reads_what_it_writes, 0, ROWS);
	tcase_add_loop_test(rows, row_is_described, 0, ROWS);
	tcase_add_loop_test(rows, row_names_the_default, 0, ROWS);
	tcase_add_loop_test(text, value_is_read, 0, (int)ARRAY_SIZE(values));
	tcase_add_test(text, name_of_a_port_is_checked);
	tcase_add_loop_test(text, line_is_read, 0, (int)ARRAY_SIZE(lines));
	tcase_add_loop_test(text, options_go_together, 0, (int)ARRAY_SIZE(together));
	tcase_add_test(text, mab_needs_locked);
	suite_add_tcase(suite, rows);
	suite_add_tcase(suite, text);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
