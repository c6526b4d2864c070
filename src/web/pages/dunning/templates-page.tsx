import { Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import { type Language, languages } from '../../../kernel/language.ts'
import { type TemplateKey, templateKeys } from '../../../modules/dunning/ladder.ts'
import { listTemplates, restoreTemplate, saveTemplate } from '../../../modules/dunning/templates.api.ts'
import type { Answer } from '../../api.ts'
import { useFilters } from '../../filters.ts'
import { languageNames } from '../../frame/language-names.ts'
import { paths } from '../../paths.ts'
import { usePreferences } from '../../preferences.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import { PayToNote } from './pay-to-note.tsx'
import { MessageShown } from './preview-dialog.tsx'
import './dunning.css'

type Template = Answer<typeof listTemplates>['items'][number]

/** 催收模板: the texts of reminders in three languages, each beside the message that it makes with real data. */
export function TemplatesPage() {
  const words = useWords('dunning')
  const { language: own } = usePreferences()
  const { values, set } = useFilters({ key: 'friendly', language: own })
  const templates = useApi(listTemplates)
  return (
    <>
      <PageHead
        crumbs={[
          { label: words('nav') },
          { label: words('ladders.title'), to: paths.dunningLadders() },
          { label: words('templates.title') },
        ]}
        title={words('templates.title')}
        meta={words('templates.meta')}
      />
      <PayToNote />
      <div className="row wrap below dunning-choices">
        <Segmented
          aria-label={words('preview.template')}
          value={values.key}
          onChange={(key) => set({ key })}
          options={templateKeys.map((value) => ({ value, label: words(`templateNames.${value}`) }))}
        />
        <Segmented
          aria-label={words('preview.language')}
          value={values.language}
          onChange={(language) => set({ language })}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
      </div>
      <Loaded query={templates}>
        {({ items, fields }) => {
          const found = items.find(({ key, language }) => key === values.key && language === values.language) ?? items[0]
          return found ? <Text key={`${found.key} ${found.language} ${found.version}`} template={found} fields={fields} /> : null
        }}
      </Loaded>
    </>
  )
}

function Text({ template, fields }: { template: Template; fields: readonly string[] }) {
  const words = useWords('dunning')
  const { may } = useSession()
  const [text, setText] = useState({ subject: template.subject, body: template.body })
  /** Where the cursor stood last; a field is put there. */
  const [[from, until], setChosen] = useState<readonly [number, number]>([template.body.length, template.body.length])
  const add = (piece: string) => {
    setText({ ...text, body: `${text.body.slice(0, from)}${piece}${text.body.slice(until)}` })
    setChosen([from + piece.length, from + piece.length])
  }
  const save = useAction(saveTemplate)
  const restore = useAction(restoreTemplate)
  const key = template.key as TemplateKey
  const language = template.language as Language
  const readOnly = !may('dunning.edit')
  const isDirty = text.subject !== template.subject || text.body !== template.body
  const params = { key, language }
  return (
    <div className="dunning-texts">
      <Panel
        title={words('templates.text')}
        extra={<Status word={template.isStandard ? 'active' : 'confirmed'} plain text={words(template.isStandard ? 'templates.standard' : 'templates.own')} />} // biome-ignore format: one element
      >
        <div className="stack dunning-text">
          <label htmlFor="template-subject">{words('preview.subject')}</label>
          <Input
            id="template-subject"
            value={text.subject}
            maxLength={200}
            readOnly={readOnly}
            onChange={(event) => setText({ ...text, subject: event.target.value })}
          />
          <label htmlFor="template-body">{words('templates.body')}</label>
          <Input.TextArea
            id="template-body"
            value={text.body}
            maxLength={5_000}
            autoSize={{ minRows: 12 }}
            readOnly={readOnly}
            onChange={(event) => setText({ ...text, body: event.target.value })}
            onSelect={({ currentTarget }) => setChosen([currentTarget.selectionStart, currentTarget.selectionEnd])}
          />
          {readOnly ? null : (
            <>
              <div className="row wrap">
                <span className="secondary small">{words('templates.fields')}</span>
                {fields.map((field) => (
                  <Button key={field} size="small" title={`{{${field}}}`} onClick={() => add(`{{${field}}}`)}>
                    {words(`templates.fieldNames.${field}`)}
                  </Button>
                ))}
              </div>
              {save.error ? <ErrorState problem={save.error} /> : null}
              {restore.error ? <ErrorState problem={restore.error} /> : null}
              <div className="row">
                <Button
                  type="primary"
                  disabled={!isDirty}
                  loading={save.isPending}
                  onClick={() => save.mutate({ params, body: { ...text, version: template.version } })}
                >
                  {words('templates.save')}
                </Button>
                {template.isStandard ? null : (
                  <Button loading={restore.isPending} onClick={() => restore.mutate({ params, query: { version: template.version } })}>
                    {words('templates.restore')}
                  </Button>
                )}
              </div>
            </>
          )}
        </div>
      </Panel>
      <Panel title={words('preview.title')} sub={words('templates.previewSub')}>
        <MessageShown body={{ key, language, ...(text.subject.trim() && text.body.trim() ? text : {}) }} />
      </Panel>
    </div>
  )
}
