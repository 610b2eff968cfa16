// Migrations of Ecto: modules with up and down, or change.

import { readBlocks } from '../blocks/blocks-tool.ts';
import type { ReadCode } from '../reading/code-reading.ts';
import { selfOf } from './ecto/migration.ts';

export const ecto: ReadCode = readBlocks({
  language: 'elixir',
  self: selfOf,
  isOutside: (said) => said.has('@disable_ddl_transaction'),
});
