// The columns that every table has and nobody makes. Source: SysAtt in src/backend/catalog/heap.c.

export const systemColumns: ReadonlySet<string> = new Set(['ctid', 'tableoid', 'xmin', 'xmax', 'cmin', 'cmax']);
