import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Form, Input, Select } from 'antd'
import { day } from '../../../kernel/day.ts'
import { listAgeingSchemes, saveAgeingSchemes } from '../../../modules/ageing/ageing.api.ts'
import { bucketRanges } from '../../../modules/ageing/ageing-bucket.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { phraseText, problemSentence, useWords } from '../../words.ts'
import './ageing.css'
import { bucketsFrom, startsOf } from './bucket-starts.ts'

type Schemes = Answer<typeof listAgeingSchemes>
type Scheme = Schemes['items'][number]
type Entered = { key: string; name: string; basis: 'due' | 'issued'; unit: 'day' | 'month'; starts: string }

/** 账龄区间: the two sets that are always there, and the company's own by the first days of their buckets. */
export function BucketsPage() {
  const words = useWords('ageing')
  const schemes = useApi(listAgeingSchemes)
  return (
    <>
      <PageHead crumbs={[{ label: words('title'), to: paths.ageing() }]} title={words('settings.title')} meta={words('settings.lead')} />
      <Loaded query={schemes}>{(data) => <BucketSets key={data.version} data={data} />}</Loaded>
    </>
  )
}

function BucketSets({ data }: { data: Schemes }) {
  const words = useWords('ageing')
  const { message } = App.useApp()
  const { may } = useSession()
  const save = useAction(saveAgeingSchemes, { onDone: () => void message.success(words('settings.saved')) })
  const own = data.items.filter((scheme) => scheme.own)
  const entered: Entered[] = own.map(({ key, name, basis, unit, buckets }) => ({ key, name, basis, unit, starts: startsOf(buckets) }))
  const finish = ({ schemes = [] }: { schemes?: Entered[] }) => {
    const body = schemes.map(({ starts, ...scheme }) => ({ ...scheme, buckets: bucketsFrom(starts) }))
    save.mutate({ body: { schemes: body, version: data.version } })
  }
  return (
    <>
      <Panel title={words('settings.builtIn')}>
        {data.items
          .filter((scheme) => !scheme.own)
          .map((scheme) => (
            <Preview key={scheme.key} scheme={scheme} />
          ))}
      </Panel>
      <Panel title={words('settings.own')}>
        {save.error ? <Note tone="danger">{problemSentence(save.error)}</Note> : null}
        <Form layout="vertical" disabled={!may('vouchers.editRules')} initialValues={{ schemes: entered }} onFinish={finish}>
          <Form.List name="schemes">
            {(fields, { add, remove }) => (
              <>
                {fields.map((field) => (
                  <SchemeFields key={field.key} name={field.name} onRemove={() => remove(field.name)} />
                ))}
                <div className="row">
                  <Button
                    icon={<PlusOutlined />}
                    onClick={() =>
                      add({ key: `own${fields.length + 1}`, name: '', basis: 'due', unit: 'day', starts: '1, 31, 61, 91, 181' })
                    }
                  >
                    {words('settings.add')}
                  </Button>
                  <Button type="primary" htmlType="submit" loading={save.isPending}>
                    {words('settings.save')}
                  </Button>
                </div>
              </>
            )}
          </Form.List>
        </Form>
      </Panel>
    </>
  )
}

function SchemeFields({ name, onRemove }: { name: number; onRemove: () => void }) {
  const words = useWords('ageing')
  const required = [{ required: true }]
  return (
    <div className="row wrap ageing-scheme">
      <Form.Item name={[name, 'name']} label={words('settings.name')} rules={required}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name={[name, 'key']} label={words('settings.key')} rules={[{ required: true, pattern: /^[a-z][a-zA-Z0-9-]{0,39}$/ }]}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name={[name, 'basis']} label={words('settings.basis')} rules={required}>
        <Select options={(['due', 'issued'] as const).map((value) => ({ value, label: words(`bases.${value}`) }))} />
      </Form.Item>
      <Form.Item name={[name, 'unit']} label={words('settings.unit')} rules={required}>
        <Select options={(['day', 'month'] as const).map((value) => ({ value, label: words(`settings.units.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name={[name, 'starts']}
        label={words('settings.starts')}
        extra={words('settings.startsHint')}
        rules={[{ required: true, pattern: /^\s*\d+(\s*[,，、]\s*\d+)*\s*$/ }]}
      >
        <Input />
      </Form.Item>
      <Button icon={<DeleteOutlined />} aria-label={words('settings.remove', { name: name + 1 })} onClick={onRemove} />
    </div>
  )
}

function Preview({ scheme }: { scheme: Scheme }) {
  const { company } = useSession()
  const words = useWords('ageing')
  const buckets = scheme.buckets.map(({ from, to }) => (to === undefined ? { from } : { from, to }))
  const ranges = bucketRanges({ basis: scheme.basis, unit: scheme.unit, buckets }, day(company.today))
  return (
    <p>
      <b>{words(`schemes.${scheme.key}`)}</b>{' '}
      <span className="secondary">
        {words(`bases.${scheme.basis}`)}
        {words('shared:join.colon')}
        {ranges.map(({ label }) => phraseText(label)).join(' · ')}
      </span>
    </p>
  )
}
