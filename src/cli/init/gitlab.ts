// The job that lints merge requests on GitLab, as the README explains it.

/** `directory`: of the project in its repository, with forward slashes; empty for its root. */
export function gitlabJob(directory: string): readonly string[] {
  return [
    'pgmigrate-lint:',
    '  image: node:20',
    '  variables:',
    '    GIT_DEPTH: 0',
    '  script:',
    ...(directory === '' ? [] : [`    - cd ${JSON.stringify(directory)}`]),
    '    - npx pgmigrate-lint --fail-on never --format gitlab=gl-code-quality-report.json',
    '    - test -z "$CI_MERGE_REQUEST_DIFF_BASE_SHA" || npx pgmigrate-lint --since "$CI_MERGE_REQUEST_DIFF_BASE_SHA"',
    '  artifacts:',
    '    when: always',
    '    reports:',
    `      codequality: ${directory === '' ? '' : `${directory}/`}gl-code-quality-report.json`,
    '  rules:',
    '    - if: $CI_PIPELINE_SOURCE == "merge_request_event"',
    '    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
  ];
}
