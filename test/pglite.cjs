// PGlite as Node loads it (see environment.cjs).

module.exports = globalThis.requireFromNode('@electric-sql/pglite');
