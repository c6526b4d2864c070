import type { Day } from '../../kernel/day.ts'
import type { Rate } from '../../kernel/percent.ts'

/** 增值税税率与征收率. `exempt` = 免税: tax 0 like the zero rate, but no tax is shown on the invoice. Source: 增值税法 (in force 2026-01-01), article 10; before: 财税〔2018〕32号, 财政部公告2019年第39号. */
export type VatRateChoice = {
  readonly rate: Rate
  readonly kind: 'standard' | 'simplified' | 'zero' | 'exempt'
  readonly from: Day
  readonly until?: Day
}

const since = (from: string, rate: Rate, kind: VatRateChoice['kind'], until?: string): VatRateChoice => ({
  rate,
  kind,
  from: from as Day,
  ...(until === undefined ? {} : { until: until as Day }),
})

/** By effective day, both days included. 1 % is the reduced rate for small taxpayers until the end of 2027 (财政部 税务总局公告2023年第19号). */
const vatRateChoices: readonly VatRateChoice[] = [
  since('2019-04-01', '0.13', 'standard'),
  since('2019-04-01', '0.09', 'standard'),
  since('2016-05-01', '0.06', 'standard'),
  since('2016-05-01', '0.05', 'simplified'),
  since('2009-01-01', '0.03', 'simplified'),
  since('2020-03-01', '0.01', 'simplified', '2027-12-31'),
  since('2009-01-01', '0', 'zero'),
  since('2009-01-01', '0', 'exempt'),
  since('2018-05-01', '0.16', 'standard', '2019-03-31'),
  since('2018-05-01', '0.1', 'standard', '2019-03-31'),
  since('2009-01-01', '0.17', 'standard', '2018-04-30'),
  since('2017-07-01', '0.11', 'standard', '2018-04-30'),
]

/** The rates to offer on a day, in the order of the list. A company may write another one: foreign rates exist. */
export function vatRatesOn(on: Day): VatRateChoice[] {
  return vatRateChoices.filter(({ from, until }) => from <= on && (until === undefined || on <= until))
}
