import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { useWords } from '../../words.ts'
import { type TodayLine, todayLink } from './today-link.ts'

/** Opens what comes first, with one key. */
export function NextButton({ line }: { line: TodayLine | undefined }) {
  const words = useWords('home')
  const navigate = useNavigate()
  const open = () => {
    if (line) void navigate({ to: todayLink(line) })
  }
  useKeys([{ keys: 'n', label: words('next'), run: open, disabled: !line }])
  return (
    <Button type="primary" onClick={open} disabled={!line} aria-keyshortcuts="n">
      {words('next')} <KeyHint keys="n" />
    </Button>
  )
}
