import { type ApiClient, ApiRefused } from './api-client.ts'

/** The id of the customer with this code. Throws ApiRefused where there is none, or none that the key may see. */
export async function customerByCode(api: ApiClient, code: string): Promise<string> {
  const { items } = await api.get<{ items: { id: string; code: string }[] }>('/api/customers/choices', { q: code })
  const found = items.find((customer) => customer.code === code)
  if (found === undefined) throw new ApiRefused(`There is no customer with the code ${code}.`, 404)
  return found.id
}
