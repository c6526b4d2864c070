import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { baseDates } from '../../../modules/terms/payment-terms.ts'
import { FormField } from '../../ui/form-section.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

const NEW_PART = {
  name: '',
  shareKind: 'rest',
  share: '',
  baseDate: 'delivery',
  countFrom: 'baseDate',
  count: 30,
  unit: 'day',
  beforeDelivery: false,
  retention: false,
} as const
const COUNT_FROM = ['baseDate', 'cutOff', 'quarterEnd'] as const

/** The parts of the terms: one for simple terms, several for instalments. */
export function PartFields() {
  const words = useWords('terms')
  return (
    <Form.List name="parts">
      {(parts, { add, remove }) => (
        <>
          {parts.map(({ key, name }) => (
            <Panel
              key={key}
              className="form-section"
              title={words('part', { no: name + 1 })}
              extra={
                parts.length > 1 ? (
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={words('removePart', { no: name + 1 })}
                    onClick={() => remove(name)}
                  />
                ) : null
              }
            >
              <PartRow place={name} />
            </Panel>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add(NEW_PART)}>
            {words('addPart')}
          </Button>
        </>
      )}
    </Form.List>
  )
}

/** Fields of one part; those that the chosen kind does not need are not shown. */
function PartRow({ place }: { place: number }) {
  const words = useWords('terms')
  const at = (field: string) => [place, field]
  const watched = (field: string) => ['parts', place, field]
  const shareKind = Form.useWatch(watched('shareKind'))
  const baseDate = Form.useWatch(watched('baseDate'))
  const countFrom = Form.useWatch(watched('countFrom'))
  const options = (group: string, values: readonly string[]) => values.map((value) => ({ value, label: words(`${group}.${value}`) }))
  return (
    <div className="fields columns-3">
      <FormField name={at('name')} label={words('partName')}>
        <Input maxLength={60} />
      </FormField>
      <FormField name={at('shareKind')} label={words('share')}>
        <Select options={options('shares', ['percent', 'amount', 'rest'])} />
      </FormField>
      {shareKind === 'rest' ? null : (
        <FormField name={at('share')} label={words(`shares.${shareKind ?? 'percent'}`)}>
          <Input maxLength={20} suffix={shareKind === 'percent' ? '%' : ''} />
        </FormField>
      )}
      <FormField name={at('baseDate')} label={words('baseDate')}>
        <Select options={options('base', baseDates)} />
      </FormField>
      {baseDate === 'milestone' ? (
        <FormField name={at('milestone')} label={words('base.milestone')}>
          <Input maxLength={60} />
        </FormField>
      ) : null}
      {baseDate === 'nextDelivery' ? (
        <FormField name={at('batches')} label={words('batches')}>
          <InputNumber min={1} max={12} />
        </FormField>
      ) : null}
      <FormField name={at('countFrom')} label={words('countFrom')}>
        <Select options={options('countFroms', COUNT_FROM)} />
      </FormField>
      {countFrom === 'cutOff' ? (
        <FormField name={at('cutOffDay')} label={words('cutOffDay')} help={words('lastDayHelp')}>
          <InputNumber min={1} max={31} />
        </FormField>
      ) : null}
      <FormField name={at('count')} label={words('period')}>
        <InputNumber min={0} max={3_650} />
      </FormField>
      <FormField name={at('unit')} label={words('unit')}>
        <Select options={options('units', ['day', 'month'])} />
      </FormField>
      <FormField name={at('payDay')} label={words('payDay')} optional help={words('lastDayHelp')}>
        <InputNumber min={1} max={31} />
      </FormField>
      <FormField name={at('beforeDelivery')} label="" valuePropName="checked">
        <Checkbox>{words('beforeDelivery')}</Checkbox>
      </FormField>
      <FormField name={at('retention')} label="" valuePropName="checked">
        <Checkbox>{words('retention')}</Checkbox>
      </FormField>
    </div>
  )
}
