// NOT VALID where PostgreSQL has no such thing: a foreign key of a partitioned table, before 18.

import { onChange, printName } from '../../src/rule/index.ts';

export default onChange({
  id: 'unsplittable-constraint',
  category: 'failing',
  summary: 'A foreign key of a partitioned table is added NOT VALID before PostgreSQL 18',
  hazard: 'PostgreSQL refuses it: "cannot add NOT VALID foreign key on partitioned table"',
  remedy:
    'Add it NOT VALID to each partition, VALIDATE it there, and then add it to the partitioned table: what the partitions have is ' +
    'taken over and not checked again. That takes ACCESS EXCLUSIVE on the table that it refers to for a moment: do it by itself, with a short lock_timeout',
  severity: 'error',
  since: '0.1.0',
  on: 'add-constraint',
  when: ({ table, constraint }, { before, step }) =>
    constraint.type === 'foreign-key' && !constraint.valid && constraint.enforced && step.version < 18 && before.isPartitioned(table),
  atMost: (_, { timeline }) => (timeline.versionSource.kind === 'assumed' ? 'warning' : undefined),
  message: ({ table }, { before, step }) =>
    `PostgreSQL ${step.version} can't add a foreign key NOT VALID to ${printName(before.qualify(table))}, which is partitioned`,
});
