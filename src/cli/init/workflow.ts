// The workflow that lints pull requests on GitHub.

import { packageRepository, packageVersion } from '../package.ts';

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
    '      - uses: actions/checkout@v4',
    '        with:',
    '          fetch-depth: 0   # so that the base of the pull request is there',
    `      - uses: ${packageRepository()}@v${packageVersion()}`,
    ...(directory === '' ? [] : ['        with:', `          working-directory: ${JSON.stringify(directory)}`]),
  ];
  return `${lines.join('\n')}\n`;
}
