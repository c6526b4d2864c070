import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { type List, PAGE_SIZES, type PageOf } from '../lists.ts'
import { useWords } from '../words.ts'

/** Which rows these are, of how many; one page on or back; rows a page. */
export function Pager({ list, count }: { list: List<PageOf<unknown>>; count: number }) {
  const words = useWords('shared')
  const total = list.query.data?.total
  const range = `${group(list.first)}–${group(list.first + count - 1)}`
  return (
    <nav className="row" aria-label={words('pager.label')}>
      <span className="secondary">
        {total === undefined || total === null ? range : words('pager.range', { range, total: group(total) })}
      </span>
      <Button
        size="small"
        type="text"
        icon={<LeftOutlined />}
        aria-label={words('pager.previous')}
        disabled={!list.previous}
        onClick={() => list.previous?.()}
      />
      <Button
        size="small"
        type="text"
        icon={<RightOutlined />}
        aria-label={words('pager.next')}
        disabled={!list.next}
        onClick={() => list.next?.()}
      />
      <Select
        size="small"
        variant="borderless"
        aria-label={words('pager.size')}
        value={list.limit}
        onChange={list.setLimit}
        options={PAGE_SIZES.map((value) => ({ value, label: words('pager.rows', { count: value }) }))}
      />
    </nav>
  )
}

function group(count: number): string {
  return count.toLocaleString('en-US')
}
