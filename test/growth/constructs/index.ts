// All that is grown.

import type { Construct } from '../construct.ts';
import { objects } from './objects.ts';
import { projects } from './projects.ts';
import { queries } from './queries.ts';
import { sessions } from './sessions.ts';
import { tables } from './tables.ts';
import { texts } from './texts.ts';

export const constructs: readonly Construct[] = [...tables, ...objects, ...sessions, ...queries, ...texts, ...projects];
