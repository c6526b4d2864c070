import { ControlOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import { useState } from 'react'
import { recall, remember } from '../preferences.ts'
import { useWords } from '../words.ts'
import type { Column } from './column.ts'

export type Choice<Row> = { columns: readonly Column<Row>[]; all: readonly Column<Row>[]; toggle: (key: string) => void }

/** Which columns a person wants in the table of this name; only differences from the default are kept, so new columns appear by themselves. */
export function useColumnChoice<Row>(name: string, all: readonly Column<Row>[]): Choice<Row> {
  const [changed, setChanged] = useState<readonly string[]>(() => readChanged(name))
  const isShown = (column: Column<Row>) => !column.choice || (column.choice === 'shown') !== changed.includes(column.key)
  return {
    all,
    columns: all.filter(isShown),
    toggle: (key) => {
      const next = changed.includes(key) ? changed.filter((other) => other !== key) : [...changed, key]
      remember(`columns.${name}`, next)
      setChanged(next)
    },
  }
}

export function ColumnChoice<Row>({ choice }: { choice: Choice<Row> }) {
  const words = useWords('shared')
  const optional = choice.all.filter((column) => column.choice)
  if (optional.length === 0) return null
  const list = (
    <div className="column-choice">
      {optional.map((column) => (
        <Checkbox key={column.key} checked={choice.columns.includes(column)} onChange={() => choice.toggle(column.key)}>
          {column.title}
        </Checkbox>
      ))}
    </div>
  )
  return (
    <Popover content={list} trigger="click" placement="topRight">
      <Button size="small" type="text" icon={<ControlOutlined />}>
        {words('columns')}
      </Button>
    </Popover>
  )
}

function readChanged(name: string): string[] {
  const stored = recall(`columns.${name}`)
  return Array.isArray(stored) ? stored.filter((key): key is string => typeof key === 'string') : []
}
