// Migrations of Rails: classes with up and down, or change.

import { readBlocks } from '../blocks/blocks-tool.ts';
import type { ReadCode } from '../reading/code-reading.ts';
import { selfOf } from './rails/migration.ts';

export const rails: ReadCode = readBlocks({
  language: 'ruby',
  self: selfOf,
  isOutside: (said) => said.has('disable_ddl_transaction!'),
});
