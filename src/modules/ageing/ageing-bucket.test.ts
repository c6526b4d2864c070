import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, day } from '../../kernel/day.ts'
import {
  type AgeingScheme,
  ageingBucket,
  ageingSchemeIssues,
  bucketKey,
  bucketRanges,
  collectionBuckets,
  dayScheme,
  provisionBuckets,
} from './ageing-bucket.ts'

const asOf = day('2026-11-21')

describe('ageingBucket by days overdue', () => {
  test.each<[string, number, string]>([
    ['due in a year', -365, 'notDue'],
    ['due tomorrow', -1, 'notDue'],
    ['due today is not overdue', 0, 'notDue'],
    ['one day overdue', 1, '1-30'],
    ['the 30th day', 30, '1-30'],
    ['the 31st day', 31, '31-60'],
    ['the 60th day', 60, '31-60'],
    ['the 61st day', 61, '61-90'],
    ['the 90th day', 90, '61-90'],
    ['the 91st day', 91, '91-180'],
    ['the 180th day', 180, '91-180'],
    ['the 181st day', 181, '181+'],
    ['ten years', 3_650, '181+'],
  ])('%s', (_, days, key) => {
    expect(ageingBucket(collectionBuckets, addDays(asOf, -days), asOf)).toBe(key)
  })
})

describe('ageingBucket by age of the claim', () => {
  test.each<[string, string, string]>([
    ['issued today', '2026-11-21', '0-11'],
    ['issued tomorrow (dated ahead)', '2026-11-22', '0-11'],
    ['the last day of the first year', '2025-11-22', '0-11'],
    ['a year old', '2025-11-21', '12-23'],
    ['five years old', '2021-11-21', '60+'],
    ['a day less than five years', '2021-11-22', '48-59'],
  ])('%s', (_, issuedOn, key) => {
    expect(ageingBucket(provisionBuckets, day(issuedOn), asOf)).toBe(key)
  })
})

describe('bucketRanges', () => {
  test('the standard columns as days', () => {
    expect(bucketRanges(collectionBuckets, asOf).map(({ key, from, until }) => [key, from, until])).toEqual([
      ['notDue', '2026-11-21', undefined],
      ['1-30', '2026-10-22', '2026-11-21'],
      ['31-60', '2026-09-22', '2026-10-22'],
      ['61-90', '2026-08-23', '2026-09-22'],
      ['91-180', '2026-05-25', '2026-08-23'],
      ['181+', undefined, '2026-05-25'],
    ])
  })
  test('labels say what is inside', () => {
    expect(bucketRanges(collectionBuckets, asOf).map(({ label }) => label)).toEqual([
      { key: 'ageing.buckets.notDue', params: {} },
      { key: 'ageing.buckets.days', params: { from: 1, to: 30 } },
      { key: 'ageing.buckets.days', params: { from: 31, to: 60 } },
      { key: 'ageing.buckets.days', params: { from: 61, to: 90 } },
      { key: 'ageing.buckets.days', params: { from: 91, to: 180 } },
      { key: 'ageing.buckets.moreThanDays', params: { days: 180 } },
    ])
    expect(bucketRanges(provisionBuckets, asOf)[1]!.label).toEqual({ key: 'ageing.buckets.betweenYears', params: { from: 1, to: 2 } })
  })
  test('every day is in exactly one column of any scheme', () => {
    const starts = fc.uniqueArray(fc.integer({ min: 2, max: 700 }), { maxLength: 10 }).map((rest) => [1, ...rest.sort((a, b) => a - b)])
    fc.assert(
      fc.property(starts, fc.integer({ min: -800, max: 800 }), (cuts, offset) => {
        const scheme = dayScheme(cuts)
        expect(ageingSchemeIssues(scheme)).toEqual([])
        const on = addDays(asOf, -offset)
        const hits = bucketRanges(scheme, asOf).filter(
          ({ from, until }) => (from === undefined || from <= on) && (until === undefined || on < until),
        )
        expect(hits).toHaveLength(1)
        const bucket = scheme.buckets.find(({ from, to }) => from <= offset && (to === undefined || offset < to))
        expect(hits[0]!.key).toBe(bucket ? bucketKey(bucket) : 'notDue')
      }),
    )
  })
})

describe('ageingSchemeIssues', () => {
  const due = (...buckets: AgeingScheme['buckets']): AgeingScheme => ({ basis: 'due', unit: 'day', buckets })
  test.each<[string, AgeingScheme, string[]]>([
    ['the standard set', collectionBuckets, []],
    ['the provision set', provisionBuckets, []],
    ['one open bucket', due({ from: 1 }), []],
    ['no bucket', due(), ['buckets ageing.noBuckets']],
    ['starts late', due({ from: 2 }), ['buckets.0.from ageing.bucketGap']],
    ['starts with what is not overdue', due({ from: 0 }), ['buckets.0.from ageing.bucketOverlap']],
    ['a gap', due({ from: 1, to: 31 }, { from: 32 }), ['buckets.1.from ageing.bucketGap']],
    ['an overlap', due({ from: 1, to: 31 }, { from: 30 }), ['buckets.1.from ageing.bucketOverlap']],
    ['an empty bucket', due({ from: 1, to: 1 }, { from: 1 }), ['buckets.0.to ageing.bucketEnd']],
    ['the last has an end', due({ from: 1, to: 31 }), ['buckets.0.to ageing.lastBucketEnds']],
    ['half a day', due({ from: 1.5 }), ['buckets.0.from ageing.bucketOutOfRange']],
    ['thirteen buckets', dayScheme(Array.from({ length: 13 }, (_, i) => i + 1)), ['buckets ageing.tooManyBuckets']],
  ])('%s', (_, scheme, issues) => {
    expect(ageingSchemeIssues(scheme).map((issue) => `${issue.path} ${issue.code}`)).toEqual(issues)
  })
})
