// A recording that lies in a file.

import type { RecordedMessage, Recording } from './recording.ts';

/** Undefined for a text that is none. Whoever wrote it, nothing in it is run. */
export function readRecording(text: string): Recording | undefined {
  const value = parsed(text);
  if (!isRecord(value) || value['version'] !== 1) return undefined;
  const { command, postgres, messages } = value;
  if (!isListOf(command, isText) || typeof postgres !== 'number' || !isListOf(messages, isMessage)) return undefined;
  return { version: 1, command, postgres, messages };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf<T>(value: unknown, is: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(is);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isMessage(value: unknown): value is RecordedMessage {
  if (!isRecord(value)) return false;
  const { session, sql, values, joined = true, error } = value;
  const areValues = values === undefined || isListOf(values, (one): one is string | null => one === null || isText(one));
  const isError = error === undefined || (isRecord(error) && isText(error['code']) && isText(error['message']));
  return typeof session === 'number' && isText(sql) && joined === true && areValues && isError;
}
