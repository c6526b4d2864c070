import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { findCustomers } from '../../../modules/customers/customers.api.ts'
import { suggestProducts } from '../../../modules/products/products.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { MastersLink } from '../../ui/masters-link.tsx'
import { useWords } from '../../words.ts'

const TYPING_MS = 200
export type ProductChoice = Answer<typeof suggestProducts>['items'][number]

/** A customer by code or any part of the name, asked from the server while typing. */
export function CustomerChoice({
  id,
  value,
  onChange,
  label,
}: {
  id?: string
  value: string | undefined
  onChange: (value: string) => void
  label: string
}) {
  const { typed, asked, setTyped } = useTyped()
  const found = useApi(findCustomers, { query: { q: asked, ...(value && asked === '' ? { id: value } : {}) } })
  return (
    <Select
      {...(id ? { id } : {})}
      aria-label={label}
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
      value={value ?? null}
      onChange={(chosen: string) => onChange(chosen)}
      loading={found.isFetching}
      options={(found.data?.items ?? []).map((customer) => ({ value: customer.id, label: `${customer.name} · ${customer.code}` }))}
    />
  )
}

/** A product or service by the beginning of its code or any part of its name. */
export function ProductSelect({
  value,
  name,
  onChange,
  label,
  invalid,
}: {
  value: string | undefined
  name: string
  onChange: (product: ProductChoice) => void
  label: string
  invalid: boolean
}) {
  const { typed, asked, setTyped } = useTyped()
  const [open, setOpen] = useState(false)
  const found = useApi(suggestProducts, { query: { q: asked } }, { enabled: open })
  const items = found.data?.items ?? []
  const known = value !== undefined && !items.some(({ id }) => id === value) ? [{ value, label: name }] : []
  return (
    <Select
      aria-label={label}
      className="wide"
      {...(invalid ? { status: 'error' as const } : {})}
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
      onOpenChange={setOpen}
      notFoundContent={found.isFetching ? null : <NoProduct typed={typed} />}
      value={value ?? null}
      loading={open && found.isFetching}
      onChange={(chosen: string) => {
        const product = items.find(({ id }) => id === chosen)
        if (product) onChange(product)
      }}
      options={[...known, ...items.map((product) => ({ value: product.id, label: `${product.code} ${product.name}` }))]}
    />
  )
}

/** Nothing found is no dead end: who may, makes the product in a tab of its own, under the name that was typed. */
function NoProduct({ typed }: { typed: string }) {
  const words = useWords('orders')
  const { may } = useSession()
  return (
    <span>
      {words('form.noProduct')}
      {may('products.edit') ? ' · ' : ''}
      <MastersLink to={paths.product({ id: 'new' }, typed === '' ? {} : { name: typed })} permission="products.edit">
        {words('products:new')}
      </MastersLink>
    </span>
  )
}

function useTyped() {
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return { typed, asked, setTyped }
}
