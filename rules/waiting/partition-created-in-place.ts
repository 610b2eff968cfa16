// CREATE TABLE … PARTITION OF a table in use.

import { blocksWhileWorking, isBlocking, onChange, printName } from '../../src/rule/index.ts';

export default onChange({
  id: 'partition-created-in-place',
  category: 'waiting',
  summary: 'CREATE TABLE … PARTITION OF an existing table',
  hazard: 'Reads and writes of the whole partitioned table queue behind the statement while it waits for its lock',
  remedy: 'CREATE TABLE … (LIKE the parent INCLUDING ALL EXCLUDING IDENTITY) first, then ATTACH PARTITION: that keeps neither readers nor writers out',
  severity: 'warning',
  since: '0.1.0',
  on: 'create-table',
  when: ({ partitionOf }, { effects, before }) =>
    partitionOf !== undefined && before.isLive(partitionOf.parent) && effects.some(isBlocking) && !effects.some(blocksWhileWorking),
  message: ({ partitionOf, table }, { before }) =>
    `Creating ${table.name} in place waits for ACCESS EXCLUSIVE on ${printName(before.qualify(partitionOf?.parent ?? table))}; all reads and writes queue behind it`,
});
