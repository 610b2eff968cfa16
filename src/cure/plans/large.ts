// SQL with its keywords in capitals, as all SQL of plans: no file has to be followed.

import type { Hand } from '../hand.ts';

export const large: Hand = (words, ...values) => words.map((word, index) => word + (values[index] ?? '')).join('');
