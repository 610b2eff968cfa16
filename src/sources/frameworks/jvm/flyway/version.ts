// The version of Flyway that a project builds or runs with.

import type { Directory } from '../../../disk/directory.ts';

/** Major and minor; undefined where nothing tells, as where Spring Boot chooses it. */
export function flywayVersion(directory: Directory): readonly [number, number] | undefined {
  for (const above of directory.upwards()) {
    for (const name of above.names.filter((one) => telling.test(one)).concat('gradle/libs.versions.toml')) {
      const [, major, minor] = mention.exec(above.text(name) ?? '') ?? [];
      if (major !== undefined) return [Number(major), Number(minor ?? 0)];
    }
  }
  return undefined;
}

const telling = /^(?:pom\.xml|[\w.-]+\.gradle(?:\.kts)?|build\.sbt|gradle\.properties|Dockerfile[\w.-]*|(?:docker-)?compose[\w.-]*\.ya?ml|Makefile)$/;

/**
 * `flyway-core:9.22.3`, `<flyway.version>9.16.0<`, `id("org.flywaydb.flyway") version "10.1.0"`, `flyway/flyway:10`, `flyway = "10.0.1"`,
 * `name: 'flyway-core', version: '8.5.13'`, `ext["flyway.version"] = "7.15.0"`, `"flyway-core" % "7.2.0"`, `set("flyway.version", "8.0.5")`.
 */
const mention =
  /flyway[\w./-]{0,40}(?:["')\]]{0,2}\s{0,4}(?:,\s{0,4})?(?:version\s{0,4})?[:=(>"'% ]{1,4}|<\/artifactId>\s{0,40}<version>)v?(\d{1,2})(?:\.(\d{1,3}))?(?![\w])/i;
