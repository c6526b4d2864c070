import { CopyOutlined, DisconnectOutlined, ReloadOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import type { ReactNode } from 'react'
import type { ApiProblem } from '../api-problem.ts'
import { problemSentence, useWords } from '../words.ts'
import { useCopy } from './use-copy.ts'

/** Asked again these are answered the same: not permitted, not there. */
const FINAL: readonly number[] = [403, 404, 410]

/** One part failed, the rest works on: what happened, what we did instead (`instead`), code and request id with copy, retry. */
export function ErrorState({ problem, instead, onRetry }: { problem: ApiProblem; instead?: ReactNode; onRetry?: () => void }) {
  const words = useWords('shared')
  const { message } = App.useApp()
  const { copy } = useCopy()
  const copyRequest = async () =>
    (await copy(`${problem.code} ${problem.requestId}`.trim())) ? message.success(words('copied')) : message.info(words('copyByHand'))
  return (
    <div className="note tone-danger" role="alert">
      <DisconnectOutlined aria-hidden />
      <div className="grow">
        <b>{problemSentence(problem)}</b> {instead}
        <div className="small error-code">
          {problem.code}
          {problem.requestId === '' ? null : ` · ${words('request')} ${problem.requestId}`}
          <Button size="small" type="text" icon={<CopyOutlined />} aria-label={words('copyRequest')} onClick={() => void copyRequest()} />
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
