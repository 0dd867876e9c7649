/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The secret for stable IPv6 addresses, by SHA-256 (FIPS 180-4). */
#include "lib/plan/stable-secret.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define BLOCK 64

static const uint32_t constants[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
	0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
	0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
	0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
	0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t turned(uint32_t x, unsigned int bits)
{
	return x >> bits | x << (32 - bits);
}

static void expand(const uint8_t block[BLOCK], uint32_t w[64])
{
	for (int i = 0; i < 16; i++, block += 4)
		w[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 |
		       (uint32_t)block[2] << 8 | block[3];
	for (int i = 16; i < 64; i++)
		w[i] = w[i - 16] + w[i - 7] +
		       (turned(w[i - 15], 7) ^ turned(w[i - 15], 18) ^ w[i - 15] >> 3) +
		       (turned(w[i - 2], 17) ^ turned(w[i - 2], 19) ^ w[i - 2] >> 10);
}

static void digest_block(uint32_t state[8], const uint8_t block[BLOCK])
{
	uint32_t w[64], s[8];

	expand(block, w);
	memcpy(s, state, sizeof(s));
	for (int i = 0; i < 64; i++) {
		uint32_t one = s[7] + constants[i] + w[i] +
			       ((s[4] & s[5]) ^ (~s[4] & s[6])) +
			       (turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25));
		uint32_t two = (turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22)) +
			       ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));

		memmove(&s[1], &s[0], 7 * sizeof(*s));
		s[4] += one;
		s[0] = one + two;
	}
	for (int i = 0; i < 8; i++)
		state[i] += s[i];
}

static void digest(const char *text, size_t len, uint32_t state[8])
{
	uint8_t block[BLOCK];
	uint64_t bits = (uint64_t)len * 8;
	size_t done = 0;

	for (; len - done >= BLOCK; done += BLOCK)
		digest_block(state, (const uint8_t *)text + done);
	memset(block, 0, sizeof(block));
	memcpy(block, text + done, len - done);
	block[len - done] = 0x80;
	if (len - done >= BLOCK - sizeof(bits)) {
		digest_block(state, block);
		memset(block, 0, sizeof(block));
	}
	for (size_t i = 0; i < sizeof(bits); i++)
		block[BLOCK - 1 - i] = (uint8_t)(bits >> 8 * i);
	digest_block(state, block);
}

const char *stable_secret_make(struct arena *arena, const char *name,
			       const char *machine_id)
{
	uint32_t state[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
			      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	const char *text = arena_printf(arena, "%s %s", name, machine_id);

	digest(text, strlen(text), state);
	return arena_printf(arena, "%04x:%04x:%04x:%04x:%04x:%04x:%04x:%04x",
			    state[0] >> 16, state[0] & 0xffff, state[1] >> 16,
			    state[1] & 0xffff, state[2] >> 16, state[2] & 0xffff,
			    state[3] >> 16, state[3] & 0xffff);
}
