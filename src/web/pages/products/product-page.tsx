import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button, Input, Select, Switch } from 'antd'
import { currencies } from '../../../kernel/currency.ts'
import { day } from '../../../kernel/day.ts'
import { formatPercent } from '../../../kernel/percent.ts'
import { createProduct, editProduct, getProduct, switchProduct } from '../../../modules/products/products.api.ts'
import { vatRatesOn } from '../../../modules/products/vat-rates.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { AmountInput } from '../../ui/amount-input.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { FormField, FormSection } from '../../ui/form-section.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Status } from '../../ui/status.tsx'
import { problemSentence, useWords } from '../../words.ts'

type Product = Answer<typeof getProduct>
type Values = {
  code: string
  name: string
  unit?: string
  price?: string
  currency: string
  priceIncludesTax: boolean
  vatRate: string
  category?: string
}

/** A product, new or to be changed ('/settings/products/new'). */
export function ProductPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  return id === 'new' ? <ProductForm /> : <StoredProduct id={id} />
}

function StoredProduct({ id }: { id: string }) {
  const product = useApi(getProduct, { params: { id } })
  return <Loaded query={product}>{(data) => <ProductForm key={data.version} product={data} />}</Loaded>
}

function ProductForm({ product }: { product?: Product }) {
  const words = useWords('products')
  const session = useSession()
  const { name } = useSearch({ strict: false }) as { name?: string }
  const navigate = useNavigate()
  const create = useAction(createProduct)
  const edit = useAction(editProduct)
  const leave = () => void navigate({ to: paths.products() })
  const submit = async ({ unit, price, category, ...rest }: Values) => {
    const body = { ...rest, unit: unit ?? '', price: price || null, category: category || null }
    if (product) await edit.mutateAsync({ params: { id: product.id }, body: { ...body, version: product.version } })
    else await create.mutateAsync({ body })
    leave()
  }
  const initial: Partial<Values> = product
    ? {
        code: product.code,
        name: product.name,
        unit: product.unit,
        currency: product.currency,
        priceIncludesTax: product.priceIncludesTax,
        vatRate: product.vatRate,
        ...(product.price === null ? {} : { price: product.price }),
        ...(product.category === null ? {} : { category: product.category }),
      }
    : { currency: session.company.baseCurrency, priceIncludesTax: true, vatRate: '0.13', ...(name === undefined ? {} : { name }) }
  return (
    <>
      <PageHead
        crumbs={[{ label: words('title'), to: paths.products() }, { label: product?.code ?? words('new') }]}
        title={product ? words('edit') : words('new')}
        status={product ? <Status word={product.status} /> : undefined}
        actions={product && session.may('products.edit') ? <SwitchProduct product={product} /> : undefined}
      />
      {product?.status === 'disabled' ? <Note tone="neutral">{words('disabled')}</Note> : null}
      <FormPage<Values> initial={initial} onSubmit={submit} submitLabel={words('save')} onCancel={leave}>
        <ProductFields vatRate={product?.vatRate ?? '0.13'} />
      </FormPage>
    </>
  )
}

function ProductFields({ vatRate }: { vatRate: string }) {
  const words = useWords('products')
  const { company } = useSession()
  const rates = [...new Set([...vatRatesOn(day(company.today)).map(({ rate }) => rate), vatRate])]
  return (
    <FormSection title={words('title')} columns={2}>
      <FormField name="code" label={words('field.code')} help={words('help.code')}>
        <Input maxLength={40} />
      </FormField>
      <FormField name="name" label={words('field.name')}>
        <Input maxLength={200} />
      </FormField>
      <FormField name="unit" label={words('field.unit')} optional>
        <Input maxLength={20} />
      </FormField>
      <FormField name="category" label={words('field.category')} optional>
        <Input maxLength={60} />
      </FormField>
      <FormField name="price" label={words('field.price')} optional help={words('help.price')}>
        <AmountInput decimals={6} />
      </FormField>
      <FormField name="currency" label={words('field.currency')}>
        <Select showSearch options={currencies.map((value) => ({ value, label: value }))} />
      </FormField>
      <FormField name="vatRate" label={words('field.vatRate')}>
        <Select options={rates.map((value) => ({ value, label: value === '0' ? `0% / ${words('rate.exempt')}` : formatPercent(value) }))} />
      </FormField>
      <FormField name="priceIncludesTax" label={words('field.priceIncludesTax')} valuePropName="checked">
        <Switch />
      </FormField>
    </FormSection>
  )
}

function SwitchProduct({ product }: { product: Product }) {
  const words = useWords('products')
  const action = useAction(switchProduct)
  const next = product.status === 'active' ? 'disabled' : 'active'
  return (
    <>
      {action.error ? <Note tone="danger">{problemSentence(action.error)}</Note> : null}
      <Button
        loading={action.isPending}
        onClick={() => action.mutate({ params: { id: product.id }, body: { version: product.version, status: next } })}
      >
        {words(next === 'active' ? 'enable' : 'disable')}
      </Button>
    </>
  )
}
