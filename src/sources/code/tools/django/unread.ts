// Why it is not known what an operation sends: thrown where something can't be read, and caught where the operation begins.

export class Unread extends Error {}
