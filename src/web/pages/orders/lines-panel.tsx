import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { minorUnits } from '../../../kernel/currency.ts'
import { day } from '../../../kernel/day.ts'
import { formatPercent } from '../../../kernel/percent.ts'
import { vatRatesOn } from '../../../modules/products/vat-rates.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { AmountInput } from '../../ui/amount-input.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { MoneyWords } from '../../ui/money-words.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import { ProductSelect } from './choices.tsx'
import { checkable, emptyLine, type FormLine, sentLines } from './order-form.ts'
import type { OrderFormState } from './use-order-form.ts'

/** 明细: one row a line, figures from the server's own rule as soon as typing rests. */
export function LinesPanel({ state }: { state: OrderFormState }) {
  const words = useWords('orders')
  const { form, set, check } = state
  const currency = check.data?.totals?.currency ?? form.currency ?? ''
  const add = () => set({ lines: [...form.lines, emptyLine()] })
  useKeys([{ keys: 'alt+a', label: words('form.addLine'), run: add, inFields: true }])
  const sub = `${words(form.pricesIncludeTax ? 'form.withTax' : 'form.withoutTax')}${currency ? ` · ${currency}` : ''}`
  const heads = ['product', 'quantity', 'unit', 'price', 'discount', 'vatRate', 'amount'] as const
  const right = new Set(['quantity', 'price', 'discount', 'amount'])
  return (
    <Panel
      title={words('form.lines')}
      sub={sub}
      flush
      extra={
        <Button size="small" icon={<PlusOutlined />} onClick={add}>
          {words('form.addLine')} <KeyHint keys="alt+a" />
        </Button>
      }
    >
      <div className="order-lines-scroll" data-field="lines">
        <table className="order-lines">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} className={right.has(head) ? 'right' : ''}>
                  {words(`form.${head}`)}
                </th>
              ))}
              <th />
            </tr>
          </thead>
          <tbody>
            {form.lines.map((line, index) => (
              <LineRow key={line.key} line={line} index={index} state={state} currency={currency} />
            ))}
          </tbody>
        </table>
      </div>
      <Totals state={state} currency={currency} />
    </Panel>
  )
}

function LineRow({ line, index, state, currency }: { line: FormLine; index: number; state: OrderFormState; currency: string }) {
  const words = useWords('orders')
  const { form, set, check, problem } = state
  const today = useSession().company.today
  const change = (part: Partial<FormLine>) =>
    set({ lines: form.lines.map((other) => (other.key === line.key ? { ...other, ...part } : other)) })
  const place = sentLines(form.lines).indexOf(line)
  const wrong = (field: string) => place >= 0 && (problem?.issues.some(({ path }) => path.startsWith(`lines.${place}.${field}`)) ?? false)
  const sentence = place < 0 ? undefined : problem?.issues.find(({ path }) => path.startsWith(`lines.${place}.`))?.message
  const amount = check.data?.totals?.lines[sentLines(checkable(form).lines).findIndex(({ key }) => key === line.key)]?.amount
  const rates = [...new Set([...vatRatesOn(day(today)).map(({ rate }) => rate), line.vatRate])]
  return (
    <tr data-field={place < 0 ? undefined : `lines.${place}`}>
      <td data-label={words('form.product')} className="order-product">
        <ProductSelect
          label={words('form.product')}
          value={line.productId}
          name={line.label}
          invalid={wrong('productId')}
          onChange={(product) =>
            change({
              productId: product.id,
              label: `${product.code} ${product.name}`,
              unit: product.unit,
              unitPrice: product.price ?? '',
              vatRate: product.vatRate,
              quantity: line.quantity || '1',
            })
          }
        />
        {sentence ? (
          <div className="danger small" role="alert">
            {sentence}
          </div>
        ) : null}
      </td>
      <td data-label={words('form.quantity')}>
        <AmountInput
          decimals={6}
          aria-label={words('form.quantity')}
          aria-invalid={wrong('quantity')}
          value={line.quantity}
          onChange={(quantity) => change({ quantity })}
        />
      </td>
      <td data-label={words('form.unit')}>
        <Input
          aria-label={words('form.unit')}
          value={line.unit}
          maxLength={20}
          className="order-unit"
          onChange={(event) => change({ unit: event.target.value })}
        />
      </td>
      <td data-label={words('form.price')} className="order-price">
        <AmountInput
          decimals={6}
          shownDecimals={currency === '' ? 2 : minorUnits(currency)}
          aria-label={words('form.price')}
          aria-invalid={wrong('unitPrice')}
          value={line.unitPrice}
          onChange={(unitPrice) => change({ unitPrice })}
        />
      </td>
      <td data-label={words('form.discount')}>
        <AmountInput
          decimals={6}
          aria-label={words('form.discount')}
          aria-invalid={wrong('discount')}
          value={line.discountPercent}
          onChange={(discountPercent) => change({ discountPercent })}
        />
        <AgreedAmount percent={line.discountPercent} amount={line.discountAmount} />
      </td>
      <td data-label={words('form.vatRate')}>
        <Select
          aria-label={words('form.vatRate')}
          value={line.vatRate}
          onChange={(vatRate: string) => change({ vatRate })}
          options={rates.map((rate) => ({ value: rate, label: formatPercent(rate) }))}
          className="order-rate"
        />
      </td>
      <td data-label={words('form.amount')} className="right">
        <Amount value={amount ?? null} />
      </td>
      <td>
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={words('form.removeLine', { line: index + 1 })}
          disabled={form.lines.length === 1}
          onClick={() => set({ lines: form.lines.filter((other) => other.key !== line.key) })}
        />
      </td>
    </tr>
  )
}

/** A discount that was agreed as an amount, while no percentage takes its place. */
function AgreedAmount({ percent, amount }: { percent: string; amount: string | undefined }) {
  return percent || !amount ? null : <div className="secondary small nowrap">{formatDecimal(`-${amount}`)}</div>
}

function Totals({ state, currency }: { state: OrderFormState; currency: string }) {
  const words = useWords('orders')
  const { form, set, check } = state
  const totals = check.data?.totals
  return (
    <div className="order-totals">
      <div className="row between">
        <span>
          <b>{words('form.total')}</b>{' '}
          {totals && Number(totals.amount) > 0 ? <MoneyWords value={totals.amount} currency={currency} /> : null}
        </span>
        <b className="order-total">
          <Amount value={totals?.amount ?? null} strong />
        </b>
      </div>
      <div className="row between small secondary">
        <span className="row">
          {words('form.orderDiscount')}
          <span className="order-discount">
            <AmountInput
              small
              decimals={6}
              aria-label={words('form.orderDiscount')}
              value={form.discountPercent}
              onChange={(discountPercent) => set({ discountPercent })}
            />
          </span>
          <AgreedAmount percent={form.discountPercent} amount={form.discountAmount} />
          {totals && Number(totals.discount) !== 0 ? words('form.orderDiscountAmount', { amount: formatDecimal(totals.discount) }) : null}
        </span>
        {totals ? <span>{words('form.net', { net: formatDecimal(totals.net), tax: formatDecimal(totals.tax) })}</span> : null}
      </div>
    </div>
  )
}
