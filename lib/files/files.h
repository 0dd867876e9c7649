/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "lib/model/model.h"

/**
 * struct model_besides - a device that is also loaded if the device @with is a target
 *
 * If it has errors, or no file, it is skipped.
 */
struct model_besides {
	const char *name, *with;
};

/* struct model_files - the ifcfg files, read but not interpreted further than necessary */
struct model_files;

/**
 * model_read() - read the files, of which a model is to be loaded
 * @options: borrowed
 * @request: borrowed: device, file name, path, NAME or MAC address, as given to ifup; NULL
 *           for all
 *
 * What they mention and @options->host does not know is in @options->asks then.
 *
 * Return: the files; problems are reported by model_load_files().
 */
struct model_files *model_read(const struct model_options *options, const char *request);

/* Looks once more at what the files are about, with a host that is better known by now. */
void model_name_files(struct model_files *files);

/*
 * Loads a model, once: the rest of model_load(). What turns out to matter besides and is not
 * known is in the options' .asks then, and taken for what it is as a rule: if the host, which
 * is to be asked, contradicts that, all has to be read again.
 */
int model_load_files(struct model_files *files, const struct model_besides *besides,
		     struct diag *diag, const struct model **ret_model);

/* Accepts NULL. */
void model_files_free(struct model_files *files);

static inline void model_files_freep(struct model_files **files)
{
	model_files_free(*files);
}
#define _cleanup_model_files_ _cleanup_(model_files_freep)

/**
 * model_load() - read and validate everything about one interface, or about all
 * @options: borrowed: .host has to know all that matters
 * @request: as above
 * @besides: borrowed; the last one has no name; or NULL for none
 * @diag: receives all errors and warnings of all files that concern the interface
 * @ret_model: new model, freed with model_free(); untouched on failure
 *
 * Other interfaces' files are read only as far as needed to identify them; errors in them
 * are not reported. With -a, each interface is read independently: one with errors is
 * excluded.
 *
 * Return: 0; -ENOENT if nothing is configured under that name, -EINVAL if the
 * configuration has errors (both reported in @diag). Spec: ifup and
 * need_config() of network-scripts.
 */
int model_load(const struct model_options *options, const char *request,
	       const struct model_besides *besides, struct diag *diag,
	       const struct model **ret_model);
/*
 * Whether a file with @subject in its name, "bond0" or "bond0:1", is one of an interface of the
 * model, or of a port of it.
 */
bool model_means(const struct model *model, const char *subject);
