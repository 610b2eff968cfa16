// What the data source of a Spring Boot application sets on its connections, which migrations run on as well.
// Source: docs.spring.io, "Common Application Properties" (spring.datasource, spring.flyway, spring.liquibase).

import type { Settings } from '../../../model/session.ts';
import type { Directory } from '../../disk/directory.ts';
import { settingsOfOptions, settingsOfSql } from './connection-settings.ts';
import { property } from './properties.ts';

export function springSettings(root: Directory, tool: 'flyway' | 'liquibase'): Settings {
  const text = springConfiguration(root);
  const first = hasOwnSource(text, tool) ? undefined : property(text, /(?:^|\.)connection-?init-?sql$/i);
  return new Map([...settingsOfOptions(text), ...settingsOfSql(first ?? '')]);
}

function springConfiguration(root: Directory): string {
  return root.nearest('application.properties', 'application.yml', 'application.yaml');
}

/** With a user or a URL of its own, a tool makes connections of its own. */
function hasOwnSource(text: string, tool: string): boolean {
  const inProperties = new RegExp(`^[ \\t]*spring\\.${tool}\\.(?:url|user)\\b`, 'm');
  const inYaml = new RegExp(`^( *)${tool}:[ \\t]*\\r?\\n(?:\\1 +.*\\r?\\n)*?\\1 +(?:url|user)\\s*:`, 'm');
  return inProperties.test(text) || inYaml.test(text);
}
