// In which language a file speaks of PostgreSQL, by its name and its folder.

import { basename } from 'node:path';

/**
 * `services`: YAML of containers, CI, Kubernetes, Helm · `ci`: the same, where a bare `postgres: [14, 15]` is a matrix of versions ·
 * `container`: Dockerfiles, and scripts that start containers · `hcl`: Terraform · `code`: programs that describe infrastructure, ARM,
 * Bicep and CloudFormation · `environment`: only read for the variables that other files use · `dump`: of a schema
 */
export type Language =
  | 'services'
  | 'ci'
  | 'container'
  | 'hcl'
  | 'code'
  | 'tools'
  | 'supabase'
  | 'nix'
  | 'devbox'
  | 'heroku'
  | 'application'
  | 'environment'
  | 'dump';

/** `place`: `here` in a folder that may hold anything, `below` in one that is there for servers. Undefined for what does not tell. */
export function languageOf(name: string, folder: string, place: 'here' | 'below'): Language | undefined {
  const known = byName.find(({ pattern }) => pattern.test(name));
  if (known) return known.language;
  const inFolder = place === 'below' ? byFolder.find((one) => one.folder.test(basename(folder)) && one.pattern.test(name)) : undefined;
  if (inFolder) return inFolder.language;
  return place === 'below' && !plainFolder.test(basename(folder)) ? byEnding.find(({ pattern }) => pattern.test(name))?.language : undefined;
}

/** Telling wherever they lie. */
const byName: readonly { readonly pattern: RegExp; readonly language: Language }[] = [
  { pattern: /^(?:docker-|podman-)?compose[\w.-]*\.ya?ml$/i, language: 'services' },
  { pattern: /^\.(?:gitlab-ci|travis|cirrus|drone|woodpecker|appveyor)[\w.-]*\.ya?ml$/, language: 'ci' },
  { pattern: /^(?:azure-pipelines|bitbucket-pipelines|appveyor|buildspec|cloudbuild|codefresh|wercker)[\w.-]*\.ya?ml$/, language: 'ci' },
  { pattern: /^(?:render|skaffold|serverless|template|Taskfile|docker-stack|stack|values)[\w.-]*\.ya?ml$/, language: 'services' },
  { pattern: /^(?:[\w.-]+\.)?(?:Docker|Container)file(?:\.[\w.-]+)?$/i, language: 'container' },
  { pattern: /^(?:GNUm|m|M)akefile$|^\.?justfile$|^Jenkinsfile|^Earthfile$|^Tiltfile$|^fly(?:\.\w+)?\.toml$/, language: 'container' },
  { pattern: /^\.?devcontainer\.json$/, language: 'services' },
  { pattern: /\.(?:tf|tofu|tfvars|hcl)$/, language: 'hcl' },
  { pattern: /^\.tool-versions$|^\.?mise(?:\.[\w-]+)?\.toml$/, language: 'tools' },
  { pattern: /^(?:flake|shell|default|devenv)\.nix$/, language: 'nix' },
  { pattern: /^devbox\.json$/, language: 'devbox' },
  { pattern: /^app\.json$/, language: 'heroku' },
  { pattern: /^(?:application|bootstrap)[\w-]*\.(?:properties|ya?ml)$/, language: 'application' },
  { pattern: /^\.env(?:\.(?:example|sample|template|dist|defaults?|local|dev|development|test|ci))?$/, language: 'environment' },
  { pattern: /^(?:structure|schema|dump)\.sql$/, language: 'dump' },
  { pattern: /^Pulumi[\w.-]*\.ya?ml$|^sst\.config\.ts$|\.bicep$|\.template\.(?:json|ya?ml)$/, language: 'code' },
];

/** Telling because of their folder. */
const byFolder: readonly { readonly folder: RegExp; readonly pattern: RegExp; readonly language: Language }[] = [
  { folder: /^supabase$/, pattern: /^config\.toml$/, language: 'supabase' },
  { folder: /^\.?mise$/, pattern: /^config\.toml$/, language: 'tools' },
  { folder: /^(?:workflows|\.circleci|\.buildkite|\.woodpecker|\.semaphore|\.gitlab|ci|\.ci)$/, pattern: /\.ya?ml$/, language: 'ci' },
  { folder: /^(?:bin|lib)$/, pattern: /(?:stack|infra|cdk|database|rds|db)[\w-]*\.(?:[cm]?[jt]s|py)$/i, language: 'code' },
];

/** Telling in folders that are there for servers. */
const byEnding: readonly { readonly pattern: RegExp; readonly language: Language }[] = [
  { pattern: /\.ya?ml$/, language: 'services' },
  { pattern: /\.(?:[cm]?[jt]s|py|go|cs|java|kt|json)$/, language: 'code' },
];

/** Folders in which only files tell that tell anywhere. */
const plainFolder = /^(?:db|database|supabase|bin|lib|resources)$/;
