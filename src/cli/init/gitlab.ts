// The job that lints merge requests on GitLab, as the README explains it.

import { packageVersion } from '../package.ts';
import { shellWord, yamlText } from './quoting.ts';

/** `directory`: of the project in its repository, with forward slashes; empty for its root. */
export function gitlabJob(directory: string): readonly string[] {
  const report = 'gl-code-quality-report.json';
  return [
    'pgmigrate-lint:',
    '  image: node:20',
    '  variables:',
    '    GIT_DEPTH: 0',
    '  before_script:',
    `    - npm install --global --ignore-scripts pgmigrate-lint@${packageVersion()}   # with --global, npm reads no .npmrc of the branch`,
    '  script:',
    ...(directory === '' ? [] : [`    - ${yamlText(`cd ${shellWord(directory)}`)}`]),
    `    - pgmigrate-lint --fail-on never --format gitlab=${report}`,
    '    - test -z "$CI_MERGE_REQUEST_DIFF_BASE_SHA" || pgmigrate-lint --since "$CI_MERGE_REQUEST_DIFF_BASE_SHA"',
    '  artifacts:',
    '    when: always',
    '    reports:',
    `      codequality: ${yamlText(directory === '' ? report : `${directory}/${report}`)}`,
    '  rules:',
    '    - if: $CI_PIPELINE_SOURCE == "merge_request_event"',
    '    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
  ];
}
