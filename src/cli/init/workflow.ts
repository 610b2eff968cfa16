// The workflow that lints pull requests on GitHub.

import { packageRepository, packageVersion } from '../package.ts';
import { yamlText } from './quoting.ts';

/** By its commit: a tag can be moved. */
const checkout = 'actions/checkout@11d5960a326750d5838078e36cf38b85af677262   # v4.4.0';

/** `directory`: of the project in its repository, with forward slashes; empty for its root. */
export function workflowText(directory: string): string {
  const lines = [
    'name: Migrations',
    'on: pull_request',
    'permissions:',
    '  contents: read',
    'jobs:',
    '  lint:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    `      - uses: ${checkout}`,
    '        with:',
    '          fetch-depth: 0   # so that the base of the pull request is there',
    `      - uses: ${packageRepository()}@v${packageVersion()}`,
    ...(directory === '' ? [] : ['        with:', `          working-directory: ${yamlText(directory)}`]),
  ];
  return `${lines.join('\n')}\n`;
}
