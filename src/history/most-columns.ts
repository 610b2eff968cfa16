// How wide a table may be.

/** MaxHeapAttributeNumber: PostgreSQL refuses one more. Source: src/include/access/htup_details.h. */
export const MOST_COLUMNS = 1600;
