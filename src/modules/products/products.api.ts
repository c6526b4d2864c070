import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { created, currency, done, id, idParams, page, paging, rate, requiredText, text, version } from '../../platform/fields.ts'

/** A price: not negative, at most six decimals. */
const price = z.string().regex(/^\d{1,12}(\.\d{1,6})?$/, 'products.price')
const fields = {
  code: requiredText(40),
  name: requiredText(200),
  unit: text(20).default(''),
  price: price.nullable().default(null),
  currency: currency.default('CNY'),
  priceIncludesTax: z.boolean().default(true),
  vatRate: rate.refine((value) => Number(value) < 1, 'products.vatRate').default('0.13'),
  category: text(60).nullable().default(null),
}
const productShape = z.strictObject({
  id,
  code: z.string(),
  name: z.string(),
  unit: z.string(),
  price: z.string().nullable(),
  currency: z.string(),
  priceIncludesTax: z.boolean(),
  vatRate: z.string(),
  category: z.string().nullable(),
  status: z.enum(['active', 'disabled']),
  version: z.int(),
})

export const listProducts = route({
  method: 'GET',
  path: '/api/products',
  permission: 'products.view',
  summary: 'Products and services by code',
  query: z.strictObject({
    q: text(80).optional(),
    status: z.enum(['active', 'disabled']).optional(),
    category: text(60).optional(),
    ...paging,
  }),
  response: page(productShape),
})
export const suggestProducts = route({
  method: 'GET',
  path: '/api/products/suggestions',
  permission: 'products.view',
  summary: 'Active products for a text while it is typed',
  query: z.strictObject({ q: text(80).default('') }),
  response: z.strictObject({ items: z.array(productShape) }),
})
export const listCategories = route({
  method: 'GET',
  path: '/api/products/categories',
  permission: 'products.view',
  summary: 'Categories in use',
  response: z.strictObject({ items: z.array(z.string()) }),
})
export const getProduct = route({
  method: 'GET',
  path: '/api/products/:id',
  permission: 'products.view',
  summary: 'One product',
  params: idParams,
  response: productShape,
})
export const createProduct = route({
  method: 'POST',
  path: '/api/products',
  permission: 'products.edit',
  summary: 'Adds a product',
  body: z.strictObject(fields),
  response: created,
})
export const editProduct = route({
  method: 'PUT',
  path: '/api/products/:id',
  permission: 'products.edit',
  summary: 'Changes a product',
  params: idParams,
  body: z.strictObject({ version, ...fields }),
  response: done,
})
export const switchProduct = route({
  method: 'PUT',
  path: '/api/products/:id/status',
  permission: 'products.edit',
  summary: 'Disables or enables a product',
  params: idParams,
  body: z.strictObject({ version, status: z.enum(['active', 'disabled']) }),
  response: done,
})
