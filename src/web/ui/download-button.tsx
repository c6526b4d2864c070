import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, type ButtonProps } from 'antd'
import type { ReactNode } from 'react'
import type { ApiRoute, Input } from '../api.ts'
import { download } from '../files.ts'
import { useWork } from '../use-work.ts'
import { problemSentence } from '../words.ts'

/** Fetches files for a page: whether one is on its way, and `save`, which says the server's sentence where there is none to save. */
export function useDownload() {
  const { message } = App.useApp()
  const { busy, run } = useWork({ onProblem: (problem) => message.error(problemSentence(problem)) })
  const save = <R extends ApiRoute>(route: R, input: Pick<Input<R>, 'params' | 'query'>, otherwiseName: string) =>
    run(() => download(route, input, otherwiseName))
  return { busy, save }
}

/** One file at one press, under the server's name or else `name`. */
export function DownloadButton<R extends ApiRoute>(props: {
  route: R
  input: Pick<Input<R>, 'params' | 'query'>
  name: string
  look?: Pick<ButtonProps, 'type' | 'size'>
  icon?: ReactNode
  children: ReactNode
}) {
  const { route, input, name, look = {}, icon = <DownloadOutlined />, children } = props
  const { busy, save } = useDownload()
  return (
    <Button {...look} icon={icon} loading={busy} onClick={() => void save(route, input, name)}>
      {children}
    </Button>
  )
}
