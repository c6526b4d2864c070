import { Button, InputNumber } from 'antd'
import { useEffect, useState } from 'react'
import { deleteDemo, deleteVisit, getDemo, postDemo, postVisit } from '../../../modules/demo/demo.api.ts'
import { type Answer, call } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { ConfirmDanger } from '../../ui/confirm-danger.tsx'
import { instantWords } from '../../ui/day-text.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ProgressTask } from '../../ui/progress-task.tsx'
import { useWork } from '../../use-work.ts'
import { useWords } from '../../words.ts'

type Demo = Answer<typeof getDemo>
const LOOK_EVERY_MS = 2_000

/** The demo company: made with one click, entered, made anew, removed. */
export function DemoPage() {
  const words = useWords('demo')
  const { company } = useSession()
  return (
    <>
      <PageHead title={words('title')} meta={words('meta')} />
      <Panel title={words('what')}>
        <p>{words('whatText')}</p>
        {company.isDemo ? <Inside /> : <Outside />}
      </Panel>
    </>
  )
}

function Inside() {
  const words = useWords('demo')
  const { busy, problem, run } = useWork()
  const leave = () => run(() => call(deleteVisit).then(() => window.location.assign('/')))
  return (
    <>
      <p>{words('inside')}</p>
      {problem ? <ErrorState problem={problem} /> : null}
      <Button type="primary" loading={busy !== false} onClick={() => void leave()}>
        {words('leave')}
      </Button>
    </>
  )
}

/** While a demo is being made, another look every two seconds. */
function Outside() {
  const demo = useApi(getDemo)
  const isMaking = demo.data?.status === 'making'
  const { refetch } = demo
  useEffect(() => {
    if (!isMaking) return undefined
    const look = setInterval(() => void refetch(), LOOK_EVERY_MS)
    return () => clearInterval(look)
  }, [isMaking, refetch])
  return <Loaded query={demo}>{(found) => <DemoState demo={found} />}</Loaded>
}

function DemoState({ demo }: { demo: Demo }) {
  const words = useWords('demo')
  const { company } = useSession()
  const [seed, setSeed] = useState(demo.seed ?? 1)
  const make = useAction(postDemo)
  const remove = useAction(deleteDemo)
  const { busy, problem, run } = useWork()
  const enter = () => run(() => call(postVisit, { body: {} }).then(() => window.location.assign('/')))
  if (demo.status === 'making') return <ProgressTask title={words('making')} done={demo.done} total={demo.total} unit="days" />
  const isReady = demo.status === 'ready'
  return (
    <>
      <p>
        {isReady
          ? words('ready', { day: demo.madeAt ? instantWords(demo.madeAt, company.timeZone).slice(0, 10) : '', seed: String(demo.seed) })
          : words(demo.status)}
      </p>
      {(problem ?? make.error) ? <ErrorState problem={(problem ?? make.error)!} /> : null}
      <div className="row wrap">
        {isReady ? (
          <Button type="primary" loading={busy !== false} onClick={() => void enter()}>
            {words('enter')}
          </Button>
        ) : (
          <Button type="primary" loading={make.isPending} onClick={() => make.mutate({ body: { seed } })}>
            {words('make')}
          </Button>
        )}
        {isReady ? (
          <ConfirmDanger
            label={words('again')}
            title={words('again')}
            consequence={words('againText')}
            onConfirm={() => make.mutateAsync({ body: { seed } })}
          />
        ) : null}
        {isReady ? (
          <ConfirmDanger
            label={words('remove')}
            title={words('remove')}
            consequence={words('removeText')}
            onConfirm={() => remove.mutateAsync({})}
          />
        ) : null}
        <label htmlFor="demo-seed">{words('seed')}</label>
        <InputNumber id="demo-seed" min={1} max={999_999} precision={0} value={seed} onChange={(value) => setSeed(value ?? 1)} />
      </div>
      <p className="small secondary">
        {words('makeHint')} {words('seedHint')}
      </p>
    </>
  )
}
