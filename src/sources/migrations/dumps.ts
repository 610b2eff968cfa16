// Dumps of databases in SQL: what pg_dump writes, and what Rails, dbmate and others make of it.

import { versionOf } from './applied-versions.ts';

/** In characters: what tells stands at the top. */
const TOP = 4096;

/** Source: src/bin/pg_dump/pg_dump.c and pg_dumpall.c. Rails takes the comments out; what is set on the connection stays. */
const heading = /^-- PostgreSQL database (?:cluster )?dump$/m;
const emptyPath = /^SELECT pg_catalog\.set_config\('search_path', '', false\);$/m;
const settings = [/^SET standard_conforming_strings = on;$/m, /^SET check_function_bodies = false;$/m, /^SET client_min_messages = warning;$/m];

export function isDump(text: string): boolean {
  const top = text.slice(0, TOP).replaceAll('\r\n', '\n');
  const [strings, ...others] = settings;
  return heading.test(top) || [emptyPath, ...others].every((one) => one.test(top)) || [strings, ...others].every((one) => one?.test(top));
}

/** `structure.sql`, `schema.sql`, `dump-2024.sql`: a name for what is there, and not for what is to be done. */
export function isNamedLikeDump(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return !hasNumber(path) && /(?:^|[._-])(?:structure|schema|dump|snapshot|backup)(?=[._-])/i.test(name);
}

/** A numbered dump is what older migrations were squashed into. */
export function hasNumber(path: string): boolean {
  return versionOf(path.replace(/(^|\/)[VUB](?=\d)/g, '$1')) !== undefined;
}
