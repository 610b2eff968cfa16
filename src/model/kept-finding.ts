// What a conversation remembers of a finding, so that it can say later that it is gone.

export interface KeptFinding {
  readonly fingerprint: string;
  readonly rule: string;
  /** As reports show it. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
}
