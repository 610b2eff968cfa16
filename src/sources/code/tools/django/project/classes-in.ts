// Which of Django's classes the fields of a project or of a library are as good as.

import type { Directory } from '../../../../disk/directory.ts';
import type { ResolveClass } from '../fields/field.ts';

export function resolverIn(_top: Directory): ResolveClass {
  return () => undefined;
}
