// Types that come with extensions: their columns go with them. Source: the control scripts of contrib, PostGIS and pgvector.

const types: Readonly<Record<string, readonly string[]>> = {
  citext: ['citext'],
  cube: ['cube'],
  hstore: ['hstore'],
  intarray: ['query_int'],
  isn: ['ean13', 'isbn', 'isbn13', 'ismn', 'ismn13', 'issn', 'issn13', 'upc'],
  ltree: ['ltree', 'lquery', 'ltxtquery'],
  postgis: ['geometry', 'geography', 'box2d', 'box3d'],
  postgis_raster: ['raster'],
  seg: ['seg'],
  vector: ['vector', 'halfvec', 'sparsevec'],
};

/** Empty where none are known. */
export function typesOfExtension(name: string): readonly string[] {
  return Object.hasOwn(types, name) ? (types[name] ?? []) : [];
}

export function isOfExtension(type: string): boolean {
  return all.has(type);
}

const all: ReadonlySet<string> = new Set(Object.values(types).flat());
