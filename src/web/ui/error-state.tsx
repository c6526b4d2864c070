import { CopyOutlined, DisconnectOutlined, ReloadOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import type { ReactNode } from 'react'
import type { ApiProblem } from '../api-problem.ts'
import { problemSentence, useWords } from '../words.ts'

/** Asked again these are answered the same: not permitted, not there. */
const FINAL: readonly number[] = [403, 404, 410]

/** One part failed, the rest works on: what happened, what we did instead (`instead`), code and request id with copy, retry. */
export function ErrorState({ problem, instead, onRetry }: { problem: ApiProblem; instead?: ReactNode; onRetry?: () => void }) {
  const words = useWords('shared')
  const { message } = App.useApp()
  const copy = () =>
    void window.navigator.clipboard.writeText(`${problem.code} ${problem.requestId}`.trim()).then(() => message.success(words('copied')))
  return (
    <div className="note tone-danger" role="alert">
      <DisconnectOutlined aria-hidden />
      <div className="grow">
        <b>{problemSentence(problem)}</b> {instead}
        <div className="small error-code">
          {problem.code}
          {problem.requestId === '' ? null : ` · ${words('request')} ${problem.requestId}`}
          <Button size="small" type="text" icon={<CopyOutlined />} aria-label={words('copyRequest')} onClick={copy} />
        </div>
      </div>
      {onRetry && !FINAL.includes(problem.status) ? (
        <Button size="small" icon={<ReloadOutlined />} onClick={onRetry}>
          {words('retry')}
        </Button>
      ) : null}
    </div>
  )
}
