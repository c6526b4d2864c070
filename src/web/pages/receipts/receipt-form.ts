import type { ApiIssue } from '../../api-problem.ts'
import { ApiProblem } from '../../api-problem.ts'

/** What the form holds: every field as text, '' and undefined = not said. */
export type ReceiptValues = {
  customerId?: string | null
  orderId?: string | null
  currency: string
  rate?: string
  amount: string
  fee?: string
  receivedOn: string
  methodId?: string | null
  bankAccountId?: string | null
  payerName?: string | null
  payerAccount?: string | null
  reference?: string | null
  channelTx?: string | null
  remark?: string
}

/** The body of one receipt as the API takes it: what was not said is left out. */
export function receiptBody(values: ReceiptValues, baseCurrency: string) {
  const { currency, rate, amount, fee, receivedOn, remark, customerId, orderId, methodId, bankAccountId, ...texts } = values
  return {
    customerId: customerId || null,
    orderId: orderId || null,
    currency,
    ...(currency === baseCurrency || !rate ? {} : { rate }),
    amount,
    fee: fee || '0',
    receivedOn,
    methodId: methodId || null,
    bankAccountId: bankAccountId || null,
    payerName: texts.payerName || null,
    payerAccount: texts.payerAccount || null,
    reference: texts.reference || null,
    channel: null,
    channelTx: texts.channelTx || null,
    remark: remark ?? '',
  }
}

/** The list's first receipt is the form: 'receipts.0.amount' is the field `amount`. */
export function atTheForm(error: unknown): unknown {
  if (!(error instanceof ApiProblem)) return error
  const issues = error.issues.map((issue: ApiIssue) => ({ ...issue, path: issue.path.replace(/^(body\.)?receipts\.0\.?/, '') }))
  const { code, status, message, params, requestId } = error
  return new ApiProblem({ code, status, message, params, requestId, issues })
}

/** Kept for the next receipt of the same pile. */
export function nextValues({ currency, rate, receivedOn, methodId, bankAccountId }: ReceiptValues): ReceiptValues {
  return {
    currency,
    receivedOn,
    methodId: methodId ?? null,
    bankAccountId: bankAccountId ?? null,
    amount: '',
    fee: '',
    ...(rate ? { rate } : {}),
  }
}
