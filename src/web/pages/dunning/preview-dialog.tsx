import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Modal, Segmented } from 'antd'
import { useState } from 'react'
import { type Language, languages } from '../../../kernel/language.ts'
import { type TemplateKey, templateKeys } from '../../../modules/dunning/ladder.ts'
import { previewMessage } from '../../../modules/dunning/templates.api.ts'
import { type Answer, call } from '../../api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { languageNames } from '../../frame/language-names.ts'
import { usePreferences } from '../../preferences.ts'
import { CustomerSelect } from '../../ui/customer-select.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useWords } from '../../words.ts'
import type { LadderDraft } from './use-ladder-draft.ts'

/** A message as a customer would receive it today, in each language, with real data. Nothing is sent. */
export function PreviewDialog({ draft, onClose }: { draft?: LadderDraft; onClose: () => void }) {
  const words = useWords('dunning')
  const used = new Set(draft?.levels.flatMap(({ actions }) => actions.flatMap((one) => (one.kind === 'email' ? [one.template] : []))))
  const templates = used.size > 0 ? templateKeys.filter((key) => used.has(key)) : templateKeys
  const { language: own } = usePreferences()
  const [key, setKey] = useState<TemplateKey>(templates[0]!)
  const [language, setLanguage] = useState<Language>(own)
  const [customerId, setCustomerId] = useState('')
  return (
    <Modal open width={720} footer={null} title={words('preview.title')} onCancel={onClose}>
      <div className="row wrap below">
        <Segmented
          aria-label={words('preview.template')}
          value={key}
          onChange={setKey}
          options={templates.map((value) => ({ value, label: words(`templateNames.${value}`) }))}
        />
        <Segmented
          aria-label={words('preview.language')}
          value={language}
          onChange={setLanguage}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
        <CustomerSelect
          value={customerId}
          onChange={setCustomerId}
          placeholder={words('preview.customer')}
          aria-label={words('preview.customer')}
        />
      </div>
      <MessageShown body={{ key, language, ...(customerId === '' ? {} : { customerId }) }} />
    </Modal>
  )
}

export type PreviewBody = { key: TemplateKey; language: Language; customerId?: string; subject?: string; body?: string }

/** The message itself: to whom, subject, and its page in a frame of its own that can run nothing. */
export function MessageShown({ body }: { body: PreviewBody }) {
  const words = useWords('dunning')
  const found = useQuery<Answer<typeof previewMessage>, ApiProblem>({
    queryKey: [previewMessage.path, body],
    queryFn: ({ signal }) => call(previewMessage, { body, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  return (
    <Loaded query={found} rows={8}>
      {({ customerName, to, subject, html }) => (
        <>
          <KeyValues
            rows={[
              [words('preview.for'), customerName],
              [words('preview.to'), to.length === 0 ? <span className="warn">{words('preview.noAddress')}</span> : to.join(', ')],
              [words('preview.subject'), <b key="subject">{subject}</b>],
            ]}
          />
          <iframe className="dunning-message" sandbox="" srcDoc={html} title={words('preview.frame', { subject })} />
        </>
      )}
    </Loaded>
  )
}
