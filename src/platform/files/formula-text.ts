/** Signs with which Excel, WPS and LibreOffice begin a formula, in half and full width, and the blanks that they skip before one. */
const FORMULA_SIGNS = '=+\\-@\\t\\r\\n＝＋－＠'
/**
 * Where a program may see the beginning of a cell: at the beginning, and after a `;`, which splits cells on computers whose list
 * separator it is, whatever quotes stand around. Group 2 is what we (or an earlier export) already put before the sign.
 */
const UNPROTECTED = new RegExp(`(^|;)([" ]*)('*)(?=[${FORMULA_SIGNS}])`, 'g')
const PROTECTED = new RegExp(`(^|;)([" ]*)'('*)(?=[${FORMULA_SIGNS}])`, 'g')

/**
 * Text that no spreadsheet takes for a formula: an apostrophe before each sign that could begin one. `restoreText` gives the same
 * text back, also for text that had apostrophes of its own.
 */
export function neutraliseText(text: string): string {
  return text.replace(UNPROTECTED, "$1$2'$3")
}

export function restoreText(text: string): string {
  return text.includes("'") ? text.replace(PROTECTED, '$1$2$3') : text
}
