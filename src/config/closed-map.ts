// A map in which every unknown key is a mistake of its own; valibot's strictObject stops at the first and takes lists for maps.

import * as v from 'valibot';

import { mustBe, unknownWord } from './complaint.ts';
import { isMap } from './is-map.ts';

/** Keys that valibot leaves out of its output before anybody could ask what they are. */
const lostKeys: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** `noun` is what a key of this map is called. The issue of an unknown key has a path that ends at it, with the origin `key`. */
export function closedMap<const Entries extends v.ObjectEntries>(entries: Entries, noun: string) {
  const known = Object.keys(entries);
  return v.pipe(
    v.custom<object>(isMap, ({ input }) => mustBe('a map', input)),
    refuseKeys(noun, known, (key) => lostKeys.includes(key)),
    v.looseObject(entries, ({ expected }) => `the ${noun} ${expected} is missing`),
    refuseKeys(noun, known, (key) => !known.includes(key)),
    v.metadata({ additionalProperties: false }),
  );
}

/** For maps whose keys are names of the user's own. */
export function refuseLostKeys<Map extends object>(noun: string) {
  return refuseKeys<Map>(noun, [], (key) => lostKeys.includes(key));
}

/** In one map: who mistakes so many keys has no need to hear of more. */
const MOST_REFUSED = 100;

function refuseKeys<Map extends object>(noun: string, known: readonly string[], isRefused: (key: string) => boolean) {
  return v.rawCheck<Map>(({ dataset: { value: input }, addIssue }) => {
    if (typeof input !== 'object' || input === null) return;
    for (const [key, value] of Object.entries(input).filter(([key]) => isRefused(key)).slice(0, MOST_REFUSED)) {
      addIssue({ message: unknownWord(noun, key, known), path: [{ type: 'unknown', origin: 'key', input, key, value }] });
    }
  });
}
