/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looks up assignments, both for readers of the file and for its own $NAMEs. */
#include "parsers/shellvars.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

/**
 * struct slot - a key; indexes are counted from 1, 0 means none
 * @latest: its last assignment
 * @first, @in_force: the first and the last that are in force, once the list is complete
 */
struct slot {
	const char *key;
	size_t latest, first, in_force;
};

/* struct shellvar_index - a hash table of @cap slots, at least twice as many as keys */
struct shellvar_index {
	struct arena *arena;
	struct slot *slots;
	size_t n, cap;
};

/*
 * Up to this many keys, a linear search is as fast as the index. Nearly all files have
 * fewer.
 */
#define FEW 32

/* FNV-1a. */
static size_t hash(const char *key)
{
	uint32_t value = 2166136261;

	for (; *key; key++)
		value = (value ^ (unsigned char)*key) * 16777619;
	return value;
}

/* The slot of the key, or the empty slot where it belongs. */
static struct slot *find_slot(const struct shellvar_index *index, const char *key)
{
	size_t i = hash(key) & (index->cap - 1);

	while (index->slots[i].key && strcmp(index->slots[i].key, key) != 0)
		i = (i + 1) & (index->cap - 1);
	return &index->slots[i];
}

static void grow_index(struct shellvar_index *index)
{
	const struct shellvar_index old = *index;

	index->cap = old.cap ? 4 * old.cap : 64;
	index->slots = arena_alloc(index->arena, index->cap * sizeof(*index->slots));
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].key)
			*find_slot(index, old.slots[i].key) = old.slots[i];
}

static void add_to_index(struct shellvars *vars, size_t i)
{
	struct shellvar_index *index = vars->index;
	struct shellvar *var = &vars->vars[i];
	struct slot *slot;

	if (2 * index->n >= index->cap)
		grow_index(index);
	slot = find_slot(index, var->key);
	index->n += !slot->key;
	slot->key = var->key;
	var->before = slot->latest;
	slot->latest = i + 1;
	if (var->stray)
		return;
	slot->in_force = i + 1;
	slot->first = slot->first ? slot->first : i + 1;
}

void shellvar_make_index(struct shellvars *vars, struct arena *arena)
{
	vars->index = NULL;
	if (vars->n < FEW)
		return;
	vars->index = arena_alloc(arena, sizeof(*vars->index));
	vars->index->arena = arena;
	grow_index(vars->index);
	for (size_t i = 0; i < vars->n; i++)
		add_to_index(vars, i);
}

void shellvar_index_last(struct shellvars *vars, struct arena *arena)
{
	if (vars->index)
		add_to_index(vars, vars->n - 1);
	else
		shellvar_make_index(vars, arena);
}

const struct shellvar *shellvar_get(const struct shellvars *vars, const char *key)
{
	if (vars->index) {
		size_t i = find_slot(vars->index, key)->in_force;

		return i ? &vars->vars[i - 1] : NULL;
	}
	for (size_t i = vars->n; i > 0; i--) {
		const struct shellvar *var = &vars->vars[i - 1];

		/*
		 * This is called for each of a hundred keys: most differ in their first
		 * letter.
		 */
		if (*var->key == *key && !var->stray && strcmp(var->key, key) == 0)
			return var;
	}
	return NULL;
}

bool shellvar_is_first(const struct shellvars *vars, const struct shellvar *var)
{
	if (vars->index) {
		size_t first = find_slot(vars->index, var->key)->first;

		return !first || var <= &vars->vars[first - 1];
	}
	for (const struct shellvar *at = vars->vars; at < var; at++)
		if (!at->stray && strcmp(at->key, var->key) == 0)
			return false;
	return true;
}

/* Bash has discarded this one for good. */
static bool is_discarded(const struct shellvar *var)
{
	return var->flaw == SHELLVAR_STRAY || var->flaw == SHELLVAR_UNSET;
}

static bool is_latest(const struct shellvar *var)
{
	return !var->flaw || var->flaw >= SHELLVAR_COMPUTED;
}

/* Assignments that are gone are examined once and skipped afterwards. */
static const struct shellvar *latest_in_slot(const struct shellvars *vars,
					     struct slot *slot)
{
	for (size_t *at = &slot->latest; *at;) {
		struct shellvar *var = &vars->vars[*at - 1];

		if (*at <= vars->n && is_latest(var))
			return var;
		if (is_discarded(var))
			*at = var->before;
		else
			at = &var->before;
	}
	return NULL;
}

const struct shellvar *shellvar_latest(const struct shellvars *vars, const char *key)
{
	if (vars->index)
		return latest_in_slot(vars, find_slot(vars->index, key));
	for (size_t i = vars->n; i > 0; i--) {
		const struct shellvar *var = &vars->vars[i - 1];

		if (*var->key == *key && is_latest(var) && strcmp(var->key, key) == 0)
			return var;
	}
	return NULL;
}
