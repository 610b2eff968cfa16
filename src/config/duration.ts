// A duration in the configuration.

import * as v from 'valibot';

import { parseDuration } from '../model/session.ts';
import { mustBe } from './complaint.ts';

const LONGEST_DURATION = 2_147_483_647;
/** As PostgreSQL writes it, without the forms that nobody uses (`0x1F4`, `1e3`). */
const DURATION = /^\d+(\.\d+)?\s*(us|ms|s|min|h|d)?$/;

/** A number counts milliseconds. */
export function duration() {
  const message = ({ input }: { readonly input: unknown }): string => mustBe('a duration such as 5s, 500ms or 1min', input);
  const isDuration = (text: string): boolean => DURATION.test(text) && parseDuration(text) !== undefined;
  return v.pipe(
    v.union(
      [
        v.pipe(v.string(message), v.check(isDuration, message), v.metadata({ pattern: DURATION.source })),
        v.pipe(v.number(message), v.minValue(0, message), v.maxValue(LONGEST_DURATION, message)),
      ],
      message,
    ),
    v.transform((value) => parseDuration(String(value)) ?? 0),
  );
}
