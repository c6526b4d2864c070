/**
 * The bounds of every file that is read or written, in one place. A sheet cannot hold more than Excel's own three limits
 * (rows, columns used here, characters of a cell); the others keep a hostile file from costing more than a large honest one.
 */
export const FILE_BYTES_MAX = 100 * 1024 * 1024
export const ZIP_ENTRIES_MAX = 2_000
export const UNPACKED_BYTES_MAX = 1024 * 1024 * 1024
/** Above `RATIO_FREE_BYTES`, an entry may unpack to at most this many times its packed size; honest sheets stay below 40. */
export const RATIO_MAX = 200
export const RATIO_FREE_BYTES = 10 * 1024 * 1024
export const ROWS_MAX = 1_048_576
export const COLUMNS_MAX = 500
export const CELL_CHARS_MAX = 32_767
export const SHEETS_MAX = 200
/** Parts that must be held in memory: the workbook's table of contents and styles, and the shared strings. */
export const CONTENTS_BYTES_MAX = 16 * 1024 * 1024
export const SHARED_STRINGS_BYTES_MAX = 256 * 1024 * 1024
export const SHARED_STRINGS_MAX = 4_000_000
/** One XML tag, comment or CDATA section. Small, because a tag that has not ended is looked at again with every piece that arrives. */
export const XML_TAG_CHARS_MAX = 64 * 1024
/** One run of text: a cell of 32,767 characters, each written as `&#x1F600;`, fits. */
export const XML_TEXT_CHARS_MAX = 512 * 1024
export const PDF_ROWS_MAX = 5_000
export const PDF_COLUMNS_MAX = 30
/** Longer text is cut in a PDF cell, where nobody could read it; Excel and CSV carry all of it. */
export const PDF_CELL_CHARS_MAX = 300
/** A row must fit on a page. */
export const PDF_CELL_LINES_MAX = 12
export const PDF_SECONDS_MAX = 60
export const PDF_MEMORY_MB_MAX = 1_024
