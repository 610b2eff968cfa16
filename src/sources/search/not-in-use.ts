// Folders whose migrations run on no database in use: those of tests and of examples.

const ofTests = /^(?:tests?|testing|testdata|tests?[-_.].*|.*[-_.]tests?|__tests__|__fixtures__|specs?|fixtures?|e2e|mocks?|__mocks__|stubs?|migratest|testFixtures|(?:integration|functional|it)Test|androidTest|jvmTest)$/i;
const ofExamples = /^(?:examples?|_examples?|samples?|demos?|docs?|documentation|tutorials?|templates?|benchmarks?|bench|playgrounds?|sandbox|scratch)$/i;

/** Undefined where nothing says so. `path`: of the folder, relative to the project, with forward slashes. */
export function whyNotInUse(path: string): string | undefined {
  for (const name of path.split('/')) {
    if (ofTests.test(name)) return `the folder "${name}" is for tests`;
    if (ofExamples.test(name)) return `the folder "${name}" is for examples`;
    if (/snapshots?$/i.test(name)) return `the folder "${name}" holds what migrations have led to`;
  }
  return undefined;
}
