// Migrations of Sequelize, and those that Umzug runs for it: up(queryInterface, Sequelize), or up({ context: queryInterface }).
// Source: src/sequelize.js, src/transaction.js, src/dialects/abstract/query-interface.js and src/utils/sql.ts of its source, 6.37;
// src/core/migrator.js of sequelize-cli; src/umzug.ts of Umzug, 3.8. Nobody opens a transaction but the migration itself.

import type { ReadCode } from '../reading/code-reading.ts';
import { readScript } from '../script/script-tool.ts';
import { makerOf, sequelizeClass } from './sequelize/data-types.ts';
import { queryInterface } from './sequelize/query-interface.ts';

export const sequelize: ReadCode = readScript({
  up: 'up',
  down: 'down',
  isOfClass: false,
  imports: (module, name) => (module === 'sequelize' ? (makerOf(name) ?? sequelizeClass) : undefined),
  way: () => ({ parameters: [queryInterface(), sequelizeClass], transaction: () => 'statement' }),
});
