// How jest reads TypeScript and ES modules: through the compiler that also makes the bundle.

const { transformSync } = require('esbuild');

module.exports = {
  process(source, path) {
    const { code, map } = transformSync(source, {
      loader: path.endsWith('.ts') ? 'ts' : 'js',
      format: 'cjs',
      target: 'node20',
      supported: { 'dynamic-import': false },
      sourcefile: path,
      sourcemap: 'external',
    });
    return { code, map };
  },
};
