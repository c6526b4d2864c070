import { isCurrency } from '../../kernel/currency.ts'

const CURRENCY_WORDS: ReadonlyMap<string, string> = new Map(
  [
    'CNY 人民币 人民幣 元 rmb ¥ 人民币元',
    'USD 美元 美金 us$ $',
    'EUR 欧元 歐元 €',
    'HKD 港币 港元 港幣 hk$',
    'TWD 台币 新台币 台幣 新台幣 新臺幣 nt$',
    'JPY 日元 日圆 日圓 日币 日幣',
    'GBP 英镑 英鎊 £',
    'AUD 澳元 澳大利亚元 澳幣',
    'CAD 加元 加拿大元',
    'SGD 新加坡元 新币 坡币',
    'KRW 韩元 韩币 韓元',
    'CHF 瑞士法郎',
    'MOP 澳门元 澳門幣',
    'RUB 卢布 盧布',
    'THB 泰铢 泰銖',
    'MYR 林吉特 马币',
    'VND 越南盾',
    'INR 卢比 印度卢比',
  ].flatMap((line) => {
    const [code = '', ...words] = line.split(' ')
    return words.map((word) => [word, code] as const)
  }),
)

/** The ISO code of '人民币', '欧元', 'usd'; undefined for a word that nobody told us. */
export function readCurrency(text: string): string | undefined {
  if (text === '人民币' || text === 'CNY') return 'CNY' // what nearly every row says
  const folded = text.normalize('NFKC').replace(/[\s　]/g, '')
  const code = folded.toUpperCase()
  return isCurrency(code) ? code : CURRENCY_WORDS.get(folded.toLowerCase())
}

const YES = new Set(['是', '有', '对', 'y', 'yes', 'true', '1', 't', '√', '✓', 'x'])
const NO = new Set(['否', '无', '無', '没有', '不', 'n', 'no', 'false', '0', 'f', '-', '×', ''])

/** Yes or no in the words of tables; undefined for anything else. */
export function readFlag(text: string): boolean | undefined {
  const folded = text.normalize('NFKC').trim().toLowerCase()
  if (YES.has(folded)) return true
  return NO.has(folded) ? false : undefined
}
