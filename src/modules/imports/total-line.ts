/** 合计, 小计 and their like, alone, with a colon, or with a currency or a count in brackets behind them: 'Total (China) Trading' is a customer. */
const TOTAL =
  /^(?:本页|本期|本月|本年|累计|累計)?(?:合计|合計|总计|總計|小计|小計|总额|總額|subtotal|sub-total|grandtotal|total)(?:[:：].*|[(（](?:[a-z]{3}|[\p{Script=Han}]{1,4}|\D{0,6}\d+\D{0,6})[)）][:：]?)?$/iu

const TOTAL_CHARS_MOST = 60
/** Cheaply, because every line is asked. */
const LOOKS = /[计計总總额額ｔt]/i

/**
 * Is this line of a list its sum and not a document? Ledgers of other systems end in such a line; taken for a row it would be a customer named 合计, and would count the
 * file's money twice. Only the first filled cell is looked at, and no customer is called just that.
 */
export function isTotalLine(cells: readonly string[]): boolean {
  const first = cells.find((cell) => cell.trim() !== '')
  return (
    first !== undefined && first.length <= TOTAL_CHARS_MOST && LOOKS.test(first) && TOTAL.test(first.normalize('NFKC').replace(/\s/g, ''))
  )
}

const FOOTER_LABEL = /^(?:制表|审核|審核|复核|覆核|複核|制单|製單|製表|打印|列印|preparedby|checkedby)(?:人|员|員|日期|时间|時間)?[:：]/iu
const FOOTER_CHARS_MOST = 120
/** Cheaply, because every line is asked. */
const HAS_COLON = /[:：]/
const PAGE = /^(?:第\s*\d+\s*[页頁]|page\s*\d+)/i

/**
 * Is this line the foot of a printed list (制表：王敏 … 审核：)? It is when its first filled cell begins with such a label and no cell without a label holds a
 * figure: a document has a number, a day or an amount.
 */
export function isFooterLine(cells: readonly string[]): boolean {
  const first = cells.find((cell) => cell.trim() !== '')
  if (first === undefined || first.length > FOOTER_CHARS_MOST || !HAS_COLON.test(first)) return false
  if (!FOOTER_LABEL.test(first.normalize('NFKC').replace(/\s/g, ''))) return false
  return cells.every((cell) => !/\d/.test(cell) || HAS_COLON.test(cell) || PAGE.test(cell.trim()))
}
