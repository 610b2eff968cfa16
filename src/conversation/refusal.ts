// Why there is no comment, in words for people. It is no bug of ours, and no reason for the run to fail.

export class Refusal extends Error {}
