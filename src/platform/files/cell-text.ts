/** Texts shorter than this are copied by V8 anyway when sliced. */
const SLICED_CHARS_MIN = 13

/**
 * Cuts a text loose from the big piece of file it was sliced out of. Without this, one kept cell keeps 64 KB alive, and an import
 * that remembers a code per row keeps the whole file.
 */
export function detached(text: string): string {
  return text.length < SLICED_CHARS_MIN ? text : Buffer.from(text, 'utf8').toString('utf8')
}

/** `_x000D_`: how OOXML writes what XML cannot hold (ECMA-376 part 1, 22.9.2.19). */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))).toWellFormed()
}
