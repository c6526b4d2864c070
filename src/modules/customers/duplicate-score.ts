import { nameKeys } from './name-keys.ts'

/** A customer as far as two of them can be the same company. */
export type ComparableCustomer = {
  readonly name: string
  readonly taxId?: string | null
  readonly bankAccount?: string | null
  readonly phone?: string | null
}
const duplicateReasons = ['sameTaxId', 'sameName', 'sameBankAccount', 'sameNameWithoutForm', 'nearName', 'samePhone', 'otherTaxId'] as const
type DuplicateReason = (typeof duplicateReasons)[number]
/** `score` 0–100; `reasons` strongest first. */
export type DuplicateScore = { readonly score: number; readonly reasons: readonly DuplicateReason[] }

/** What each reason is worth. Two different tax ids speak against it: 恒远有限公司 of Suzhou and of Wuxi are two companies. */
const duplicateWeights: Readonly<Record<DuplicateReason, number>> = {
  sameTaxId: 90,
  sameName: 70,
  sameBankAccount: 60,
  sameNameWithoutForm: 45,
  nearName: 30,
  samePhone: 25,
  otherTaxId: -50,
}
/** From here on two customers are worth showing to a person. */
export const LIKELY_DUPLICATE = 40
const NEAR = 0.75

/** 客户查重: why two customers look like the same company, and how strongly. Never merges by itself. */
export function duplicateScore(a: ComparableCustomer, b: ComparableCustomer): DuplicateScore {
  const reasons = [...taxReason(a, b), ...nameReason(a, b)]
  if (same(a.bankAccount, b.bankAccount)) reasons.push('sameBankAccount')
  if (same(a.phone, b.phone)) reasons.push('samePhone')
  const sum = reasons.reduce((total, reason) => total + duplicateWeights[reason], 0)
  return {
    score: Math.min(100, Math.max(0, sum)),
    reasons: reasons.sort((x, y) => duplicateReasons.indexOf(x) - duplicateReasons.indexOf(y)),
  }
}

/** Share of common pairs of neighbouring characters (Dice), 0 to 1; 1 for equal keys. */
export function nameSimilarity(a: string, b: string): number {
  if (a === b) return 1
  const left = pairsOf(a)
  const right = pairsOf(b)
  const total = left.length + right.length
  if (total === 0) return 0
  const counted = Map.groupBy(left, (pair) => pair)
  const common = right.filter((pair) => counted.get(pair)?.pop() !== undefined).length
  return (2 * common) / total
}

function nameReason(a: ComparableCustomer, b: ComparableCustomer): DuplicateReason[] {
  const left = nameKeys(a.name)
  const right = nameKeys(b.name)
  if (left.exactKey === right.exactKey) return ['sameName']
  if (left.looseKey === right.looseKey) return ['sameNameWithoutForm']
  return nameSimilarity(left.looseKey, right.looseKey) >= NEAR ? ['nearName'] : []
}

function taxReason(a: ComparableCustomer, b: ComparableCustomer): DuplicateReason[] {
  if (digits(a.taxId) === '' || digits(b.taxId) === '') return []
  return same(a.taxId, b.taxId) ? ['sameTaxId'] : ['otherTaxId']
}

function same(a: string | null | undefined, b: string | null | undefined): boolean {
  return digits(a) !== '' && digits(a) === digits(b)
}

/** Numbers are compared without the spaces, hyphens and brackets people type into them. */
function digits(text: string | null | undefined): string {
  return (text ?? '')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
}

function pairsOf(text: string): string[] {
  const characters = [...text]
  return characters.slice(1).map((character, i) => characters[i]! + character)
}
