import { missing } from '../../kernel/problem.ts'
import { type BoundRoute, read, write } from '../../platform/http.ts'
import * as api from './products.api.ts'
import { listProducts, productCategories, productsById, suggestProducts } from './products.query.ts'
import { createProducts, editProducts, switchProducts } from './save-products.command.ts'

const ok = { ok: true } as const
const SUGGESTIONS_MOST = 20

export const productsHttp: BoundRoute[] = [
  read(api.listProducts, (reader, { query }) => listProducts(reader, query)),
  read(api.suggestProducts, async (reader, { query }) => ({ items: await suggestProducts(reader, query.q, SUGGESTIONS_MOST) })),
  read(api.listCategories, async (reader) => ({ items: await productCategories(reader) })),
  read(api.getProduct, async (reader, { params }) => {
    const [product] = await productsById(reader, [params.id])
    if (!product) throw missing('product')
    return product
  }),
  write(api.createProduct, async (tx, { body }) => ({ id: (await createProducts(tx, [body]))[0]! })),
  write(api.editProduct, async (tx, { params, body }) => {
    await editProducts(tx, [{ ...body, id: params.id }])
    return ok
  }),
  write(api.switchProduct, async (tx, { params, body }) => {
    await switchProducts(tx, [{ ...body, id: params.id }])
    return ok
  }),
]
